#include "culprit.h"

#include "moonpatch/patch.h"
#include "watch.h"

enum { DEPTH = 100 };

/* Pushes what stands for the patch of the innermost function on the stack that is a patch's, or
 * nil. bridge/lua/owner.lua knows them by their environments. Returns whether there is one. */
static bool push_owner(MpVm *vm, lua_State *L)
{
    lua_Debug at;
    int top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    if (lua_istable(L, -1)) { /* not while the Lua half is being loaded */
        lua_getfield(L, -1, "owners");
        lua_pushnil(L);
        for (int level = 0; lua_isnil(L, -1) && level < DEPTH && lua_getstack(L, level, &at);
             level++) {
            lua_settop(L, top + 2);
            lua_getinfo(L, "f", &at);
            lua_getfenv(L, -1);
            lua_rawget(L, top + 2);
        }
        lua_replace(L, top + 1);
    }
    lua_settop(L, top + 1);
    return !lua_isnil(L, -1);
}

bool mp_culprit_note(MpVm *vm, lua_State *L)
{
    bool is_patch = push_owner(vm, L);
    if (!is_patch) {
        lua_pop(L, 1);
        lua_pushboolean(L, false);
    }
    lua_rawseti(L, LUA_REGISTRYINDEX, vm->culprit);
    return is_patch;
}

static bool has_patch(MpVm *vm, lua_State *L)
{
    if (!lua_checkstack(L, LUA_MINSTACK))
        return false;
    bool found = push_owner(vm, L);
    lua_pop(L, 1);
    return found;
}

bool mp_patch_is_running(void)
{
    MpVm *vm = mp_watch_running();
    if (!vm)
        return false;
    for (const MpResumed *each = vm->resumed; each; each = each->outer) {
        if (has_patch(vm, each->thread))
            return true;
    }
    return has_patch(vm, vm->main);
}

/* The level of the innermost function of the game or a patch, or -1: C, the bridge and the host's
 * library have other chunk names than "@file". */
static int level_of_script(lua_State *L)
{
    lua_Debug at;
    for (int level = 0; level < DEPTH && lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "S", &at);
        if (*at.source == '@')
            return level;
    }
    return -1;
}

static bool is_of_patch(MpVm *vm, lua_State *L, int level)
{
    lua_Debug at;
    lua_getstack(L, level, &at);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, "owners");
    lua_getinfo(L, "f", &at);
    lua_getfenv(L, -1);
    lua_rawget(L, -3);
    bool found = !lua_isnil(L, -1);
    lua_pop(L, 4);
    return found;
}

bool mp_patch_is_calling(void)
{
    MpVm *vm = mp_watch_running();
    if (!vm)
        return false;
    const MpResumed *resumed = vm->resumed;
    lua_State *L = resumed ? resumed->thread : vm->main;
    int level = level_of_script(L);
    while (level < 0 && resumed) {
        resumed = resumed->outer;
        L = resumed ? resumed->thread : vm->main;
        level = level_of_script(L);
    }
    return level >= 0 && lua_checkstack(L, LUA_MINSTACK) && is_of_patch(vm, L, level);
}
