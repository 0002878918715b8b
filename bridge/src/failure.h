/*
 * failure.h - takes down what an error was, while the stack is still there.
 */
#ifndef MP_FAILURE_PRIVATE_H
#define MP_FAILURE_PRIVATE_H

#include "moonpatch/failure.h"
#include "vm.h"

/** Creates what it keeps in the registry. */
void mp_failure_open(MpVm *vm);

/** A call begins: nothing has failed yet. */
void mp_failure_clear(MpVm *vm);

/** Takes down the stack of `L` below the message handler, and the message on its top; nothing of an
 * error of a patch's. */
void mp_failure_note(MpVm *vm, lua_State *L, bool by_patch);

/** A coroutine ended in an error, which is on its stack's top: if that is raised again, the
 * coroutine's calls come first. */
void mp_failure_note_coroutine(MpVm *vm, lua_State *thread);

/** The call ended in an error with this message. */
void mp_failure_conclude(MpVm *vm, const char *message, bool by_patch);

#endif
