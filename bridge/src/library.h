/*
 * library.h - functions of Lua's libraries that scripts get in another make: they do the same, but
 * cannot be made to run, or to grow, without end.
 */
#ifndef MP_LIBRARY_H
#define MP_LIBRARY_H

#include "vm.h"

extern const luaL_Reg mp_library_coroutine[]; /**< resume, wrap; resumers for budget.lua */
extern const luaL_Reg mp_library_string[];    /**< find, match, gmatch, gsub, rep */
extern const luaL_Reg mp_library_table[];     /**< concat, sort */

/** The VM of a function of these libraries. */
static inline MpVm *mp_library_vm(lua_State *L)
{
    return (MpVm *)lua_touserdata(L, lua_upvalueindex(1));
}

/** To be called in every loop that a script can make long. Raises the error that stops it. */
static inline void mp_library_poll(MpVm *vm, lua_State *L)
{
    if (vm->watch.due || vm->watch.stopping)
        mp_watch_serve(vm, L);
}

/** Argument `index` cut to an int, or, where it is nil, `otherwise`. Raises an error for others. */
int mp_library_int(lua_State *L, int index, int otherwise);

/** Pushes the table of these functions, by library: {string = {...}, ...}. */
void mp_library_push(MpVm *vm, lua_State *L);

#endif
