/*
 * foreign.h - functions of C in Lua's hands. What generated code needs is in
 * moonpatch/glue_callback.h.
 */
#ifndef MP_FOREIGN_H
#define MP_FOREIGN_H

#include "moonpatch/glue_callback.h"
#include "vm.h"

void mp_foreign_open(MpVm *vm);

/**
 * What the function at `index` stands for, if C still lends or keeps it and it is of that type;
 * else NULL. `vm` is the stack's.
 */
const MpForeign *mp_foreign_at(const MpVm *vm, lua_State *L, int index, const MpMethod *type);

/** The bridge sees no more of what C gives to the method: nothing can be said of what it keeps. */
void mp_foreign_forget(const MpVm *vm, lua_State *L, const MpMethod *method);

#endif
