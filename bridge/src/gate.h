/*
 * gate.h - functions of modules that can be unloaded.
 *
 * Scripts may keep a function as long as they like, and a lua_CFunction's address cannot be
 * changed. Functions of plugins are therefore closures of a C function of the bridge, the gate,
 * which goes on to the plugin's wrapper while the plugin is there and raises afterwards.
 */
#ifndef MP_GATE_H
#define MP_GATE_H

#include "vm.h"

/**
 * With the wrapper's two upvalues on the stack's top, the VM and an MpForeign or nil: replaces them
 * by a gated function.
 */
void mp_gate_push(const MpVm *vm, lua_State *L, const MpMethod *method, lua_CFunction wrapper,
                  const MpModule *module);

/** From now on all functions of the module that scripts may hold raise. */
void mp_gate_close(const MpVm *vm, lua_State *L, const MpModule *module);

#endif
