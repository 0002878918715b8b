/*
 * plugin.h - a plugin between its file and the VM's list of modules.
 */
#ifndef MP_PLUGIN_PRIVATE_H
#define MP_PLUGIN_PRIVATE_H

#include "module.h"

/**
 * Opens a plugin's library and checks that its module could be added, but for what it needs.
 * Ownership of `entry`: the caller's, for mp_module_add() or mp_plugin_discard().
 */
bool mp_plugin_open(const MpVm *vm, const char *path, MpRegistered *entry, MpError *error);

/** Puts the plugin's path before a message that does not have it. */
void mp_plugin_name_file(const char *path, MpError *error);

/** Closes what was not added. */
void mp_plugin_discard(MpRegistered *entry);

/** The first need of a plugin that no module of the VM meets, or NULL. */
const MpPluginNeed *mp_plugin_unmet(const MpVm *vm, const MpRegistered *entry);

/** Says why the need is not met. */
void mp_plugin_say_unmet(const MpVm *vm, const MpRegistered *entry, const MpPluginNeed *need,
                         MpError *error);

#endif
