#ifndef MP_BINDGEN_PARSE_H
#define MP_BINDGEN_PARSE_H

#include <lua.h>

/**
 * Lua: parse(path, {compiler argument, ...}) -> unit, or nil when there is no such file.
 * The unit is {diagnostics, files, records, enums, functions}; see lua/api.lua for its use.
 */
int mp_parse_header(lua_State *L);

#endif
