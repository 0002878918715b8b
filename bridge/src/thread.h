/*
 * thread.h - which thread may run Lua: the one that created the VM.
 */
#ifndef MP_THREAD_H
#define MP_THREAD_H

#include "vm.h"

/** The VMs whose script thread this is. */
extern MP_THREAD_LOCAL MpVm *mp_thread_vms;

/** Tells threads apart. Never NULL. */
static inline const void *mp_thread_self(void) { return &mp_thread_vms; }

/** Makes the calling thread the script thread of a new VM. */
void mp_thread_add(MpVm *vm);

/** Takes a VM off its script thread's list, for its end. */
void mp_thread_remove(MpVm *vm);

/** Whether the calling thread is the VM's. Only compares pointers: `vm` may be NULL, or closed. */
static inline bool mp_thread_has(const MpVm *vm)
{
    const MpVm *each = mp_thread_vms;
    while (each && each != vm)
        each = each->next;
    return each != NULL;
}

/**
 * The stack on which C uses one of this thread's VMs: that of the coroutine that called C, or the
 * main one when no script did, or one of another VM.
 */
static inline lua_State *mp_thread_state(const MpVm *vm)
{
    lua_State *L = mp_state_running;
    bool only = mp_thread_vms == vm && !vm->next;
    return L && (only || lua_topointer(L, LUA_REGISTRYINDEX) == vm->registry) ? L : vm->main;
}

/** The same for any thread's VM: NULL if this is not its thread. */
static inline lua_State *mp_thread_state_at_home(const MpVm *vm)
{
    if (mp_thread_vms == vm && !vm->next)
        return mp_state_running ? mp_state_running : vm->main;
    return mp_thread_has(vm) ? mp_thread_state(vm) : NULL;
}

/** Remembers that a patched function was called from another thread than the patch's. Thread: any.
 */
void mp_thread_note_stranger(const MpMethod *method);

/** Takes the function that was noted last, once; NULL: none. Thread: any. */
const MpMethod *mp_thread_take_stranger(void);

#endif
