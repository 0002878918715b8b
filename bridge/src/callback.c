/*
 * callback.c - Lua functions that C calls: lending them, keeping them, calling them.
 */
#include "callback.h"

#include "binding.h"
#include "call.h"
#include "foreign.h"
#include "module.h"
#include "record.h"

/* Callbacks of dead owners are looked for among so many records each step. */
enum { SWEEP = 64 };

void mp_callback_open(MpVm *vm)
{
    int *const references[] = {&vm->callbacks, &vm->kept, &vm->adapters};
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        lua_newtable(vm->main);
        *references[i] = luaL_ref(vm->main, LUA_REGISTRYINDEX);
    }
}

int mp_callback_define(lua_State *L)
{
    static const char *const names[] = {"entry", "shim"};
    const MpVm *vm = lua_touserdata(L, lua_upvalueindex(1));
    lua_settop(L, 3);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->adapters);
    lua_pushvalue(L, 1);
    lua_newtable(L);
    for (int i = 0; i < 2; i++) {
        lua_pushvalue(L, 2 + i);
        lua_setfield(L, -2, names[i]);
    }
    lua_rawset(L, -3);
    return 0;
}

/* ---- records ------------------------------------------------------------------------------ */

/* Pushes {[index of the owner] = place} of an MP_KEEP parameter. */
static void push_kept(const MpVm *vm, lua_State *L, const MpParameter *keeper)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->kept);
    lua_pushlightuserdata(L, (void *)(uintptr_t)keeper);
    lua_rawget(L, -2);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushlightuserdata(L, (void *)(uintptr_t)keeper);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
}

/* The place of what is kept there for the owner, or for an earlier object at its index; or 0. */
static uint32_t find_kept(const MpVm *vm, lua_State *L, const MpParameter *keeper, MpHandle owner)
{
    push_kept(vm, L, keeper);
    lua_rawgeti(L, -1, (int)owner.index);
    uint32_t place = (uint32_t)lua_tonumber(L, -1);
    lua_pop(L, 2);
    return place;
}

static void set_kept(const MpVm *vm, lua_State *L, const MpGiven *given, uint32_t place)
{
    push_kept(vm, L, given->keeper);
    if (place)
        lua_pushnumber(L, place);
    else
        lua_pushnil(L);
    lua_rawseti(L, -2, (int)given->owner.index);
    lua_pop(L, 1);
}

/* Pops a value and stores it as entry `key` of the VM's callbacks. */
static void set_callback(const MpVm *vm, lua_State *L, int key)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->callbacks);
    lua_insert(L, -2);
    lua_rawseti(L, -2, key);
    lua_pop(L, 1);
}

static void push_callback(const MpVm *vm, lua_State *L, int key)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->callbacks);
    lua_rawgeti(L, -1, key);
    lua_remove(L, -2);
}

/* Takes the function of a live record of the VM back from C. */
static void release(const MpVm *vm, lua_State *L, uint32_t place)
{
    const MpRecord record = *mp_record_at(place);
    mp_record_free(place);
    lua_pushnil(L);
    set_callback(vm, L, (int)place);
    if (record.has_entry) {
        lua_pushnil(L);
        set_callback(vm, L, -(int)place);
    }
    if (record.keeper && find_kept(vm, L, record.keeper, record.owner) == place)
        set_kept(vm, L, &(MpGiven){.keeper = record.keeper, .owner = record.owner}, 0);
}

static bool is_alive(MpHandle owner) { return !owner.index || mp_handle_resolve(owner); }

static MpRecord *record_of(const MpVm *vm, uint32_t place)
{
    MpRecord *record = mp_record_at(place);
    return record && record->vm == vm ? record : NULL;
}

void mp_callback_close(MpVm *vm)
{
    for (uint32_t place = 1; place < mp_record_used(); place++) {
        if (record_of(vm, place))
            mp_record_free(place);
    }
}

/* Takes an entry out of a table of the registry. */
static void forget_entry(lua_State *L, int table, const void *key)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, table);
    lua_pushlightuserdata(L, (void *)(uintptr_t)key);
    lua_pushnil(L);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

