/*
 * restraint.h - while the top level of a patch runs, its thread calls no C body.
 */
#ifndef MP_RESTRAINT_PRIVATE_H
#define MP_RESTRAINT_PRIVATE_H

#include "vm.h"

/** restrain(whether): from here on C functions refuse to be called by scripts of this thread, other
 * than those that read a property; or no longer. Called in pairs. */
int mp_restraint_set(lua_State *L);

#endif
