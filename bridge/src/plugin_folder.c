/*
 * plugin_folder.c - all plugins of a folder, each after what it needs.
 */
#include "platform.h"
#include "plugin.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Candidate {
    MpRegistered entry;
    enum { WAITING, LOADED, REFUSED } state;
    const void *seen_for; /* the candidate whose circle it was told in */
} Candidate;

typedef struct Folder {
    MpVm *vm;
    const char *path;
    char **names; /* of the files */
    size_t name_count;
    Candidate *candidates;
    size_t count;
    bool complete; /* nothing was refused */
    MpError *first;
} Folder;

static void report(Folder *folder, const char *path, MpError *why)
{
    mp_plugin_name_file(path, why);
    mp_vm_log(folder->vm, MP_SEVERITY_WARNING, "%s", why->message);
    if (folder->complete && folder->first)
        *folder->first = *why;
    folder->complete = false;
}

static void refuse(Folder *folder, Candidate *candidate, MpError *why)
{
    report(folder, candidate->entry.path, why);
    candidate->state = REFUSED;
}

static Candidate *named(const Folder *folder, const char *module)
{
    for (size_t i = 0; i < folder->count; i++) {
        if (strcmp(folder->candidates[i].entry.module->name, module) == 0)
            return &folder->candidates[i];
    }
    return NULL;
}

/* ---- the files ---------------------------------------------------------------------------- */

static bool is_library(const char *name)
{
    size_t length = strlen(name), end = strlen(mp_platform_library_suffix);
    return length > end && strcmp(name + length - end, mp_platform_library_suffix) == 0;
}

static void note_name(void *user, const char *name, uint64_t stamp)
{
    (void)stamp;
    Folder *folder = user;
    if (!is_library(name))
        return;
    char **grown = realloc(folder->names, (folder->name_count + 1) * sizeof *grown);
    char *copy = grown ? strdup(name) : NULL;
    if (grown)
        folder->names = grown;
    if (copy)
        folder->names[folder->name_count++] = copy;
    else
        report(folder, folder->path, &(MpError){MP_MEMORY, "no memory for a plugin's name"});
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* ---- opening ------------------------------------------------------------------------------ */

static void open_one(Folder *folder, const char *path)
{
    MpError why;
    MpRegistered entry;
    if (!mp_plugin_open(folder->vm, path, &entry, &why)) {
        report(folder, path, &why);
        return;
    }
    const Candidate *twin = named(folder, entry.module->name);
    if (twin) {
        mp_error_set(&why, MP_INVALID, "plugin %s is in %s already", entry.module->name,
                     twin->entry.path);
        report(folder, path, &why);
        mp_plugin_discard(&entry);
        return;
    }
    folder->candidates[folder->count++] = (Candidate){.entry = entry};
}

/* ---- the order ---------------------------------------------------------------------------- */

static bool is_waiting(const Candidate *candidate)
{
    return candidate && candidate->state == WAITING;
}

/* Loads or refuses the candidate if that can be decided now. */
static bool decide(Folder *folder, Candidate *candidate)
{
    MpError why;
    const MpPluginNeed *unmet = mp_plugin_unmet(folder->vm, &candidate->entry);
    const Candidate *provider = unmet ? named(folder, unmet->module) : NULL;
    if (is_waiting(provider))
        return false;
    if (!unmet) {
        if (mp_module_add(folder->vm, &candidate->entry, &why))
            candidate->state = LOADED;
        else
            refuse(folder, candidate, &why);
        return true;
    }
    mp_plugin_say_unmet(folder->vm, &candidate->entry, unmet, &why);
    refuse(folder, candidate, &why);
    return true;
}

static bool decide_some(Folder *folder)
{
    bool any = false;
    for (size_t i = 0; i < folder->count; i++) {
        if (is_waiting(&folder->candidates[i]))
            any = decide(folder, &folder->candidates[i]) || any;
    }
    return any;
}

/* Those that still wait wait for each other: following their needs ends in a circle. */
static void refuse_circle(Folder *folder, Candidate *candidate)
{
    MpError why;
    char chain[256] = "";
    int length = 0;
    for (Candidate *next = candidate; length < (int)sizeof chain;) {
        length += snprintf(chain + length, sizeof chain - (size_t)length, "%s%s",
                           length ? " -> " : "", next->entry.module->name);
        if (next->seen_for == candidate)
            break;
        next->seen_for = candidate;
        next = named(folder, mp_plugin_unmet(folder->vm, &next->entry)->module);
    }
    mp_error_set(&why, MP_INVALID, "its needs run in a circle: %s", chain);
    refuse(folder, candidate, &why);
}

static void load_all(Folder *folder)
{
    while (decide_some(folder)) {
    }
    for (size_t i = 0; i < folder->count; i++) {
        if (is_waiting(&folder->candidates[i]))
            refuse_circle(folder, &folder->candidates[i]);
    }
}

static void open_all(Folder *folder)
{
    qsort(folder->names, folder->name_count, sizeof *folder->names, by_name);
    for (size_t i = 0; i < folder->name_count; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/%s", folder->path, folder->names[i]);
        open_one(folder, path);
    }
}

static void finish(Folder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        if (folder->candidates[i].state == REFUSED)
            mp_plugin_discard(&folder->candidates[i].entry);
    }
    for (size_t i = 0; i < folder->name_count; i++)
        free(folder->names[i]);
    free(folder->names);
    free(folder->candidates);
}

bool mp_plugin_load_folder(MpVm *vm, const char *path, MpError *error)
{
    MpError why = {.status = MP_MEMORY, .message = "no memory for the plugins"};
    Folder folder = {.vm = vm, .path = path, .complete = true, .first = error};
    if (!mp_vm_is_idle(vm, "mp_plugin_load_folder", error))
        return false;
    bool listed = mp_platform_list(path, note_name, &folder, &why);
    folder.candidates = listed ? calloc(folder.name_count + 1, sizeof *folder.candidates) : NULL;
    if (folder.candidates) {
        open_all(&folder);
        load_all(&folder);
    } else {
        report(&folder, path, &why);
    }
    finish(&folder);
    return folder.complete;
}
