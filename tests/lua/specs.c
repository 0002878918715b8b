#include "specs.h"

#include "app/context.h"
#include "vm.h"

#include <stdlib.h>

lua_State *specs_state(MpApp *app) { return app->vm->main; }

/* How many failed; less than 0: an error message is on the stack. */
static int run(lua_State *L, const MpVm *vm)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, "environment");
    lua_setglobal(L, "game");
    lua_pop(L, 1);
    if (luaL_loadfile(L, MP_SPEC_RUNNER) != 0)
        return -1;
    lua_pushstring(L, getenv("MP_SPECS"));
    if (lua_pcall(L, 1, 1, 0) != 0)
        return -1;
    return (int)lua_tointeger(L, -1);
}

bool specs_run(MpApp *app, MpError *error)
{
    lua_State *L = specs_state(app);
    int failures = run(L, app->vm);
    if (failures < 0)
        mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(L, -1));
    else if (failures > 0)
        mp_error_set(error, MP_SCRIPT, "%d specs failed", failures);
    lua_settop(L, 0);
    return failures == 0;
}
