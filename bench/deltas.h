/*
 * deltas.h - deltas between files, for the cases: tools.deltas.
 */
#ifndef BENCH_DELTAS_H
#define BENCH_DELTAS_H

#include <lua.h>

/** Adds `deltas` to the table on top of the stack. */
void deltas_add_tools(lua_State *L);

#endif
