/*
 * app/frame_times.h - how long frames took.
 */
#ifndef MP_APP_FRAME_TIMES_H
#define MP_APP_FRAME_TIMES_H

#include <stddef.h>

/** Frames that are kept one by one; of longer runs, the newest of them. */
enum { MP_FRAME_TIMES_LIMIT = 1 << 17 };

/** Zero is empty. */
typedef struct MpFrameTimes {
    float *milliseconds;
    size_t count; /**< Kept. */
    size_t next;  /**< Where the next one goes once all places are taken. */
    size_t capacity;
} MpFrameTimes;

typedef struct MpFrameSummary {
    double mean, p50, p99, max; /**< Milliseconds; 0 without frames. */
} MpFrameSummary;

/** Notes one frame. Without memory it is forgotten. */
void mp_frame_times_add(MpFrameTimes *times, double seconds);

MpFrameSummary mp_frame_times_summary(const MpFrameTimes *times);

/** Frees what is kept. */
void mp_frame_times_finish(MpFrameTimes *times);

#endif
