#include "vm.h"

#include "binding.h"
#include "callback.h"
#include "embed.h"
#include "foreign.h"
#include "handle.h"
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

/* ---- calls into the bridge's own Lua ------------------------------------------------------ */

/*
 * The message handler of every call. An error value that is no text is only named: running its
 * __tostring would run script code while the stack is being taken down.
 */
static int traceback(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TSTRING)
        lua_pushfstring(L, "error object is a %s", luaL_typename(L, 1));
    else
        lua_pushvalue(L, 1);
    if (!strstr(lua_tostring(L, -1), "\nstack traceback:")) /* raised again: the first one counts */
        luaL_traceback(L, L, lua_tostring(L, -1), 1);
    return 1;
}

bool mp_half_call(MpVm *vm, const char *name, int arguments, int results)
{
    lua_State *L = vm->main;
    int base = lua_gettop(L) - arguments;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->traceback);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    lua_insert(L, base + 1);
    lua_insert(L, base + 1);
    bool ok = lua_pcall(L, arguments, results, base + 1) == 0;
    lua_remove(L, base + 1);
    return ok;
}

/* Moves the message on the stack's top to `error`; returns false. */
static bool take_error(MpVm *vm, MpStatus status, MpError *error)
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
    lua_pushcfunction(L, traceback);
    vm->traceback = luaL_ref(L, LUA_REGISTRYINDEX);
    mp_push_weak_table(L, "v");
    vm->handles = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    vm->metatables = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    vm->results = luaL_ref(L, LUA_REGISTRYINDEX);
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
        return take_error(vm, MP_SCRIPT, error);
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
    vm->thread = mp_thread_self();
    describe_version(vm);
    mp_thread_vm_count++;
    if (!start_lua(vm, error)) {
        mp_vm_destroy(vm);
        return NULL;
    }
    return vm;
}

void mp_vm_destroy(MpVm *vm)
{
    if (!vm)
        return;
    if (vm->half && !mp_half_call(vm, "shutdown", 0, 0))
        mp_vm_log(vm, MP_SEVERITY_ERROR, "while closing: %s", lua_tostring(vm->main, -1));
    mp_callback_close(vm);
    lua_close(vm->main);
    mp_handle_release_dropped(vm);
    mp_patch_folder_finish(&vm->patches);
    mp_thread_vm_count--;
    free(vm->dropped);
    free(vm);
}

/* ---- what the host says ------------------------------------------------------------------- */

static bool check_module(const MpModule *module, MpError *error)
{
    if (module->glue_version != MP_GLUE_VERSION) {
        mp_error_set(error, MP_INVALID,
                     "module %s was generated for glue version %u, this bridge has %u: rebuild it",
                     module->name, (unsigned)module->glue_version, (unsigned)MP_GLUE_VERSION);
        return false;
    }
    if (!module->method_count) {
        mp_error_set(error, MP_INVALID,
                     "module %s has no function, so nothing of it could be patched", module->name);
        return false;
    }
    return true;
}

bool mp_vm_register(MpVm *vm, const MpModule *module, MpError *error)
{
    if (!check_module(module, error))
        return false;
    lua_pushlightuserdata(vm->main, (void *)(uintptr_t)module);
    return mp_half_call(vm, "register", 1, 0) || take_error(vm, MP_SCRIPT, error);
}

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
    lua_pushstring(vm->main, name);
    return mp_half_call(vm, "require", 1, 0) || take_error(vm, MP_SCRIPT, error);
}

void mp_vm_step(MpVm *vm)
{
    const MpMethod *stranger = mp_thread_take_stranger();
    if (stranger && !vm->stranger_reported) {
        vm->stranger_reported = true;
        mp_vm_log(vm, MP_SEVERITY_WARNING,
                  "%s.%s was called from another thread: what scripts put on it does not run there",
                  stranger->owner, stranger->name);
    }
    mp_handle_release_dropped(vm);
    mp_callback_step(vm);
    if (mp_half_call(vm, "step", 0, 1)) {
        mp_patch_announce(vm);
    } else {
        mp_vm_log(vm, MP_SEVERITY_ERROR, "between frames: %s", lua_tostring(vm->main, -1));
        lua_pop(vm->main, 1);
    }
    if (vm->options.patch_folder)
        mp_patch_folder_step(&vm->patches, vm, vm->options.patch_folder);
}

/* ---- calls of Lua functions by name ------------------------------------------------------- */

/* Pushes the arguments; returns how many, or -1 at a letter that it does not know. */
static int push_arguments(lua_State *L, const char **signature, va_list *arguments)
{
    int count = 0;
    for (; **signature && **signature != '>'; (*signature)++, count++) {
        switch (**signature) {
        case 'n':
            lua_pushnumber(L, va_arg(*arguments, double));
            break;
        case 'i':
            lua_pushinteger(L, va_arg(*arguments, int));
            break;
        case 'b':
            lua_pushboolean(L, va_arg(*arguments, int));
            break;
        case 's':
            lua_pushstring(L, va_arg(*arguments, const char *));
            break;
        default:
            return -1;
        }
    }
    return count;
}

