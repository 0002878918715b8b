/*
 * app/repeats.h - tells of each error once, however often it happens.
 *
 *     if (mp_repeats_note(&repeats, error.message, mp_clock_seconds()))
 *         mp_log_error("%s", error.message);
 *     ...
 *     mp_repeats_finish(&repeats);
 *
 * A script that fails in every frame fails sixty times a second, in a headless run thousands of
 * times. The last messages are remembered: those that come again are only counted. New ones are
 * told at most MP_REPEATS_PER_SECOND times a second, the rest is counted too.
 */
#ifndef MP_APP_REPEATS_H
#define MP_APP_REPEATS_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { MP_REPEATS_REMEMBERED = 16, MP_REPEATS_PER_SECOND = 16 };

typedef struct MpRepeat {
    char message[MP_ERROR_MESSAGE_SIZE];
    unsigned long times; /**< 0: the place is free. */
} MpRepeat;

/** Zero is empty. */
typedef struct MpRepeats {
    MpRepeat told[MP_REPEATS_REMEMBERED];
    size_t next;            /**< The place of the next new message; the oldest one's. */
    double second;          /**< When the current second started. */
    int in_second;          /**< New messages in it. */
    unsigned long left_out; /**< New messages that were not told. */
} MpRepeats;

/** Notes a message at the time `now`, seconds of any clock. Returns whether to tell of it. */
bool mp_repeats_note(MpRepeats *repeats, const char *message, double now);

/** Logs what was counted and not told, and empties it. */
void mp_repeats_finish(MpRepeats *repeats);

#endif
