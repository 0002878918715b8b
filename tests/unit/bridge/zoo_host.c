/*
 * zoo-host - runs LuaUnit specs against the zoo, inside a VM of the bridge.
 *
 *     zoo-host [--no-jit] [--coroutine] SPEC.lua ...
 *
 * A spec runs with Lua's full libraries and these globals:
 *   native            as scripts see it
 *   zoo.animal(hp)    creates an Animal, or zoo.lion(hp) a Lion; the zoo owns it
 *   zoo.finish(h)     destroys the object behind a handle
 *   zoo.crate()       the crate, as new; zoo.break_crate() destroys it
 *   zoo.caller()      the caller, as new; zoo.break_caller() destroys it
 *   zoo.heard()       what a function of C heard last
 *   zoo.c.damage(h, n) ... C code that calls the functions, as the game's C would
 *   zoo.apply({file = text, ...}, leniently)  applies patches; false removes;
 *                     returns {[file] = event}
 *   zoo.list()        what mp_patch_each reports: {[file] = info}
 *   zoo.step()        mp_vm_step
 *   zoo.reload()      mp_vm_reload; returns its event, or nil
 *   zoo.half          the functions of bridge/lua that C calls
 *   zoo.stale()       what mp_vm_each_stale reports: a list of "kind name place"
 *   zoo.load(name), zoo.unload(name)  a plugin of the tests; returns whether, and why not
 *   zoo.log()         lines logged since the last call, but for what became of patches
 *   zoo.files         {[path] = text}: what the VM's scripts can require
 *   zoo.script(text)  runs text as a script of the game, sandboxed; returns what it returns
 *   zoo.jit           whether scripts are compiled
 */
#include "moonpatch/patch.h"
#include "moonpatch/plugin.h"
#include "moonpatch/reload.h"
#include "vm.h"
#include "zoo.gen.h"
#include "zoo_callers.h"

#include "animal.gen.h"
#include "caller.gen.h"
#include "crate.gen.h"
#include "lion.gen.h"

#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANIMALS = 64 };

static struct {
    MpVm *vm;
    Lion animals[ANIMALS];
    Crate crate;
    Caller caller;
    double readings[3];
    int events; /* registry reference: {[file] = event} during zoo.apply */
    int log;    /* registry reference: lines */
    int files;  /* registry reference: {[path] = text} */
} zoo;

/* ---- animals ------------------------------------------------------------------------------ */

static Lion *free_place(lua_State *L)
{
    for (int i = 0; i < ANIMALS; i++) {
        if (!zoo.animals[i].animal.object.index)
            return &zoo.animals[i];
    }
    luaL_error(L, "the zoo is full");
    return NULL;
}

void zoo_push_animal(lua_State *L, Animal *animal)
{
    mp_push_object(zoo.vm, L, animal ? &animal->object : NULL);
}

static int create(lua_State *L, const MpClass *class_of)
{
    Lion *lion = free_place(L);
    *lion = (Lion){.animal = {.name = "Leo", .speed = 3, .secret = 7}, .mane = 20};
    lion->animal.hp = (int)luaL_optinteger(L, 1, 100);
    mp_object_init(&lion->animal.object, class_of);
    zoo_push_animal(L, &lion->animal);
    return 1;
}

static int zoo_animal(lua_State *L) { return create(L, &mp_class_Animal); }

static int zoo_lion(lua_State *L) { return create(L, &mp_class_Lion); }

Animal *zoo_animal_at(lua_State *L, int index)
{
    const struct {
        uint32_t index, generation;
    } *handle = lua_touserdata(L, index);
    for (int i = 0; i < ANIMALS; i++) {
        if (handle && zoo.animals[i].animal.object.index == handle->index)
            return &zoo.animals[i].animal;
    }
    luaL_error(L, "no such animal");
    return NULL;
}

static int zoo_finish(lua_State *L)
{
    mp_object_finish(&zoo_animal_at(L, 1)->object);
    return 0;
}