/* Whether the value at `index` fits the letter. */
static bool fits(lua_State *L, int index, char letter)
{
    double number;
    switch (letter) {
    case 'n':
        return lua_type(L, index) == LUA_TNUMBER;
    case 'i':
        return mp_read_whole(L, index, INT32_MIN, INT32_MAX, &number);
    case 'b':
        return lua_isboolean(L, index);
    case 's':
        return lua_type(L, index) == LUA_TSTRING;
    default:
        return false;
    }
}

/* Text that the host may hold until the next call. */
static const char *keep_text(const MpVm *vm, int index)
{
    lua_State *L = vm->main;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->results);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, (int)lua_objlen(L, -2) + 1);
    lua_pop(L, 1);
    return lua_tostring(L, index);
}

static void forget_texts(const MpVm *vm)
{
    lua_State *L = vm->main;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->results);
    for (int i = (int)lua_objlen(L, -1); i > 0; i--) {
        lua_pushnil(L);
        lua_rawseti(L, -2, i);
    }
    lua_pop(L, 1);
}

static void read_result(const MpVm *vm, int index, char letter, va_list *arguments)
{
    lua_State *L = vm->main;
    switch (letter) {
    case 'n':
        *va_arg(*arguments, double *) = lua_tonumber(L, index);
        break;
    case 'i':
        *va_arg(*arguments, int *) = (int)lua_tonumber(L, index);
        break;
    case 'b':
        *va_arg(*arguments, bool *) = lua_toboolean(L, index);
        break;
    default:
        *va_arg(*arguments, const char **) = keep_text(vm, index);
        break;
    }
}

/* Reads all results, which start at `first`, or none. */
static bool read_results(MpVm *vm, const char *function, int first, const char *letters,
                         va_list *arguments, MpError *error)
{
    lua_State *L = vm->main;
    for (int i = 0; letters[i]; i++) {
        if (!fits(L, first + i, letters[i])) {
            char got[64];
            mp_describe(L, first + i, got, sizeof got);
            mp_error_set(error, MP_SCRIPT, "%s: result %d: '%c' expected, got %s", function, i + 1,
                         letters[i], got);
            return false;
        }
    }
    for (int i = 0; letters[i]; i++)
        read_result(vm, first + i, letters[i], arguments);
    return true;
}

/* Pushes module.function, or nil if the module has none. False: an error message is pushed. */
static bool push_function(MpVm *vm, const char *module, const char *function)
{
    lua_pushstring(vm->main, module);
    lua_pushstring(vm->main, function);
    return mp_half_call(vm, "function_of", 2, 1);
}

static bool call_function(MpVm *vm, const char *function, MpError *error, const char *signature,
                          va_list *arguments)
{
    lua_State *L = vm->main;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->traceback);
    lua_insert(L, -2);
    int base = lua_gettop(L) - 1;
    int count = push_arguments(L, &signature, arguments);
    if (count < 0) {
        mp_error_set(error, MP_INVALID, "%s: '%c' is no letter of a call signature", function,
                     *signature);
        return false;
    }
    const char *results = *signature == '>' ? signature + 1 : "";
    if (lua_pcall(L, count, (int)strlen(results), base) != 0) {
        mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(L, -1));
        return false;
    }
    return read_results(vm, function, base + 1, results, arguments, error);
}

bool mp_vm_callv(MpVm *vm, const char *module, const char *function, MpError *error,
                 const char *signature, va_list *arguments)
{
    lua_State *L = vm->main;
    int top = lua_gettop(L);
    forget_texts(vm);
    if (!push_function(vm, module, function))
        return take_error(vm, MP_SCRIPT, error);
    bool ok = true;
    if (!lua_isnil(L, -1)) {
        vm->depth++;
        ok = call_function(vm, function, error, signature, arguments);
        vm->depth--;
    }
    lua_settop(L, top);
    return ok;
}

bool mp_vm_call(MpVm *vm, const char *module, const char *function, MpError *error,
                const char *signature, ...)
{
    va_list arguments;
    va_start(arguments, signature);
    bool ok = mp_vm_callv(vm, module, function, error, signature, &arguments);
    va_end(arguments);
    return ok;
}

/* ---- figures ------------------------------------------------------------------------------ */

size_t mp_vm_memory(const MpVm *vm)
{
    return (size_t)lua_gc(vm->main, LUA_GCCOUNT, 0) * 1024 +
           (size_t)lua_gc(vm->main, LUA_GCCOUNTB, 0);
}

bool mp_vm_jit(const MpVm *vm) { return vm->options.jit; }

const char *mp_vm_version(const MpVm *vm) { return vm->version; }

uint32_t mp_vm_errors(const MpVm *vm) { return vm->errors; }
