/*
 * text.c - find, match, gmatch, gsub and rep as scripts get them.
 */
#include "buffer.h"
#include "library.h"
#include "memory.h"
#include "nesting.h"
#include "pattern.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

/* ---- find and match ----------------------------------------------------------------------- */

static void open_match(MpMatch *match, lua_State *L, const char *subject, size_t length)
{
    match->vm = mp_library_vm(L);
    match->L = L;
    match->subject = subject;
    match->end = subject + length;
}

/* Matches at one place, as if nothing had been captured before. */
static const char *match_at(MpMatch *match, const char *at, const char *pattern)
{
    match->level = match->depth = 0;
    return mp_pattern_match(match, at, pattern);
}

/* Where to begin, from 0; argument 3, from 1, counts from the end when it is negative. */
static size_t start_of(lua_State *L, size_t length)
{
    ptrdiff_t start = mp_library_int(L, 3, 1);
    if (start < 0)
        start += (ptrdiff_t)length + 1;
    start = start > 0 ? start - 1 : 0;
    return (size_t)start > length ? length : (size_t)start;
}

static int find_plain(lua_State *L, const char *subject, size_t length, size_t start)
{
    size_t wanted;
    const char *text = lua_tolstring(L, 2, &wanted);
    const char *found =
        wanted ? memmem(subject + start, length - start, text, wanted) : subject + start;
    if (!found) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, found - subject + 1);
    lua_pushinteger(L, found - subject + (ptrdiff_t)wanted);
    return 2;
}

static int find_pattern(lua_State *L, const char *subject, size_t length, size_t start, bool find)
{
    const char *pattern = lua_tostring(L, 2), *at = subject + start;
    bool anchored = *pattern == '^';
    MpMatch match;
    open_match(&match, L, subject, length);
    do {
        const char *end = match_at(&match, at, pattern + anchored);
        if (!end)
            continue;
        if (!find)
            return mp_pattern_push_all(&match, at, end);
        lua_pushinteger(L, at - subject + 1);
        lua_pushinteger(L, end - subject);
        return mp_pattern_push_all(&match, NULL, NULL) + 2;
    } while (at++ < match.end && !anchored);
    lua_pushnil(L);
    return 1;
}

static int string_find(lua_State *L)
{
    size_t length, wanted;
    const char *subject = luaL_checklstring(L, 1, &length);
    const char *pattern = luaL_checklstring(L, 2, &wanted);
    size_t start = start_of(L, length);
    bool plain = lua_toboolean(L, 4);
    for (size_t i = 0; !plain && i <= wanted; i++) {
        if (i == wanted)
            plain = true;
        else if (pattern[i] && strchr("^$*+?.([%-", pattern[i]))
            break;
    }
    return plain ? find_plain(L, subject, length, start)
                 : find_pattern(L, subject, length, start, true);
}

static int string_match(lua_State *L)
{
    size_t length;
    const char *subject = luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    return find_pattern(L, subject, length, start_of(L, length), false);
}

/* ---- gmatch ------------------------------------------------------------------------------- */

enum { UP_SUBJECT = 2, UP_PATTERN, UP_POSITION };

static int next_match(lua_State *L)
{
    size_t length;
    const char *subject = lua_tolstring(L, lua_upvalueindex(UP_SUBJECT), &length);
    const char *pattern = lua_tostring(L, lua_upvalueindex(UP_PATTERN));
    const char *at = subject + (size_t)lua_tonumber(L, lua_upvalueindex(UP_POSITION));
    MpMatch match;
    open_match(&match, L, subject, length);
    for (; at <= match.end; at++) {
        const char *end = match_at(&match, at, pattern);
        if (!end)
            continue;
        lua_pushnumber(L, (lua_Number)(end - subject + (end == at))); /* goes on in any case */
        lua_replace(L, lua_upvalueindex(UP_POSITION));
        return mp_pattern_push_all(&match, at, end);
    }
    return 0;
}

