/*
 * patches/child.h - one process of a rehearsal, from its start to its end.
 */
#ifndef MP_PATCHES_CHILD_H
#define MP_PATCHES_CHILD_H

#include "patches/wire.h"

#include <uv.h>

/** How a child ended. */
typedef enum MpChildEnd {
    MP_CHILD_DONE,        /**< It answered all there was to answer. */
    MP_CHILD_NOT_STARTED, /**< `number`: a code of libuv. */
    MP_CHILD_SLOW,
    MP_CHILD_NONSENSE,
    MP_CHILD_KILLED,  /**< Somebody else ended it: signal `number`. */
    MP_CHILD_CRASHED, /**< Signal `number`. */
    MP_CHILD_EXITED,  /**< Exit code `number`. */
} MpChildEnd;

/** What a child rehearses. */
typedef struct MpChildTask {
    const MpRehearsalConfig *config; /**< Without zeroes. */
    const MpRehearsalFile *files;
    const size_t *numbers; /**< Which of them are sent, in their order. */
    size_t count;          /**< Of `numbers`. */
} MpChildTask;

typedef struct MpChild MpChild;

/**
 * Starts a child on `loop` and runs the loop until the child is gone. `*running` is the child
 * meanwhile, and NULL before and after. `number` says more of some ends.
 * Thread: the loop's.
 */
MpChildEnd mp_child_run(uv_loop_t *loop, const MpChildTask *task, MpAnswers *answers,
                        MpChild **running, int *number);

/** Ends a running child at once. Takes NULL. Thread: the loop's. */
void mp_child_kill(MpChild *child);

#endif
