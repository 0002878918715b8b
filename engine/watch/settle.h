/*
 * watch/settle.h - makes one report of many changes in a row.
 */
#ifndef MP_WATCH_SETTLE_H
#define MP_WATCH_SETTLE_H

#include <stdbool.h>
#include <stdint.h>

/** Times are nanoseconds of any clock that only goes forward. */
typedef struct MpSettle {
    uint64_t quiet;   /**< Time without a change that ends a series. */
    uint64_t longest; /**< A series ends this long after its first change in any case. */
    uint64_t first;
    uint64_t last;
    bool changing;
} MpSettle;

/** Notes a change. */
void mp_settle_touch(MpSettle *settle, uint64_t now);

/** True once at the end of a series. */
bool mp_settle_take(MpSettle *settle, uint64_t now);

#endif
