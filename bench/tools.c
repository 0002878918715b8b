/* What the cases get as `tools`. */
#include "deltas.h"
#include "fixture.h"
#include "hand.h"
#include "loops.h"
#include "moonpatch/patch.h"
#include "plain.h"
#include "subject.gen.h"

#include <stdio.h>
#include <time.h>

/* clock() -> seconds */
static int tool_clock(lua_State *L)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    lua_pushnumber(L, (double)now.tv_sec + (double)now.tv_nsec * 1e-9);
    return 1;
}

/* apply(text or nil): what the one patch file holds from now on */
static int tool_apply(lua_State *L)
{
    size_t size = 0;
    const char *text = lua_tolstring(L, 1, &size);
    mp_patch_apply(fixture_of(L)->vm,
                   &(MpPatchChange){.file = "bench.lua", .text = text, .size = size}, 1);
    return 0;
}

/* apply_files(count, text or nil): what each of so many patch files holds from now on */
static int tool_apply_files(lua_State *L)
{
    size_t count = (size_t)lua_tointeger(L, 1), size = 0;
    const char *text = lua_tolstring(L, 2, &size);
    char(*names)[32] = lua_newuserdata(L, count * sizeof *names);
    MpPatchChange *changes = lua_newuserdata(L, count * sizeof *changes);
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], sizeof *names, "%05zu.lua", i);
        changes[i] = (MpPatchChange){.file = names[i], .text = text, .size = size, .proven = true};
    }
    mp_patch_apply(fixture_of(L)->vm, changes, count);
    return 0;
}

/* collect(microseconds): what a game's loop does once a frame */
static int tool_collect(lua_State *L)
{
    mp_vm_collect(fixture_of(L)->vm, (uint32_t)lua_tointeger(L, 1));
    return 0;
}

/* edit(text): what scripts/edited.lua holds from now on */
static int tool_edit(lua_State *L)
{
    fixture_edit(fixture_of(L), luaL_checkstring(L, 1));
    return 0;
}

/* ---- loops in C: function(n) -------------------------------------------------------------- */

#define DEFINE_C_LOOP(name)                                                                 \
    static int name(lua_State *L)                                                           \
    {                                                                                       \
        lua_pushnumber(L, loop_##name(fixture_of(L)->subjects, (long)lua_tointeger(L, 1))); \
        return 1;                                                                           \
    }
DEFINE_C_LOOP(slot)
DEFINE_C_LOOP(header)
DEFINE_C_LOOP(direct)

/* The functions that the game's C calls, which a patch may have taken into Lua. */
#define DEFINE_LOOP(name, ...)                                     \
    static int name(lua_State *L)                                  \
    {                                                              \
        Subject *subject = fixture_of(L)->subjects;                \
        uint32_t sum = 0;                                          \
        for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--)      \
            sum += (uint32_t)subject_##name(subject, __VA_ARGS__); \
        lua_pushnumber(L, sum);                                    \
        return 1;                                                  \
    }
DEFINE_LOOP(take_int, (int)i)
DEFINE_LOOP(take_object, subject->token)
DEFINE_LOOP(take_pair, subject->pair)
DEFINE_LOOP(take_place, subject->place)
DEFINE_LOOP(take_two, (int)i, (int)i)

/* Events that C fires. */
#define DEFINE_EVENT_LOOP(name, value)                        \
    static int name(lua_State *L)                             \
    {                                                         \
        Subject *subject = fixture_of(L)->subjects;           \
        for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) \
            subject_##name(subject, value);                   \
        return 0;                                             \
    }
DEFINE_EVENT_LOOP(heard_int, (int)i)
DEFINE_EVENT_LOOP(heard_object, subject->token)
DEFINE_EVENT_LOOP(heard_pair, subject->pair)
DEFINE_EVENT_LOOP(heard_place, subject->place)

/* named(n, module, function): calls a Lua function by its name */
static int named(lua_State *L)
{
    MpVm *vm = fixture_of(L)->vm;
    const char *module = lua_tostring(L, 2), *function = lua_tostring(L, 3);
    double sum = 0, result = 0;
    MpError error;
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) {
        mp_vm_call(vm, module, function, &error, "n>n", (double)i, &result);
        sum += result;
    }
    lua_pushnumber(L, sum);
    return 1;
}

/* call(n, function): calls a function that C got from Lua, whatever it is written in */
static int call(lua_State *L)
{
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) {
        lua_pushvalue(L, 2);
        lua_pushinteger(L, i);
        lua_call(L, 1, 0);
    }
    return 0;
}

/* set_root(n) */
static int set_root(lua_State *L)
{
    Fixture *fixture = fixture_of(L);
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--)
        mp_vm_set_root(fixture->vm, "subject", &fixture->subjects->thing.object);
    return 0;
}

/* ---- the table ---------------------------------------------------------------------------- */

static void add_functions(lua_State *L, Fixture *fixture)
{
    static const luaL_Reg functions[] = {
        {"clock", tool_clock},
        {"apply", tool_apply},
        {"apply_files", tool_apply_files},
        {"collect", tool_collect},
        {"plain", plain_load},
        {"edit", tool_edit},
        {NULL, NULL},
    };
    static const luaL_Reg loops[] = {
        {"slot", slot},
        {"header", header},
        {"direct", direct},
        {"take_int", take_int},
        {"take_object", take_object},
        {"take_pair", take_pair},
        {"take_place", take_place},
        {"take_two", take_two},
        {"heard_int", heard_int},
        {"heard_object", heard_object},
        {"heard_pair", heard_pair},
        {"heard_place", heard_place},
        {"named", named},
        {"call", call},
        {"set_root", set_root},
        {NULL, NULL},
    };
    lua_pushlightuserdata(L, fixture);
    luaL_openlib(L, NULL, functions, 1);
    lua_newtable(L);
    lua_pushlightuserdata(L, fixture);
    luaL_openlib(L, NULL, loops, 1);
    lua_setfield(L, -2, "loops");
}

/* Adds `native` and `require`, as scripts see them, and all that they see. */
static void add_environment(lua_State *L, const MpVm *vm)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, "environment");
    lua_getfield(L, -1, "native");
    lua_setfield(L, -4, "native");
    lua_getfield(L, -1, "require");
    lua_setfield(L, -4, "require");
    lua_setfield(L, -3, "environment");
    lua_pop(L, 1);
}

void fixture_push_tools(Fixture *fixture)
{
    lua_State *L = fixture->vm->main;
    lua_newtable(L);
    add_functions(L, fixture);
    crowd_add_tools(L, fixture);
    deltas_add_tools(L);
    add_environment(L, fixture->vm);
    hand_push_binding(L, fixture->subjects, FIXTURE_SUBJECTS);
    hand_add_calls(L, fixture->subjects);
    lua_setfield(L, -2, "hand");
    lua_pushlightuserdata(L, fixture->subjects);
    lua_setfield(L, -2, "subject");
    lua_pushinteger(L, sizeof(Subject));
    lua_setfield(L, -2, "subject_size");
    lua_pushlightuserdata(L, &fixture->large);
    lua_setfield(L, -2, "large");
    lua_pushboolean(L, mp_vm_jit(fixture->vm));
    lua_setfield(L, -2, "jit");
}
