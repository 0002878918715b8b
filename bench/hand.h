/*
 * hand.h - what a C programmer writes without Moonpatch: a binding of Subject on luaL_checkudata,
 * as the Lua manual teaches it, and calls into Lua with lua_rawgeti and lua_pcall. The same object
 * is always the same userdata; the functions call the same C bodies as the generated binding does.
 */
#ifndef BENCH_HAND_H
#define BENCH_HAND_H

#include "subject.h"

#include <lua.h>

/**
 * Pushes a table:
 *   subjects, fields     lists of userdata: the subjects with their methods, and with their members
 *   statics              static functions
 *   token, pair, place   what functions take; Vec2(x, y) and new_token() make such
 * The subjects stay the caller's.
 */
void hand_push_binding(lua_State *L, Subject *subjects, int count);

/**
 * Adds `calls` to that table: functions(n) that call Lua from C n times. set_function says what
 * int, object, pair, place and two call, with the subject and such arguments; set_table names the
 * table in which field finds `tick` and no_field finds nothing. Besides: create (and destroy) an
 * object's userdata, set_global, and connect(function) and disconnect(number) of a callback.
 */
void hand_add_calls(lua_State *L, Subject *subject);

#endif
