#include "folder.h"

#include "moonpatch/patch.h"
#include "moonpatch/reload.h"
#include "platform.h"
#include "vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCRIPT_SIZE_LIMIT = 4 << 20 };

static const uint64_t LOOK_EVERY_NS = 50 * 1000 * 1000;

/* ---- reading ------------------------------------------------------------------------------ */

/* "folder/name", the caller's; NULL: no memory. */
static char *path_below(const char *folder, const char *name)
{
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%s/%s", folder, name);
    return path;
}

static char *read_below(const char *folder, const char *name, size_t limit, size_t *size,
                        MpError *error)
{
    char *path = path_below(folder, name);
    if (!path) {
        mp_error_set(error, MP_MEMORY, "no memory to read '%s'", name);
        return NULL;
    }
    char *bytes = mp_platform_read(path, limit, size, error);
    free(path);
    return bytes;
}

char *mp_folder_read(const char *folder, const char *path, size_t *size, MpError *error)
{
    return read_below(folder, path, SCRIPT_SIZE_LIMIT, size, error);
}

/* ---- looking ------------------------------------------------------------------------------ */

static bool is_patch(const char *name)
{
    size_t length = strlen(name);
    return name[0] != '.' && length > 4 && strcmp(name + length - 4, ".lua") == 0;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const MpPatchFile *)a)->name, ((const MpPatchFile *)b)->name);
}

/* NULL: no memory; the next look tries again. */
static MpPatchFile *add_file(MpPatchFolder *folder, const char *name)
{
    MpPatchFile *grown = realloc(folder->files, (folder->count + 1) * sizeof *grown);
    if (!grown)
        return NULL;
    folder->files = grown;
    char *copy = strdup(name);
    if (!copy)
        return NULL;
    grown[folder->count] = (MpPatchFile){.name = copy};
    return &grown[folder->count++];
}

static void note_file(void *user, const char *name, uint64_t stamp)
{
    MpPatchFolder *folder = user;
    if (!is_patch(name))
        return;
    MpPatchFile key = {.name = (char *)(uintptr_t)name};
    MpPatchFile *file = folder->known ? bsearch(&key, folder->files, folder->known,
                                                sizeof *folder->files, compare_files)
                                      : NULL;
    if (!file)
        file = add_file(folder, name);
    if (!file)
        return;
    file->now = stamp;
    if (!folder->looked)
        file->before = stamp; /* what is there at the start counts at once */
}

/* Takes over what the folder holds now. False: that cannot be told. */
static bool look(MpPatchFolder *folder, MpVm *vm, const char *path)
{
    for (size_t i = 0; i < folder->count; i++) {
        folder->files[i].before = folder->files[i].now;
        folder->files[i].now = 0;
    }
    MpError error;
    bool listed = mp_platform_list(path, note_file, folder, &error);
    if (!listed && error.status != MP_NOT_FOUND) { /* a folder that is gone holds no patches */
        if (!folder->complained)
            mp_vm_log(vm, MP_SEVERITY_WARNING, "patch folder: %s", error.message);
        folder->complained = true;
        return false;
    }
    if (folder->count)
        qsort(folder->files, folder->count, sizeof *folder->files, compare_files);
    folder->known = folder->count;
    folder->complained = false;
    return true;
}

/* ---- applying ----------------------------------------------------------------------------- */

/* A change, with the memory that it points to. */
typedef struct Change {
    MpPatchFile *file;
    char *text;
    size_t size;
    MpError error;
} Change;

/* False: it is gone since the look. */
static bool read_change(Change *change, const char *folder)
{
    change->error.status = MP_OK;
    if (change->file->now)
        change->text = read_below(folder, change->file->name, MP_PATCH_SIZE_LIMIT, &change->size,
                                  &change->error);
    return change->error.status != MP_NOT_FOUND;
}

/* What is there at the first look is no change: one bad file does not hold up the others. */
static void apply(MpVm *vm, const Change *list, size_t count, bool leniently)
{
    MpPatchChange *changes = calloc(count, sizeof *changes);
    if (!changes)
        return;
    for (size_t i = 0; i < count; i++) {
        changes[i] = (MpPatchChange){
            .file = list[i].file->name,
            .text = list[i].text,
            .size = list[i].size,
            .problem = list[i].error.status == MP_OK ? NULL : list[i].error.message,
        };
        list[i].file->applied = list[i].file->now;
    }
    (leniently ? mp_patch_apply_lenient : mp_patch_apply)(vm, changes, count);
    free(changes);
}

static void apply_changes(MpPatchFolder *folder, MpVm *vm, const char *path)
{
    Change *list = calloc(folder->count ? folder->count : 1, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; list && i < folder->count; i++) {
        MpPatchFile *file = &folder->files[i];
        if (file->now != file->before || file->now == file->applied)
            continue;
        list[count].file = file;
        if (read_change(&list[count], path))
            count++;
    }
    if (count)
        apply(vm, list, count, !folder->looked);
    for (size_t i = 0; i < count; i++)
        free(list[i].text);
    free(list);
}

static void forget_gone(MpPatchFolder *folder)
{
    size_t kept = 0;
    for (size_t i = 0; i < folder->count; i++) {
        MpPatchFile *file = &folder->files[i];
        if (file->now || file->applied)
            folder->files[kept++] = *file;
        else
            free(file->name);
    }
    folder->count = folder->known = kept;
}

void mp_patch_folder_step(MpPatchFolder *folder, MpVm *vm, const char *path)
{
    uint64_t now = mp_platform_now();
    if (folder->looked && now - folder->looked < LOOK_EVERY_NS)
        return;
    if (look(folder, vm, path)) {
        apply_changes(folder, vm, path);
        forget_gone(folder);
    }
    folder->looked = now;
}

void mp_patch_folder_finish(MpPatchFolder *folder)
{
    for (size_t i = 0; i < folder->count; i++)
        free(folder->files[i].name);
    free(folder->files);
}

/* ---- scripts ------------------------------------------------------------------------------ */

/* The stamps of the files of all loaded modules in one number. */
static uint64_t stamp_scripts(MpVm *vm, const char *folder)
{
    lua_State *L = vm->main;
    uint64_t stamp = 0;
    if (!mp_half_call(vm, "script_paths", 0, 1)) {
        mp_vm_log(vm, MP_SEVERITY_ERROR, "looking for scripts: %s", lua_tostring(L, -1));
        lua_pop(L, 1);
        return 0;
    }
    for (int i = 1; lua_rawgeti(L, -1, i), lua_isstring(L, -1); i++, lua_pop(L, 1)) {
        char *path = path_below(folder, lua_tostring(L, -1));
        if (path)
            stamp = (stamp ^ mp_platform_stamp(path)) * 1099511628211U;
        free(path);
    }
    lua_pop(L, 2);
    return stamp;
}

void mp_script_folder_step(MpScriptFolder *folder, MpVm *vm, const char *path)
{
    uint64_t now = mp_platform_now();
    if (folder->looked && now - folder->looked < LOOK_EVERY_NS)
        return;
    uint64_t stamp = stamp_scripts(vm, path);
    if (stamp == folder->before && stamp != folder->loaded) {
        mp_vm_reload(vm);
        folder->loaded = stamp;
    }
    folder->before = stamp;
    folder->looked = now;
}
