#include "interrupt.h"

#include <lauxlib.h>
#include <luajit.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

/* The profiler's own timer, which nobody needs: it goes off after weeks of CPU time. */
#define NEVER "i2000000000"

/* The profiler belongs to one machine at a time, and LuaJIT does not guard it against threads. */
static pthread_mutex_t profiler = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(const void *) owner; /* the registry of the machine that is being called out */
static atomic_bool started;         /* the owner has started the profiler */

static const void *identity(lua_State *L) { return lua_topointer(L, LUA_REGISTRYINDEX); }

static void ignore_sample(void *data, lua_State *L, int samples, int state)
{
    (void)data;
    (void)L;
    (void)samples;
    (void)state;
}

/*
 * While another machine has the profiler, luaJIT_profile_start() sets the line mode and does no
 * more, which is just what is wanted.
 */
void mp_interrupt_open(lua_State *L)
{
    pthread_mutex_lock(&profiler);
    const void *nobody = NULL;
    lua_State *other = NULL;
    if (atomic_compare_exchange_strong(&owner, &nobody, &owner))
        other = luaL_newstate();
    if (other)
        luaJIT_profile_start(other, NEVER, ignore_sample, NULL);
    else
        while (!atomic_load(&started)) { /* the owner's thread is about to */
        }
    luaJIT_profile_start(L, NEVER "l", ignore_sample, NULL);
    if (other) {
        luaJIT_profile_stop(other);
        lua_close(other);
        atomic_store(&owner, NULL);
    }
    pthread_mutex_unlock(&profiler);
}

/* Starting the profiler only writes to memory, and sets a handler and a timer; it allocates
 * nothing. */
static void call_out(lua_State *L)
{
    const void *nobody = NULL, *self = identity(L);
    if (atomic_compare_exchange_strong(&owner, &nobody, self)) {
        luaJIT_profile_start(L, NEVER, ignore_sample, NULL);
        atomic_store(&started, true);
    }
    if (atomic_load(&owner) == self)
        raise(SIGPROF);
}

void mp_interrupt(lua_State *L, lua_Hook hook, bool compiled)
{
    lua_sethook(L, NULL, 0,
                0); /* dispatch is set up anew, should the last attempt have been torn */
    lua_sethook(L, hook, LUA_MASKCOUNT, 1);
    if (compiled)
        call_out(L);
}

void mp_interrupt_end(lua_State *L)
{
    lua_sethook(L, NULL, 0, 0);
    if (atomic_load(&owner) != identity(L))
        return;
    pthread_mutex_lock(&profiler);
    luaJIT_profile_stop(L);
    atomic_store(&started, false);
    atomic_store(&owner, NULL);
    pthread_mutex_unlock(&profiler);
    mp_interrupt_open(L);
}