/* befriend(a, b): a.friend_of = b, in C */
static int zoo_befriend(lua_State *L)
{
    zoo_animal_at(L, 1)->friend_of = lua_isnil(L, 2) ? NULL : zoo_animal_at(L, 2);
    return 0;
}

static int zoo_break_crate(lua_State *L)
{
    (void)L;
    mp_object_finish(&zoo.crate.object);
    return 0;
}

static int zoo_break_caller(lua_State *L)
{
    (void)L;
    mp_object_finish(&zoo.caller.object);
    return 0;
}

static int zoo_caller(lua_State *L)
{
    zoo_break_caller(L);
    zoo.caller = (Caller){.listener = NULL};
    mp_object_init(&zoo.caller.object, &mp_class_Caller);
    mp_push_object(zoo.vm, L, &zoo.caller.object);
    return 1;
}

/* What a function of C heard last. */
static int zoo_heard(lua_State *L)
{
    lua_pushstring(L, caller_heard);
    caller_heard[0] = '\0';
    return 1;
}

static int zoo_crate(lua_State *L)
{
    zoo_break_crate(L);
    memcpy(zoo.readings, (double[]){1.5, 2.5, 3.5}, sizeof zoo.readings);
    zoo.crate = (Crate){
        .bounds = {.max = {3, 4}, .mood = MOOD_HUNGRY},
        .readings = zoo.readings,
        .history = zoo.readings,
        .reading_count = 3,
    };
    mp_object_init(&zoo.crate.object, &mp_class_Crate);
    mp_push_object(zoo.vm, L, &zoo.crate.object);
    return 1;
}

/* ---- the host ----------------------------------------------------------------------------- */

/* Appends the text on the stack's top to the list of reference `list`. */
static void append_to(lua_State *L, int list)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, list);
    lua_insert(L, -2);
    lua_rawseti(L, -2, (int)lua_objlen(L, -2) + 1);
    lua_pop(L, 1);
}

static void on_log(void *user, MpSeverity severity, const char *text)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};
    (void)user;
    if (!zoo.vm)
        return;
    lua_pushfstring(zoo.vm->main, "%s: %s", names[severity], text);
    append_to(zoo.vm->main, zoo.log);
}

static void set_field(lua_State *L, const char *key, const char *text)
{
    lua_pushstring(L, text);
    lua_setfield(L, -2, key);
}

/* The verdict was logged just before; specs look at the event instead. */
static void forget_last_line(lua_State *L)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, zoo.log);
    lua_pushnil(L);
    lua_rawseti(L, -2, (int)lua_objlen(L, -2));
    lua_pop(L, 1);
}

static void on_event(void *user, const MpPatchEvent *event)
{
    (void)user;
    lua_State *L = zoo.vm->main;
    forget_last_line(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, zoo.events);
    lua_newtable(L);
    set_field(L, "id", event->id);
    set_field(L, "state", mp_patch_state_name(event->state));
    set_field(L, "cause", event->cause);
    lua_pushboolean(L, event->changed);
    lua_setfield(L, -2, "changed");
    lua_setfield(L, -2, event->file);
    lua_pop(L, 1);
}

static char *read_file(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    lua_State *L = zoo.vm->main;
    lua_rawgeti(L, LUA_REGISTRYINDEX, zoo.files);
    lua_getfield(L, -1, path);
    char *bytes = NULL;
    const char *text = lua_tolstring(L, -1, size);
    if (text) {
        bytes = malloc(*size + 1);
        memcpy(bytes, text, *size + 1);
    } else {
        mp_error_set(error, MP_NOT_FOUND, "no such file");
    }
    lua_pop(L, 2);
    return bytes;
}

static int take_list(lua_State *L, int *reference)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, *reference);
    luaL_unref(L, LUA_REGISTRYINDEX, *reference);
    lua_newtable(L);
    *reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 1;
}

