#include "vm.h"

#include "binding.h"
#include "call.h"
#include "callback.h"
#include "embed.h"
#include "failure.h"
#include "foreign.h"
#include "handle.h"
#include "kept.h"
#include "layer.h"
#include "leaf.h"
#include "module.h"
#include "nesting.h"
#include "table.h"
#include "thread.h"

#include <luajit.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- log ---------------------------------------------------------------------------------- */

void mp_vm_log(const MpVm *vm, MpSeverity severity, const char *format, ...)
{
    if (!vm->options.log)
        return;
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    vm->options.log(vm->options.user, severity, text);
}

/* ---- who may use it ----------------------------------------------------------------------- */

bool mp_vm_may_use(const MpVm *vm, const char *what, MpError *error)
{
    if (!mp_thread_has(vm)) {
        mp_error_set(error, MP_REFUSED, "%s: call it from the thread that created the VM", what);
        return false;
    }
    if (mp_leaf_running) {
        const MpMethod *leaf = mp_leaf_running;
        char deed[128];
        snprintf(deed, sizeof deed, "calls %s: this call was refused", what);
        mp_leaf_demote(vm, deed);
        mp_error_set(error, MP_REFUSED, "%s: called inside the leaf %s.%s; declare it MP_METHOD",
                     what, leaf->owner, leaf->name);
        return false;
    }
    return true;
}

bool mp_vm_is_idle(const MpVm *vm, const char *what, MpError *error)
{
    if (!mp_vm_may_use(vm, what, error))
        return false;
    if (vm->depth == 0)
        return true;
    mp_error_set(error, MP_REFUSED,
                 "%s: a script, or a callback of the VM, is running; call it between two frames",
                 what);
    return false;
}

/* ---- calls into the bridge's own Lua ------------------------------------------------------ */

bool mp_half_call_on(MpVm *vm, lua_State *L, const char *name, int arguments, int results)
{
    int base = lua_gettop(L) - arguments;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->traceback);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    lua_insert(L, base + 1);
    lua_insert(L, base + 1);
    mp_vm_enter(vm);
    bool ok = lua_pcall(L, arguments, results, base + 1) == 0;
    vm->watch.stopping = vm->watch.stopping && ok;
    vm->depth--;
    lua_remove(L, base + 1);
    return ok;
}

bool mp_half_call(MpVm *vm, const char *name, int arguments, int results)
{
    return mp_half_call_on(vm, vm->main, name, arguments, results);
}

bool mp_vm_take_error(MpVm *vm, MpStatus status, MpError *error)
{
    mp_error_set(error, status, "%s", lua_tostring(vm->main, -1));
    lua_pop(vm->main, 1);
    return false;
}

/* ---- creation ----------------------------------------------------------------------------- */

void mp_push_weak_table(lua_State *L, const char *mode)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_pushstring(L, mode);
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
}

static void create_references(MpVm *vm)
{
    lua_State *L = vm->main;
    lua_pushlightuserdata(L, vm);
    lua_pushcclosure(L, mp_traceback, 1);
    vm->traceback = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pushboolean(L, false);
    vm->culprit = luaL_ref(L, LUA_REGISTRYINDEX);
    mp_push_weak_table(L, "v");
    vm->handles = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    vm->metatables = luaL_ref(L, LUA_REGISTRYINDEX);
    mp_kept_open(vm);
    mp_failure_open(vm);
    mp_push_weak_table(L, "k");
    vm->gates = luaL_ref(L, LUA_REGISTRYINDEX);
    mp_callback_open(vm);
    mp_foreign_open(vm);
}

/* Pushes {name = chunk} for every file of bridge/lua. */
static int push_embedded(lua_State *L)
{
    lua_newtable(L);
    for (const MpEmbedded *file = mp_bridge_lua; file->name; file++) {
        lua_pushfstring(L, MP_CHUNK_PREFIX "/%s.lua]", file->name);
        if (luaL_loadbufferx(L, file->text, file->size, lua_tostring(L, -1), "t") != 0)
            return lua_error(L);
        lua_setfield(L, -3, file->name);
        lua_pop(L, 1);
    }
    return 1;
}

/* Lua: start(vm): runs bridge/lua/boot.lua with the core and the other files. */
static int start(lua_State *L)
{
    MpVm *vm = lua_touserdata(L, 1);
    push_embedded(L);
    lua_getfield(L, -1, "boot");
    mp_core_push(vm, L);
    lua_pushvalue(L, -3);
    lua_pushnumber(L, vm->options.seed);
    lua_call(L, 3, 1);
    lua_getfield(L, -1, "failed");
    vm->failed = luaL_ref(L, LUA_REGISTRYINDEX);
    vm->half = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static bool start_lua(MpVm *vm, MpError *error)
{
    lua_State *L = vm->main;
    luaL_openlibs(L);
    if (!luaJIT_setmode(
            L, 0, LUAJIT_MODE_ENGINE | (vm->options.jit ? LUAJIT_MODE_ON : LUAJIT_MODE_OFF)) &&
        vm->options.jit)
        vm->options.jit = false; /* this build has no compiler */
    create_references(vm);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->traceback);
    lua_pushcfunction(L, start);
    lua_pushlightuserdata(L, vm);
    if (lua_pcall(L, 1, 0, -3) != 0)
        return mp_vm_take_error(vm, MP_SCRIPT, error);
    lua_pop(L, 1);
    return true;
}

