#include "usage.h"

#include "handle.h"
#include "listener.h"
#include "module.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- words -------------------------------------------------------------------------------- */

/* A list of words in the making: "a, b, c". What does not fit is cut. */
typedef struct Words {
    char *text;
    size_t size, length;
} Words;

static void MP_PRINTF(3, 4) say(Words *words, const char *separator, const char *format, ...)
{
    va_list arguments;
    size_t room = words->size - words->length;
    int written = snprintf(words->text + words->length, room, "%s", words->length ? separator : "");
    if (written < 0 || (size_t)written >= room)
        return;
    words->length += (size_t)written;
    room -= (size_t)written;
    va_start(arguments, format);
    written = vsnprintf(words->text + words->length, room, format, arguments);
    va_end(arguments);
    if (written > 0)
        words->length += (size_t)written < room ? (size_t)written : room - 1;
}

/* ---- objects ------------------------------------------------------------------------------ */

typedef struct Census {
    const MpModule *module;
    size_t *counts; /* of each class of the module */
    size_t total;
} Census;

/* Derived classes stand after their bases: the last one that fits is the object's own. */
static void count_object(void *user, const MpObject *object)
{
    Census *census = user;
    for (size_t i = census->module->class_count; i > 0; i--) {
        if (mp_is_derived(object->class_of, census->module->classes[i - 1])) {
            census->counts[i - 1]++;
            census->total++;
            return;
        }
    }
}

static size_t say_objects(Words *words, const MpModule *module)
{
    Census census = {.module = module, .counts = calloc(module->class_count + 1, sizeof(size_t))};
    if (!census.counts) { /* nobody knows: rather in use than not */
        say(words, "; ", "no memory to count objects");
        return 1;
    }
    mp_object_table_visit(count_object, &census);
    const char *separator = "; ";
    for (size_t i = 0; i < module->class_count; i++) {
        if (!census.counts[i])
            continue;
        say(words, separator, "%zu %s", census.counts[i], module->classes[i]->name);
        separator = ", ";
    }
    if (census.total)
        say(words, "", " alive");
    free(census.counts);
    return census.total;
}

size_t mp_usage_count_objects(const MpModule *module, char *text, size_t size)
{
    text[0] = '\0';
    return say_objects(&(Words){.text = text, .size = size}, module);
}

/* ---- patches and listeners ---------------------------------------------------------------- */

static bool is_heard_elsewhere(const MpSlot *slot, const MpVm *vm)
{
    for (const MpListener *place = atomic_load(&slot->listeners); place; place = place->next) {
        MpVm *other = atomic_load(&place->vm);
        if (other && other != vm)
            return true;
    }
    return false;
}

/* Those of this VM by name; of others only that there are some. */
static bool say_scripts(Words *words, MpVm *vm, const MpModule *module)
{
    bool foreign = false;
    for (size_t i = 0; i < module->method_count && !foreign; i++) {
        const MpSlot *slot = module->methods[i]->slot;
        MpVm *owner = atomic_load(&slot->owner);
        foreign = (owner && owner != vm) || is_heard_elsewhere(slot, vm);
    }
    lua_pushstring(vm->main, module->name);
    mp_half_call(vm, "users", 1, 1);
    const char *own = lua_tostring(vm->main, -1);
    if (*own)
        say(words, "; ", "%s", own);
    bool any = *own != '\0';
    lua_pop(vm->main, 1);
    if (foreign)
        say(words, "; ", "scripts of another Lua machine of this process");
    return any || foreign;
}

/* ---- modules ------------------------------------------------------------------------------ */

static bool derives_from(const MpModule *module, const MpModule *base)
{
    for (size_t i = 0; i < module->class_count; i++) {
        for (size_t k = 0; k < base->class_count; k++) {
            if (mp_is_derived(module->classes[i], base->classes[k]))
                return true;
        }
    }
    return false;
}

static bool needs(const MpRegistered *entry, const MpModule *module)
{
    const MpPluginNeed *need = entry->plugin ? entry->plugin->needs : NULL;
    for (; need && need->module; need++) {
        if (strcmp(need->module, module->name) == 0)
            return true;
    }
    return derives_from(entry->module, module);
}

static bool say_modules(Words *words, const MpVm *vm, const MpModule *module)
{
    bool any = false;
    for (size_t i = 0; i < vm->module_count; i++) {
        const MpRegistered *entry = &vm->modules[i];
        if (entry->module == module || !needs(entry, module))
            continue;
        say(words, "; ", "module %s needs it", entry->module->name);
        any = true;
    }
    return any;
}

/* Objects that only garbage holds go first, and scripts that wait for the end of others go on. */
static void settle(MpVm *vm, const MpModule *module)
{
    lua_gc(vm->main, LUA_GCCOLLECT, 0);
    mp_handle_release_dropped(vm);
    lua_pushstring(vm->main, module->name);
    if (!mp_half_call(vm, "settle", 1, 0)) {
        mp_vm_log(vm, MP_SEVERITY_ERROR, "%s", lua_tostring(vm->main, -1));
        lua_pop(vm->main, 1);
    }
}

bool mp_usage_find(MpVm *vm, const MpModule *module, char *text, size_t size)
{
    Words words = {.text = text, .size = size};
    text[0] = '\0';
    settle(vm, module);
    bool objects = say_objects(&words, module) > 0;
    bool scripts = say_scripts(&words, vm, module);
    bool modules = say_modules(&words, vm, module);
    return objects || scripts || modules;
}
