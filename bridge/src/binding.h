/*
 * binding.h - reading and refusing values, shared by arguments, results and members.
 */
#ifndef MP_BINDING_H
#define MP_BINDING_H

#include "vm.h"

/** Chunk names of the bridge's own Lua start so; errors are blamed on whoever called it. */
#define MP_CHUNK_PREFIX "=[moonpatch"

/* Of scripts of the host's library too, and of the game's not; see loader.lua. */
enum { MP_CHUNK_NOT_OF_GAME = '=' };

/** Raises a Lua error, in lua_pushfstring() style, blamed on the calling script's line. */
int mp_raise(lua_State *L, const char *format, ...);

/**
 * The same in printf() style, for what a C function was given and does not take. That is not held
 * against a patch between the caller and the function, which may have handed on what it got.
 */
int mp_refuse(lua_State *L, MpVm *vm, const char *format, ...) MP_PRINTF(3, 4);

/** Pushes "integer expected, got string" about the value at `index`; `words`: what was expected. */
void mp_push_mismatch(MpVm *vm, lua_State *L, int index, const char *words);

/** The string at `index`; NULL for anything else, and for one with a zero byte. */
const char *mp_read_string(lua_State *L, int index);

/**
 * Whether the value at `index` is a table of data: not one that stands for something of C's, such as
 * native.Enemy, which has no elements and would pass for an empty list.
 */
bool mp_is_data(lua_State *L, int index);

/** The key that marks the metatables of tables which are no data. */
extern const char mp_native_mark;

/** A member of the enum at `index`, by value or by name, or false. */
bool mp_read_enum(lua_State *L, int index, const MpEnum *enumeration, int *value);

/** Members of the enum of flags at `index`: a number, a name or a list of names, or false. */
bool mp_read_flags(lua_State *L, int index, const MpEnum *enumeration, int *value);

#endif
