/*
 * interrupt.h - makes a running Lua machine call a hook, wherever it is: also inside a compiled
 * loop, which looks at no hook on its own.
 *
 * LuaJIT's compiled code polls one thing only: whether its profiler wants a sample, and that only
 * if it was compiled in the profiler's line mode. So that mode is on from the start, the profiler's
 * timer is never started, and mp_interrupt() sends the profiler's signal by hand when compiled code
 * is to come out. One machine of a process at a time can be called out; see mp_interrupt_end().
 */
#ifndef MP_INTERRUPT_H
#define MP_INTERRUPT_H

#include <lua.h>
#include <stdbool.h>

/** Makes what the machine compiles from now on interruptible. */
void mp_interrupt_open(lua_State *L);

/**
 * Makes the machine call `hook` before its next instruction. `compiled`: calls it out of compiled
 * code, too, which costs it that code: it is thrown away, and compiled again.
 * To be called from a signal handler in the machine's own thread, and again while the hook has not
 * come: an attempt can be lost.
 */
void mp_interrupt(lua_State *L, lua_Hook hook, bool compiled);

/** Calls the hook no more. To be called in the hook, and before the machine is closed. */
void mp_interrupt_end(lua_State *L);

#endif
