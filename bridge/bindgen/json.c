#include "json.h"

#include <jansson.h>
#include <lauxlib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static json_t *to_json(lua_State *L, int index);

static json_t *list_to_json(lua_State *L, int index, int length)
{
    json_t *list = json_array();
    for (int i = 1; i <= length; i++) {
        lua_rawgeti(L, index, i);
        json_array_append_new(list, to_json(L, lua_gettop(L)));
        lua_pop(L, 1);
    }
    return list;
}

static json_t *record_to_json(lua_State *L, int index)
{
    json_t *record = json_object();
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING)
            json_object_set_new(record, lua_tostring(L, -2), to_json(L, lua_gettop(L)));
    }
    return record;
}

static bool is_list(lua_State *L, int index)
{
    lua_pushnil(L);
    if (!lua_next(L, index))
        return true;
    bool first_is_number = lua_type(L, -2) == LUA_TNUMBER;
    lua_pop(L, 2);
    return first_is_number;
}

static json_t *number_to_json(lua_Number number)
{
    json_int_t integer = (json_int_t)number;
    return (lua_Number)integer == number ? json_integer(integer) : json_real(number);
}

/* What is no UTF-8 is taken for Latin-1, in which old headers have their comments. */
static json_t *latin1_to_json(const char *text)
{
    char *utf8 = malloc(2 * strlen(text) + 1), *end = utf8;
    if (!utf8)
        return NULL;
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte >= 0x80)
            *end++ = (char)(0xC0 | byte >> 6);
        *end++ = (char)(byte >= 0x80 ? 0x80 | (byte & 0x3F) : byte);
    }
    *end = '\0';
    json_t *value = json_string(utf8);
    free(utf8);
    return value;
}

static json_t *text_to_json(const char *text)
{
    json_t *value = json_string(text);
    return value ? value : latin1_to_json(text);
}

static json_t *to_json(lua_State *L, int index)
{
    luaL_checkstack(L, 8, "nested too deeply");
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
        return json_boolean(lua_toboolean(L, index));
    case LUA_TNUMBER:
        return number_to_json(lua_tonumber(L, index));
    case LUA_TSTRING:
        return text_to_json(lua_tostring(L, index));
    case LUA_TTABLE:
        return is_list(L, index) ? list_to_json(L, index, (int)lua_objlen(L, index))
                                 : record_to_json(L, index);
    default:
        return json_null();
    }
}

int mp_json_encode(lua_State *L)
{
    luaL_checkany(L, 1);
    json_t *value = to_json(L, 1);
    char *text = json_dumps(value, JSON_SORT_KEYS | JSON_INDENT(2) | JSON_ENCODE_ANY);
    json_decref(value);
    lua_pushstring(L, text);
    free(text);
    return 1;
}

static void push_json(lua_State *L, const json_t *value);

static void push_json_list(lua_State *L, const json_t *list)
{
    lua_createtable(L, (int)json_array_size(list), 0);
    for (size_t i = 0; i < json_array_size(list); i++) {
        push_json(L, json_array_get(list, i));
        lua_rawseti(L, -2, (int)i + 1);
    }
}

static void push_json_record(lua_State *L, const json_t *record)
{
    const char *key;
    json_t *member;
    lua_newtable(L);
    json_object_foreach ((json_t *)record, key, member) {
        push_json(L, member);
        lua_setfield(L, -2, key);
    }
}

static void push_json(lua_State *L, const json_t *value)
{
    luaL_checkstack(L, 8, "nested too deeply");
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        push_json_record(L, value);
        break;
    case JSON_ARRAY:
        push_json_list(L, value);
        break;
    case JSON_STRING:
        lua_pushstring(L, json_string_value(value));
        break;
    case JSON_INTEGER:
    case JSON_REAL:
        lua_pushnumber(L, json_number_value(value));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        lua_pushboolean(L, json_is_true(value));
        break;
    case JSON_NULL:
        lua_pushnil(L);
        break;
    }
}

int mp_json_decode(lua_State *L)
{
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (!value) {
        lua_pushnil(L);
        lua_pushfstring(L, "line %d: %s", error.line, error.text);
        return 2;
    }
    push_json(L, value);
    json_decref(value);
    return 1;
}
