#ifndef MP_BINDGEN_JSON_H
#define MP_BINDGEN_JSON_H

#include <lua.h>

/** Lua: json_encode(value) -> text, keys sorted. A table with [1] or none at all is a list. */
int mp_json_encode(lua_State *L);

/** Lua: json_decode(text) -> value, or nil and what is wrong with it. null reads as nil. */
int mp_json_decode(lua_State *L);

#endif
