/*
 * listener.h - who hears an event: a place for each VM in which scripts listen.
 *
 * Any thread may fire an event at any time, and goes through its places without a lock. Places
 * are therefore never freed while the event is there; one that a VM left is the next VM's.
 */
#ifndef MP_LISTENER_H
#define MP_LISTENER_H

#include "vm.h"

struct MpListener {
    _Atomic(MpVm *) vm; /**< NULL: free. */
    MpLayer *layer;     /**< What to call. The VM's thread alone looks. */
    MpListener *next;
};

/**
 * Lua: listen(method, {c = userdata, entry = f} or nil): what an event calls in this VM; nil:
 * nothing.
 */
int mp_listener_set(lua_State *L);

/** Takes the VM's listener away, for the end of the VM. */
void mp_listener_drop(const MpVm *vm, MpSlot *slot);

/** Frees the places of an event that may be unloaded, unless another VM has one. */
void mp_listener_free_all(MpSlot *slot);

#endif