/* Debian's 2022 build crashes while parsing and while compiling certain plain Lua; both are fixed
 * upstream. */
static void describe_version(MpVm *vm)
{
    const char *advice = strstr(LUAJIT_VERSION, "beta3")
                             ? " (known faults in its parser and compiler; a newer one is used if "
                               "pkg-config finds it)"
                             : "";
    snprintf(vm->version, sizeof vm->version, "%s%s", LUAJIT_VERSION, advice);
}

MpVm *mp_vm_create(const MpVmOptions *options, MpError *error)
{
    MpVm *vm = calloc(1, sizeof *vm);
    if (vm)
        vm->main = luaL_newstate();
    if (!vm || !vm->main || !mp_object_table_open()) {
        mp_error_set(error, MP_MEMORY, "no memory for a Lua machine");
        if (vm && vm->main)
            lua_close(vm->main);
        free(vm);
        return NULL;
    }
    vm->registry = lua_topointer(vm->main, LUA_REGISTRYINDEX);
    vm->options = *options;
    describe_version(vm);
    mp_thread_add(vm);
    mp_nesting_open(vm);
    if (!start_lua(vm, error)) {
        mp_vm_destroy(vm);
        return NULL;
    }
    MpError unwatched;
    if (!mp_watch_open(vm, &unwatched))
        mp_vm_log(vm, MP_SEVERITY_WARNING, "scripts that run without end will not be stopped: %s",
                  unwatched.message);
    return vm;
}

bool mp_vm_destroy(MpVm *vm)
{
    MpError error;
    if (!vm)
        return true;
    if (!mp_vm_is_idle(vm, "mp_vm_destroy", &error)) {
        if (mp_thread_has(vm))
            mp_vm_log(vm, MP_SEVERITY_ERROR, "%s", error.message);
        return false;
    }
    if (vm->half && vm->options.held)
        mp_vm_each_holding(vm, vm->options.held, vm->options.user);
    mp_modules_release_slots(vm);
    mp_tables_close(vm);
    mp_callback_close(vm);
    mp_watch_close(vm);
    mp_vm_set_sampling(vm, false, NULL);
    lua_close(vm->main);
    mp_thread_remove(vm); /* destructors that use it now are refused */
    mp_handle_release_dropped(vm);
    mp_modules_close(vm);
    mp_patch_folder_finish(&vm->patches);
    free(vm->dropped);
    free(vm);
    return true;
}

/* ---- what the host says ------------------------------------------------------------------- */

void mp_vm_set_root(MpVm *vm, const char *name, const MpObject *object)
{
    lua_pushstring(vm->main, name);
    mp_push_object(vm, vm->main, object);
    if (!mp_half_call(vm, "set_root", 2, 0)) {
        mp_vm_log(vm, MP_SEVERITY_ERROR, "root %s: %s", name, lua_tostring(vm->main, -1));
        lua_pop(vm->main, 1);
    }
}

bool mp_vm_require(MpVm *vm, const char *name, MpError *error)
{
    mp_failure_clear(vm);
    lua_pushstring(vm->main, name);
    if (mp_half_call(vm, "require", 1, 0))
        return true;
    mp_failure_conclude(vm, lua_tostring(vm->main, -1), false);
    return mp_vm_take_error(vm, MP_SCRIPT, error);
}

void mp_vm_step(MpVm *vm)
{
    vm->watch.frame_ticks = 0;
    const MpMethod *stranger = mp_thread_take_stranger();
    if (stranger && !vm->stranger_reported) {
        vm->stranger_reported = true;
        mp_vm_log(vm, MP_SEVERITY_WARNING,
                  "%s.%s was called from another thread: what scripts put on it does not run there",
                  stranger->owner, stranger->name);
    }
    mp_call_frame(vm);
    mp_handle_release_dropped(vm);
    mp_callback_step(vm);
    mp_kept_step(vm);
    if (mp_half_call(vm, "step", 0, 1)) {
        mp_patch_announce(vm);
    } else {
        mp_vm_log(vm, MP_SEVERITY_ERROR, "between frames: %s", lua_tostring(vm->main, -1));
        lua_pop(vm->main, 1);
    }
    if (vm->options.folder && !vm->options.read)
        mp_script_folder_step(&vm->scripts, vm, vm->options.folder);
    if (vm->options.patch_folder)
        mp_patch_folder_step(&vm->patches, vm, vm->options.patch_folder);
}

/* ---- figures ------------------------------------------------------------------------------ */

bool mp_vm_jit(const MpVm *vm) { return vm->options.jit; }

const char *mp_vm_version(const MpVm *vm) { return vm->version; }

uint32_t mp_vm_errors(const MpVm *vm) { return vm->errors; }
