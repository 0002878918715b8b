#include "app/patch_scan.h"

#include "app/overlay.h"
#include "app/patch_memory.h"
#include "app/patch_name.h"
#include "log/log.h"

#include <stdlib.h>
#include <string.h>

/* ---- the list of files -------------------------------------------------------------------- */

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const MpPatchFile *)a)->entry.name, ((const MpPatchFile *)b)->entry.name);
}

static int compare_changes(const void *a, const void *b)
{
    return strcmp(((const MpPatchFileChange *)a)->file, ((const MpPatchFileChange *)b)->file);
}

/* Among the first `count`, which are sorted. */
static MpPatchFile *find_among(const MpPatchMount *mount, size_t count, const char *name)
{
    MpPatchFile key = {.entry = {.name = (char *)(uintptr_t)name}};
    return count ? bsearch(&key, mount->files, count, sizeof key, compare_files) : NULL;
}

MpPatchFile *mp_patch_find_file(const MpPatchMount *mount, const char *name)
{
    return find_among(mount, mount->count, name);
}

const MpPatchFileChange *mp_patch_find_change(const MpPatchMount *mount, const char *file)
{
    MpPatchFileChange key = {.file = file};
    size_t count = mount->change_count;
    return count ? bsearch(&key, mount->changes, count, sizeof key, compare_changes) : NULL;
}

static bool add_file(MpPatchMount *mount, const MpWatchEntry *entry)
{
    MpPatchFile *grown = realloc(mount->files, (mount->count + 1) * sizeof *grown);
    if (!grown)
        return false;
    mount->files = grown;
    char *name = strdup(entry->name);
    if (!name)
        return false;
    grown[mount->count++] = (MpPatchFile){.entry = {.name = name}};
    return true;
}

/* ---- changes ------------------------------------------------------------------------------ */

static const char *wrong_type(const MpWatchEntry *entry)
{
    switch (entry->type) {
    case MP_WATCH_FILE:
        return NULL;
    case MP_WATCH_DIRECTORY:
        return "is a folder, not a file";
    default:
        return "is a link, a pipe or a device, not a file: copy the file itself";
    }
}

/* Puts the last good version in the place of one that did harm, unless an earlier one still runs.
 */
static void replace_condemned(const MpPatchMount *mount, const MpPatchFile *file,
                              MpPatchFileChange *change)
{
    MpPatchVersion *version = &change->version;
    if (!version->bytes ||
        !mp_patch_memory_condemns(mount->memory, change->file, &version->hash, change->condemned))
        return;
    mp_patch_version_drop(version, mount->vfs);
    version->stands_in = true;
    if (!file->active.bytes)
        mp_patch_memory_recall(mount->memory, change->file, version);
}

static void read_released(const MpPatchMount *mount, MpPatchFileChange *change)
{
    const MpPatchRelease *release = &mount->release;
    if (!mp_patch_version_read(&change->version, release->folder, change->file, &change->problem) ||
        mp_patch_release_has(release, change->file, &change->version.hash))
        return;
    mp_patch_version_drop(&change->version, mount->vfs);
    mp_error_set(&change->problem, MP_FORMAT,
                 "it is not as it was published: somebody changed it on this machine");
}

static void read_change(const MpPatchMount *mount, const MpPatchFile *file,
                        MpPatchFileChange *change)
{
    const char *wrong = wrong_type(&file->entry);
    *change = (MpPatchFileChange){.file = file->entry.name};
    if (wrong)
        mp_error_set(&change->problem, MP_INVALID, "%s", wrong);
    else if (file->of_release)
        read_released(mount, change);
    else
        mp_patch_version_read(&change->version, mount->folder, change->file, &change->problem);
    replace_condemned(mount, file, change);
}

/* When its turn comes. */
static void look_again(const MpPatchMount *mount, MpPatchFile *file, MpPatchFileChange *change)
{
    mp_patch_version_drop(&change->version, mount->vfs);
    file->entry = (MpWatchEntry){.name = file->entry.name};
}

/* The file was touched, or another one with its content took its place. */
static bool runs_already(const MpPatchFile *file, const MpPatchFileChange *change)
{
    return file->active.bytes && !file->active.stands_in && !file->staged.bytes &&
           !change->condemned[0] && mp_hash_same(&file->active.hash, &change->version.hash);
}

