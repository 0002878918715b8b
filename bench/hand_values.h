/*
 * hand_values.h - how the hand-written binding reads and pushes each kind of value. Inline, because
 * it would stand in one file with the functions that use it.
 *
 * check_* raise an error for anything else; push_* return 1, how many values they pushed.
 */
#ifndef BENCH_HAND_VALUES_H
#define BENCH_HAND_VALUES_H

#include "subject.h"

#include <lauxlib.h>

/** A type of userdata. */
typedef struct HandType {
    const char *name;
    int known; /**< Registry reference: {[number] = userdata}, weak, of the objects Lua knows. */
} HandType;

/* Written for one Lua state at a time. */
extern HandType hand_subject_type, hand_fields_type, hand_thing_type;
extern HandType hand_token_type, hand_pair_type, hand_place_type;

/* ---- values in ---------------------------------------------------------------------------- */

static inline Subject *check_subject(lua_State *L, int index)
{
    return *(Subject **)luaL_checkudata(L, index, hand_subject_type.name);
}

static inline Subject *check_fields(lua_State *L, int index)
{
    return *(Subject **)luaL_checkudata(L, index, hand_fields_type.name);
}

/* A Thing, or what derives from it. */
static inline Thing *check_thing(lua_State *L, int index)
{
    Subject **derived = luaL_testudata(L, index, hand_subject_type.name);
    return derived ? &(*derived)->thing
                   : *(Thing **)luaL_checkudata(L, index, hand_thing_type.name);
}

static inline Token *check_token(lua_State *L, int index)
{
    return *(Token **)luaL_checkudata(L, index, hand_token_type.name);
}

static inline Vec2 check_pair(lua_State *L, int index)
{
    return *(Vec2 *)luaL_checkudata(L, index, hand_pair_type.name);
}

static inline Vec3 check_place(lua_State *L, int index)
{
    return *(Vec3 *)luaL_checkudata(L, index, hand_place_type.name);
}

static inline int check_int(lua_State *L, int index) { return (int)luaL_checkinteger(L, index); }

static inline float check_float(lua_State *L, int index)
{
    return (float)luaL_checknumber(L, index);
}

static inline Mood check_mood(lua_State *L, int index) { return (Mood)luaL_checkinteger(L, index); }

static inline bool check_bool(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TBOOLEAN);
    return lua_toboolean(L, index);
}

/* ---- values out --------------------------------------------------------------------------- */

static inline void *push_userdata(lua_State *L, size_t size, const HandType *type)
{
    void *memory = lua_newuserdata(L, size);
    luaL_getmetatable(L, type->name);
    lua_setmetatable(L, -2);
    return memory;
}

static inline int push_object(lua_State *L, void *object, int number, const HandType *type)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, type->known);
    lua_rawgeti(L, -1, number);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        *(void **)push_userdata(L, sizeof object, type) = object;
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, number);
    }
    lua_remove(L, -2);
    return 1;
}

static inline int push_subject(lua_State *L, Subject *subject)
{
    return push_object(L, subject, subject->number, &hand_subject_type);
}

/* The object is gone: its userdata leads nowhere. */
static inline void forget_subject(lua_State *L, Subject *subject)
{
    push_subject(L, subject);
    *(void **)lua_touserdata(L, -1) = NULL;
    lua_rawgeti(L, LUA_REGISTRYINDEX, hand_subject_type.known);
    lua_pushnil(L);
    lua_rawseti(L, -2, subject->number);
    lua_pop(L, 2);
}

static inline int push_fields(lua_State *L, Subject *subject)
{
    return push_object(L, subject, subject->number, &hand_fields_type);
}

/* There is one. */
static inline int push_token(lua_State *L, Token *token)
{
    return push_object(L, token, 1, &hand_token_type);
}

static inline int push_pair(lua_State *L, Vec2 pair)
{
    *(Vec2 *)push_userdata(L, sizeof pair, &hand_pair_type) = pair;
    return 1;
}

static inline int push_place(lua_State *L, Vec3 place)
{
    *(Vec3 *)push_userdata(L, sizeof place, &hand_place_type) = place;
    return 1;
}

static inline int push_int(lua_State *L, int number)
{
    lua_pushinteger(L, number);
    return 1;
}

static inline int push_mood(lua_State *L, Mood mood) { return push_int(L, (int)mood); }

static inline int push_float(lua_State *L, float number)
{
    lua_pushnumber(L, (lua_Number)number);
    return 1;
}

static inline int push_bool(lua_State *L, bool truth)
{
    lua_pushboolean(L, truth);
    return 1;
}

static inline int push_text(lua_State *L, const char *text)
{
    lua_pushstring(L, text);
    return 1;
}

#endif
