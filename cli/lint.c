/* moonpatch lint: what is wrong with a patch, before anybody runs it. */
#include "message.h"
#include "subcommand.h"

#include <lauxlib.h>
#include <lualib.h>

static int check(lua_State *L, const char *path)
{
    if (luaL_loadfilex(L, path, "t") == 0) {
        lua_pop(L, 1);
        return MP_EXIT_OK;
    }
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    lua_pop(L, 1);
    return MP_EXIT_FINDINGS;
}

static int run(int argc, char **argv)
{
    if (argc == 0)
        return mp_cli_misused("lint: which patch? see moonpatch lint --help");
    lua_State *L = luaL_newstate();
    if (!L)
        return mp_cli_failed("lint: out of memory");
    int status = MP_EXIT_OK;
    for (int i = 0; i < argc; i++)
        status |= check(L, argv[i]);
    lua_close(L);
    return status;
}

const MpSubcommand mp_subcommand_lint = {
    .name = "lint",
    .summary = "finds what is wrong with patches, before they ship",
    .usage = "usage: moonpatch lint PATCH.lua ...\n",
    .run = run,
};
