/*
 * call.c - C calls Lua: the one door.
 *
 * Every thunk comes through here. The door checks that Lua may be entered now, calls with a
 * traceback handler, and never lets an error jump over a C frame.
 */
#include "call.h"

#include "binding.h"
#include "callback.h"
#include "handle.h"
#include "layer.h"
#include "thread.h"

#include <string.h>

_Thread_local const MpMethod *mp_leaf_running;
_Thread_local lua_State *mp_state_running;

/* ---- who may enter ------------------------------------------------------------------------ */

static bool is_callback(const MpMethod *method) { return method->kind == MP_KIND_CALLBACK; }

/*
 * C that was called through the FFI must not enter the VM: compiled code has not saved the VM's
 * state (LuaJIT issues 1254, 1165). The leaf said that it would not come here; from now on Lua
 * calls it through the C API, which is safe.
 */
static void demote_leaf(const MpVm *vm, const MpMethod *wanted)
{
    const MpMethod *leaf = mp_leaf_running;
    if (leaf->slot->redirect & MP_REDIRECT_DEMOTED)
        return;
    leaf->slot->redirect |= MP_REDIRECT_DEMOTED;
    mp_vm_log(vm, MP_SEVERITY_WARNING,
              "%s.%s is declared MP_LEAF but calls %s.%s, which is %s; from now on the leaf is "
              "called the slower, safe way. Declare it MP_METHOD",
              leaf->owner, leaf->name, wanted->owner, wanted->name,
              is_callback(wanted) ? "a Lua function: this call returned nothing"
                                  : "patched: this call ran the C body");
}

static void report_depth(MpVm *vm, const MpMethod *method)
{
    if (vm->depth_reported)
        return;
    vm->depth_reported = true;
    mp_vm_log(vm, MP_SEVERITY_WARNING, "%s.%s: %d calls from C into Lua are open: %s instead",
              method->owner, method->name, vm->depth,
              is_callback(method) ? "returning nothing" : "running the C body");
}

/* Lua calls C with at least LUA_MINSTACK free places; only calls of many arguments need more. */
static bool has_room(lua_State *L, const MpMethod *method)
{
    enum { OVERHEAD = 12 };
    int needed = (int)method->parameter_count + OVERHEAD;
    return needed <= LUA_MINSTACK || lua_checkstack(L, needed);
}

static bool may_enter(MpVm *vm, lua_State *L, const MpMethod *method)
{
    if (mp_leaf_running) {
        demote_leaf(vm, method);
        return false;
    }
    if (vm->depth >= MP_CALL_DEPTH || !has_room(L, method)) {
        report_depth(vm, method);
        return false;
    }
    return true;
}

/*
 * The stack to enter the VM on: the coroutine that called C, or the main one when no script did,
 * or one of another VM.
 */
static lua_State *state_of(const MpVm *vm)
{
    lua_State *L = mp_state_running;
    if (!L || (mp_thread_vm_count > 1 && lua_topointer(L, LUA_REGISTRYINDEX) != vm->registry))
        return vm->main;
    return L;
}

/* ---- a call ------------------------------------------------------------------------------- */

/* Enters the VM if that may be done here and now. */
static bool enter_vm(MpCall *call, MpVm *vm)
{
    lua_State *L = state_of(vm);
    if (!may_enter(vm, L, call->slot->method))
        return false;
    call->vm = vm;
    call->L = L;
    call->top = lua_gettop(L);
    vm->depth++;
    return true;
}

bool mp_call_enter(MpCall *call, MpVm *vm) { return enter_vm(call, vm); }

/* What was lent for the call is lent no more. */
static void leave_vm(MpVm *vm) { vm->loans[vm->depth--] = 0; }

static bool enter(MpCall *call, MpLayer *layer)
{
    if (layer->vm->thread != mp_thread_self()) {
        mp_thread_note_stranger(call->slot->method);
        return false;
    }
    if (!enter_vm(call, layer->vm))
        return false;
    call->layer = layer;
    return true;
}

static void push_callee(const MpCall *call)
{
    lua_rawgeti(call->L, LUA_REGISTRYINDEX, call->vm->handles);
    lua_rawgeti(call->L, LUA_REGISTRYINDEX, call->vm->traceback);
    lua_rawgeti(call->L, LUA_REGISTRYINDEX, call->layer->entry);
    lua_rawgeti(call->L, LUA_REGISTRYINDEX, call->layer->original);
}

/* The first layer from `layer` down that is not passed over. */
static MpLayer *usable(MpLayer *layer)
{
    while (layer && layer->tripped)
        layer = layer->below;
    return layer;
}

bool mp_call_next(MpCall *call)
{
    if (call->L) {
        lua_settop(call->L, call->top);
        call->layer = usable(call->layer->below);
        if (!call->layer)
            leave_vm(call->vm);
    } else if (!mp_thread_vm_count) {
        mp_thread_note_stranger(call->slot->method); /* another thread may be changing the layers */
    } else {
        MpLayer *top = usable(call->slot->layers);
        if (top)
            enter(call, top);
    }
    if (!call->layer)
        return false;
    push_callee(call);
    return true;
}

