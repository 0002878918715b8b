/* Lua code in a machine of its own that nobody watches: what the watchdog is compared with. */
#include "plain.h"

#include <lauxlib.h>
#include <luajit.h>
#include <lualib.h>
#include <stdbool.h>

static lua_State *machine_of(lua_State *L)
{
    return *(lua_State **)lua_touserdata(L, lua_upvalueindex(1));
}

static int close_machine(lua_State *L)
{
    lua_close(*(lua_State **)lua_touserdata(L, 1));
    return 0;
}

/* function(n): runs the code's function there */
static int run(lua_State *L)
{
    lua_State *machine = machine_of(L);
    lua_pushvalue(machine, 1);
    lua_pushnumber(machine, lua_tonumber(L, 1));
    if (lua_pcall(machine, 1, 0, 0) != 0)
        return luaL_error(L, "%s", lua_tostring(machine, -1));
    return 0;
}

int plain_load(lua_State *L)
{
    const char *text = luaL_checkstring(L, 1);
    bool jit = lua_toboolean(L, 2);
    lua_State **machine = lua_newuserdata(L, sizeof *machine);
    *machine = luaL_newstate();
    if (!*machine)
        return luaL_error(L, "no memory for a machine");
    lua_newtable(L);
    lua_pushcfunction(L, close_machine);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    luaL_openlibs(*machine);
    luaJIT_setmode(*machine, 0, LUAJIT_MODE_ENGINE | (jit ? LUAJIT_MODE_ON : LUAJIT_MODE_OFF));
    if (luaL_loadstring(*machine, text) != 0 || lua_pcall(*machine, 0, 1, 0) != 0)
        return luaL_error(L, "%s", lua_tostring(*machine, -1));
    lua_pushcclosure(L, run, 1);
    return 1;
}
