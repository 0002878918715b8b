#include "app/patch_mount.h"

#include "app/patch_name.h"
#include "file/file.h"
#include "file/path.h"
#include "log/log.h"
#include "moonpatch/patch.h"
#include "vfs/bundle_check.h"
#include "watch/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 300 };

/* One version of a bundle: its bytes, and its private place in the vfs. */
typedef struct Bundle {
    void *bytes; /* NULL: no such version */
    size_t size;
    char mount[NAME_SIZE]; /* "gold.zip@3"; its content is at bundles/gold.zip@3/ */
} Bundle;

/* A file of the folder, as it was when it was looked at last. */
typedef struct PatchFile {
    MpWatchEntry entry;
    Bundle staged;       /* being judged, or waiting */
    Bundle active;       /* accepted, lies over the game's files */
    Bundle good;         /* the one before it that passed its trial; none if `active` did */
    bool active_is_good; /* it passed its trial */
    bool gone;           /* the file */
    bool removed;        /* the patch */
} PatchFile;

struct MpPatchMount {
    char *folder;
    MpVfs *vfs;
    MpWatch *watch;
    PatchFile *files; /* sorted by name */
    size_t count;
    unsigned versions; /* of bundles, to name their mounts */
    bool scanned;
    bool overlays_changed;
    MpWatchList seen; /* what the folder held at the last look */
};

/* ---- bundles in the vfs ------------------------------------------------------------------- */

static bool mount_copy(MpVfs *vfs, const Bundle *bundle, const char *name, const char *mount_point,
                       MpError *error)
{
    void *copy = malloc(bundle->size ? bundle->size : 1);
    if (!copy) {
        mp_error_set(error, MP_MEMORY, "no memory to mount '%s'", name);
        return false;
    }
    memcpy(copy, bundle->bytes, bundle->size);
    return mp_vfs_mount_memory(vfs, name, copy, bundle->size, mount_point, error);
}

static void drop_bundle(MpPatchMount *mount, Bundle *bundle)
{
    if (bundle->bytes)
        mp_vfs_unmount(mount->vfs, bundle->mount, NULL);
    free(bundle->bytes);
    *bundle = (Bundle){0};
}

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

/* Reads a bundle and mounts it where only its own code looks. */
static bool stage_bundle(MpPatchMount *mount, PatchFile *file, const char *path, MpError *error)
{
    Bundle bundle = {0};
    bundle.bytes = mp_file_read(path, MP_BUNDLE_SIZE_LIMIT, &bundle.size, error);
    if (!bundle.bytes || !mp_bundle_check(bundle.bytes, bundle.size, error)) {
        free(bundle.bytes);
        return false;
    }
    snprintf(bundle.mount, sizeof bundle.mount, "%s@%u", file->entry.name, ++mount->versions);
    char place[NAME_SIZE + 16];
    snprintf(place, sizeof place, "/bundles/%s", bundle.mount);
    if (!mount_copy(mount->vfs, &bundle, bundle.mount, place, error)) {
        rename_in(error, bundle.mount, "it");
        free(bundle.bytes);
        return false;
    }
    drop_bundle(mount, &file->staged);
    file->staged = bundle;
    return true;
}

/* Lays the accepted bundles over the game in the order of their names, and the folder on top. */
static void mount_overlays(MpPatchMount *mount)
{
    MpError error;
    for (size_t i = 0; i < mount->count; i++)
        mp_vfs_unmount(mount->vfs, mount->files[i].entry.name, NULL);
    mp_vfs_unmount(mount->vfs, mount->folder, NULL);
    for (size_t i = 0; i < mount->count; i++) {
        const PatchFile *file = &mount->files[i];
        if (file->active.bytes &&
            !mount_copy(mount->vfs, &file->active, file->entry.name, "/", &error))
            mp_log_error("bundle %s: %s", file->entry.name, error.message);
    }
    if (!mp_vfs_mount_directory(mount->vfs, mount->folder, "/", &error))
        mp_log_error("patch folder: %s", error.message);
    mount->overlays_changed = false;
}

/* ---- the list of files -------------------------------------------------------------------- */

static PatchFile *find_file(const MpPatchMount *mount, const char *name)
{
    for (size_t i = 0; i < mount->count; i++) {
        if (strcmp(mount->files[i].entry.name, name) == 0)
            return &mount->files[i];
    }
    return NULL;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const PatchFile *)a)->entry.name, ((const PatchFile *)b)->entry.name);
}

static bool add_file(MpPatchMount *mount, const MpWatchEntry *entry)
{
    PatchFile *grown = realloc(mount->files, (mount->count + 1) * sizeof *grown);
    if (!grown)
        return false;
    mount->files = grown;
    char *name = strdup(entry->name);
    if (!name)
        return false;
    grown[mount->count++] = (PatchFile){.entry = {.name = name}};
    qsort(mount->files, mount->count, sizeof *mount->files, compare_files);
    return true;
}

