#include "app/patch_version.h"

#include "app/patch_name.h"
#include "file/file.h"
#include "file/path.h"
#include "vfs/bundle_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A message that names a file by its path, for readers who know it by another name. */
static void rename_in(MpError *error, const char *path, const char *name)
{
    char quoted[sizeof error->message], rest[sizeof error->message];
    snprintf(quoted, sizeof quoted, "'%s'", path);
    char *found = strstr(error->message, quoted);
    if (!found)
        return;
    strcpy(rest, found + strlen(quoted));
    snprintf(found, sizeof error->message - (size_t)(found - error->message), "%s%s", name, rest);
}

bool mp_patch_version_read(MpPatchVersion *version, const char *folder, const char *file,
                           MpError *error)
{
    char *path = mp_path_join(folder, file);
    if (!path) {
        mp_error_set(error, MP_MEMORY, "no memory to read it");
        return false;
    }
    size_t limit = mp_patch_name_is_bundle(file) ? MP_BUNDLE_SIZE_LIMIT : MP_PATCH_SIZE_LIMIT;
    *version = (MpPatchVersion){0};
    version->bytes = mp_file_read(path, limit, &version->size, error);
    if (version->bytes)
        version->hash = mp_hash_of(version->bytes, version->size);
    else
        rename_in(error, path, "it");
    free(path);
    return version->bytes != NULL;
}

static bool mount_copy(MpVfs *vfs, const MpPatchVersion *version, const char *name,
                       const char *mount_point, MpError *error)
{
    void *copy = malloc(version->size ? version->size : 1);
    if (!copy) {
        mp_error_set(error, MP_MEMORY, "no memory to mount '%s'", name);
        return false;
    }
    memcpy(copy, version->bytes, version->size);
    return mp_vfs_mount_memory(vfs, name, copy, version->size, mount_point, error);
}

/* Mounts a bundle where only its own code looks. */
static bool mount_bundle(MpPatchVersion *version, MpVfs *vfs, const char *file, unsigned number,
                         bool checked, MpError *error)
{
    if (!checked && !mp_bundle_check(version->bytes, version->size, error))
        return false;
    char place[MP_PATCH_NAME_SIZE + 16];
    snprintf(version->mount, sizeof version->mount, "%s@%u", file, number);
    snprintf(place, sizeof place, "/bundles/%s", version->mount);
    if (!mount_copy(vfs, version, version->mount, place, error)) {
        rename_in(error, version->mount, "it");
        version->mount[0] = '\0';
        return false;
    }
    return true;
}

/* A bundle's patch.lua; one without only brings files. */
static bool stage_bundle(MpPatchVersion *version, MpVfs *vfs, const char *file, unsigned number,
                         bool checked, MpPatchReading *reading)
{
    MpPatchChange *change = &reading->change;
    if (!mount_bundle(version, vfs, file, number, checked, &reading->problem))
        return false;
    snprintf(reading->root, sizeof reading->root, "bundles/%s/", version->mount);
    change->root = reading->root;
    char entry[sizeof reading->root + 16];
    snprintf(entry, sizeof entry, "%spatch.lua", reading->root);
    reading->patch = mp_vfs_exists(vfs, entry) ? mp_vfs_read(vfs, entry, MP_PATCH_SIZE_LIMIT,
                                                             &change->size, &reading->problem)
                                               : strdup("");
    if (!reading->patch)
        rename_in(&reading->problem, entry, "its patch.lua");
    change->text = reading->patch;
    return reading->patch != NULL;
}

void mp_patch_version_stage(MpPatchVersion *version, MpVfs *vfs, const char *file, unsigned number,
                            bool checked, MpPatchReading *reading)
{
    *reading = (MpPatchReading){.change = {.file = file}};
    if (!mp_patch_name_is_bundle(file)) {
        reading->change.text = version->bytes;
        reading->change.size = version->size;
    } else if (!stage_bundle(version, vfs, file, number, checked, reading)) {
        reading->change.problem = reading->problem.message;
    }
}

void mp_patch_reading_finish(MpPatchReading *reading) { free(reading->patch); }

bool mp_patch_version_overlay(const MpPatchVersion *version, MpVfs *vfs, const char *file,
                              MpError *error)
{
    return !mp_patch_name_is_bundle(file) || mount_copy(vfs, version, file, "/", error);
}

char *mp_patch_version_copy(const MpPatchVersion *version, size_t *size)
{
    char *copy = version->bytes ? malloc(version->size + 1) : NULL;
    if (!copy)
        return NULL;
    memcpy(copy, version->bytes, version->size);
    copy[version->size] = '\0';
    *size = version->size;
    return copy;
}

void mp_patch_version_drop(MpPatchVersion *version, MpVfs *vfs)
{
    if (version->mount[0])
        mp_vfs_unmount(vfs, version->mount, NULL);
    free(version->bytes);
    *version = (MpPatchVersion){0};
}