static int zoo_apply(lua_State *L)
{
    enum { ROOM = 16 };
    MpPatchChange changes[ROOM];
    size_t count = 0;
    lua_settop(L, 2);
    for (lua_pushnil(L); lua_next(L, 1) && count < ROOM; lua_pop(L, 1)) {
        MpPatchChange *change = &changes[count++];
        *change = (MpPatchChange){.file = lua_tostring(L, -2)};
        if (lua_istable(L, -1)) {
            lua_getfield(L, -1, "text");
            change->text = lua_tolstring(L, -1, &change->size);
            lua_getfield(L, -2, "root");
            change->root = lua_tostring(L, -1);
            lua_getfield(L, -3, "problem");
            change->problem = lua_tostring(L, -1);
            lua_getfield(L, -4, "rehearsed");
            change->rehearsed = lua_toboolean(L, -1);
            lua_pop(L, 4);
        } else if (lua_isstring(L, -1)) {
            change->text = lua_tolstring(L, -1, &change->size);
        }
    }
    (lua_toboolean(L, 2) ? mp_patch_apply_lenient : mp_patch_apply)(zoo.vm, changes, count);
    return take_list(L, &zoo.events);
}

static void visit(void *user, const MpPatchInfo *info)
{
    lua_State *L = user;
    lua_newtable(L);
    set_field(L, "id", info->id);
    set_field(L, "state", mp_patch_state_name(info->state));
    set_field(L, "cause", info->cause);
    lua_pushnumber(L, (lua_Number)info->calls);
    lua_setfield(L, -2, "calls");
    lua_pushnumber(L, info->errors);
    lua_setfield(L, -2, "errors");
    lua_newtable(L);
    for (size_t i = 0; i < info->override_count; i++) {
        lua_pushstring(L, info->overrides[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
    lua_setfield(L, -2, "overrides");
    lua_setfield(L, 1, info->file);
}

static int zoo_list(lua_State *L)
{
    lua_settop(L, 0);
    lua_newtable(L);
    mp_patch_each(zoo.vm, visit, L);
    lua_settop(L, 1);
    return 1;
}

static int zoo_step(lua_State *L)
{
    mp_vm_step(zoo.vm);
    return take_list(L, &zoo.events);
}

/* Leaves the event where zoo.reload() finds it. */
static void on_reload(void *user, const MpReloadEvent *event)
{
    (void)user;
    lua_State *L = zoo.vm->main;
    lua_rawgeti(L, LUA_REGISTRYINDEX, zoo.events);
    lua_newtable(L);
    set_field(L, "files", event->files);
    set_field(L, "problem", event->problem);
    set_field(L, "stale", event->stale);
    lua_pushnumber(L, (lua_Number)event->functions);
    lua_setfield(L, -2, "functions");
    lua_setfield(L, -2, "reload");
    lua_pop(L, 1);
}

static int zoo_reload(lua_State *L)
{
    mp_vm_reload(zoo.vm);
    take_list(L, &zoo.events);
    lua_getfield(L, -1, "reload");
    return 1;
}

static void visit_stale(void *user, const MpStale *stale)
{
    lua_State *L = user;
    lua_pushfstring(L, "%s %s %s", stale->kind, stale->name, stale->place);
    lua_rawseti(L, 1, (int)lua_objlen(L, 1) + 1);
}

static int zoo_stale(lua_State *L)
{
    lua_settop(L, 0);
    lua_newtable(L);
    mp_vm_each_stale(zoo.vm, visit_stale, L);
    lua_settop(L, 1);
    return 1;
}

static int push_outcome(lua_State *L, bool ok, const MpError *error)
{
    lua_pushboolean(L, ok);
    lua_pushstring(L, error->message);
    return 2;
}

static int zoo_load(lua_State *L)
{
    MpError error = {.message = ""};
    lua_pushfstring(L, MP_PLUGIN_FOLDER "/%s.so", luaL_checkstring(L, 1));
    return push_outcome(L, mp_plugin_load(zoo.vm, lua_tostring(L, -1), &error), &error);
}

static int zoo_unload(lua_State *L)
{
    MpError error = {.message = ""};
    return push_outcome(L, mp_plugin_unload(zoo.vm, luaL_checkstring(L, 1), &error), &error);
}

static int zoo_log(lua_State *L) { return take_list(L, &zoo.log); }

static void set_globals(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"animal", zoo_animal},
        {"crate", zoo_crate},
        {"break_crate", zoo_break_crate},
        {"caller", zoo_caller},
        {"break_caller", zoo_break_caller},
        {"heard", zoo_heard},
        {"lion", zoo_lion},
        {"finish", zoo_finish},
        {"befriend", zoo_befriend},
        {"apply", zoo_apply},
        {"list", zoo_list},
        {"step", zoo_step},
        {"reload", zoo_reload},
        {"stale", zoo_stale},
        {"log", zoo_log},
        {"load", zoo_load},
        {"unload", zoo_unload},
        {NULL, NULL},
    };
    lua_newtable(L);
    luaL_register(L, NULL, functions);
    zoo_push_callers(L);
    lua_setfield(L, -2, "c");
    lua_rawgeti(L, LUA_REGISTRYINDEX, zoo.files);
    lua_setfield(L, -2, "files");
    lua_pushboolean(L, mp_vm_jit(zoo.vm));
    lua_setfield(L, -2, "jit");
    lua_rawgeti(L, LUA_REGISTRYINDEX, zoo.vm->half);
    lua_getfield(L, -1, "environment");
    lua_getfield(L, -1, "native");
    lua_setglobal(L, "native");
    lua_setfield(L, -3, "environment");
    lua_setfield(L, -2, "half");
    lua_setglobal(L, "zoo");
}

static bool open_zoo(bool jit)
{
    MpError error = {.message = ""};
    MpVm *vm = mp_vm_create(
        &(MpVmOptions){
            .jit = jit,
            .inspector = true,
            .log = on_log,
            .patch_event = on_event,
            .reload_event = on_reload,
            .read = read_file,
        },
        &error);
    if (!vm || !mp_vm_register(vm, &mp_module_zoo, &error)) {
        fprintf(stderr, "zoo-host: %s\n", error.message);
        return false;
    }
    zoo.vm = vm;
    int *const lists[] = {&zoo.events, &zoo.log, &zoo.files};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        lua_newtable(vm->main);
        *lists[i] = luaL_ref(vm->main, LUA_REGISTRYINDEX);
    }
    set_globals(vm->main);
    return true;
}

