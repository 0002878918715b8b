/*
 * handle.h - what scripts hold instead of pointers: userdata {index, generation}.
 *
 * The same object is always the same userdata while a script holds it: a weak table remembers
 * the userdata of each place in the object table.
 */
#ifndef MP_HANDLE_H
#define MP_HANDLE_H

#include "object_table.h"
#include "vm.h"

/** mp_push_object() where the table of handles stands at `handles`, not counted from the top. */
void mp_handle_push(MpVm *vm, lua_State *L, int handles, const MpObject *object);

/** The class of the handle at `index` as its metatable says; NULL if that is no handle. */
const MpClass *mp_handle_class(MpVm *vm, lua_State *L, int index);

/** Lua: __gc of the handles of shared objects. Upvalue 1: the VM. */
int mp_handle_collect(lua_State *L);

/** Lets go of the objects whose handles were collected. */
void mp_handle_release_dropped(MpVm *vm);

/**
 * Reads an object: nil as NULL, or the handle of a live object of `class_of` or a class derived
 * from it; `class_of` NULL: of any class. False: the value at `index` is none of these.
 */
bool mp_handle_read(MpVm *vm, lua_State *L, int index, const MpClass *class_of, MpObject **object);

#endif
