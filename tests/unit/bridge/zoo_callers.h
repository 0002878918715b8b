/*
 * zoo_callers.h - zoo.c: the zoo's functions, called one line each the way the game's C calls them.
 */
#ifndef ZOO_CALLERS_H
#define ZOO_CALLERS_H

#include "animal.gen.h"

#include <lauxlib.h>

/** Pushes the table zoo.c. */
void zoo_push_callers(lua_State *L);

/* ---- what the host gives them --------------------------------------------------------------- */

/** The animal of the handle at `index`, which is known to be one; raises if there is none. */
Animal *zoo_animal_at(lua_State *L, int index);

/** Pushes an animal, or nil for NULL. */
void zoo_push_animal(lua_State *L, Animal *animal);

#endif
