#include "module.h"

#include "layer.h"
#include "listener.h"
#include "platform.h"
#include "record.h"
#include "thread.h"
#include "usage.h"

#include <stdlib.h>
#include <string.h>

const MpRegistered *mp_module_find(const MpVm *vm, const char *name)
{
    for (size_t i = 0; i < vm->module_count; i++) {
        if (strcmp(vm->modules[i].module->name, name) == 0)
            return &vm->modules[i];
    }
    return NULL;
}

bool mp_module_check(const MpVm *vm, const MpModule *module, MpError *error)
{
    if (module->glue_version != MP_GLUE_VERSION) {
        mp_error_set(error, MP_INVALID,
                     "module %s was generated for glue version %u, this bridge has %u: rebuild it",
                     module->name, (unsigned)module->glue_version, (unsigned)MP_GLUE_VERSION);
        return false;
    }
    if (!module->method_count) {
        mp_error_set(error, MP_INVALID,
                     "module %s has no function, so nothing of it could be patched", module->name);
        return false;
    }
    if (mp_module_find(vm, module->name)) {
        mp_error_set(error, MP_INVALID, "module %s is registered already", module->name);
        return false;
    }
    return true;
}

static bool grow(MpVm *vm, MpError *error)
{
    MpRegistered *modules = realloc(vm->modules, (vm->module_count + 1) * sizeof *modules);
    if (modules)
        vm->modules = modules;
    else
        mp_error_set(error, MP_MEMORY, "no memory for another module");
    return modules;
}

bool mp_module_add(MpVm *vm, const MpRegistered *entry, MpError *error)
{
    if (!mp_module_check(vm, entry->module, error) || !grow(vm, error))
        return false;
    lua_pushlightuserdata(vm->main, (void *)(uintptr_t)entry->module);
    lua_pushboolean(vm->main, entry->library != NULL);
    if (!mp_half_call(vm, "register", 2, 0)) {
        mp_vm_take_error(vm, MP_SCRIPT, error);
        if (error) /* where in the bridge it was noticed is nobody's business */
            error->message[strcspn(error->message, "\n")] = '\0';
        return false;
    }
    vm->modules[vm->module_count++] = *entry;
    return true;
}

bool mp_vm_register(MpVm *vm, const MpModule *module, MpError *error)
{
    return mp_vm_may_use(vm, "mp_vm_register", error) &&
           mp_module_add(vm, &(MpRegistered){.module = module}, error);
}

static bool is_in(const MpMethod *const *list, size_t count, const MpMethod *method)
{
    size_t i = 0;
    while (i < count && list[i] != method)
        i++;
    return i < count;
}

bool mp_module_has(const MpModule *module, const MpMethod *method)
{
    return is_in(module->methods, module->method_count, method) ||
           is_in(module->callbacks, module->callback_count, method);
}

const MpModule *mp_module_unloadable(const MpVm *vm, const MpMethod *method)
{
    for (size_t i = 0; i < vm->module_count; i++) {
        if (vm->modules[i].library && mp_module_has(vm->modules[i].module, method))
            return vm->modules[i].module;
    }
    return NULL;
}

static void close_library(const MpRegistered *entry)
{
    const MpMethod *stranger = mp_thread_take_stranger();
    if (stranger && !mp_module_has(entry->module, stranger))
        mp_thread_note_stranger(stranger);
    mp_record_forget(entry->module);
    for (size_t i = 0; i < entry->module->method_count; i++)
        mp_listener_free_all(entry->module->methods[i]->slot);
    mp_platform_library_close(entry->library);
    free(entry->path);
}

bool mp_module_remove(MpVm *vm, const char *name, MpError *error)
{
    lua_pushstring(vm->main, name);
    if (!mp_half_call(vm, "unregister", 1, 0))
        return mp_vm_take_error(vm, MP_SCRIPT, error);
    MpRegistered *entry = &vm->modules[mp_module_find(vm, name) - vm->modules];
    MpRegistered *end = vm->modules + --vm->module_count;
    close_library(entry);
    memmove(entry, entry + 1, (size_t)(end - entry) * sizeof *entry);
    return true;
}

void mp_modules_release_slots(const MpVm *vm)
{
    for (size_t i = 0; i < vm->module_count; i++) {
        const MpModule *module = vm->modules[i].module;
        for (size_t k = 0; k < module->method_count; k++) {
            mp_layer_drop(vm, module->methods[k]->slot);
            mp_listener_drop(vm, module->methods[k]->slot);
        }
    }
}

void mp_modules_close(MpVm *vm)
{
    while (vm->module_count) {
        const MpRegistered *entry = &vm->modules[--vm->module_count];
        char objects[256];
        if (!entry->library)
            continue;
        if (mp_usage_count_objects(entry->module, objects, sizeof objects) == 0)
            close_library(entry);
        else
            mp_vm_log(vm, MP_SEVERITY_WARNING, "plugin %s stays in memory: %s", entry->module->name,
                      objects);
    }
    free(vm->modules);
}
