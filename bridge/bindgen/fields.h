/* fields.h - what libclang tells, as fields of the Lua table on the stack's top. */
#ifndef MP_BINDGEN_FIELDS_H
#define MP_BINDGEN_FIELDS_H

#include <clang-c/Index.h>
#include <lua.h>
#include <stdbool.h>

/** Takes the string over; none is "". */
void mp_set_string(lua_State *L, const char *key, CXString string);
void mp_set_integer(lua_State *L, const char *key, long long value);
void mp_set_boolean(lua_State *L, const char *key, bool value);

/** Sets file, line and column. */
void mp_set_location(lua_State *L, CXSourceLocation location);

/** Pops a value and appends it to the list below it. */
void mp_append(lua_State *L);

#endif