void mp_callback_forget(const MpVm *vm, lua_State *L, const MpModule *module)
{
    for (uint32_t place = 1; place < mp_record_used(); place++) {
        const MpRecord *record = record_of(vm, place);
        if (record && mp_module_has(module, record->given_to))
            release(vm, L, place);
    }
    for (size_t i = 0; i < module->method_count; i++) {
        const MpMethod *method = module->methods[i];
        for (uint32_t k = 0; k < method->parameter_count; k++)
            forget_entry(L, vm->kept, &method->parameters[k]);
    }
    for (size_t i = 0; i < module->callback_count; i++)
        forget_entry(L, vm->adapters, module->callbacks[i]);
}

void mp_callback_step(MpVm *vm)
{
    mp_record_report(vm);
    for (int i = 0; i < SWEEP; i++) {
        vm->sweep = vm->sweep + 1 < mp_record_used() ? vm->sweep + 1 : 1;
        const MpRecord *record = vm->sweep < mp_record_used() ? record_of(vm, vm->sweep) : NULL;
        if (record && !is_alive(record->owner))
            release(vm, vm->main, vm->sweep);
    }
}

int mp_callback_drop(lua_State *L)
{
    const MpVm *vm = lua_touserdata(L, lua_upvalueindex(1));
    uint32_t place = (uint32_t)lua_tonumber(L, 1);
    if (record_of(vm, place))
        release(vm, L, place);
    return 0;
}

int mp_callback_taker(lua_State *L)
{
    const MpMethod *taker = mp_record_at((uint32_t)lua_tonumber(L, 1))->given_to;
    lua_pushfstring(L, "%s.%s", taker->owner, taker->name);
    return 1;
}

/* ---- Lua gives C a function --------------------------------------------------------------- */

void mp_arg_callback(lua_State *L, const MpMethod *method, int index, bool optional)
{
    if (!lua_isfunction(L, index) && !(optional && lua_isnoneornil(L, index)))
        mp_arg_bad(L, method, index);
}

/* Pushes what C calls instead of the function at `index`; false: the function itself. */
static bool push_entry(const MpVm *vm, lua_State *L, int index, const MpMethod *type)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->adapters);
    lua_pushlightuserdata(L, (void *)(uintptr_t)type);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        return false;
    }
    lua_getfield(L, -1, "entry");
    lua_remove(L, -2);
    lua_pushvalue(L, index);
    lua_call(L, 1, 1);
    return true;
}

/* Makes a record for the function at `index`. */
static MpGiven give(lua_State *L, int index, const MpMethod *type, MpRecord content)
{
    const MpVm *vm = content.vm;
    content.has_entry = push_entry(vm, L, index, type);
    uint32_t place = mp_record_claim(&content);
    if (place) {
        if (content.has_entry)
            set_callback(vm, L, -(int)place);
        lua_pushvalue(L, index);
        set_callback(vm, L, (int)place);
    } else {
        lua_pop(L, content.has_entry);
        mp_vm_log(vm, MP_SEVERITY_ERROR, "%s.%s: C holds %d callbacks: this one is never called",
                  content.given_to->owner, content.given_to->name, MP_RECORD_LIMIT);
    }
    return (MpGiven){
        .function = type->thunk,
        .user = mp_record_user(place),
        .is_new = true,
        .keeper = content.keeper,
        .owner = content.owner,
    };
}

MpGiven mp_callback_lend(lua_State *L, const MpMethod *method, int index, const MpMethod *type)
{
    MpVm *vm = mp_wrapper_vm(L);
    if (lua_isnoneornil(L, index))
        return (MpGiven){.function = NULL};
    const MpForeign *foreign = mp_foreign_at(vm, L, index, type);
    if (foreign)
        return (MpGiven){.function = foreign->function, .user = foreign->user};
    return give(L, index, type, (MpRecord){.vm = vm, .given_to = method});
}

static bool is_same(MpHandle a, MpHandle b)
{
    return a.index == b.index && a.generation == b.generation;
}

