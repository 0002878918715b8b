/*
 * kept.h - what patches returned to C, which points into Lua's memory: text, bytes, lists.
 *
 * It lives until the same function is called again, and then until the frame is over; but of all
 * that a VM replaces in one frame, only the last MP_RESULTS_KEPT.
 */
#ifndef MP_KEPT_H
#define MP_KEPT_H

#include "vm.h"

void mp_kept_open(MpVm *vm);

/** Keeps the value on the stack's top under the key below it, and pops both. */
void mp_kept_add(MpVm *vm, lua_State *L);

/** Lua: keep_result(key, value) */
int mp_kept_add_from_lua(lua_State *L);

/** The frame is over: lets go of what was replaced. */
void mp_kept_step(MpVm *vm);

#endif
