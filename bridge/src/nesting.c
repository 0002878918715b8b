#include "nesting.h"

#include "platform.h"

/* What is left for C that does not ask: the host's, LuaJIT's, and calls that are open already. */
enum { MOST_RESERVED = 512 << 10 };

void mp_nesting_open(MpVm *vm)
{
    size_t size = 0;
    vm->stack_low = (uintptr_t)mp_platform_stack(&size);
    vm->stack_reserve = size / 4 < MOST_RESERVED ? size / 4 : MOST_RESERVED;
    if (!vm->stack_low)
        vm->stack_reserve = 0;
}

void mp_nesting_refuse(lua_State *L)
{
    luaL_error(L, "stack overflow (callbacks and coroutines in each other)");
}
