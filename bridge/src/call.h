/*
 * call.h - the door into Lua, as the bridge's own files use it.
 */
#ifndef MP_CALL_H
#define MP_CALL_H

#include "vm.h"

/**
 * The stack to enter the VM on: the coroutine that called C, or the main one when no script did,
 * or one of another VM.
 */
lua_State *mp_call_state(const MpVm *vm);

/** Whether the VM can be entered now; if not, why is reported in the name of `method`. */
bool mp_call_may_enter(MpVm *vm, lua_State *L, const MpMethod *method);

#endif
