/*
 * core.c - the C functions that the bridge's Lua half works with. Scripts never see them.
 */
#include "binding.h"
#include "callback.h"
#include "gate.h"
#include "handle.h"
#include "kept.h"
#include "layer.h"
#include "library.h"
#include "listener.h"
#include "live.h"
#include "member.h"
#include "memory.h"
#include "module.h"
#include "platform.h"
#include "restraint.h"
#include "script_file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static MpVm *vm_of(lua_State *L) { return lua_touserdata(L, lua_upvalueindex(1)); }

static void set_pointer(lua_State *L, const char *key, const void *pointer)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)pointer);
    lua_setfield(L, -2, key);
}

static void set_string(lua_State *L, const char *key, const char *text)
{
    lua_pushstring(L, text);
    lua_setfield(L, -2, key);
}

/* ---- describing a module ------------------------------------------------------------------ */

static void push_class(lua_State *L, const MpClass *class_of)
{
    lua_newtable(L);
    set_string(L, "name", class_of->name);
    if (class_of->base)
        set_string(L, "base", class_of->base->name);
    set_pointer(L, "pointer", class_of);
    lua_pushboolean(L, mp_is_shared(class_of));
    lua_setfield(L, -2, "shared");
}

static void push_method(lua_State *L, const MpMethod *method)
{
    static const char *const kinds[] = {"method",      "static",     "getter",  "setter",
                                        "constructor", "destructor", "callback"};
    lua_newtable(L);
    set_string(L, "name", method->name);
    set_string(L, "c_name", method->c_name);
    set_string(L, "owner", method->owner);
    set_string(L, "kind", kinds[method->kind]);
    set_pointer(L, "pointer", method);
    set_pointer(L, "slot", method->slot);
    lua_pushboolean(L, method->event);
    lua_setfield(L, -2, "event");
    if (method->leaf)
        set_pointer(L, "leaf", (const void *)(uintptr_t)method->leaf);
}

static void push_property(lua_State *L, const MpProperty *property)
{
    lua_newtable(L);
    set_string(L, "name", property->name);
    set_string(L, "class", property->class_of->name);
    if (property->enumeration)
        set_string(L, "enum", property->enumeration->name);
    lua_pushboolean(L, property->readonly);
    lua_setfield(L, -2, "is_readonly");
    lua_pushboolean(L, property->kind == MP_MEMBER_FFI);
    lua_setfield(L, -2, "in_ffi");
    set_pointer(L, "pointer", property);
}

static void push_enum(lua_State *L, const MpEnum *enumeration)
{
    lua_newtable(L);
    set_string(L, "name", enumeration->name);
    lua_newtable(L);
    for (size_t i = 0; i < enumeration->count; i++) {
        lua_pushinteger(L, enumeration->members[i].value);
        lua_setfield(L, -2, enumeration->members[i].name);
    }
    lua_setfield(L, -2, "members");
    lua_pushboolean(L, enumeration->flags);
    lua_setfield(L, -2, "flags");
}

#define SET_LIST(L, key, list, count, push)    \
    do {                                       \
        lua_newtable(L);                       \
        for (size_t i = 0; i < (count); i++) { \
            push(L, (list)[i]);                \
            lua_rawseti(L, -2, (int)i + 1);    \
        }                                      \
        lua_setfield(L, -2, key);              \
    } while (0)

/* describe_module(pointer) -> {name, classes, methods, callbacks, properties, enums, lua} */
static int describe_module(lua_State *L)
{
    const MpModule *module = lua_touserdata(L, 1);
    lua_newtable(L);
    set_string(L, "name", module->name);
    SET_LIST(L, "classes", module->classes, module->class_count, push_class);
    SET_LIST(L, "methods", module->methods, module->method_count, push_method);
    SET_LIST(L, "callbacks", module->callbacks, module->callback_count, push_method);
    SET_LIST(L, "properties", module->properties, module->property_count, push_property);
    SET_LIST(L, "enums", module->enums, module->enum_count, push_enum);
    lua_pushlstring(L, module->lua, module->lua_size);
    lua_setfield(L, -2, "lua");
    return 1;
}

/* ---- classes and functions ---------------------------------------------------------------- */

/* define_class(class pointer, metatable) */
static int define_class(lua_State *L)
{
    const MpVm *vm = vm_of(L);
    lua_settop(L, 2);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->metatables);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_rawset(L, 3);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 1);
    lua_rawset(L, 3);
    return 0;
}

