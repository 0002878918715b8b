/*
 * memory.h - how much memory scripts may hold.
 *
 * The limit is soft: LuaJIT gets all that it asks for, because what compiles must never be told
 * that there is no memory. Who would make much asks first, and the watchdog weighs the rest.
 */
#ifndef MP_MEMORY_H
#define MP_MEMORY_H

#include "vm.h"

/** What scripts may hold, KiB. */
int mp_memory_limit(const MpVm *vm);

/** Raises an error when `size` more bytes would be too much for scripts. Small sizes are free. */
void mp_memory_ask(MpVm *vm, lua_State *L, size_t size);

#endif
