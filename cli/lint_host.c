#include "lint_host.h"

#include "file/file.h"
#include "json.h"
#include "message.h"
#include "moonpatch/vm.h"
#include "vfs/bundle_check.h"
#include "vfs/vfs.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXT_LIMIT = 16 << 20,

};

/* The mounts are found in a vfs at "m1/", "m2/", ...; Lua knows them by these names. */
typedef struct Host {
    MpVfs *vfs;
    unsigned mounts;
} Host;

static Host *host_of(lua_State *L) { return lua_touserdata(L, lua_upvalueindex(1)); }

static int push_failure(lua_State *L, const MpError *error)
{
    lua_pushnil(L);
    lua_pushstring(L, error->message);
    return 2;
}

static int push_bytes(lua_State *L, char *bytes, size_t size, const MpError *error)
{
    if (!bytes)
        return push_failure(L, error);
    lua_pushlstring(L, bytes, size);
    free(bytes);
    return 1;
}

/* ---- files of the system ------------------------------------------------------------------ */

/* read(path) -> bytes; or nil and why not */
static int read_file(lua_State *L)
{
    MpError error;
    size_t size = 0;
    char *bytes = mp_file_read(luaL_checkstring(L, 1), TEXT_LIMIT, &size, &error);
    return push_bytes(L, bytes, size, &error);
}

static int is_system_folder(lua_State *L)
{
    lua_pushboolean(L, mp_file_is_directory(luaL_checkstring(L, 1)));
    return 1;
}

/* ---- folders and archives ----------------------------------------------------------------- */

/* open_folder(path) -> mount; or nil and why not */
static int open_folder(lua_State *L)
{
    Host *host = host_of(L);
    MpError error;
    const char *mount = lua_pushfstring(L, "m%d", (int)++host->mounts);
    if (!mp_vfs_mount_directory(host->vfs, luaL_checkstring(L, 1), mount, &error))
        return push_failure(L, &error);
    return 1;
}

/* open_archive(path) -> mount; or nil and why the game would refuse it */
static int open_archive(lua_State *L)
{
    Host *host = host_of(L);
    MpError error;
    size_t size = 0;
    char *bytes = mp_file_read(luaL_checkstring(L, 1), MP_BUNDLE_SIZE_LIMIT, &size, &error);
    if (!bytes)
        return push_failure(L, &error);
    if (!mp_bundle_check(bytes, size, &error)) {
        free(bytes);
        return push_failure(L, &error);
    }
    const char *mount = lua_pushfstring(L, "m%d", (int)++host->mounts);
    if (!mp_vfs_mount_memory(host->vfs, mount, bytes, size, mount, &error))
        return push_failure(L, &error);
    return 1;
}

/* The path of an entry, mount and name within it, which are the first two arguments. */
static const char *entry_path(lua_State *L)
{
    const char *name = luaL_checkstring(L, 2);
    return *name ? lua_pushfstring(L, "%s/%s", luaL_checkstring(L, 1), name)
                 : luaL_checkstring(L, 1);
}

/* list(mount, folder) -> names, sorted */
static int list_entries(lua_State *L)
{
    char **names = mp_vfs_list(host_of(L)->vfs, entry_path(L), NULL);
    lua_newtable(L);
    for (int i = 0; names && names[i]; i++) {
        lua_pushstring(L, names[i]);
        lua_rawseti(L, -2, i + 1);
    }
    mp_vfs_list_free(names);
    return 1;
}

static int is_folder(lua_State *L)
{
    MpVfsStat stat;
    lua_pushboolean(L,
                    mp_vfs_stat(host_of(L)->vfs, entry_path(L), &stat, NULL) && stat.is_directory);
    return 1;
}

static int exists(lua_State *L)
{
    lua_pushboolean(L, mp_vfs_exists(host_of(L)->vfs, entry_path(L)));
    return 1;
}

/* read_in(mount, path) -> bytes; or nil and why not */
static int read_entry(lua_State *L)
{
    MpError error;
    size_t size = 0;
    char *bytes = mp_vfs_read(host_of(L)->vfs, entry_path(L), TEXT_LIMIT, &size, &error);
    return push_bytes(L, bytes, size, &error);
}

/* ---- what scripts find -------------------------------------------------------------------- */

static const char list_globals[] =
    "local names = {}\n"
    "for name, content in next, _G do\n"
    "   names[#names + 1] = name\n"
    "   if type(content) == 'table' and content ~= _G and name ~= 'native' then\n"
    "      for member in next, content do names[#names + 1] = name .. '.' .. member end\n"
    "   end\n"
    "end\n"
    "return { list = function() return table.concat(names, ' ') end }\n";

static char *read_list_globals(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    (void)path;
    char *text = strdup(list_globals);
    if (!text)
        mp_error_set(error, MP_MEMORY, "out of memory");
    *size = sizeof list_globals - 1;
    return text;
}

/* globals() -> "math math.abs ...": asks a machine of the bridge, so that it is true. */
static int globals(lua_State *L)
{
    MpError error;
    const char *names = NULL;
    MpVm *vm = mp_vm_create(&(MpVmOptions){.read = read_list_globals}, &error);
    if (vm && mp_vm_call(vm, "globals", "list", &error, ">s", &names))
        lua_pushstring(L, names);
    mp_vm_destroy(vm);
    return names ? 1 : luaL_error(L, "%s", error.message);
}

/* ------------------------------------------------------------------------------------------- */

static int close_host(lua_State *L)
{
    Host *host = lua_touserdata(L, 1);
    mp_vfs_destroy(host->vfs);
    host->vfs = NULL;
    return 0;
}

static void push_state(lua_State *L)
{
    MpError error;
    Host *host = lua_newuserdata(L, sizeof *host);
    *host = (Host){0};
    lua_newtable(L);
    lua_pushcfunction(L, close_host);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    host->vfs = mp_vfs_create(NULL, &error);
    if (!host->vfs)
        luaL_error(L, "%s", error.message);
}

void mp_lint_push_host(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"read", read_file},
        {"is_system_folder", is_system_folder},
        {"open_folder", open_folder},
        {"open_archive", open_archive},
        {"list", list_entries},
        {"is_folder", is_folder},
        {"exists", exists},
        {"read_in", read_entry},
        {"globals", globals},
        {"json_encode", mp_json_encode},
        {"json_decode", mp_json_decode},
        {NULL, NULL},
    };
    lua_newtable(L);
    push_state(L);
    luaL_openlib(L, NULL, functions, 1);
    lua_pushboolean(L, mp_cli_coloured(stdout));
    lua_setfield(L, -2, "coloured");
}
