/*
 * thread.h - which thread may run Lua.
 */
#ifndef MP_THREAD_H
#define MP_THREAD_H

#include "moonpatch/glue.h"

/** Tells threads apart. Never NULL. */
const void *mp_thread_self(void);

/** Counts the VMs of this thread: `change` is 1 for a new one, -1 for a closed one. */
void mp_thread_count_vm(int change);

/** Whether this thread is the script thread of any VM. */
bool mp_thread_has_vm(void);

/** Remembers that a patched function was called from a thread without a VM. Thread: any. */
void mp_thread_note_stranger(const MpMethod *method);

/** Takes the function that was noted last, once; NULL: none. Thread: any. */
const MpMethod *mp_thread_take_stranger(void);

#endif
