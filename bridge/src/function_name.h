/*
 * function_name.h - what a function on the stack is called.
 */
#ifndef MP_FUNCTION_NAME_H
#define MP_FUNCTION_NAME_H

#include "vm.h"

enum { MP_FUNCTION_NAME_SIZE = 64 };

/**
 * Writes what a function is called, as it stands in its file: "main.update" of
 * "function main.update(dt)", "update" of "update = function(dt)"; or else as its caller calls it,
 * if `at` was asked for that. False: it has no name.
 */
bool mp_function_name(const MpVm *vm, lua_State *L, const lua_Debug *at,
                      char name[MP_FUNCTION_NAME_SIZE]);

#endif
