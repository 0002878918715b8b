/*
 * app/hang_watch.h - a thread that notices when a frame does not end.
 *
 *     MpHangWatch *watch = mp_hang_watch_create(&(MpHangWatchOptions){.mark = ..., .unmark = ...},
 *                                               &error);
 *     each frame:
 *         mp_hang_watch_begin(watch);
 *         ...
 *         mp_hang_watch_end(watch);
 *
 * Time is counted in ticks of the thread itself: while the process is stopped, in a debugger or
 * with the lid of a laptop shut, the thread is too, and no time goes by.
 *
 * Thread: begin and end on one thread.
 */
#ifndef MP_APP_HANG_WATCH_H
#define MP_APP_HANG_WATCH_H

#include "moonpatch/error.h"

typedef struct MpHangWatch MpHangWatch;

/** Zero numbers mean the default. */
typedef struct MpHangWatchOptions {
    unsigned tick_ms; /**< 100 */
    unsigned ticks;   /**< 50: so many in one frame are a hang. */
    /** Called on the watch's thread in the middle of such a frame. */
    void (*mark)(void);
    /** Called by mp_hang_watch_end() if that frame does end after all. */
    void (*unmark)(void);
} MpHangWatchOptions;

/** Ownership: the caller's, until mp_hang_watch_destroy(). Errors: NULL; MP_MEMORY. */
MpHangWatch *mp_hang_watch_create(const MpHangWatchOptions *options, MpError *error);

/** Takes NULL. */
void mp_hang_watch_destroy(MpHangWatch *watch);

/** A frame begins. */
void mp_hang_watch_begin(MpHangWatch *watch);

/** It ended. What takes time from here to the next one is nobody's fault. */
void mp_hang_watch_end(MpHangWatch *watch);

#endif