static int string_gmatch(lua_State *L)
{
    luaL_checkstring(L, 1);
    luaL_checkstring(L, 2);
    lua_pushlightuserdata(L, mp_library_vm(L));
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_pushnumber(L, 0);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

/* ---- gsub --------------------------------------------------------------------------------- */

/* Adds the replacement text of argument 3, in which %1 stands for a capture. */
static void add_template(MpBuffer *result, MpMatch *match, const char *from, const char *to)
{
    size_t length;
    const char *text = lua_tolstring(match->L, 3, &length);
    for (const char *end = text + length; text < end; text++) {
        if (*text != '%') {
            const char *next = memchr(text, '%', (size_t)(end - text));
            size_t run = (size_t)((next ? next : end) - text);
            mp_buffer_add(result, text, run);
            text += run - 1;
        } else if (!isdigit((unsigned char)*++text)) {
            mp_buffer_add(result, text, 1);
        } else if (*text == '0') {
            mp_buffer_add(result, from, (size_t)(to - from));
        } else {
            mp_pattern_push(match, *text - '1', from, to);
            mp_buffer_add_value(result);
        }
    }
}

/* Pushes what the function or the table of argument 3 has for a match. */
static void push_answer(MpMatch *match, const char *from, const char *to)
{
    lua_State *L = match->L;
    mp_nesting_check(match->vm, L);
    if (lua_type(L, 3) == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        lua_call(L, mp_pattern_push_all(match, from, to), 1);
    } else {
        mp_pattern_push(match, 0, from, to);
        lua_gettable(L, 3);
    }
}

static void add_answer(MpBuffer *result, MpMatch *match, const char *from, const char *to)
{
    lua_State *L = match->L;
    push_answer(match, from, to);
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        mp_buffer_add(result, from, (size_t)(to - from));
        return;
    }
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    mp_buffer_add_value(result);
}

static void check_replacement(lua_State *L)
{
    int type = lua_type(L, 3);
    if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TFUNCTION && type != LUA_TTABLE)
        luaL_argerror(L, 3, "string/function/table expected");
}

static int string_gsub(lua_State *L)
{
    size_t length;
    const char *subject = luaL_checklstring(L, 1, &length), *at = subject;
    const char *pattern = luaL_checkstring(L, 2);
    int most = mp_library_int(L, 4, INT_MAX), count = 0;
    check_replacement(L);
    bool anchored = *pattern == '^', is_text = lua_isstring(L, 3);
    MpMatch match;
    open_match(&match, L, subject, length);
    MpBuffer result;
    mp_buffer_open(&result, match.vm, L);
    for (bool more = true; more && count < most; more = more && !anchored) {
        const char *end = match_at(&match, at, pattern + anchored);
        if (end) {
            count++;
            (is_text ? add_template : add_answer)(&result, &match, at, end);
        }
        more = (end && end > at) || at < match.end;
        if (end && end > at)
            at = end;
        else if (more)
            mp_buffer_add(&result, at++, 1);
    }
    mp_buffer_add(&result, at, (size_t)(match.end - at));
    mp_buffer_push(&result);
    lua_pushinteger(L, count);
    return 2;
}

/* ---- rep ---------------------------------------------------------------------------------- */

/* The text once, and then what is there already, again and again. */
static void repeat(MpBuffer *result, const char *text, size_t length, size_t total)
{
    mp_buffer_grow(result, total);
    mp_buffer_add(result, text, length);
    while (length > 0 && result->length < total) {
        size_t left = total - result->length;
        mp_buffer_add(result, result->bytes, left < result->length ? left : result->length);
    }
}

static int string_rep(lua_State *L)
{
    size_t length, between = 0;
    luaL_checklstring(L, 1, &length);
    luaL_checknumber(L, 2);
    int times = mp_library_int(L, 2, 0);
    luaL_optlstring(L, 3, "", &between);
    if (times <= 0 || length + between == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    lua_settop(L, 3);
    if (times > 1 && between > 0) { /* the last time without it */
        mp_memory_ask(mp_library_vm(L), L, length + between);
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 3);
        lua_concat(L, 2);
        lua_replace(L, 1);
    }
    size_t unit = length + (times > 1 ? between : 0);
    MpBuffer result;
    mp_buffer_open(&result, mp_library_vm(L), L);
    repeat(&result, lua_tostring(L, 1), unit, (size_t)times * unit - (unit - length));
    mp_buffer_push(&result);
    return 1;
}

const luaL_Reg mp_library_string[] = {
    {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch},
    {"gsub", string_gsub}, {"rep", string_rep},     {NULL, NULL},
};
