/* Calls from C into Lua, written by hand. */
#include "hand.h"

#include "hand_values.h"

/* Registry references, and the object that is passed. */
typedef struct Calls {
    Subject *subject;
    int traceback, function, table;
} Calls;

static Calls *calls_of(lua_State *L) { return lua_touserdata(L, lua_upvalueindex(1)); }

static int traceback(lua_State *L)
{
    luaL_traceback(L, L, lua_tostring(L, 1), 1);
    return 1;
}

/* ---- a call ------------------------------------------------------------------------------- */

static void push_two(lua_State *L, lua_Integer a, lua_Integer b)
{
    lua_pushinteger(L, a);
    lua_pushinteger(L, b);
}

/* Pushes message handler, function and self. */
static void begin(lua_State *L, const Calls *calls)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, calls->traceback);
    lua_rawgeti(L, LUA_REGISTRYINDEX, calls->function);
    push_subject(L, calls->subject);
}

/* The same for function `key` of a table, without a self. */
static void begin_field(lua_State *L, const Calls *calls, const char *key)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, calls->traceback);
    lua_rawgeti(L, LUA_REGISTRYINDEX, calls->table);
    lua_getfield(L, -1, key);
    lua_remove(L, -2);
}

/* Calls with what was pushed above message handler and function. */
static uint32_t finish(lua_State *L, int arguments)
{
    if (lua_pcall(L, arguments, 1, -arguments - 2) != 0)
        lua_error(L);
    uint32_t result = (uint32_t)lua_tointeger(L, -1);
    lua_pop(L, 2);
    return result;
}

/* ---- n calls ------------------------------------------------------------------------------ */

/* `push` pushes `count` arguments more than `begin` does. */
#define DEFINE_LOOP(name, begin, push, count)                   \
    static int name(lua_State *L)                               \
    {                                                           \
        const Calls *calls = calls_of(L);                       \
        uint32_t sum = 0;                                       \
        for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) { \
            begin;                                              \
            push;                                               \
            sum += finish(L, count);                            \
        }                                                       \
        lua_pushnumber(L, sum);                                 \
        return 1;                                               \
    }
DEFINE_LOOP(call_int, begin(L, calls), lua_pushinteger(L, i), 2)
DEFINE_LOOP(call_object, begin(L, calls), push_token(L, calls->subject->token), 2)
DEFINE_LOOP(call_pair, begin(L, calls), push_pair(L, calls->subject->pair), 2)
DEFINE_LOOP(call_place, begin(L, calls), push_place(L, calls->subject->place), 2)
DEFINE_LOOP(call_two, begin(L, calls), push_two(L, i, i), 3)
DEFINE_LOOP(call_field, begin_field(L, calls, "tick"), lua_pushinteger(L, i), 1)

/* create(n): an object's userdata, as long as the object lives */
static int create(lua_State *L)
{
    Subject subject = {.number = calls_of(L)->subject->number + 1000};
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) {
        push_subject(L, &subject);
        lua_pop(L, 1);
        forget_subject(L, &subject);
    }
    return 0;
}

/* no_field(n): looks a function up that the table does not have */
static int no_field(lua_State *L)
{
    int found = 0;
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, calls_of(L)->table);
        lua_getfield(L, -1, "tock");
        found += lua_isfunction(L, -1);
        lua_pop(L, 2);
    }
    lua_pushinteger(L, found);
    return 1;
}

/* set_global(n) */
static int set_global(lua_State *L)
{
    for (lua_Integer i = lua_tointeger(L, 1); i > 0; i--) {
        push_subject(L, calls_of(L)->subject);
        lua_setglobal(L, "bench_subject");
    }
    return 0;
}

/* connect(function) -> number, by which disconnect(number) knows it */
static int connect(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
    return 1;
}

static int disconnect(lua_State *L)
{
    luaL_unref(L, LUA_REGISTRYINDEX, (int)luaL_checkinteger(L, 1));
    return 0;
}

/* ---- what they call ----------------------------------------------------------------------- */

static int replace_reference(lua_State *L, int *reference)
{
    luaL_unref(L, LUA_REGISTRYINDEX, *reference);
    lua_settop(L, 1);
    *reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static int set_function(lua_State *L) { return replace_reference(L, &calls_of(L)->function); }

static int set_table(lua_State *L) { return replace_reference(L, &calls_of(L)->table); }

void hand_add_calls(lua_State *L, Subject *subject)
{
    static const luaL_Reg functions[] = {
        {"int", call_int},          {"object", call_object},
        {"pair", call_pair},        {"place", call_place},
        {"two", call_two},          {"field", call_field},
        {"create", create},         {"no_field", no_field},
        {"connect", connect},       {"disconnect", disconnect},
        {"set_global", set_global}, {"set_function", set_function},
        {"set_table", set_table},   {NULL, NULL},
    };
    lua_newtable(L);
    Calls *calls = lua_newuserdata(L, sizeof *calls);
    *calls = (Calls){.subject = subject, .function = LUA_NOREF, .table = LUA_NOREF};
    lua_pushcfunction(L, traceback);
    calls->traceback = luaL_ref(L, LUA_REGISTRYINDEX);
    luaL_openlib(L, NULL, functions, 1);
    lua_setfield(L, -2, "calls");
}
