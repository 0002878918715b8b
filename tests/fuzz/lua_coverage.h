/*
 * lua_coverage.h - lets libFuzzer see which lines of Lua an input reached, and stops endless loops.
 */
#ifndef FUZZ_LUA_COVERAGE_H
#define FUZZ_LUA_COVERAGE_H

#include <lua.h>

/**
 * Counts the lines that `L` runs from now on, interpreted; from a million lines or ten million
 * instructions on, every further one raises an error. To be called before each input.
 */
void lua_coverage_start(lua_State *L);

#endif
