#include "crowd.h"

#include "fixture.h"
#include "subjects.gen.h"

#include "subject.gen.h"

#include <lualib.h>
#include <stdlib.h>
#include <time.h>

/* ---- the crowd ---------------------------------------------------------------------------- */

/* The same numbers in every run (Marsaglia's xorshift). */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static MpHandle handle_of(const MpObject *object)
{
    return (MpHandle){.index = object->index, .generation = object->generation};
}

bool crowd_set(Crowd *crowd, size_t count)
{
    for (size_t i = 0; i < crowd->count; i++)
        mp_object_finish(&crowd->things[i].object);
    free(crowd->things);
    crowd->things = count ? calloc(count, sizeof *crowd->things) : NULL;
    crowd->count = crowd->things ? count : 0;
    for (size_t i = 0; i < crowd->count; i++) {
        mp_object_init(&crowd->things[i].object, &mp_class_Thing);
        crowd->things[i].id = (int)i;
    }
    uint32_t random = 2463534242;
    for (size_t i = 0; crowd->count && i < CROWD_SAMPLE; i++)
        crowd->sample[i] = handle_of(&crowd->things[next_random(&random) % count].object);
    return crowd->count == count;
}

static int crowd(lua_State *L)
{
    Fixture *fixture = fixture_of(L);
    if (!crowd_set(&fixture->crowd, (size_t)lua_tointeger(L, 1)))
        return luaL_error(L, "no memory for %d objects", (int)lua_tointeger(L, 1));
    lua_createtable(L, CROWD_SAMPLE, 0);
    for (int i = 0; fixture->crowd.count && i < CROWD_SAMPLE; i++) {
        mp_push_object(fixture->vm, L, mp_handle_resolve(fixture->crowd.sample[i]));
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int resolve(lua_State *L)
{
    const Crowd *crowd = &fixture_of(L)->crowd;
    uint32_t sum = 0;
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) {
        const MpObject *object = mp_handle_resolve(crowd->sample[i % CROWD_SAMPLE]);
        sum += (uint32_t)(uintptr_t)object;
    }
    lua_pushnumber(L, sum);
    return 1;
}

static int create(lua_State *L)
{
    MpVm *vm = fixture_of(L)->vm;
    Thing thing = {.id = 0};
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) {
        mp_object_init(&thing.object, &mp_class_Thing);
        mp_push_object(vm, L, &thing.object);
        lua_pop(L, 1);
        mp_object_finish(&thing.object);
    }
    return 0;
}

/* ---- closing ------------------------------------------------------------------------------ */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Leaves a list of the objects in the VM's registry. */
static void hold_all(MpVm *vm, Thing *things, int count)
{
    lua_State *L = vm->main;
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        mp_object_init(&things[i].object, &mp_class_Thing);
        mp_push_object(vm, L, &things[i].object);
        lua_rawseti(L, -2, i + 1);
    }
    luaL_ref(L, LUA_REGISTRYINDEX);
}

static int close_vm(lua_State *L)
{
    int count = (int)lua_tointeger(L, 1);
    MpError error = {.message = ""};
    MpVm *vm = mp_vm_create(&(MpVmOptions){.jit = mp_vm_jit(fixture_of(L)->vm)}, &error);
    Thing *things = calloc((size_t)count, sizeof *things);
    if (!vm || !things || !mp_vm_register(vm, &mp_module_subjects, &error)) {
        mp_vm_destroy(vm);
        free(things);
        return luaL_error(L, "%s", error.message);
    }
    hold_all(vm, things, count);
    double start = now();
    mp_vm_destroy(vm);
    lua_pushnumber(L, now() - start);
    for (int i = 0; i < count; i++)
        mp_object_finish(&things[i].object);
    free(things);
    return 1;
}

static int close_state(lua_State *L)
{
    int count = (int)lua_tointeger(L, 1);
    lua_State *plain = luaL_newstate();
    luaL_openlibs(plain);
    luaL_newmetatable(plain, "bench.Token");
    lua_createtable(plain, count, 0);
    for (int i = 0; i < count; i++) {
        lua_newuserdata(plain, sizeof(void *));
        lua_pushvalue(plain, 1);
        lua_setmetatable(plain, -2);
        lua_rawseti(plain, -2, i + 1);
    }
    double start = now();
    lua_close(plain);
    lua_pushnumber(L, now() - start);
    return 1;
}

void crowd_add_tools(lua_State *L, void *fixture)
{
    static const luaL_Reg functions[] = {
        {"crowd", crowd},       {"resolve", resolve},         {"create", create},
        {"close_vm", close_vm}, {"close_state", close_state}, {NULL, NULL},
    };
    lua_pushlightuserdata(L, fixture);
    luaL_openlib(L, NULL, functions, 1);
}
