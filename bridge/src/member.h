/*
 * member.h - reading and writing members through the C API, where scripts are not compiled.
 */
#ifndef MP_MEMBER_H
#define MP_MEMBER_H

#include "vm.h"

/**
 * Lua: member_reader(fields) -> read(handle, key, property): the member that a light userdata
 * (MpProperty) describes; without one, what the script's own `fields` have under the key: see
 * bridge/lua/binding/field.lua.
 */
int mp_member_reader(lua_State *L);

/** Lua: write_member(handle, key, value, property). */
int mp_member_write(lua_State *L);

#endif