static int run_specs(lua_State *L, int count, char **specs, bool in_coroutine)
{
    lua_pushstring(L, MP_TEST_FOLDER "/run.lua");
    if (luaL_loadfile(L, lua_tostring(L, -1)) != 0) {
        fprintf(stderr, "zoo-host: %s\n", lua_tostring(L, -1));
        return EXIT_FAILURE;
    }
    lua_pushboolean(L, in_coroutine);
    for (int i = 0; i < count; i++)
        lua_pushstring(L, specs[i]);
    if (lua_pcall(L, count + 1, 1, 0) != 0) {
        fprintf(stderr, "zoo-host: %s\n", lua_tostring(L, -1));
        return EXIT_FAILURE;
    }
    return (int)lua_tointeger(L, -1);
}

int main(int argc, char **argv)
{
    bool jit = true, in_coroutine = false;
    int first = 1;
    for (; first < argc && argv[first][0] == '-'; first++) {
        jit = jit && strcmp(argv[first], "--no-jit") != 0;
        in_coroutine = in_coroutine || strcmp(argv[first], "--coroutine") == 0;
    }
    if (!open_zoo(jit))
        return EXIT_FAILURE;
    int failures = run_specs(zoo.vm->main, argc - first, argv + first, in_coroutine);
    MpVm *vm = zoo.vm;
    zoo.vm = NULL; /* the log has no list to go to any more */
    mp_vm_destroy(vm);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
