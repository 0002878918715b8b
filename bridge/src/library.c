#include "library.h"

#include <limits.h>

int mp_library_int(lua_State *L, int index, int otherwise)
{
    lua_Number number = luaL_optnumber(L, index, otherwise);
    if (number >= INT_MAX)
        return INT_MAX;
    return number > INT_MIN ? (int)number : INT_MIN; /* and what is no number at all */
}

static void set_library(MpVm *vm, lua_State *L, const char *name, const luaL_Reg *functions)
{
    lua_newtable(L);
    for (; functions->name; functions++) {
        lua_pushlightuserdata(L, vm);
        lua_pushcclosure(L, functions->func, 1);
        lua_setfield(L, -2, functions->name);
    }
    lua_setfield(L, -2, name);
}

void mp_library_push(MpVm *vm, lua_State *L)
{
    lua_newtable(L);
    set_library(vm, L, "coroutine", mp_library_coroutine);
    set_library(vm, L, "string", mp_library_string);
    set_library(vm, L, "table", mp_library_table);
}
