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
#include "kept.h"
#include "layer.h"
#include "leaf.h"
#include "listener.h"
#include "moonpatch/glue_event.h"
#include "thread.h"

#include <stdio.h>

#ifdef __GNUC__
#define MP_COLD __attribute__((cold, noinline))
#else
#define MP_COLD
#endif

_Thread_local lua_State *mp_state_running;

/* ---- who may enter ------------------------------------------------------------------------ */

static bool is_callback(const MpMethod *method) { return method->kind == MP_KIND_CALLBACK; }

static void demote_leaf(const MpVm *vm, const MpMethod *wanted)
{
    char deed[256];
    snprintf(deed, sizeof deed, "calls %s.%s, which is %s", wanted->owner, wanted->name,
             is_callback(wanted) ? "a Lua function: this call returned nothing"
                                 : "patched: this call ran the C body");
    mp_leaf_demote(vm, deed);
}

/* Once a frame, and not frame by frame about the same function. */
static void report_depth(MpVm *vm, const MpMethod *method)
{
    vm->depth_reached = true;
    if (vm->depth_reported || vm->too_deep == method)
        return;
    vm->depth_reported = true;
    vm->too_deep = method;
    mp_vm_log(vm, MP_SEVERITY_WARNING, "%s.%s: %d calls from C into Lua are open: %s",
              method->owner, method->name, vm->depth,
              is_callback(method) ? "returning nothing instead"
              : method->event     ? "nobody hears it"
                                  : "running the C body instead");
}

void mp_call_frame(MpVm *vm)
{
    if (!vm->depth_reached)
        vm->too_deep = NULL;
    vm->depth_reached = vm->depth_reported = false;
}

/* Lua calls C with at least LUA_MINSTACK free places; only calls of many arguments need more. */
static inline bool has_room(lua_State *L, const MpMethod *method)
{
    enum { OVERHEAD = 12 };
    int needed = (int)method->parameter_count + OVERHEAD;
    return needed <= LUA_MINSTACK || lua_checkstack(L, needed);
}

static MP_COLD bool refuse(MpVm *vm, const MpMethod *method)
{
    if (mp_leaf_running)
        demote_leaf(vm, method);
    else
        report_depth(vm, method);
    return false;
}

/* ---- a call ------------------------------------------------------------------------------- */

/* Enters the VM, whose stack of this thread is `L`, if that may be done here and now. Every call of
 * a patched function comes through here: kept short, and inline. */
static inline bool enter_vm(MpCall *call, MpVm *vm, lua_State *L)
{
    const MpMethod *method = call->slot->method;
    if (mp_leaf_running || vm->depth >= MP_CALL_DEPTH || !has_room(L, method))
        return refuse(vm, method);
    call->vm = vm;
    call->L = L;
    call->top = lua_gettop(L);
    mp_vm_enter(vm);
    return true;
}

bool mp_call_enter(MpCall *call, MpVm *vm) { return enter_vm(call, vm, mp_thread_state(vm)); }

/* What was lent for the call is lent no more. */
static inline void leave_vm(MpVm *vm) { vm->loans[vm->depth--] = 0; }

/* The stack on which the calling thread uses the VM; NULL if the VM is another thread's, which is
 * reported. */
static inline lua_State *state_at_home(const MpCall *call, const MpVm *vm)
{
    lua_State *L = mp_thread_state_at_home(vm);
    if (!L)
        mp_thread_note_stranger(call->slot->method);
    return L;
}

/* Pushes what stands below the arguments. What is not bound needs more: the table of handles, below
 * the message handler, and as its first argument the layer below. */
static inline void push_callee(MpCall *call)
{
    lua_State *L = call->L;
    const MpLayer *layer = call->layer;
    call->bound = layer->bound;
    call->handler = call->top + (layer->bound ? 1 : 2);
    if (!layer->bound)
        lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->handles);
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->traceback);
    lua_rawgeti(L, LUA_REGISTRYINDEX, layer->entry);
    if (!layer->bound)
        lua_rawgeti(L, LUA_REGISTRYINDEX, layer->original);
}

/* The first layer from `layer` down that is not passed over. */
static inline MpLayer *usable(MpLayer *layer)
{
    while (layer && layer->tripped)
        layer = layer->below;
    return layer;
}

/* Prepares the call of a layer; the VM was entered. */
static inline void begin_layer(MpCall *call, MpLayer *layer)
{
    call->layer = layer;
    layer->calls++;
    push_callee(call);
}

bool mp_call_begin(MpCall *call, MpSlot *slot)
{
    MpVm *owner = atomic_load_explicit(&slot->owner, memory_order_relaxed);
    call->slot = slot;
    if (!owner) /* the patch went after the caller jumped */
        return false;
    lua_State *L = state_at_home(call, owner);
    MpLayer *top = L ? usable(slot->layers) : NULL;
    if (!top || !enter_vm(call, owner, L))
        return false;
    begin_layer(call, top);
    return true;
}