static void forget_files_gone(MpPatchMount *mount)
{
    size_t kept = 0;
    for (size_t i = 0; i < mount->count; i++) {
        PatchFile *file = &mount->files[i];
        if (file->gone && file->removed) {
            mp_vfs_unmount(mount->vfs, file->entry.name, NULL);
            drop_bundle(mount, &file->active);
            drop_bundle(mount, &file->staged);
            drop_bundle(mount, &file->good);
            free(file->entry.name);
        } else {
            mount->files[kept++] = *file;
        }
    }
    mount->count = kept;
}

/* ---- changes ------------------------------------------------------------------------------ */

/* A change, with the memory that its texts are in. */
typedef struct Change {
    MpPatchChange change;
    char *text;
    char root[NAME_SIZE + 16];
    MpError problem;
} Change;

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

static bool read_loose(const char *path, Change *change)
{
    change->text = mp_file_read(path, MP_PATCH_SIZE_LIMIT, &change->change.size, &change->problem);
    return change->text != NULL;
}

/* A bundle's patch.lua; one without only brings files. */
static bool read_bundle(MpPatchMount *mount, PatchFile *file, const char *path, Change *change)
{
    if (!stage_bundle(mount, file, path, &change->problem))
        return false;
    snprintf(change->root, sizeof change->root, "bundles/%s/", file->staged.mount);
    change->change.root = change->root;
    char entry[2 * NAME_SIZE];
    snprintf(entry, sizeof entry, "%spatch.lua", change->root);
    change->text = mp_vfs_exists(mount->vfs, entry)
                       ? mp_vfs_read(mount->vfs, entry, MP_PATCH_SIZE_LIMIT, &change->change.size,
                                     &change->problem)
                       : strdup("");
    if (!change->text)
        rename_in(&change->problem, entry, "its patch.lua");
    return change->text != NULL;
}

static void read_change(MpPatchMount *mount, PatchFile *file, Change *change)
{
    const char *problem = wrong_type(&file->entry);
    char *path = mp_path_join(mount->folder, file->entry.name);
    if (!path)
        problem = "no memory to read it";
    if (!problem) {
        bool ok = mp_patch_name_is_bundle(file->entry.name) ? read_bundle(mount, file, path, change)
                                                            : read_loose(path, change);
        if (!ok)
            rename_in(&change->problem, path, "it");
        problem = ok ? NULL : change->problem.message;
    }
    free(path);
    change->change.text = change->text;
    change->change.problem = problem;
}

/* Takes over what the folder holds now; fills `changes`, which has room for all; returns how many.
 */
static size_t note_changes(MpPatchMount *mount, const MpWatchList *list, Change *changes)
{
    size_t count = 0;
    for (size_t i = 0; i < mount->count; i++)
        mount->files[i].gone = true;
    for (size_t i = 0; i < list->count; i++) {
        const MpWatchEntry *entry = &list->entries[i];
        PatchFile *file =
            mp_patch_name_is_patch(entry->name) ? find_file(mount, entry->name) : NULL;
        if (!file)
            continue;
        file->gone = file->removed = false;
        if (mp_watch_entry_same(&file->entry, entry))
            continue;
        char *name = file->entry.name;
        file->entry = *entry;
        file->entry.name = name;
        Change *change = &changes[count++];
        *change = (Change){.change = {.file = file->entry.name}};
        read_change(mount, file, change);
    }
    for (size_t i = 0; i < mount->count; i++) {
        PatchFile *file = &mount->files[i];
        if (!file->gone)
            continue;
        file->entry = (MpWatchEntry){.name = file->entry.name}; /* back again, it is new */
        changes[count++] = (Change){.change = {.file = file->entry.name}};
    }
    return count;
}

static bool has_entry(const MpWatchList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->entries[i].name, name) == 0)
            return true;
    }
    return false;
}

/* Tells of each when it is seen first. */
static void tell_of_mistakes(const MpPatchMount *mount, const MpWatchList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *why = mp_patch_name_mistake(&list->entries[i]);
        if (!why || has_entry(&mount->seen, list->entries[i].name))
            continue;
        char name[NAME_SIZE];
        snprintf(name, sizeof name, "%s", list->entries[i].name);
        for (char *c = name; (c = strchr(c, '\n'));)
            *c = '?';
        mp_log_warning("ignored: %s: %s", name, why);
    }
}

static bool add_new_files(MpPatchMount *mount, const MpWatchList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const MpWatchEntry *entry = &list->entries[i];
        if (mp_patch_name_is_patch(entry->name) && !find_file(mount, entry->name) &&
            !add_file(mount, entry))
            return false;
    }
    return true;
}

