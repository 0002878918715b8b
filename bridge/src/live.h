/*
 * live.h - which objects there are, for an inspector.
 */
#ifndef MP_LIVE_H
#define MP_LIVE_H

#include "vm.h"

/** Lua: live_counts() -> {[name of a class] = how many objects have it as their own}. */
int mp_live_counts(lua_State *L);

/** Lua: live_objects(name of a class, first) -> a list of them, from the first'th on; MP_LIVE_MOST
 * at most. */
int mp_live_objects(lua_State *L);

enum { MP_LIVE_MOST = 256 };

#endif
