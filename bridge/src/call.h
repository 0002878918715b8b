/*
 * call.h - the door into Lua, as the bridge's own files use it.
 */
#ifndef MP_CALL_H
#define MP_CALL_H

#include "moonpatch/glue_call.h"
#include "vm.h"

/**
 * Enters the VM for a call: sets call->vm, L and top. False: it cannot be entered now; why is
 * reported. Thread: the VM's.
 */
bool mp_call_enter(MpCall *call, MpVm *vm);

/** A frame is over: calls that come too deep are news again. Thread: the VM's. */
void mp_call_frame(MpVm *vm);

#endif
