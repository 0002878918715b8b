/*
 * binding.h - reading and refusing values, shared by arguments, results and members.
 */
#ifndef MP_BINDING_H
#define MP_BINDING_H

#include "vm.h"

/** Chunk names of the bridge's own Lua start so; errors are blamed on whoever called it. */
#define MP_CHUNK_PREFIX "=[moonpatch"

/** The integers that cross: X(name, type, low, high) */
#define MP_INTEGERS(X)                      \
    X(int8, int8_t, INT8_MIN, INT8_MAX)     \
    X(uint8, uint8_t, 0, UINT8_MAX)         \
    X(int16, int16_t, INT16_MIN, INT16_MAX) \
    X(uint16, uint16_t, 0, UINT16_MAX)      \
    X(int32, int32_t, INT32_MIN, INT32_MAX) \
    X(uint32, uint32_t, 0, UINT32_MAX)

/** Raises a Lua error, in lua_pushfstring() style, blamed on the calling script's line. */
int mp_raise(lua_State *L, const char *format, ...);

/** A whole number from `low` to `high` at `index`, or false. NaN is none. */
bool mp_read_integer(lua_State *L, int index, double low, double high, double *number);

/** A member of the enum at `index`, by value or by name, or false. */
bool mp_read_enum(lua_State *L, int index, const MpEnum *enumeration, int *value);

#endif
