/*
 * coroutine.c - resume and wrap as scripts get them: coroutines in coroutines end before the C
 * stack does, and the watchdog knows who resumed whom.
 */
#include "failure.h"
#include "library.h"
#include "nesting.h"

/* Bytes of an error's message to which more places are added. */
enum { LONGEST_TRAIL = 1000 };

/* Why a coroutine cannot be resumed; NULL: it can. */
static const char *refusal(lua_State *L, lua_State *thread)
{
    lua_Debug at;
    int status = lua_status(thread);
    if (status == LUA_YIELD)
        return NULL;
    if (thread == L)
        return "cannot resume running coroutine";
    if (status == 0 && lua_getstack(thread, 0, &at))
        return "cannot resume non-suspended coroutine";
    return status != 0 || lua_gettop(thread) == 0 ? "cannot resume dead coroutine" : NULL;
}

/* Resumes a coroutine with the arguments on the stack's top. Returns how many results are there
 * instead, or -1 for an error value. */
static int resume(MpVm *vm, lua_State *L, lua_State *thread, int arguments)
{
    const char *why = refusal(L, thread);
    if (!why && !lua_checkstack(thread, arguments))
        why = "too many arguments to resume";
    if (why) {
        lua_pushstring(L, why);
        return -1;
    }
    mp_nesting_check(vm, L);
    MpResumed resumed = {.outer = vm->resumed, .from = L, .thread = thread};
    vm->resumed = &resumed;
    lua_xmove(L, thread, arguments);
    int status = lua_resume(thread, arguments);
    vm->resumed = resumed.outer;
    if (status > LUA_YIELD)
        mp_failure_note_coroutine(vm, thread);
    int results = status <= LUA_YIELD ? lua_gettop(thread) : 1;
    if (!lua_checkstack(L, results + 1)) {
        lua_settop(thread, 0);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    lua_xmove(thread, L, results);
    return status <= LUA_YIELD ? results : -1;
}

static int coroutine_resume(lua_State *L)
{
    lua_State *thread = lua_tothread(L, 1);
    luaL_argcheck(L, thread, 1, "coroutine expected");
    int results = resume(mp_library_vm(L), L, thread, lua_gettop(L) - 1);
    lua_pushboolean(L, results >= 0);
    lua_insert(L, results >= 0 ? -(results + 1) : -2);
    return results >= 0 ? results + 1 : 2;
}

static int run_wrapped(lua_State *L)
{
    lua_State *thread = lua_tothread(L, lua_upvalueindex(2));
    int results = resume(mp_library_vm(L), L, thread, lua_gettop(L));
    if (results >= 0)
        return results;
    /* Where it was resumed, too; but not of a thousand coroutines in each other. */
    if (lua_type(L, -1) == LUA_TSTRING && lua_objlen(L, -1) < LONGEST_TRAIL) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int coroutine_wrap(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_pushlightuserdata(L, mp_library_vm(L));
    lua_State *thread = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, thread, 1);
    lua_pushcclosure(L, run_wrapped, 2);
    return 1;
}

/* resumers() -> the coroutines below the running one, innermost first, and, if they are many, the
 * outermost; for the bridge's own Lua */
static int resumers(lua_State *L)
{
    enum { SHOWN = 8 };
    int count = 0;
    const MpResumed *each = mp_library_vm(L)->resumed;
    for (; each && count < SHOWN; each = each->outer, count++) {
        while (count == SHOWN - 1 && each->outer)
            each = each->outer;
        lua_pushthread(each->from);
        if (each->from != L)
            lua_xmove(each->from, L, 1);
    }
    return count;
}

const luaL_Reg mp_library_coroutine[] = {
    {"resume", coroutine_resume},
    {"wrap", coroutine_wrap},
    {"resumers", resumers},
    {NULL, NULL},
};
