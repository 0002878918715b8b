/*
 * usage.h - who uses a module, and who holds what in a VM: in words, for people.
 */
#ifndef MP_USAGE_H
#define MP_USAGE_H

#include "vm.h"

/** Counts the live objects of the module's classes; writes "3 Turret, 1 Wall are alive". */
size_t mp_usage_count_objects(const MpModule *module, char *text, size_t size);

/**
 * Whether anything stands against unloading a module: live objects, patches and listeners of any
 * VM, modules that need it. `text` says who, with numbers and names. Collects garbage first.
 */
bool mp_usage_find(MpVm *vm, const MpModule *module, char *text, size_t size);

#endif
