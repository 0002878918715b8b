/*
 * bench - measures what the README claims: prints a table and writes bench.json.
 *
 *     bench [--json FILE] [GROUP]
 *
 * Each case runs its subject and its baseline in turn, many times, and compares the medians: the
 * ratio of one run of this program is what counts, not the nanoseconds of one machine. The cases
 * are in <group>.lua beside this file; here are the loops that must be C.
 */
#include "moonpatch/patch.h"
#include "subject.gen.h"
#include "subjects.gen.h"
#include "vm.h"

#include <jansson.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct {
    MpVm *vm;
    Subject subject;
    int hand_written; /* registry reference: the function that hand-written C calls */
    int traceback;
} bench;

/* ---- clock -------------------------------------------------------------------------------- */

static int bench_clock(lua_State *L)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    lua_pushnumber(L, (double)now.tv_sec + (double)now.tv_nsec * 1e-9);
    return 1;
}

/* ---- loops in C: function(n) -------------------------------------------------------------- */

static int loop_slot(lua_State *L)
{
    int sum = 0;
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--)
        sum += subject_damage(&bench.subject, 0);
    lua_pushinteger(L, sum);
    return 1;
}

static int loop_direct(lua_State *L)
{
    /* Through a pointer that the compiler cannot see through, or it would inline the call. */
    int (*volatile function)(Subject *, int) = subject_damage_direct;
    int (*direct)(Subject *, int) = function;
    int sum = 0;
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--)
        sum += direct(&bench.subject, 0);
    lua_pushinteger(L, sum);
    return 1;
}

static int traceback(lua_State *L)
{
    luaL_traceback(L, L, lua_tostring(L, 1), 1);
    return 1;
}

/* What C without Moonpatch writes to call a Lua function with an object it knows. */
static int loop_hand_written(lua_State *L)
{
    int sum = 0;
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, bench.traceback);
        lua_rawgeti(L, LUA_REGISTRYINDEX, bench.hand_written);
        mp_push_object(bench.vm, L, &bench.subject.object);
        lua_pushinteger(L, 0);
        if (lua_pcall(L, 2, 1, -4) != 0)
            return lua_error(L);
        sum += (int)lua_tointeger(L, -1);
        lua_pop(L, 2);
    }
    lua_pushinteger(L, sum);
    return 1;
}

/* set_hand_written(function) */
static int set_hand_written(lua_State *L)
{
    luaL_unref(L, LUA_REGISTRYINDEX, bench.hand_written);
    lua_settop(L, 1);
    bench.hand_written = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

/* ---- a hand-written binding, as the Lua manual teaches it ---------------------------------- */

static int hand_damage(lua_State *L)
{
    Subject **subject = luaL_checkudata(L, 1, "bench.Subject");
    int amount = (int)luaL_checkinteger(L, 2);
    lua_pushinteger(L, subject_damage_direct(*subject, amount));
    return 1;
}

/* hand_subject() -> userdata with method damage */
static int hand_subject(lua_State *L)
{
    Subject **subject = lua_newuserdata(L, sizeof *subject);
    *subject = &bench.subject;
    if (luaL_newmetatable(L, "bench.Subject")) {
        lua_newtable(L);
        lua_pushcfunction(L, hand_damage);
        lua_setfield(L, -2, "damage");
        lua_setfield(L, -2, "__index");
    }
    lua_setmetatable(L, -2);
    return 1;
}

/* ---- the rest ----------------------------------------------------------------------------- */

/* apply(text or nil) */
static int apply(lua_State *L)
{
    size_t size = 0;
    const char *text = lua_tolstring(L, 1, &size);
    mp_patch_apply(bench.vm, &(MpPatchChange){.file = "bench.lua", .text = text, .size = size}, 1);
    return 0;
}

static void on_event(void *user, const MpPatchEvent *event)
{
    (void)user;
    if (event->state == MP_PATCH_REFUSED)
        fprintf(stderr, "bench: %s\n", event->cause);
}

static json_t *to_json(lua_State *L, int index)
{
    json_t *record = json_object();
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        const char *key = lua_tostring(L, -2);
        if (lua_type(L, -1) == LUA_TNUMBER)
            json_object_set_new(record, key, json_real(lua_tonumber(L, -1)));
        else if (lua_type(L, -1) == LUA_TSTRING)
            json_object_set_new(record, key, json_string(lua_tostring(L, -1)));
    }
    return record;
}

/* Writes the list of results on the stack's top. */
static bool write_json(lua_State *L, const char *path)
{
    json_t *cases = json_array();
    for (int i = 1; i <= (int)lua_objlen(L, -1); i++) {
        lua_rawgeti(L, -1, i);
        json_array_append_new(cases, to_json(L, lua_gettop(L)));
        lua_pop(L, 1);
    }
    json_t *all = json_pack("{s:s, s:o}", "machine", mp_vm_version(bench.vm), "cases", cases);
    int failed = json_dump_file(all, path, JSON_INDENT(2) | JSON_REAL_PRECISION(5));
    json_decref(all);
    return !failed;
}

static bool open_bench(void)
{
    MpError error = {.message = ""};
    bench.hand_written = LUA_NOREF;
    bench.vm = mp_vm_create(&(MpVmOptions){.jit = true, .patch_event = on_event}, &error);
    if (!bench.vm || !mp_vm_register(bench.vm, &mp_module_subjects, &error)) {
        fprintf(stderr, "bench: %s\n", error.message);
        return false;
    }
    mp_object_init(&bench.subject.object, &mp_class_Subject);
    mp_vm_set_root(bench.vm, "subject", &bench.subject.object);
    lua_State *L = bench.vm->main;
    lua_pushcfunction(L, traceback);
    bench.traceback = luaL_ref(L, LUA_REGISTRYINDEX);
    return true;
}

/* What the cases work with, as a table. */
static void push_tools(lua_State *L)
{
    static const luaL_Reg tools[] = {
        {"clock", bench_clock},
        {"loop_slot", loop_slot},
        {"loop_direct", loop_direct},
        {"loop_hand_written", loop_hand_written},
        {"set_hand_written", set_hand_written},
        {"hand_subject", hand_subject},
        {"apply", apply},
        {NULL, NULL},
    };
    lua_newtable(L);
    luaL_register(L, NULL, tools);
    lua_pushlightuserdata(L, &bench.subject);
    lua_setfield(L, -2, "subject");
    lua_pushlightuserdata(L, (void *)(uintptr_t)subject_distance_direct);
    lua_setfield(L, -2, "subject_distance_direct");
    lua_rawgeti(L, LUA_REGISTRYINDEX, bench.vm->half);
    lua_getfield(L, -1, "environment");
    lua_getfield(L, -1, "native");
    lua_setfield(L, -4, "native");
    lua_pop(L, 2);
    lua_pushstring(L, MP_BENCH_FOLDER);
    lua_setfield(L, -2, "folder");
}

int main(int argc, char **argv)
{
    const char *json = "bench.json", *group = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0 && i + 1 < argc)
            json = argv[++i];
        else
            group = argv[i];
    }
    if (!open_bench())
        return EXIT_FAILURE;
    lua_State *L = bench.vm->main;
    bool ok = luaL_loadfile(L, MP_BENCH_FOLDER "/run.lua") == 0;
    if (ok) {
        push_tools(L);
        lua_pushstring(L, group);
        ok = lua_pcall(L, 2, 1, 0) == 0;
    }
    if (!ok)
        fprintf(stderr, "bench: %s\n", lua_tostring(L, -1));
    else
        ok = write_json(L, json);
    mp_object_finish(&bench.subject.object);
    mp_vm_destroy(bench.vm);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
