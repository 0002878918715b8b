/*
 * nesting.h - C functions that call scripts back use the C stack up, which LuaJIT does not count.
 *
 * Callbacks of gsub and sort, coroutines resumed in coroutines, and any mixture of them: all ask
 * how much of the one stack is left.
 */
#ifndef MP_NESTING_H
#define MP_NESTING_H

#include "vm.h"

/** Notes where the stack of the VM's thread ends. */
void mp_nesting_open(MpVm *vm);

/** Raises the error; see mp_nesting_check(). */
void mp_nesting_refuse(lua_State *L);

/** Raises an error when there is no room on the C stack to call a script back. */
static inline void mp_nesting_check(const MpVm *vm, lua_State *L)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (here - vm->stack_low < vm->stack_reserve) /* elsewhere: on a stack of the host's own */
        mp_nesting_refuse(L);
}

#endif
