/*
 * moonpatch lint: what is wrong with a patch, before anybody runs it. The Lua in lint/ does the
 * work, on a machine of its own; no line of the patch is run.
 */
#include "embed.h"
#include "lint_host.h"
#include "message.h"
#include "subcommand.h"

#include <lauxlib.h>
#include <luajit.h>
#include <lualib.h>

extern const MpEmbedded mp_lint_lua[];

/* import(name): what the file returns; it is run once, with `host` and `import`. */
static const char importer[] =
    "local host, chunks = ...\n"
    "local loaded = {}\n"
    "local function import(name)\n"
    "   if loaded[name] == nil then loaded[name] = chunks[name](host, import) end\n"
    "   return loaded[name]\n"
    "end\n"
    "return import\n";

static void push_chunks(lua_State *L)
{
    lua_newtable(L);
    for (const MpEmbedded *file = mp_lint_lua; file->name; file++) {
        const char *name = lua_pushfstring(L, "=[lint/%s.lua]", file->name);
        if (luaL_loadbufferx(L, file->text, file->size, name, "t") != 0)
            lua_error(L);
        lua_setfield(L, -3, file->name);
        lua_pop(L, 1);
    }
}

typedef struct Call {
    int argc;
    char **argv;
    int status;
} Call;

/* Calls main.lua with the host, import, and a list of the words. */
static int protected_run(lua_State *L)
{
    Call *call = lua_touserdata(L, 1);
    luaL_openlibs(L);
    /* An old compiler compiles loops wrongly: docs/adr/0008. */
    luaJIT_setmode(L, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
    mp_lint_push_host(L);
    push_chunks(L);
    lua_getfield(L, -1, "main");
    lua_insert(L, -3);
    lua_pushvalue(L, -2);
    lua_insert(L, -3);
    if (luaL_loadbufferx(L, importer, sizeof importer - 1, "=[lint.c]", "t") != 0)
        lua_error(L);
    lua_insert(L, -3);
    lua_call(L, 2, 1);
    lua_createtable(L, call->argc, 0);
    for (int i = 0; i < call->argc; i++) {
        lua_pushstring(L, call->argv[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_call(L, 3, 2);
    call->status = (int)lua_tointeger(L, -2);
    if (call->status == MP_EXIT_USAGE)
        mp_cli_misused("lint: %s", lua_tostring(L, -1));
    return 0;
}

static int run(int argc, char **argv)
{
    Call call = {.argc = argc, .argv = argv};
    lua_State *L = luaL_newstate();
    if (!L)
        return mp_cli_failed("lint: out of memory");
    if (lua_cpcall(L, protected_run, &call) != 0)
        call.status = mp_cli_failed("lint: internal error: %s", lua_tostring(L, -1));
    lua_close(L);
    return call.status;
}

const MpSubcommand mp_subcommand_lint = {
    .name = "lint",
    .summary = "finds what is wrong with patches, before they ship",
    .usage =
        "usage: moonpatch lint --against MANIFEST.api.json [options] PATCH.lua|BUNDLE.zip|DIR ...\n"
        "       moonpatch lint --rules\n"
        "\n"
        "Finds what is wrong with patches without running them. A DIR holds patches and bundles, "
        "or\n"
        "is a bundle that is not packed yet.\n"
        "\n"
        "options\n"
        "  --against FILE      the API manifest of a module, NAME.api.json of the game's build; "
        "once\n"
        "                      for each module: the engine's, and the game's\n"
        "  --disable RULE,...  do not look for that\n"
        "  --errors-only       warnings are told, and are nothing to exit with 1 for\n"
        "  --global NAME       a global variable that the game's scripts declare\n"
        "  --json              what was found as JSON\n"
        "  --rules             lists the rules\n"
        "\n"
        "The comment '-- lint: ignore RULE' silences a rule in its line; alone in a line, in the\n"
        "next one.\n"
        "\n"
        "exit codes\n"
        "  0  nothing was found\n"
        "  1  something was found\n"
        "  2  the command was called wrongly, or a manifest cannot be read\n",
    .run = run,
};
