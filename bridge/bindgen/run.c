#include "run.h"

#include "data.h"
#include "json.h"
#include "parse.h"
#include "platform.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether messages are coloured: for people, unless they refuse it (no-color.org). */
static bool wants_colour(void)
{
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return mp_platform_stderr_is_terminal() && !(refused && *refused) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

static int traceback(lua_State *L)
{
    luaL_traceback(L, L, lua_tostring(L, 1), 1);
    return 1;
}

/* make_folder(path) -> whether the folder and those above it exist now */
static int make_folder(lua_State *L)
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/", luaL_checkstring(L, 1)) >= sizeof path)
        return 0;
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (!mp_platform_make_folder(path))
            return 0;
        *slash = '/';
    }
    lua_pushboolean(L, true);
    return 1;
}

/* Pushes what main.lua gets of C: functions and facts. */
static void push_bindgen(lua_State *L, const char *data_folder)
{
    static const luaL_Reg functions[] = {
        {"parse", mp_parse_header},      {"clang_version", mp_parser_version},
        {"json_encode", mp_json_encode}, {"json_decode", mp_json_decode},
        {"make_folder", make_folder},    {NULL, NULL},
    };
    lua_newtable(L);
    luaL_register(L, NULL, functions);
    lua_pushstring(L, data_folder);
    lua_setfield(L, -2, "data_folder");
    lua_pushstring(L, MP_VERSION);
    lua_setfield(L, -2, "version");
    lua_pushboolean(L, wants_colour());
    lua_setfield(L, -2, "coloured");
}

int mp_bindgen_run(lua_State *L, int argc, const char *const *argv)
{
    mp_push_data_folder(L);
    const char *data_folder = lua_tostring(L, 1);
    lua_pushcfunction(L, traceback);
    int loaded = luaL_loadfilex(L, lua_pushfstring(L, "%s/lua/main.lua", data_folder), "t");
    if (loaded == LUA_ERRFILE) {
        fprintf(stderr,
                "moonpatch-bindgen: error: its lua/ and templates/ are not in '%s': install it "
                "again, or name their folder in MOONPATCH_BINDGEN_DATA\n",
                data_folder);
        return EXIT_FAILURE;
    }
    push_bindgen(L, data_folder);
    for (int i = 1; i < argc; i++)
        lua_pushstring(L, argv[i]);
    if (loaded != 0 || lua_pcall(L, argc, 1, 2) != 0) {
        fprintf(stderr, "moonpatch-bindgen: internal error: %s\n", lua_tostring(L, -1));
        return MP_BINDGEN_INTERNAL;
    }
    return (int)lua_tointeger(L, -1);
}