bool mp_event_next(MpCall *call)
{
    MpLayer *next = call->layer ? call->layer->below : NULL;
    if (call->L) {
        mp_call_end(call);
        call->L = NULL;
    } else if (!mp_thread_vm_count) {
        mp_thread_note_stranger(call->slot->method);
    } else {
        next = call->slot->listeners;
    }
    while (next && !enter(call, next))
        next = next->below;
    if (!call->L)
        return false;
    push_callee(call);
    return true;
}

void mp_event_run(MpCall *call, int arguments)
{
    const MpMethod *event = call->slot->method;
    if (lua_pcall(call->L, arguments + 1, 0, call->top + MP_CALL_HANDLER) != 0)
        mp_vm_log(call->vm, MP_SEVERITY_ERROR, "%s.%s: %s", event->owner, event->name,
                  lua_tostring(call->L, -1));
}

/* Hands the message on the stack's top to bridge/lua/layer.lua, where the patch is blamed. */
static void report_failure(MpCall *call)
{
    lua_State *L = call->L;
    if (is_callback(call->slot->method)) {
        mp_callback_report(call);
        return;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->failed);
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->layer->layer);
    lua_pushvalue(L, -3);
    if (lua_pcall(L, 2, 0, 0) != 0)
        mp_vm_log(call->vm, MP_SEVERITY_ERROR, "while reporting a patch's error: %s",
                  lua_tostring(L, -1));
}

bool mp_call_run(MpCall *call, int arguments, int results)
{
    call->layer->calls++;
    if (lua_pcall(call->L, arguments + 1, results, call->top + MP_CALL_HANDLER) == 0)
        return true;
    report_failure(call);
    return false;
}

void mp_call_end(MpCall *call)
{
    lua_settop(call->L, call->top);
    leave_vm(call->vm);
}

void mp_call_push_object(MpCall *call, const MpObject *object)
{
    mp_handle_push(call->vm, call->L, call->top + MP_CALL_HANDLES, object);
}

/* ---- results ------------------------------------------------------------------------------ */

void mp_result_report(MpCall *call, int index)
{
    const MpMethod *method = call->slot->method;
    char got[64];
    int at = mp_result_index(call, index);
    bool dead = mp_handle_class(call->vm, call->L, at) &&
                !mp_handle_resolve(*(const MpHandle *)lua_touserdata(call->L, at));
    mp_describe(call->L, at, got, sizeof got);
    lua_pushfstring(call->L, "%s.%s: result: %s expected, got %s%s", method->owner, method->name,
                    method->result_words, dead ? "destroyed " : "", got);
    report_failure(call);
}

/* Keeps the text or the elements on the stack's top for C, in the place of this function's last
 * result. */
static void keep_result(MpCall *call)
{
    lua_State *L = call->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->results);
    lua_pushlightuserdata(L, (void *)(uintptr_t)call->slot->method);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

bool mp_result_string(MpCall *call, int index, const char **result)
{
    int at = mp_result_index(call, index);
    if (lua_isnil(call->L, at)) {
        *result = NULL;
        return true;
    }
    size_t length = 0;
    const char *text =
        lua_type(call->L, at) == LUA_TSTRING ? lua_tolstring(call->L, at, &length) : NULL;
    if (!text || memchr(text, '\0', length))
        return mp_result_bad(call, index);
    lua_pushvalue(call->L, at);
    keep_result(call);
    *result = text;
    return true;
}

bool mp_result_bytes(MpCall *call, int index, const char **result, size_t *length)
{
    int at = mp_result_index(call, index);
    *result = NULL;
    *length = 0;
    if (lua_isnil(call->L, at))
        return true;
    if (lua_type(call->L, at) != LUA_TSTRING)
        return mp_result_bad(call, index);
    lua_pushvalue(call->L, at);
    keep_result(call);
    *result = lua_tolstring(call->L, at, length);
    return true;
}

bool mp_result_array(MpCall *call, int index, const void **result, size_t *length)
{
    int at = mp_result_index(call, index);
    lua_pushvalue(call->L, at);
    keep_result(call);
    *result = lua_topointer(call->L, at);
    *length = (size_t)lua_tonumber(call->L, at + 1);
    return true;
}

bool mp_result_flags(MpCall *call, int index, const MpEnum *enumeration, int *result)
{
    return mp_read_flags(call->L, mp_result_index(call, index), enumeration, result) ||
           mp_result_bad(call, index);
}

bool mp_result_enum(MpCall *call, int index, const MpEnum *enumeration, int *result)
{
    return mp_read_enum(call->L, mp_result_index(call, index), enumeration, result) ||
           mp_result_bad(call, index);
}

bool mp_result_object(MpCall *call, int index, const MpClass *class_of, MpObject **result)
{
    int at = mp_result_index(call, index);
    if (lua_isnil(call->L, at)) {
        *result = NULL;
        return true;
    }
    if (!mp_class_is(mp_handle_class(call->vm, call->L, at), class_of))
        return mp_result_bad(call, index);
    const MpHandle *handle = lua_touserdata(call->L, at);
    *result = mp_handle_resolve(*handle);
    return *result || mp_result_bad(call, index);
}

bool mp_result_failure(MpCall *call, MpError *error)
{
    if (!lua_isnil(call->L, mp_result_index(call, 1)) ||
        lua_type(call->L, mp_result_index(call, 2)) != LUA_TSTRING)
        return false;
    mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(call->L, mp_result_index(call, 2)));
    return true;
}
