#include "fields.h"

void mp_set_string(lua_State *L, const char *key, CXString string)
{
    const char *text = clang_getCString(string);
    lua_pushstring(L, text ? text : "");
    clang_disposeString(string);
    lua_setfield(L, -2, key);
}

void mp_set_integer(lua_State *L, const char *key, long long value)
{
    lua_pushnumber(L, (lua_Number)value);
    lua_setfield(L, -2, key);
}

void mp_set_boolean(lua_State *L, const char *key, bool value)
{
    lua_pushboolean(L, value);
    lua_setfield(L, -2, key);
}

void mp_append(lua_State *L) { lua_rawseti(L, -2, (int)lua_objlen(L, -2) + 1); }

void mp_set_location(lua_State *L, CXSourceLocation location)
{
    CXFile file;
    unsigned line, column;
    clang_getFileLocation(location, &file, &line, &column, NULL);
    mp_set_string(L, "file", clang_getFileName(file));
    mp_set_integer(L, "line", line);
    mp_set_integer(L, "column", column);
}