bool mp_call_next(MpCall *call)
{
    lua_settop(call->L, call->top);
    MpLayer *next = usable(call->layer->below);
    if (next)
        begin_layer(call, next);
    else
        leave_vm(call->vm);
    return next != NULL;
}

/* The first of the objects that is dead; 0: none. */
static uint32_t find_dead(const MpHandle *objects, int count)
{
    for (int i = 0; i < count; i++) {
        if (objects[i].index && !mp_handle_resolve(objects[i]))
            return objects[i].index;
    }
    return 0;
}

/* Ends a call whose arguments are not all alive; bridge/lua/patches/layer.lua tells of it. */
static void give_up(MpCall *call, uint32_t index)
{
    lua_State *L = call->L;
    lua_settop(L, call->top);
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->layer->layer);
    if (index)
        lua_pushinteger(L, index);
    else
        lua_pushnil(L);
    if (!mp_half_call_on(call->vm, L, "bereaved", 2, 0))
        mp_vm_log(call->vm, MP_SEVERITY_ERROR, "while reporting a patch's error: %s",
                  lua_tostring(L, -1));
    mp_call_end(call);
}

bool mp_call_ends(MpCall *call)
{
    bool ends = call->layer->ends;
    if (ends)
        mp_call_end(call);
    return ends;
}

bool mp_call_died(MpCall *call, const MpHandle *objects, int count)
{
    uint32_t index = find_dead(objects, count);
    if (index)
        give_up(call, index);
    return index != 0;
}

bool mp_call_bereaved(MpCall *call, uint32_t deaths)
{
    bool bereaved = mp_object_deaths != deaths;
    if (bereaved)
        give_up(call, 0);
    return bereaved;
}

bool mp_event_over(MpCall *call, const MpHandle *objects, int count)
{
    bool over = find_dead(objects, count) != 0;
    if (over)
        mp_call_end(call);
    return over;
}

bool mp_event_next(MpCall *call)
{
    MpListener *next = atomic_load_explicit(&call->slot->listeners, memory_order_acquire);
    if (call->listener) {
        mp_call_end(call);
        next = call->listener->next;
    }
    for (; next; next = next->next) {
        MpVm *vm = atomic_load_explicit(&next->vm, memory_order_relaxed);
        lua_State *L = vm ? state_at_home(call, vm) : NULL;
        if (!L || !enter_vm(call, vm, L))
            continue;
        call->listener = next;
        call->layer = next->layer;
        push_callee(call);
        return true;
    }
    return false;
}

void mp_event_run(MpCall *call, int arguments)
{
    const MpMethod *event = call->slot->method;
    if (lua_pcall(call->L, arguments + !call->bound, 0, call->handler) != 0)
        mp_vm_log(call->vm, MP_SEVERITY_ERROR, "%s.%s: %s", event->owner, event->name,
                  lua_tostring(call->L, -1));
}

/* Hands the message on the stack's top to bridge/lua/patches/layer.lua, where the patch is blamed.
 */
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

bool mp_call_failed(MpCall *call)
{
    report_failure(call);
    return false;
}

void mp_call_end(MpCall *call)
{
    lua_settop(call->L, call->top);
    leave_vm(call->vm);
}

void mp_call_push_handle(MpCall *call, const MpObject *object)
{
    mp_handle_push(call->vm, call->L, call->handler - 1, object);
}

/* ---- results ------------------------------------------------------------------------------ */

void mp_result_report(MpCall *call, int index)
{
    const MpMethod *method = call->slot->method;
    mp_push_mismatch(call->vm, call->L, mp_result_index(call, index), method->result_words);
    lua_pushfstring(call->L, "%s.%s: result: %s", method->owner, method->name,
                    lua_tostring(call->L, -1));
    lua_remove(call->L, -2);
    report_failure(call);
}

/* Keeps the text or the elements at result `index` for C. */
static void keep_result(MpCall *call, int index)
{
    lua_pushlightuserdata(call->L, (void *)(uintptr_t)call->slot->method);
    lua_pushvalue(call->L, mp_result_index(call, index));
    mp_kept_add(call->vm, call->L);
}

bool mp_result_string(MpCall *call, int index, const char **result)
{
    int at = mp_result_index(call, index);
    if (lua_isnil(call->L, at)) {
        *result = NULL;
        return true;
    }
    const char *text = mp_read_string(call->L, at);
    if (!text)
        return mp_result_bad(call, index);
    keep_result(call, index);
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
    keep_result(call, index);
    *result = lua_tolstring(call->L, at, length);
    return true;
}

bool mp_result_array(MpCall *call, int index, const void **result, size_t *length)
{
    int at = mp_result_index(call, index);
    keep_result(call, index);
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
    return mp_handle_read(call->vm, call->L, mp_result_index(call, index), class_of, result) ||
           mp_result_bad(call, index);
}

bool mp_result_failure(MpCall *call, MpError *error)
{
    if (!lua_isnil(call->L, mp_result_index(call, 1)) ||
        lua_type(call->L, mp_result_index(call, 2)) != LUA_TSTRING)
        return false;
    mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(call->L, mp_result_index(call, 2)));
    return true;
}
