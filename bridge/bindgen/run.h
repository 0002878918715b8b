#ifndef MP_BINDGEN_RUN_H
#define MP_BINDGEN_RUN_H

#include <lua.h>

/** What a program exits with that found a mistake in itself (EX_SOFTWARE). */
enum { MP_BINDGEN_INTERNAL = 70 };

/**
 * Runs lua/main.lua in a state that has Lua's libraries and an empty stack, with the words of the
 * command line; the first is the program's name. Messages go to io.stderr. Returns what to exit
 * with.
 */
int mp_bindgen_run(lua_State *L, int argc, const char *const *argv);

#endif
