/*
 * thread.h - which thread may run Lua.
 */
#ifndef MP_THREAD_H
#define MP_THREAD_H

#include "moonpatch/glue.h"

/** How many VMs have this thread as their script thread. */
extern _Thread_local int mp_thread_vm_count;

/** Tells threads apart. Never NULL. */
static inline const void *mp_thread_self(void) { return &mp_thread_vm_count; }

/** Remembers that a patched function was called from a thread without a VM. Thread: any. */
void mp_thread_note_stranger(const MpMethod *method);

/** Takes the function that was noted last, once; NULL: none. Thread: any. */
const MpMethod *mp_thread_take_stranger(void);

#endif
