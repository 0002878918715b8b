/*
 * call.c - C calls Lua: the one door.
 *
 * Every thunk comes through here. The door checks that Lua may be entered now, calls with a
 * traceback handler, and never lets an error jump over a C frame.
 */
#include "binding.h"
#include "handle.h"
#include "layer.h"
#include "thread.h"

#include <string.h>

_Thread_local const MpMethod *mp_leaf_running;

/* ---- who may enter ------------------------------------------------------------------------ */

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
              "%s.%s is declared MP_LEAF but calls %s.%s, which is patched: this call ran the C "
              "body; from now on "
              "the leaf is called the slower, safe way. Declare it MP_METHOD",
              leaf->owner, leaf->name, wanted->owner, wanted->name);
}

static void report_depth(MpVm *vm, const MpMethod *method)
{
    if (vm->depth_reported)
        return;
    vm->depth_reported = true;
    mp_vm_log(vm, MP_SEVERITY_WARNING,
              "%s.%s: %d calls from C into Lua are open: running the C body instead", method->owner,
              method->name, vm->depth);
}

static bool may_enter(MpVm *vm, const MpMethod *method)
{
    if (mp_leaf_running) {
        demote_leaf(vm, method);
        return false;
    }
    if (vm->depth >= MP_CALL_DEPTH ||
        !lua_checkstack(vm->L, LUA_MINSTACK + (int)method->parameter_count)) {
        report_depth(vm, method);
        return false;
    }
    return true;
}

/* ---- a call ------------------------------------------------------------------------------- */

static void open_call(MpCall *call)
{
    MpSlot *slot = call->slot;
    if (!mp_thread_has_vm()) {
        mp_thread_note_stranger(slot->method);
        return;
    }
    MpLayer *layer = slot->layers;
    if (!layer || layer->vm->thread != mp_thread_self() || !may_enter(layer->vm, slot->method))
        return;
    call->vm = layer->vm;
    call->L = layer->vm->L;
    call->top = lua_gettop(call->L);
    call->layer = layer;
    call->vm->depth++;
}

bool mp_call_next(MpCall *call)
{
    if (call->L) {
        lua_settop(call->L, call->top);
        call->layer = call->layer->below;
        if (!call->layer)
            call->vm->depth--;
    } else {
        open_call(call);
    }
    if (!call->layer)
        return false;
    lua_rawgeti(call->L, LUA_REGISTRYINDEX, call->vm->traceback);
    lua_rawgeti(call->L, LUA_REGISTRYINDEX, call->layer->entry);
    lua_rawgeti(call->L, LUA_REGISTRYINDEX, call->layer->original);
    return true;
}

/* Hands the message on the stack's top to bridge/lua/layer.lua, where the patch is blamed. */
static void report_failure(MpCall *call)
{
    lua_State *L = call->L;
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
    if (lua_pcall(call->L, arguments + 1, results, call->top + 1) == 0)
        return true;
    report_failure(call);
    return false;
}

void mp_call_end(MpCall *call)
{
    lua_settop(call->L, call->top);
    call->vm->depth--;
}

void mp_call_push_object(MpCall *call, const MpObject *object)
{
    mp_push_object(call->vm, call->L, object);
}

/* ---- results ------------------------------------------------------------------------------ */

/* Results stand above the message handler. */
static int stack_index(const MpCall *call, int index) { return call->top + 1 + index; }

static bool bad_result(MpCall *call, int index)
{
    const MpMethod *method = call->slot->method;
    char got[64];
    mp_describe(call->L, stack_index(call, index), got, sizeof got);
    lua_pushfstring(call->L, "%s.%s: result: %s expected, got %s", method->owner, method->name,
                    method->result_words, got);
    report_failure(call);
    return false;
}

bool mp_result_bool(MpCall *call, int index, bool *result)
{
    if (lua_type(call->L, stack_index(call, index)) != LUA_TBOOLEAN)
        return bad_result(call, index);
    *result = lua_toboolean(call->L, stack_index(call, index));
    return true;
}

#define DEFINE_INTEGER_RESULT(name, type, low, high)                                 \
    bool mp_result_##name(MpCall *call, int index, type *result)                     \
    {                                                                                \
        double number = 0;                                                           \
        if (!mp_read_integer(call->L, stack_index(call, index), low, high, &number)) \
            return bad_result(call, index);                                          \
        *result = (type)number;                                                      \
        return true;                                                                 \
    }
MP_INTEGERS(DEFINE_INTEGER_RESULT)
#undef DEFINE_INTEGER_RESULT

bool mp_result_double(MpCall *call, int index, double *result)
{
    if (lua_type(call->L, stack_index(call, index)) != LUA_TNUMBER)
        return bad_result(call, index);
    *result = lua_tonumber(call->L, stack_index(call, index));
    return true;
}

bool mp_result_float(MpCall *call, int index, float *result)
{
    double number = 0;
    if (!mp_result_double(call, index, &number))
        return false;
    *result = (float)number;
    return true;
}

/* Keeps the text on the stack's top for C, in the place of this function's last result. */
static void keep_text(MpCall *call)
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
    int at = stack_index(call, index);
    if (lua_isnil(call->L, at)) {
        *result = NULL;
        return true;
    }
    size_t length = 0;
    const char *text =
        lua_type(call->L, at) == LUA_TSTRING ? lua_tolstring(call->L, at, &length) : NULL;
    if (!text || memchr(text, '\0', length))
        return bad_result(call, index);
    lua_pushvalue(call->L, at);
    keep_text(call);
    *result = text;
    return true;
}

bool mp_result_enum(MpCall *call, int index, const MpEnum *enumeration, int *result)
{
    return mp_read_enum(call->L, stack_index(call, index), enumeration, result) ||
           bad_result(call, index);
}

bool mp_result_object(MpCall *call, int index, const MpClass *class_of, MpObject **result)
{
    int at = stack_index(call, index);
    if (lua_isnil(call->L, at)) {
        *result = NULL;
        return true;
    }
    if (!mp_class_is(mp_handle_class(call->vm, call->L, at), class_of))
        return bad_result(call, index);
    const MpHandle *handle = lua_touserdata(call->L, at);
    *result = mp_handle_resolve(*handle);
    return *result || bad_result(call, index);
}

bool mp_result_failure(MpCall *call, MpError *error)
{
    if (!lua_isnil(call->L, stack_index(call, 1)) ||
        lua_type(call->L, stack_index(call, 2)) != LUA_TSTRING)
        return false;
    mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(call->L, stack_index(call, 2)));
    return true;
}
