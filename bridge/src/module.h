/*
 * module.h - the modules that a VM knows: the program's own, and those of plugins.
 */
#ifndef MP_MODULE_H
#define MP_MODULE_H

#include "moonpatch/plugin.h"
#include "vm.h"

/** A module of the VM's list. */
struct MpRegistered {
    const MpModule *module;
    /* Only for plugins; the program's own modules stay as long as the VM. */
    const MpPlugin *plugin;
    void *library;
    char *path;
};

/** The module of that name, or NULL. Valid until a module is added or removed. */
const MpRegistered *mp_module_find(const MpVm *vm, const char *name);

/** Whether a module could be added: made for this bridge, with functions, and not there yet. */
bool mp_module_check(const MpVm *vm, const MpModule *module, MpError *error);

/**
 * Makes a module known to scripts. False: nothing has changed.
 * Ownership: the VM takes the library and the path over on success.
 */
bool mp_module_add(MpVm *vm, const MpRegistered *entry, MpError *error);

/**
 * Takes a plugin's module out of the VM and closes its library. Whatever scripts kept of it raises
 * from now on; no address in the library is used any more.
 */
bool mp_module_remove(MpVm *vm, const char *name, MpError *error);

/** Whether the method, or callback type, is the module's. Only compares pointers. */
bool mp_module_has(const MpModule *module, const MpMethod *method);

/** The plugin's module that the method, or callback type, is of; NULL: the program's own. */
const MpModule *mp_module_unloadable(const MpVm *vm, const MpMethod *method);

/** Gives all functions that the VM's patches override their C bodies back, for its end. */
void mp_modules_release_slots(const MpVm *vm);

/** Frees the list after the Lua state is closed, and closes the libraries that nobody uses. */
void mp_modules_close(MpVm *vm);

#endif
