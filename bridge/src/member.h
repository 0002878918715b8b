/*
 * member.h - reading and writing members through the C API, where scripts are not compiled.
 */
#ifndef MP_MEMBER_H
#define MP_MEMBER_H

#include "vm.h"

/**
 * Lua: index(members, fields) -> an __index function for handles. A member is a function (a
 * method), a light userdata (MpProperty) or {get = f, set = f}; anything else is looked up in
 * `fields`, which are the script's own: see bridge/lua/binding/field.lua.
 */
int mp_member_index(lua_State *L);

/**
 * Lua: newindex(members, attach, refuse) -> a __newindex function. attach(handle, key, value) and
 * refuse(handle, key) are Lua: for keys that are no member, and for members that are not written.
 */
int mp_member_newindex(lua_State *L);

#endif