static void apply(MpPatchMount *mount, MpVm *vm, Change *changes, size_t count)
{
    MpPatchChange *flat = malloc((count ? count : 1) * sizeof *flat);
    for (size_t i = 0; flat && i < count; i++)
        flat[i] = changes[i].change;
    if (flat && count)
        (mount->scanned ? mp_patch_apply : mp_patch_apply_lenient)(vm, flat, count);
    for (size_t i = 0; i < count; i++)
        free(changes[i].text);
    free(flat);
    forget_files_gone(mount);
}

static void scan(MpPatchMount *mount, MpVm *vm)
{
    MpError error;
    MpWatchList list = {0};
    if (!mp_watch_list(mount->folder, &list, &error)) {
        if (error.status != MP_NOT_FOUND) {
            mp_log_warning("patch folder: %s", error.message);
            return;
        }
        list = (MpWatchList){0}; /* a folder that is gone holds no patches */
    }
    Change *changes = NULL;
    if (add_new_files(mount, &list))
        changes = calloc(mount->count + 1, sizeof *changes);
    if (changes)
        apply(mount, vm, changes, note_changes(mount, &list, changes));
    free(changes);
    tell_of_mistakes(mount, &list);
    mp_watch_list_finish(&mount->seen);
    mount->seen = list;
}

/* ---- public ------------------------------------------------------------------------------- */

static void replace_bundle(MpPatchMount *mount, Bundle *old, Bundle *new)
{
    drop_bundle(mount, old);
    *old = *new;
    *new = (Bundle){0};
}

static void bundle_runs(MpPatchMount *mount, PatchFile *file, const MpPatchEvent *event)
{
    if (event->rolled_back) {
        replace_bundle(mount, &file->active, &file->good);
    } else if (event->changed) {
        if (file->active_is_good)
            replace_bundle(mount, &file->good, &file->active);
        replace_bundle(mount, &file->active, &file->staged);
    }
    file->active_is_good = event->state == MP_PATCH_ACTIVE;
    if (file->active_is_good)
        drop_bundle(mount, &file->good);
}

void mp_patch_mount_verdict(MpPatchMount *mount, const MpPatchEvent *event)
{
    PatchFile *file = find_file(mount, event->file);
    if (!file)
        return;
    file->removed = event->state == MP_PATCH_REMOVED;
    switch (event->state) {
    case MP_PATCH_STAGED:
        break;
    case MP_PATCH_TRIAL:
    case MP_PATCH_ACTIVE:
        bundle_runs(mount, file, event);
        break;
    case MP_PATCH_REFUSED:
        drop_bundle(mount, &file->staged);
        if (!event->changed)
            return; /* what was in effect before, still is */
        /* fall through */
    case MP_PATCH_QUARANTINED:
    case MP_PATCH_REMOVED:
        drop_bundle(mount, &file->active);
        file->active_is_good = false;
        break;
    }
    mount->overlays_changed |= event->changed && mp_patch_name_is_bundle(event->file);
}

bool mp_patch_mount_poll(MpPatchMount *mount, MpVm *vm)
{
    bool changed = mp_watch_poll(mount->watch) || !mount->scanned;
    if (changed) {
        scan(mount, vm);
        mount->scanned = true;
    }
    if (mount->overlays_changed) {
        mount_overlays(mount);
        changed = true;
    }
    return changed;
}

MpPatchMount *mp_patch_mount_open(const char *folder, MpVfs *vfs, MpError *error)
{
    MpPatchMount *mount = calloc(1, sizeof *mount);
    if (mount)
        mount->folder = strdup(folder);
    if (!mount || !mount->folder) {
        mp_error_set(error, MP_MEMORY, "no memory for the patch folder");
        mp_patch_mount_close(mount);
        return NULL;
    }
    mount->vfs = vfs;
    if (!mp_file_make_directory(folder, error) || !(mount->watch = mp_watch_create(NULL, error)) ||
        !mp_watch_directory(mount->watch, folder, error) ||
        !mp_vfs_mount_directory(vfs, folder, "/", error)) {
        mp_patch_mount_close(mount);
        return NULL;
    }
    return mount;
}

void mp_patch_mount_close(MpPatchMount *mount)
{
    if (!mount)
        return;
    for (size_t i = 0; i < mount->count; i++)
        mount->files[i].gone = mount->files[i].removed = true;
    forget_files_gone(mount);
    free(mount->files);
    if (mount->vfs)
        mp_vfs_unmount(mount->vfs, mount->folder, NULL);
    mp_watch_list_finish(&mount->seen);
    mp_watch_destroy(mount->watch);
    free(mount->folder);
    free(mount);
}
