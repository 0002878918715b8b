#include "gate.h"

#include "binding.h"

/* The closure's upvalues: the wrapper's own two come first, where it looks for them. */
enum { UP_VM = 1, UP_FOREIGN, UP_GATE, UP_NAME };

typedef struct Gate {
    lua_CFunction wrapper; /* NULL: closed */
    const MpModule *module;
} Gate;

static int pass(lua_State *L)
{
    const Gate *gate = lua_touserdata(L, lua_upvalueindex(UP_GATE));
    if (gate->wrapper)
        return gate->wrapper(L);
    return mp_raise(L, "%s: its module was unloaded", lua_tostring(L, lua_upvalueindex(UP_NAME)));
}

void mp_gate_push(const MpVm *vm, lua_State *L, const MpMethod *method, lua_CFunction wrapper,
                  const MpModule *module)
{
    Gate *gate = lua_newuserdata(L, sizeof *gate);
    *gate = (Gate){.wrapper = wrapper, .module = module};
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->gates);
    lua_pushvalue(L, -2);
    lua_pushboolean(L, true);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    lua_pushfstring(L, "%s.%s", method->owner, method->name);
    lua_pushcclosure(L, pass, UP_NAME);
}

void mp_gate_close(const MpVm *vm, lua_State *L, const MpModule *module)
{
    int top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->gates);
    for (lua_pushnil(L); lua_next(L, top + 1); lua_pop(L, 1)) {
        Gate *gate = lua_touserdata(L, -2);
        if (gate->module == module)
            gate->wrapper = NULL;
    }
    lua_settop(L, top);
}
