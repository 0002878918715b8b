/*
 * audio/voice_limit.h - keeps one sound from being started so often at once that it only gets loud.
 */
#ifndef MP_VOICE_LIMIT_H
#define MP_VOICE_LIMIT_H

#include <stdbool.h>

/** At most so many starts of one sound within so many milliseconds. */
enum { MP_VOICE_LIMIT_STARTS = 4, MP_VOICE_LIMIT_MS = 30 };

/** When a sound was started lately. Zero means never. */
typedef struct MpVoiceLimit {
    double starts[MP_VOICE_LIMIT_STARTS]; /* seconds */
    int count;                            /* starts so far, not beyond the array */
    int oldest;
} MpVoiceLimit;

/** Whether it may start at `now` (seconds, never going back); if so, that is noted. */
bool mp_voice_limit_allow(MpVoiceLimit *limit, double now);

#endif
