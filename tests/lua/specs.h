/*
 * specs.h - runs LuaUnit specs inside the real host, for the programs that do.
 */
#ifndef TESTS_SPECS_H
#define TESTS_SPECS_H

#include "app/app.h"

#include <lua.h>

/**
 * Runs the spec files that MP_SPECS in the environment lists, separated by spaces. A spec has
 * Lua's full libraries, LuaUnit as `unit`, and the environment of the game's scripts as `game`.
 * TAP goes to standard output. Errors: false, when a spec failed or did not load.
 */
bool specs_run(MpApp *app, MpError *error);

/** The VM's stack, to give the specs more to work with before they run. */
lua_State *specs_state(MpApp *app);

#endif
