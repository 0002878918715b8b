/*
 * spec-host - runs LuaUnit specs of the scripts library inside the real host.
 *
 *     spec-host --headless --frames 1 [other options of a game]
 *
 * MP_SPECS in the environment lists the spec files, separated by spaces. A spec runs with Lua's
 * full libraries, and with `game`, the environment of the game's scripts: game.require "timer".
 * TAP goes to standard output; a failure ends the program with 1.
 */
#include "app/app.h"
#include "app/context.h"
#include "vm.h"

#include <stdlib.h>

static int run_specs(lua_State *L, const MpVm *vm)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, "environment");
    lua_setglobal(L, "game");
    lua_pop(L, 1);
    if (luaL_loadfile(L, MP_TEST_FOLDER "/run.lua") != 0)
        return -1;
    lua_pushstring(L, getenv("MP_SPECS"));
    if (lua_pcall(L, 1, 1, 0) != 0)
        return -1;
    return (int)lua_tointeger(L, -1);
}

static bool create(MpApp *app, void **state, MpError *error)
{
    *state = NULL;
    lua_State *L = app->vm->main;
    int failures = run_specs(L, app->vm);
    if (failures < 0)
        mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(L, -1));
    else if (failures > 0)
        mp_error_set(error, MP_SCRIPT, "%d specs failed", failures);
    lua_settop(L, 0);
    return failures == 0;
}

static void destroy(void *state) { (void)state; }

int main(int argc, char **argv)
{
    static const MpGameMount mounts[] = {
        {"tests/lua/game/scripts", "/scripts"},
        {"tests/lua/game/assets", "/assets"},
        {NULL, NULL},
    };
    return mp_app_main(argc, argv,
                       &(MpGame){
                           .name = "spec-host",
                           .title = "Specs",
                           .version = "0",
                           .organisation = "moonpatch",
                           .data_folder = MP_TEST_DATA,
                           .width = 320,
                           .height = 180,
                           .mounts = mounts,
                           .create = create,
                           .destroy = destroy,
                       });
}
