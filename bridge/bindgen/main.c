/*
 * moonpatch-bindgen - annotated C headers in, glue out.
 *
 * C does what only libclang and jansson can; everything else is in lua/ beside this file, and
 * the text that is generated is in templates/.
 */
#include "json.h"
#include "parse.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where lua/ and templates/ are, unless the environment says otherwise. */
static const char *data_folder(void)
{
    const char *folder = getenv("MOONPATCH_BINDGEN_DATA");
    return folder ? folder : MP_BINDGEN_DATA;
}

static int traceback(lua_State *L)
{
    luaL_traceback(L, L, lua_tostring(L, 1), 1);
    return 1;
}

static int run(lua_State *L, int argc, char **argv)
{
    static const luaL_Reg functions[] = {
        {"parse", mp_parse_header},
        {"json_encode", mp_json_encode},
        {"json_decode", mp_json_decode},
        {NULL, NULL},
    };
    luaL_openlibs(L);
    lua_pushcfunction(L, traceback);
    lua_pushfstring(L, "%s/lua/main.lua", data_folder());
    if (luaL_loadfilex(L, lua_tostring(L, -1), "t") != 0)
        return -1;
    lua_newtable(L);
    luaL_register(L, NULL, functions);
    lua_pushstring(L, data_folder());
    lua_setfield(L, -2, "data_folder");
    for (int i = 1; i < argc; i++)
        lua_pushstring(L, argv[i]);
    if (lua_pcall(L, argc, 1, 1) != 0)
        return -1;
    return (int)lua_tointeger(L, -1);
}

int main(int argc, char **argv)
{
    lua_State *L = luaL_newstate();
    if (!L) {
        fputs("moonpatch-bindgen: out of memory\n", stderr);
        return EXIT_FAILURE;
    }
    int status = run(L, argc, argv);
    if (status < 0) {
        fprintf(stderr, "moonpatch-bindgen: internal error: %s\n", lua_tostring(L, -1));
        status = 70; /* EX_SOFTWARE */
    }
    lua_close(L);
    return status;
}
