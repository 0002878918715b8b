#include "kept.h"

#include "moonpatch/patch.h"

void mp_kept_open(MpVm *vm)
{
    lua_newtable(vm->main);
    vm->results = luaL_ref(vm->main, LUA_REGISTRYINDEX);
    lua_newtable(vm->main);
    vm->replaced = luaL_ref(vm->main, LUA_REGISTRYINDEX);
}

/* Keeps the value on the stack's top, and pops it, in the place of the oldest. */
static void outlive(MpVm *vm, lua_State *L)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->replaced);
    lua_insert(L, -2);
    lua_rawseti(L, -2, (int)(vm->replaced_count++ % MP_RESULTS_KEPT) + 1);
    lua_pop(L, 1);
}

void mp_kept_add(MpVm *vm, lua_State *L)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->results);
    lua_insert(L, -3); /* results, key, value */
    lua_pushvalue(L, -2);
    lua_rawget(L, -4);
    if (lua_isnil(L, -1))
        lua_pop(L, 1);
    else
        outlive(vm, L);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

int mp_kept_add_from_lua(lua_State *L)
{
    lua_settop(L, 2);
    mp_kept_add(lua_touserdata(L, lua_upvalueindex(1)), L);
    return 0;
}

void mp_kept_step(MpVm *vm)
{
    if (!vm->replaced_count)
        return;
    lua_newtable(vm->main);
    lua_rawseti(vm->main, LUA_REGISTRYINDEX, vm->replaced);
    vm->replaced_count = 0;
}
