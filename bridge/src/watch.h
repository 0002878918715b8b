/*
 * watch.h - the watchdog: stops scripts that take too long or too much memory.
 *
 * A signal comes every WATCH_TICK of CPU time that the script thread used. Its handler finds out
 * which machine has been running, and since when; calls that last get a hook, mp_watch_look(),
 * in which bridge/lua/sandbox/budget.lua looks whose functions are on the stack, and decides. What
 * is to be stopped gets an error, and again at its next instruction, until the bridge's own code
 * has it: no pcall of a script can keep it.
 *
 * A call into Lua pays one comparison and, the outermost one, one store. C functions of ours that
 * can run long ask mp_watch_poll() themselves, as no hook comes inside C.
 */
#ifndef MP_WATCH_H
#define MP_WATCH_H

#include "moonpatch/glue.h"

typedef struct MpWatch {
    /* Written outside of the handler. */
    uint64_t entry;    /**< Number of the outermost call of C into this machine. */
    bool looking;      /**< The Lua half is being asked. */
    bool overdue;      /**< To be stopped once the bridge's own Lua is done. */
    char message[256]; /**< Of the error that stops scripts. */
    int look; /**< Registry reference: look(), see bridge/lua/sandbox/budget.lua; 0: not watched. */

    /* Written in the handler. */
    uint64_t seen;        /**< The entry that was running at the last tick. */
    uint32_t ticks;       /**< Of that call. */
    uint32_t frame_ticks; /**< Since the last mp_vm_step(). */

    /* Written on both sides. */
    volatile int due;           /**< Ticks that nobody looked at yet, of a call to be looked at. */
    volatile int oversize;      /**< Scripts hold more than `mark`. */
    volatile int mark;          /**< KiB from which on scripts' memory is looked at. */
    volatile uint32_t stopping; /**< Scripts get errors. bridge/lua/sandbox/stop.lua ends that. */
} MpWatch;

/** Number of the last outermost call of this thread; grows. */
extern MP_THREAD_LOCAL uint64_t mp_watch_entries;

/** The machine of this thread that runs, or whose C code does: of nested ones the innermost. */
MpVm *mp_watch_running(void);

/** Watches a machine whose Lua half runs. False: nothing is watched, and why. */
bool mp_watch_open(MpVm *vm, MpError *error);

/** Ends it. Takes a machine that is not watched. */
void mp_watch_close(MpVm *vm);

/**
 * What a hook does, for C functions that run long and see `due` or `stopping` set: raises the error
 * that stops them, or returns.
 */
void mp_watch_serve(MpVm *vm, lua_State *L);

#endif
