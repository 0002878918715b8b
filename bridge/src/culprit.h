/*
 * culprit.h - whose doing it is: which patch has a function on the stack.
 */
#ifndef MP_CULPRIT_H
#define MP_CULPRIT_H

#include "vm.h"

/** Notes whose error it is, in vm->culprit. Returns whether it is a patch's. */
bool mp_culprit_note(MpVm *vm, lua_State *L);

#endif