/* Whether the record at a place keeps the function at `index` for the owner already. */
static bool keeps(const MpVm *vm, lua_State *L, uint32_t place, int index, MpHandle owner)
{
    if (!place || !is_same(mp_record_at(place)->owner, owner))
        return false;
    push_callback(vm, L, (int)place);
    bool same = lua_rawequal(L, -1, index);
    lua_pop(L, 1);
    return same;
}

MpGiven mp_callback_keep(lua_State *L, const MpMethod *method, int index, const MpMethod *type,
                         const MpObject *owner)
{
    MpVm *vm = mp_wrapper_vm(L);
    MpGiven given = {.keeper = &method->parameters[index - 1]};
    if (owner)
        given.owner = (MpHandle){.index = owner->index, .generation = owner->generation};
    if (lua_isnoneornil(L, index))
        return given;
    const MpForeign *foreign = mp_foreign_at(vm, L, index, type);
    uint32_t place = find_kept(vm, L, given.keeper, given.owner);
    if (foreign && foreign->keeper == given.keeper && is_same(foreign->owner, given.owner)) {
        given.function = foreign->function;
        given.user = foreign->user;
    } else if (keeps(vm, L, place, index, given.owner)) {
        given.function = type->thunk;
        given.user = mp_record_user(place);
    } else {
        MpRecord content = {
            .vm = vm, .given_to = method, .keeper = given.keeper, .owner = given.owner};
        given = give(L, index, type, content);
    }
    return given;
}

void mp_callback_settle(lua_State *L, const MpGiven *given, bool succeeded)
{
    const MpVm *vm = mp_wrapper_vm(L);
    /* While C ran, its patch may have gone, and the callback with it. */
    uint32_t place = given->user ? mp_record_place(given->user) : 0;
    if (given->keeper && succeeded) {
        uint32_t old = find_kept(vm, L, given->keeper, given->owner);
        if (old && old != place)
            release(vm, L, old);
        set_kept(vm, L, given, place);
    } else if (place && given->is_new) {
        release(vm, L, place);
    }
}

/* ---- C calls it --------------------------------------------------------------------------- */

/* Pushes what stands below the arguments: handles, message handler, function. Below these, at
 * call->top, stays the function itself, for reports. */
static void push_call(MpCall *call, const MpRecord *record, int place)
{
    lua_State *L = call->L;
    push_callback(call->vm, L, place);
    call->top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->handles);
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->traceback);
    call->handler = call->top + 2;
    push_callback(call->vm, L, record->has_entry ? -place : place);
}

bool mp_callback_next(MpCall *call, void *user)
{
    if (call->L) {
        mp_callback_end(call);
        return false;
    }
    const MpMethod *type = call->slot->method;
    uint32_t place = mp_record_place(user);
    MpRecord *record = place ? mp_record_at(place) : NULL;
    if (!record || !is_alive(record->owner)) {
        mp_record_refuse(type, user);
        return false;
    }
    if (!mp_call_enter(call, record->vm))
        return false;
    call->given_to = record->given_to;
    push_call(call, record, (int)place);
    return true;
}

bool mp_callback_run(MpCall *call, int arguments, int results)
{
    if (lua_pcall(call->L, arguments, results, call->handler) == 0)
        return true;
    const MpMethod *type = call->slot->method;
    lua_pushfstring(call->L, "%s.%s: %s", type->owner, type->name, lua_tostring(call->L, -1));
    mp_callback_report(call);
    return false;
}

void mp_callback_end(MpCall *call)
{
    lua_settop(call->L, call->top - 1);
    call->vm->depth--;
}

/* Hands the message on the stack's top to bridge/lua/binding/callback.lua, where a patch is blamed.
 */
void mp_callback_report(MpCall *call)
{
    lua_State *L = call->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->half);
    lua_getfield(L, -1, "callback_failed");
    lua_pushvalue(L, call->top);
    lua_pushfstring(L, "%s.%s", call->given_to->owner, call->given_to->name);
    lua_pushvalue(L, -5);
    if (lua_pcall(L, 3, 0, 0) != 0)
        mp_vm_log(call->vm, MP_SEVERITY_ERROR, "while reporting a callback's error: %s",
                  lua_tostring(L, -1));
}