/* Takes both entries of a class out of the table of metatables, which is at 2. */
static void forget_class(lua_State *L, const MpClass *class_of)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)class_of);
    lua_pushvalue(L, -1);
    lua_rawget(L, 2);
    if (!lua_isnil(L, -1)) {
        lua_pushnil(L);
        lua_rawset(L, 2);
        lua_pushnil(L);
        lua_rawset(L, 2);
    }
    lua_settop(L, 2);
}

/* forget_module(module pointer): lets go of its classes' addresses and closes its functions */
static int forget_module(lua_State *L)
{
    const MpVm *vm = vm_of(L);
    const MpModule *module = lua_touserdata(L, 1);
    lua_settop(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->metatables);
    for (size_t i = 0; i < module->class_count; i++)
        forget_class(L, module->classes[i]);
    mp_gate_close(vm, L, module);
    mp_callback_forget(vm, L, module);
    return 0;
}

/* bind(method pointer, native, module pointer if it can be unloaded) -> function */
static int bind(lua_State *L)
{
    const MpMethod *method = lua_touserdata(L, 1);
    const MpModule *module = lua_touserdata(L, 3);
    lua_CFunction wrapper = lua_toboolean(L, 2) ? method->native_wrapper : method->wrapper;
    lua_pushlightuserdata(L, vm_of(L));
    if (module) {
        lua_pushnil(L);
        mp_gate_push(vm_of(L), L, method, wrapper, module);
    } else {
        lua_pushcclosure(L, wrapper, 1);
    }
    return 1;
}

/* handle(index) -> userdata of the live object at that place */
static int handle(lua_State *L)
{
    const MpObjectEntry *entry = &mp_object_table[(uint32_t)lua_tointeger(L, 1)];
    mp_push_object(vm_of(L), L, entry->object);
    return 1;
}

/* is_alive(handle) -> whether its object lives; only what has a class's metatable is passed */
static int is_alive(lua_State *L)
{
    const MpHandle *named = lua_touserdata(L, 1);
    lua_pushboolean(L, mp_handle_resolve(*named) != NULL);
    return 1;
}

/*
 * start(thread, function) -> the function that a coroutine is going to run, if it has not begun;
 * with a function, it is going to run that one
 */
static int start(lua_State *L)
{
    lua_State *thread = lua_tothread(L, 1);
    lua_Debug frame;
    if (lua_status(thread) != 0 || lua_getstack(thread, 0, &frame) || lua_gettop(thread) == 0 ||
        !lua_checkstack(thread, 1))
        return 0;
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_pushvalue(thread, 1);
        lua_xmove(thread, L, 1);
        return 1;
    }
    lua_xmove(L, thread, 1);
    lua_replace(thread, 1);
    return 0;
}

/* next(table, key) -> the key after it and its value, or nil: Lua's own, as a C function */
static int next_entry(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (lua_next(L, 1))
        return 2;
    lua_pushnil(L);
    return 1;
}

/* ---- words -------------------------------------------------------------------------------- */

/* describe(value) -> what a person should read about it */
static int describe(lua_State *L)
{
    char text[64];
    mp_describe(L, 1, text, sizeof text);
    lua_pushstring(L, text);
    return 1;
}

/* raise(text): an error blamed on the line of the script that called the bridge */
static int raise(lua_State *L) { return mp_raise(L, "%s", lua_tostring(L, 1)); }

/* is_refusal(message): whether it is what a C function raised of its arguments */
static int is_refusal(lua_State *L)
{
    const MpVm *vm = vm_of(L);
    lua_pushboolean(L, vm->refusal[0] && strstr(lua_tostring(L, 1), vm->refusal));
    return 1;
}

/* ---- the host ----------------------------------------------------------------------------- */

/* log(severity, text) */
static int log_text(lua_State *L)
{
    lua_State *outer = mp_native_enter(L); /* the host may use the VM */
    mp_vm_log(vm_of(L), (MpSeverity)lua_tointeger(L, 1), "%s", lua_tostring(L, 2));
    mp_native_leave(outer);
    return 0;
}

/* read(path) -> bytes, or nil and why, and whether the file is just not there */
static int read_file(lua_State *L)
{
    const MpVm *vm = vm_of(L);
    MpError error = {.status = MP_NOT_FOUND};
    size_t size = 0;
    char *bytes = mp_script_file_read(vm, L, lua_tostring(L, 1), &size, &error);
    if (bytes) {
        lua_pushlstring(L, bytes, size);
        free(bytes);
        return 1;
    }
    lua_pushnil(L);
    lua_pushstring(L, error.message);
    lua_pushboolean(L, error.status == MP_NOT_FOUND);
    return 3;
}

