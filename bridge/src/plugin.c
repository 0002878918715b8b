/*
 * plugin.c - one plugin: opening its library, checking its descriptor, adding its module.
 */
#include "plugin.h"

#include "module.h"
#include "platform.h"
#include "usage.h"

#include <stdlib.h>
#include <string.h>

/* ---- opening ------------------------------------------------------------------------------ */

void mp_plugin_name_file(const char *path, MpError *error)
{
    if (error && !strstr(error->message, path)) {
        MpError plain = *error;
        mp_error_set(error, plain.status, "%s: %s", path, plain.message);
    }
}

/* What its first member says decides whether the others may be read. */
static bool check_descriptor(const MpPlugin *plugin, MpError *error)
{
    if (!plugin)
        mp_error_set(error, MP_FORMAT,
                     "no plugin: it exports no mp_module, declare it with MP_PLUGIN");
    else if (plugin->abi != MP_PLUGIN_ABI)
        mp_error_set(error, MP_INVALID,
                     "compiled for plugin ABI %u, this bridge has %u: rebuild it",
                     (unsigned)plugin->abi, (unsigned)MP_PLUGIN_ABI);
    else if (plugin->bridge != &mp_object_table)
        mp_error_set(error, MP_INVALID,
                     "it brought its own copy of the bridge: link it without libmoonpatch, and let "
                     "the program export its symbols (-rdynamic)");
    else if (!plugin->module)
        mp_error_set(error, MP_FORMAT, "it names no module: write MP_PLUGIN(.module = ...)");
    else
        return true;
    return false;
}

bool mp_plugin_open(const MpVm *vm, const char *path, MpRegistered *entry, MpError *error)
{
    void *library = mp_platform_library_open(path, error);
    if (!library)
        return false;
    const MpPlugin *plugin = mp_platform_library_symbol(library, "mp_module");
    char *copy = strdup(path);
    if (!copy)
        mp_error_set(error, MP_MEMORY, "no memory for a path");
    if (copy && check_descriptor(plugin, error) && mp_module_check(vm, plugin->module, error)) {
        *entry = (MpRegistered){
            .module = plugin->module, .plugin = plugin, .library = library, .path = copy};
        return true;
    }
    free(copy);
    mp_platform_library_close(library);
    return false;
}

void mp_plugin_discard(MpRegistered *entry)
{
    mp_platform_library_close(entry->library);
    free(entry->path);
}

/* ---- what it needs ------------------------------------------------------------------------ */

const MpPluginNeed *mp_plugin_unmet(const MpVm *vm, const MpRegistered *entry)
{
    const MpPluginNeed *need = entry->plugin->needs;
    for (; need && need->module; need++) {
        const MpRegistered *found = mp_module_find(vm, need->module);
        if (!found || found->module->level < need->level)
            return need;
    }
    return NULL;
}

void mp_plugin_say_unmet(const MpVm *vm, const MpRegistered *entry, const MpPluginNeed *need,
                         MpError *error)
{
    const MpRegistered *found = mp_module_find(vm, need->module);
    if (found)
        mp_error_set(error, MP_NOT_FOUND,
                     "plugin %s needs module %s at level %u, this one has level %u",
                     entry->module->name, need->module, (unsigned)need->level,
                     (unsigned)found->module->level);
    else
        mp_error_set(error, MP_NOT_FOUND, "plugin %s needs module %s, which is not loaded",
                     entry->module->name, need->module);
}

/* ---- for the host ------------------------------------------------------------------------- */

static bool add(MpVm *vm, MpRegistered *entry, MpError *error)
{
    const MpPluginNeed *unmet = mp_plugin_unmet(vm, entry);
    if (unmet)
        mp_plugin_say_unmet(vm, entry, unmet, error);
    if (!unmet && mp_module_add(vm, entry, error))
        return true;
    mp_plugin_discard(entry);
    return false;
}

bool mp_plugin_load(MpVm *vm, const char *path, MpError *error)
{
    MpRegistered entry;
    if (!mp_vm_is_idle(vm, "mp_plugin_load", error))
        return false;
    if (mp_plugin_open(vm, path, &entry, error) && add(vm, &entry, error))
        return true;
    mp_plugin_name_file(path, error);
    return false;
}

bool mp_plugin_unload(MpVm *vm, const char *name, MpError *error)
{
    char users[MP_ERROR_MESSAGE_SIZE];
    if (!mp_vm_is_idle(vm, "mp_plugin_unload", error))
        return false;
    const MpRegistered *entry = mp_module_find(vm, name);
    if (!entry || !entry->library) {
        mp_error_set(error, MP_NOT_FOUND, "no plugin %s is loaded", name);
        return false;
    }
    if (mp_usage_find(vm, entry->module, users, sizeof users)) {
        mp_error_set(error, MP_REFUSED, "plugin %s is in use: %.400s", name, users);
        return false;
    }
    return mp_module_remove(vm, name, error);
}

void mp_plugin_each(MpVm *vm, void (*visit)(void *user, const MpPluginInfo *info), void *user)
{
    mp_vm_enter(vm);
    for (size_t i = 0; i < vm->module_count; i++) {
        const MpRegistered *entry = &vm->modules[i];
        if (!entry->library)
            continue;
        visit(user, &(MpPluginInfo){
                        .name = entry->module->name,
                        .version = entry->plugin->version ? entry->plugin->version : "",
                        .level = entry->module->level,
                        .path = entry->path,
                    });
    }
    vm->depth--;
}
