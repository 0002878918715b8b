#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#include <lua.h>

/** Lua: plain(text, jit) -> the function(n) that the text returns, in a machine of its own. */
int plain_load(lua_State *L);

#endif
