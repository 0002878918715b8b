/*
 * leaf.h - what happens when a leaf breaks its promise never to run Lua.
 */
#ifndef MP_LEAF_PRIVATE_H
#define MP_LEAF_PRIVATE_H

#include "vm.h"

/**
 * To be called inside a leaf (mp_leaf_running). Reports, once a leaf, what it does and what became
 * of that: "calls Enemy.damage, which is patched: this call ran the C body". From now on Lua calls
 * the leaf through the C API, where it may do so.
 */
void mp_leaf_demote(const MpVm *vm, const char *deed);

#endif
