#include "folder.h"

#include "moonpatch/patch.h"
#include "platform.h"
#include "vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCRIPT_SIZE_LIMIT = 4 << 20 };

static const uint64_t LOOK_EVERY_NS = 50 * 1000 * 1000;

/* ---- reading ------------------------------------------------------------------------------ */

static char *read_below(const char *folder, const char *name, size_t limit, size_t *size,
                        MpError *error)
{
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = malloc(room);
    if (!path) {
        mp_error_set(error, MP_MEMORY, "no memory to read '%s'", name);
        return NULL;
    }
    snprintf(path, room, "%s/%s", folder, name);
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

static void apply(MpVm *vm, const char *folder, MpPatchFile *file)
{
    MpError error = {.status = MP_OK};
    MpPatchChange change = {.file = file->name};
    char *text = NULL;
    if (file->now)
        text = read_below(folder, file->name, MP_PATCH_SIZE_LIMIT, &change.size, &error);
    if (error.status == MP_NOT_FOUND)
        return; /* gone since the look */
    change.text = text;
    change.problem = error.status == MP_OK ? NULL : error.message;
    mp_patch_apply(vm, &change, 1);
    free(text);
    file->applied = file->now;
}

static void apply_changes(MpPatchFolder *folder, MpVm *vm, const char *path)
{
    size_t kept = 0;
    for (size_t i = 0; i < folder->count; i++) {
        MpPatchFile *file = &folder->files[i];
        if (file->now == file->before && file->now != file->applied)
            apply(vm, path, file);
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
    if (look(folder, vm, path))
        apply_changes(folder, vm, path);
    folder->looked = now;
}

void mp_patch_folder_finish(MpPatchFolder *folder)
{
    for (size_t i = 0; i < folder->count; i++)
        free(folder->files[i].name);
    free(folder->files);
}
