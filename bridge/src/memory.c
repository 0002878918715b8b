#include "memory.h"

#include "platform.h"

/* Below so many bytes nobody asks. */
enum { SMALL = 1 << 20 };

int mp_memory_limit(const MpVm *vm)
{
    uint32_t megabytes = vm->options.memory_limit_mb;
    if (megabytes == 0)
        megabytes = MP_VM_MEMORY_LIMIT_MB;
    return megabytes < INT32_MAX >> 10 ? (int)megabytes << 10 : INT32_MAX;
}

static bool has_room(const MpVm *vm, size_t size)
{
    return size / 1024 + (size_t)lua_gc(vm->main, LUA_GCCOUNT, 0) < (size_t)mp_memory_limit(vm);
}

void mp_memory_ask(MpVm *vm, lua_State *L, size_t size)
{
    if (size < SMALL || has_room(vm, size))
        return;
    lua_gc(L, LUA_GCCOLLECT, 0);
    if (!has_room(vm, size))
        luaL_error(L, "not enough memory: %d MB at once, and scripts may hold %d MB in all",
                   (int)(size >> 20), mp_memory_limit(vm) >> 10);
}

size_t mp_vm_memory(const MpVm *vm)
{
    return (size_t)lua_gc(vm->main, LUA_GCCOUNT, 0) * 1024 +
           (size_t)lua_gc(vm->main, LUA_GCCOUNTB, 0);
}

/* ---- collecting --------------------------------------------------------------------------- */

/* KiB of garbage that are worth a round of the collector. */
enum { WORTHWHILE = 1024 };

/* One step of the collector, KiB; between two of them the clock is looked at. */
enum { STEP = 16 };

/* Whether a frame has done its share: all the time it may take, or a quarter of it if it collected
   twice what was new. A game that leaves little garbage has no frame that is much longer. */
static bool is_enough(uint64_t nanoseconds, uint32_t limit_us, int due)
{
    return nanoseconds >= limit_us * UINT64_C(1000) ||
           (due <= 0 && nanoseconds >= limit_us * UINT64_C(250));
}

/*
 * The next round begins when scripts hold half as much again as after the last one. Where frames
 * make more garbage than their slices collect, LuaJIT's own collector goes on, from twice as much
 * on: slower frames are better than running out of memory.
 */
void mp_vm_collect(MpVm *vm, uint32_t microseconds)
{
    lua_State *L = vm->main;
    MpCollector *collector = &vm->collector;
    uint64_t begun = mp_platform_now();
    int size = lua_gc(L, LUA_GCCOUNT, 0), due = 2 * (size - collector->held);
    collector->collecting = collector->collecting || size >= collector->start;
    while (collector->collecting) {
        if (lua_gc(L, LUA_GCSTEP, STEP)) {
            int held = lua_gc(L, LUA_GCCOUNT, 0);
            collector->start = held + (held / 2 > WORTHWHILE ? held / 2 : WORTHWHILE);
            collector->collecting = false;
        }
        due -= STEP;
        if (is_enough(mp_platform_now() - begun, microseconds, due))
            break;
    }
    collector->held = lua_gc(L, LUA_GCCOUNT, 0);
    lua_gc(L, LUA_GCSTOP, 0);
    if (collector->collecting && size / 2 > collector->start)
        lua_gc(L, LUA_GCRESTART, -1);
}