/* Takes over what is under a name now. Returns whether that is a change. */
static bool note_entry(MpPatchMount *mount, MpPatchFile *file, const MpWatchEntry *entry,
                       MpPatchFileChange *changes, size_t count)
{
    MpPatchFileChange *change = &changes[count];
    char *name = file->entry.name;
    if (mp_watch_entry_same(&file->entry, entry))
        return false;
    file->entry = *entry;
    file->entry.name = name;
    read_change(mount, file, change);
    if (runs_already(file, change)) {
        mp_patch_version_drop(&change->version, mount->vfs);
        return false;
    }
    file->held = mp_patch_must_wait(mount, &change->version, changes, count);
    if (file->held)
        look_again(mount, file, change);
    return !file->held;
}

/* The files of a folder that the one above it does not have. */
static size_t note_folder(MpPatchMount *mount, const MpWatchList *list, bool of_release,
                          MpPatchFileChange *changes, size_t count)
{
    for (size_t i = 0; i < list->count; i++) {
        const MpWatchEntry *entry = &list->entries[i];
        MpPatchFile *file =
            mp_patch_name_is_patch(entry->name) ? mp_patch_find_file(mount, entry->name) : NULL;
        if (!file || !file->gone)
            continue;
        file->gone = file->removed = false;
        file->of_release = of_release;
        count += note_entry(mount, file, entry, changes, count);
    }
    return count;
}

static size_t note_gone(MpPatchMount *mount, MpPatchFileChange *changes, size_t count)
{
    for (size_t i = 0; i < mount->count; i++) {
        MpPatchFile *file = &mount->files[i];
        if (!file->gone)
            continue;
        file->entry = (MpWatchEntry){.name = file->entry.name}; /* back again, it is new */
        changes[count++] = (MpPatchFileChange){.file = file->entry.name};
    }
    return count;
}

/* Takes over what the folders hold now; fills `changes`, which has room for all; returns how many.
 */
static size_t note_changes(MpPatchMount *mount, const MpWatchList *loose,
                           const MpWatchList *release, MpPatchFileChange *changes)
{
    for (size_t i = 0; i < mount->count; i++)
        mount->files[i].gone = true;
    size_t count = note_folder(mount, loose, false, changes, 0);
    count = note_folder(mount, release, true, changes, count);
    count = note_gone(mount, changes, count);
    if (count)
        qsort(changes, count, sizeof *changes, compare_changes);
    return count;
}

static bool add_new_files(MpPatchMount *mount, const MpWatchList *list)
{
    size_t known = mount->count;
    bool all = true;
    for (size_t i = 0; all && i < list->count; i++) {
        const MpWatchEntry *entry = &list->entries[i];
        if (mp_patch_name_is_patch(entry->name) && !find_among(mount, known, entry->name))
            all = add_file(mount, entry);
    }
    if (mount->count > known)
        qsort(mount->files, mount->count, sizeof *mount->files, compare_files);
    return all;
}

/* A folder that is gone holds no patches. */
static bool list_folder(const char *folder, MpWatchList *list)
{
    MpError error = {.status = MP_OK};
    *list = (MpWatchList){0};
    if (!mp_watch_list(folder, list, &error)) {
        if (error.status != MP_NOT_FOUND) {
            mp_log_warning("patch folder: %s", error.message);
            return false;
        }
        *list = (MpWatchList){0};
    }
    if (!mp_overlay_list(folder, list, &error))
        mp_log_warning("patch folder: %s", error.message);
    return true;
}

bool mp_patch_scan(MpPatchMount *mount)
{
    MpWatchList loose, release = {0};
    if (!list_folder(mount->folder, &loose))
        return false;
    bool known = mp_patch_release_list(&mount->release, &release) && add_new_files(mount, &loose) &&
                 add_new_files(mount, &release);
    if (known)
        mount->changes = calloc(mount->count + 1, sizeof *mount->changes);
    if (mount->changes)
        mount->change_count = note_changes(mount, &loose, &release, mount->changes);
    free(release.entries);
    mp_patch_name_tell_mistakes(&loose, &mount->seen);
    mp_watch_list_finish(&mount->seen);
    mount->seen = loose;
    return mount->changes != NULL;
}