/* is_library(path): whether a script is of the host's library */
static int is_library(lua_State *L)
{
    const MpVm *vm = vm_of(L);
    lua_State *outer = mp_native_enter(L);
    bool is_its =
        vm->options.is_library && vm->options.is_library(vm->options.user, lua_tostring(L, 1));
    mp_native_leave(outer);
    lua_pushboolean(L, is_its);
    return 1;
}

/* staging(file): tells the host whose code is compiled and run next */
static int staging(lua_State *L)
{
    const MpVm *vm = vm_of(L);
    lua_State *outer = mp_native_enter(L);
    if (vm->options.patch_staging)
        vm->options.patch_staging(vm->options.user, lua_tostring(L, 1));
    mp_native_leave(outer);
    return 0;
}

/* count_error(): one more error of a patch */
static int count_error(lua_State *L)
{
    vm_of(L)->errors++;
    return 0;
}

/* now() -> seconds of a clock that only goes forward */
static int now(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)mp_platform_now() * 1e-9);
    return 1;
}

/* api_level() -> the highest that a module has */
static int api_level(lua_State *L)
{
    const MpVm *vm = vm_of(L);
    uint32_t level = 0;
    for (size_t i = 0; i < vm->module_count; i++) {
        if (vm->modules[i].module->level > level)
            level = vm->modules[i].module->level;
    }
    lua_pushnumber(L, level);
    return 1;
}

/* Milliseconds; 0 in Lua: no limit. */
static int budget_of(uint32_t wanted, uint32_t otherwise)
{
    uint32_t budget = wanted ? wanted : otherwise;
    return budget <= INT_MAX ? (int)budget : 0;
}

void mp_core_push(MpVm *vm, lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"describe_module", describe_module},
        {"define_class", define_class},
        {"forget_module", forget_module},
        {"bind", bind},
        {"handle", handle},
        {"collect", mp_handle_collect},
        {"is_alive", is_alive},
        {"start", start},
        {"next", next_entry},
        {"describe", describe},
        {"is_library", is_library},
        {"raise", raise},
        {"is_refusal", is_refusal},
        {"log", log_text},
        {"read", read_file},
        {"staging", staging},
        {"count_error", count_error},
        {"api_level", api_level},
        {"keep_result", mp_kept_add_from_lua},
        {"now", now},
        {"live_counts", mp_live_counts},
        {"live_objects", mp_live_objects},
        {"new_layer", mp_layer_new},
        {"layer_calls", mp_layer_calls},
        {"trip", mp_layer_trip},
        {"claim", mp_layer_claim},
        {"set_layers", mp_layer_set},
        {"restrain", mp_restraint_set},
        {"listen", mp_listener_set},
        {"member_reader", mp_member_reader},
        {"write_member", mp_member_write},
        {"define_callback", mp_callback_define},
        {"drop_callback", mp_callback_drop},
        {"callback_taker", mp_callback_taker},
    };
    lua_newtable(L);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        lua_pushlightuserdata(L, vm);
        lua_pushcclosure(L, functions[i].func, 1);
        lua_setfield(L, -2, functions[i].name);
    }
    set_pointer(L, "objects", mp_object_table);
    set_pointer(L, "native_mark", &mp_native_mark);
    lua_pushboolean(L, vm->options.jit);
    lua_setfield(L, -2, "jit");
    lua_pushboolean(L, vm->options.inspector);
    lua_setfield(L, -2, "inspector");
    lua_pushnumber(L, vm->options.trial_frames);
    lua_setfield(L, -2, "trial_steps");
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->handles);
    lua_setfield(L, -2, "handles");
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->callbacks);
    lua_setfield(L, -2, "callbacks");
    mp_library_push(vm, L);
    lua_setfield(L, -2, "library");
    lua_pushlightuserdata(L, (void *)(uintptr_t)&vm->watch.stopping);
    lua_setfield(L, -2, "stopping");
    lua_pushinteger(L, budget_of(vm->options.budget_ms, MP_VM_BUDGET_MS));
    lua_setfield(L, -2, "budget");
    lua_pushinteger(L, budget_of(vm->options.frame_budget_ms, 0));
    lua_setfield(L, -2, "frame_budget");
    lua_pushinteger(L, mp_memory_limit(vm) >> 10);
    lua_setfield(L, -2, "memory_limit");
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->traceback);
    lua_setfield(L, -2, "traceback");
}
