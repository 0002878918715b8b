#include "watch.h"

#include "binding.h"
#include "interrupt.h"
#include "memory.h"
#include "platform.h"
#include "thread.h"

#include <stdio.h>
#include <string.h>

/* Milliseconds of CPU time between two ticks. */
enum { TICK = 10 };

/* A call that was there at so many ticks is looked at. */
enum { NOTED = 2 };

/* Ticks without a look after which the call is taken to run in compiled code. */
enum { PATIENCE = 3 };

MP_THREAD_LOCAL uint64_t mp_watch_entries;

/* ---- in the signal handler ---------------------------------------------------------------- */

static void on_hook(lua_State *L, lua_Debug *at);

MpVm *mp_watch_running(void)
{
    MpVm *innermost = NULL;
    for (MpVm *vm = mp_thread_vms; vm; vm = vm->next) {
        if (vm->depth > 0 && (!innermost || vm->watch.entry > innermost->watch.entry))
            innermost = vm;
    }
    return innermost;
}

static void weigh(MpVm *vm)
{
    MpWatch *watch = &vm->watch;
    int size = lua_gc(vm->main, LUA_GCCOUNT, 0);
    if (size < mp_memory_limit(vm))
        watch->mark = mp_memory_limit(vm);
    watch->oversize = size > watch->mark;
}

static void count(MpWatch *watch)
{
    if (watch->seen != watch->entry) {
        watch->seen = watch->entry;
        watch->ticks = 0;
        watch->due = 0;
    }
    watch->ticks++;
    watch->frame_ticks++;
    if (watch->due || watch->oversize || watch->ticks >= NOTED || watch->frame_ticks >= NOTED)
        watch->due++;
}

/* Somebody else's hook is a debugger's, or counts covered lines: it takes its time. */
static bool is_debugged(lua_State *L)
{
    lua_Hook hook = lua_gethook(L);
    return hook && hook != on_hook;
}

static void on_tick(void)
{
    MpVm *vm = mp_watch_running();
    if (!vm || !vm->watch.look || is_debugged(vm->main))
        return;
    weigh(vm);
    count(&vm->watch);
    if (vm->watch.due || vm->watch.stopping)
        mp_interrupt(vm->main, on_hook, vm->options.jit && vm->watch.due > PATIENCE);
}

/* ---- in the hook -------------------------------------------------------------------------- */

/* Whether the innermost Lua function is the bridge's own: it must not be torn out of its work. */
static bool is_in_bridge(lua_State *L)
{
    lua_Debug at;
    for (int level = 0; level < 2 && lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "S", &at);
        if (*at.what != 'C')
            return strncmp(at.source, MP_CHUNK_PREFIX, sizeof MP_CHUNK_PREFIX - 1) == 0;
    }
    return false;
}

/* Whether scripts really hold too much, or only have not collected their garbage. */
static bool is_oversize(MpVm *vm, lua_State *L)
{
    MpWatch *watch = &vm->watch;
    if (!watch->oversize)
        return false;
    watch->oversize = false;
    lua_gc(L, LUA_GCCOLLECT, 0);
    int held = lua_gc(L, LUA_GCCOUNT, 0);
    bool over = held > watch->mark;
    watch->mark = held > mp_memory_limit(vm) ? held + held / 4 : mp_memory_limit(vm);
    return over;
}

/* Asks the Lua half. True: what runs is to be stopped. */
static bool decide(MpVm *vm, lua_State *L)
{
    MpWatch *watch = &vm->watch;
    int top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, watch->look);
    lua_pushnumber(L, (lua_Number)watch->entry);
    lua_pushinteger(L, watch->due * TICK);
    lua_pushboolean(L, is_oversize(vm, L));
    watch->looking = true;
    bool asked = lua_pcall(L, 3, 1, 0) == 0;
    watch->looking = false;
    /* There may be no room left on the stack for it. Then whoever filled it has to go back some way
     * first; the hook stays, and comes again there. */
    if (!asked && !is_in_bridge(L))
        lua_error(L);
    if (asked)
        watch->due = 0;
    bool stop = asked && lua_isstring(L, -1);
    if (stop)
        snprintf(watch->message, sizeof watch->message, "%s", lua_tostring(L, -1));
    lua_settop(L, top);
    return stop;
}

/* While the bridge's own Lua runs, time is counted for those that called it, and no more. */
void mp_watch_serve(MpVm *vm, lua_State *L)
{
    MpWatch *watch = &vm->watch;
    bool in_bridge = is_in_bridge(L);
    if (watch->looking)
        return;
    if (!watch->stopping && (watch->due || (watch->overdue && !in_bridge))) {
        watch->overdue = decide(vm, L);
        watch->stopping = watch->overdue && !in_bridge;
    }
    if (!watch->due && !watch->overdue && !watch->stopping)
        mp_interrupt_end(L);
    if (!watch->stopping || in_bridge) /* the hook, if any, comes at the next instruction */
        return;
    mp_interrupt_end(L);
    mp_interrupt(L, on_hook, false);
    lua_pushstring(L, watch->message);
    lua_error(L);
}

static void on_hook(lua_State *L, lua_Debug *at)
{
    (void)at;
    const void *registry = lua_topointer(L, LUA_REGISTRYINDEX);
    MpVm *vm = mp_thread_vms;
    while (vm && vm->registry != registry)
        vm = vm->next;
    if (vm)
        mp_watch_serve(vm, L);
}

/* ---- opening and closing ------------------------------------------------------------------ */

/* The ticks of this thread, while it has a machine that is watched. */
static _Thread_local MpTicks *ticks;
static _Thread_local size_t watched;

bool mp_watch_open(MpVm *vm, MpError *error)
{
    lua_State *L = vm->main;
    if (watched == 0)
        ticks = mp_platform_ticks_start(on_tick, TICK, error);
    if (!ticks)
        return false;
    watched++;
    if (vm->options.jit && vm->options.budget_ms != UINT32_MAX)
        mp_interrupt_open(L);
    vm->watch.mark = mp_memory_limit(vm);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, "look");
    vm->watch.look = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pop(L, 1);
    return true;
}

void mp_watch_close(MpVm *vm)
{
    if (!vm->watch.look)
        return;
    vm->watch.look = 0;
    mp_interrupt_end(vm->main);
    if (--watched == 0) {
        mp_platform_ticks_stop(ticks);
        ticks = NULL;
    }
}
