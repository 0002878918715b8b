#ifndef MP_BINDGEN_PARSE_H
#define MP_BINDGEN_PARSE_H

#include <lua.h>

/**
 * Lua: parse(path, {compiler argument, ...}) -> unit, or nil when there is no such file.
 * The unit is {diagnostics, files, records, enums, functions, others}; see lua/api.lua for its use,
 * and lua/report.lua for the diagnostics.
 */
int mp_parse_header(lua_State *L);

/** Lua: clang_version() -> "Debian clang version 14.0.6" */
int mp_parser_version(lua_State *L);

#endif
