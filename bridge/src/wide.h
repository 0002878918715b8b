/*
 * wide.h - 64-bit integers between C and Lua: numbers where they are exact, else int64_t cdata.
 */
#ifndef MP_WIDE_H
#define MP_WIDE_H

#include "vm.h"

/** Pushes the integer. Raises only for want of memory. */
void mp_wide_push(MpVm *vm, lua_State *L, long long value);

/**
 * Reads the integer at `index`: a number without a fraction, int64_t or uint64_t cdata. False: it
 * is none, or does not fit.
 */
bool mp_wide_read(MpVm *vm, lua_State *L, int index, long long *value);

#endif
