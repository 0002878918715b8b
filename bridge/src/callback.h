/*
 * callback.h - Lua functions that C calls. What generated code needs is in
 * moonpatch/glue_callback.h.
 */
#ifndef MP_CALLBACK_H
#define MP_CALLBACK_H

#include "moonpatch/glue_callback.h"
#include "vm.h"

void mp_callback_open(MpVm *vm);

/** Takes all functions back from C, before the VM goes. */
void mp_callback_close(MpVm *vm);

/** Takes back what the functions of a module that is unloaded hold, and forgets its types. */
void mp_callback_forget(const MpVm *vm, lua_State *L, const MpModule *module);

/** Between two frames: takes back a few of those whose owners died, and reports late calls. */
void mp_callback_step(MpVm *vm);

/** Reports the message on the stack's top as the fault of the callback that is being called. */
void mp_callback_report(MpCall *call);

/** Lua: define_callback(pointer, entry, shim): what the callback type needs done in Lua. */
int mp_callback_define(lua_State *L);

/** Lua: drop_callback(place): takes a function back from C. */
int mp_callback_drop(lua_State *L);

/** Lua: callback_taker(place) -> the function that took it, "Enemy.on_death". */
int mp_callback_taker(lua_State *L);

#endif
