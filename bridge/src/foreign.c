/*
 * foreign.c - functions of C in Lua's hands: what a patch gets for a callback that C passes.
 */
#include "foreign.h"

#include "binding.h"
#include "gate.h"
#include "module.h"

void mp_foreign_open(MpVm *vm)
{
    mp_push_weak_table(vm->main, "k");
    vm->foreign = luaL_ref(vm->main, LUA_REGISTRYINDEX);
    lua_newtable(vm->main);
    vm->promised = luaL_ref(vm->main, LUA_REGISTRYINDEX);
}

/* ---- for how long ------------------------------------------------------------------------- */

static bool is_usable(const MpVm *vm, const MpForeign *foreign)
{
    if (foreign->loan)
        return vm->loans[foreign->depth] == foreign->loan;
    return !foreign->over && (!foreign->owner.index || mp_handle_resolve(foreign->owner));
}

const MpForeign *mp_foreign_at(const MpVm *vm, lua_State *L, int index, const MpMethod *type)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->foreign);
    lua_pushvalue(L, index);
    lua_rawget(L, -2);
    const MpForeign *foreign = lua_touserdata(L, -1); /* the function's key keeps it */
    lua_pop(L, 2);
    return foreign && foreign->type == type && is_usable(vm, foreign) ? foreign : NULL;
}

const MpForeign *mp_foreign_use(lua_State *L)
{
    const MpForeign *foreign = lua_touserdata(L, lua_upvalueindex(2));
    if (!is_usable(mp_wrapper_vm(L), foreign))
        mp_raise(L, "%s.%s: C %s this function", foreign->type->owner, foreign->type->name,
                 foreign->loan ? "lent it for one call, which is over: it does not lend"
                               : "does not keep");
    return foreign;
}

/* ---- C gives Lua a function --------------------------------------------------------------- */

/* Replaces the wrapper's closure on the stack's top by one that does in Lua what the type needs. */
static void adapt(const MpCall *call, const MpMethod *type)
{
    lua_State *L = call->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->adapters);
    lua_pushlightuserdata(L, (void *)(uintptr_t)type);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        return;
    }
    lua_getfield(L, -1, "shim");
    lua_replace(L, -2);
    lua_insert(L, -2);
    if (lua_pcall(L, 1, 1, 0) != 0) {
        mp_vm_log(call->vm, MP_SEVERITY_ERROR, "%s.%s: %s", type->owner, type->name,
                  lua_tostring(L, -1));
        lua_pop(L, 1);
        lua_pushnil(L);
    }
}

/* Pushes a function that calls what `content` says. */
static void push_foreign(MpCall *call, const MpForeign *content)
{
    lua_State *L = call->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->foreign);
    lua_pushlightuserdata(L, call->vm);
    MpForeign *foreign = lua_newuserdata(L, sizeof *foreign);
    *foreign = *content;
    lua_pushvalue(L, -1);
    lua_insert(L, -3);
    const MpModule *module = mp_module_unloadable(call->vm, content->type);
    if (module)
        mp_gate_push(call->vm, L, content->type, content->type->wrapper, module);
    else
        lua_pushcclosure(L, content->type->wrapper, 2);
    adapt(call, content->type);
    if (!lua_isnil(L, -1)) {
        lua_pushvalue(L, -1);
        lua_pushvalue(L, -3);
        lua_rawset(L, -5);
    }
    lua_replace(L, -3);
    lua_pop(L, 1);
}

void mp_call_lend(MpCall *call, const MpMethod *type, MpFunction function, void *user)
{
    if (!function) {
        lua_pushnil(call->L);
        return;
    }
    MpVm *vm = call->vm;
    if (!vm->loans[vm->depth])
        vm->loans[vm->depth] = ++vm->loan_count;
    push_foreign(call, &(MpForeign){
                           .function = function,
                           .user = user,
                           .type = type,
                           .loan = vm->loans[vm->depth],
                           .depth = vm->depth,
                       });
}

/* ---- what C keeps ------------------------------------------------------------------------- */

/* Pushes {[index of the owner] = function} of an MP_KEEP parameter. */
static void push_promised(const MpVm *vm, lua_State *L, const MpParameter *keeper)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->promised);
    lua_pushlightuserdata(L, (void *)(uintptr_t)keeper);
    lua_rawget(L, -2);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        mp_push_weak_table(L, "v");
        lua_pushlightuserdata(L, (void *)(uintptr_t)keeper);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
}

/* What the function on the stack's top, or nil, stands for; NULL for nil. */
static MpForeign *foreign_on_top(const MpVm *vm, lua_State *L)
{
    if (lua_isnil(L, -1))
        return NULL;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->foreign);
    lua_pushvalue(L, -2);
    lua_rawget(L, -2);
    MpForeign *foreign = lua_touserdata(L, -1);
    lua_pop(L, 2);
    return foreign;
}

static bool is_same(const MpForeign *a, const MpForeign *b)
{
    return a->function == b->function && a->user == b->user && a->owner.index == b->owner.index &&
           a->owner.generation == b->owner.generation;
}

void mp_call_keep(MpCall *call, const MpMethod *type, MpFunction function, void *user, int index,
                  const MpObject *owner)
{
    lua_State *L = call->L;
    MpForeign content = {
        .function = function,
        .user = user,
        .type = type,
        .keeper = &call->slot->method->parameters[index - 1],
    };
    if (owner)
        content.owner = (MpHandle){.index = owner->index, .generation = owner->generation};
    push_promised(call->vm, L, content.keeper);
    lua_rawgeti(L, -1, (int)content.owner.index);
    MpForeign *before = foreign_on_top(call->vm, L);
    if (!before || !is_same(before, &content)) {
        if (before)
            before->over = true;
        lua_pop(L, 1);
        if (function)
            push_foreign(call, &content);
        else
            lua_pushnil(L);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (int)content.owner.index);
    }
    lua_remove(L, -2);
}

void mp_foreign_forget(const MpVm *vm, lua_State *L, const MpMethod *method)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->promised);
    for (uint32_t i = 0; i < method->parameter_count; i++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)&method->parameters[i]);
        lua_rawget(L, -2);
        if (lua_istable(L, -1)) {
            for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
                foreign_on_top(vm, L)->over = true;
            lua_pushlightuserdata(L, (void *)(uintptr_t)&method->parameters[i]);
            lua_pushnil(L);
            lua_rawset(L, -4);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}
