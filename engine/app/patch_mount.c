#include "app/patch_mount.h"

#include "app/overlay.h"
#include "app/patch_apply.h"
#include "app/patch_name.h"
#include "app/patch_record.h"
#include "app/patch_scan.h"
#include "file/file.h"
#include "file/path.h"
#include "log/log.h"
#include "watch/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* There need not be any. */
static void mount_assets(const MpPatchMount *mount)
{
    mp_vfs_mount_directory(mount->vfs, mount->assets, "/assets", NULL);
}

static void unmount_release_assets(MpPatchMount *mount)
{
    if (mount->release_assets)
        mp_vfs_unmount(mount->vfs, mount->release_assets, NULL);
    free(mount->release_assets);
    mount->release_assets = NULL;
}

/* Those of the release that is in effect. */
static void mount_release_assets(MpPatchMount *mount)
{
    if (mount->release_state == MP_RELEASE_WAITS && mount->applied)
        return;
    unmount_release_assets(mount);
    mount->release_assets =
        mount->release.folder ? mp_path_join(mount->release.folder, "assets") : NULL;
    if (mount->release_assets)
        mp_vfs_mount_directory(mount->vfs, mount->release_assets, "/assets", NULL);
}

/* Lays the release's assets over the game, the accepted bundles in the order of their names, and
   loose assets on top. */
static void mount_overlays(MpPatchMount *mount)
{
    MpError error;
    for (size_t i = 0; i < mount->count; i++)
        mp_vfs_unmount(mount->vfs, mount->files[i].entry.name, NULL);
    mp_vfs_unmount(mount->vfs, mount->assets, NULL);
    mount_release_assets(mount);
    for (size_t i = 0; i < mount->count; i++) {
        const MpPatchFile *file = &mount->files[i];
        if (file->active.bytes &&
            !mp_patch_version_overlay(&file->active, mount->vfs, file->entry.name, &error))
            mp_log_error("bundle %s: %s", file->entry.name, error.message);
    }
    mount_assets(mount);
    mount->overlays_changed = false;
}

/* What there is to rehearse of a file; `*accepted` if it is in effect, and has not changed. */
static const MpPatchVersion *version_for_trial(const MpPatchMount *mount, const MpPatchFile *file,
                                               bool *accepted)
{
    const MpPatchFileChange *change = mp_patch_find_change(mount, file->entry.name);
    *accepted = !change && !file->staged.bytes;
    if (change)
        return &change->version;
    return *accepted ? &file->active : &file->staged;
}

/* Tries what changed, and what waits for that, out on what is in effect and has not changed. */
static void start_trial(MpPatchMount *mount)
{
    MpRehearsalFile *files = calloc(mount->count + 1, sizeof *files);
    size_t count = 0, changed = 0;
    for (size_t i = 0; files && i < mount->count; i++) {
        bool accepted;
        const MpPatchFile *file = &mount->files[i];
        const MpPatchVersion *version = version_for_trial(mount, file, &accepted);
        if (!version->bytes)
            continue;
        changed += !accepted;
        files[count++] = (MpRehearsalFile){.file = file->entry.name,
                                           .bytes = version->bytes,
                                           .size = version->size,
                                           .accepted = accepted};
    }
    mp_patch_trial_start(mount->trial, files, changed ? count : 0);
}

/* Looks at files again of which nothing runs any more, although there is a good version, and at
   those whose turn has come. */
static void recover(MpPatchMount *mount)
{
    for (size_t i = 0; i < mount->count; i++) {
        MpPatchFile *file = &mount->files[i];
        if (file->lost && !file->active.bytes) {
            file->entry = (MpWatchEntry){.name = file->entry.name};
            mount->touched = true;
        }
        file->lost = false;
        if (file->held && mp_patch_suspects_may_come(mount))
            mount->touched = true;
    }
}

static void take_wanted_release(MpPatchMount *mount)
{
    mp_patch_release_finish(&mount->release);
    mount->release = mount->wanted_release;
    mount->wanted_release = (MpPatchRelease){0};
    mount->release_due = false;
    mount->tries_release = true;
    mp_patch_trial_set_release(mount->trial, mount->release.folder);
    if (!mount->applied)
        mount_release_assets(mount);
}

static void scan(MpPatchMount *mount)
{
    mount->touched = false;
    if (mount->release_due)
        take_wanted_release(mount);
    if (mp_patch_scan(mount))
        start_trial(mount);
}

/* ---- the release --------------------------------------------------------------------------- */

static void fail_release(MpPatchMount *mount, const char *file, const char *why)
{
    size_t length = strlen(file);
    bool names_it = strncmp(why, file, length) == 0;
    mount->release_state = MP_RELEASE_FAILED;
    mp_error_set(&mount->release_problem, MP_REFUSED, "%s%s%s", names_it ? "" : file,
                 names_it ? "" : ": ", why);
}

/* What a file of the release is refused for before anything is applied. */
static const char *problem_before(const MpPatchMount *mount, const MpPatchFileChange *change)
{
    MpPatchBlame blame;
    if (change->problem.status != MP_OK)
        return change->problem.message;
    if (change->condemned[0])
        return change->condemned;
    return mp_patch_trial_problem(mount->trial, change->file, &blame);
}

/* Files that were looked at are as good as new. */
static void look_at_all_again(MpPatchMount *mount)
{
    for (size_t i = 0; i < mount->change_count; i++) {
        MpPatchFile *file = mp_patch_find_file(mount, mount->changes[i].file);
        file->entry = (MpWatchEntry){.name = file->entry.name};
    }
    mp_patch_forget_changes(mount);
}

/* Of a release all files take effect or none. Returns false when it is none. */
static bool admit_release(MpPatchMount *mount)
{
    if (!mount->tries_release)
        return true;
    mount->tries_release = false;
    for (size_t i = 0; i < mount->change_count; i++) {
        const MpPatchFileChange *change = &mount->changes[i];
        const MpPatchFile *file = mp_patch_find_file(mount, change->file);
        const char *why = file->of_release ? problem_before(mount, change) : NULL;
        if (why) {
            fail_release(mount, change->file, why);
            look_at_all_again(mount);
            return false;
        }
    }
    mount->release_state = MP_RELEASE_RUNS;
    mount->overlays_changed = true;
    return true;
}

/* One file that is taken away takes the release along. */
static void blame_release(MpPatchMount *mount, const MpPatchFile *file, const MpPatchEvent *event)
{
    bool bad = event->state == MP_PATCH_REFUSED || event->state == MP_PATCH_QUARANTINED;
    bool broken = event->rolled_back && event->changed;
    if (file->of_release && mount->release_state == MP_RELEASE_RUNS && (bad || broken))
        fail_release(mount, event->file, event->cause);
}

MpReleaseState mp_patch_mount_release(const MpPatchMount *mount, const char **why)
{
    *why = mount->release_problem.message;
    return mount->release_state;
}

bool mp_patch_mount_set_release(MpPatchMount *mount, const char *folder, const MpRelease *files)
{
    MpPatchRelease wanted = {0};
    if (folder && !mp_patch_release_open(&wanted, folder, files))
        return false;
    mp_patch_release_finish(&mount->wanted_release);
    mount->wanted_release = wanted;
    mount->release_due = mount->touched = true;
    mount->release_state = MP_RELEASE_WAITS;
    return true;
}

/* ---- public ------------------------------------------------------------------------------- */

static void replace(MpPatchMount *mount, MpPatchVersion *old, MpPatchVersion *new)
{
    mp_patch_version_drop(old, mount->vfs);
    *old = *new;
    *new = (MpPatchVersion){0};
}

static void note_running(MpPatchMount *mount, MpPatchFile *file, const MpPatchEvent *event)
{
    if (event->rolled_back) {
        replace(mount, &file->active, &file->good);
        file->active.stands_in = true;
    } else if (event->changed) {
        if (file->active_is_good)
            replace(mount, &file->good, &file->active);
        replace(mount, &file->active, &file->staged);
    }
    file->active_is_good = event->state == MP_PATCH_ACTIVE;
    if (file->active_is_good)
        mp_patch_version_drop(&file->good, mount->vfs);
}

void mp_patch_mount_verdict(MpPatchMount *mount, const MpPatchEvent *event)
{
    MpPatchFile *file = mp_patch_find_file(mount, event->file);
    if (!file)
        return;
    bool runs = event->state == MP_PATCH_TRIAL || event->state == MP_PATCH_ACTIVE;
    blame_release(mount, file, event);
    file->removed = event->state == MP_PATCH_REMOVED;
    if (runs)
        note_running(mount, file, event);
    bool never_ran = event->state == MP_PATCH_QUARANTINED && !event->changed;
    mp_patch_record_event(mount, file, event);
    if (!runs && event->changed) {
        mp_patch_version_drop(&file->active, mount->vfs);
        file->active_is_good = false;
    }
    if (event->state == MP_PATCH_REFUSED || never_ran)
        mp_patch_version_drop(&file->staged, mount->vfs);
    mount->overlays_changed |= event->changed && mp_patch_name_is_bundle(event->file);
}

void mp_patch_mount_begin(MpPatchMount *mount)
{
    if (!mount->changes)
        scan(mount);
}

void mp_patch_mount_wait(MpPatchMount *mount, unsigned milliseconds)
{
    mp_patch_trial_wait(mount->trial, milliseconds);
    if (mount->changes && mp_patch_trial_is_over(mount->trial) && admit_release(mount))
        mp_patch_lay_overlays(mount, &(const char *){NULL});
}

void mp_patch_mount_rescan(MpPatchMount *mount) { mount->touched = true; }

bool mp_patch_mount_withdraw(MpPatchMount *mount, const char *why)
{
    return mp_overlay_withdraw(mount, why);
}

bool mp_patch_mount_blame(MpPatchMount *mount, const char *why)
{
    return mp_overlay_blame(mount, why);
}

char *mp_patch_mount_read(const MpPatchMount *mount, const char *path, size_t *size)
{
    const MpPatchFile *file = mp_patch_find_file(mount, path);
    return file ? mp_patch_version_copy(&file->active, size) : NULL;
}

bool mp_patch_mount_poll(MpPatchMount *mount, MpVm *vm)
{
    bool changed = mp_watch_poll(mount->watch);
    mount->touched = mount->touched || changed;
    if (!mount->changes)
        recover(mount);
    if (mount->touched && !mount->changes)
        scan(mount);
    if (mount->applying ||
        (mount->changes && mp_patch_trial_is_over(mount->trial) && admit_release(mount)))
        mp_patch_apply_changes(mount, vm);
    mp_overlay_step(mount);
    mp_patch_record_end(mount);
    if (changed)
        mount_assets(mount);
    if (mount->overlays_changed) {
        mount_overlays(mount);
        changed = true;
    }
    return changed;
}

MpPatchMount *mp_patch_mount_open(const MpOptions *options, MpVfs *vfs, MpPatchMemory *memory,
                                  MpPatchHear *hear, void *user, MpError *error)
{
    const char *folder = options->patch_dir;
    MpPatchMount *mount = calloc(1, sizeof *mount);
    if (mount) {
        mount->folder = strdup(folder);
        mount->assets = mp_path_join(folder, "assets");
    }
    if (!mount || !mount->folder || !mount->assets) {
        mp_error_set(error, MP_MEMORY, "no memory for the patch folder");
        mp_patch_mount_close(mount);
        return NULL;
    }
    mount->vfs = vfs;
    mount->memory = memory;
    mount->hear = hear;
    mount->hearer = user;
    mount->touched = true;
    mount->release_state = MP_RELEASE_RUNS; /* none */
    if (!(mount->trial = mp_patch_trial_create(options, error)) ||
        !mp_file_make_directory(folder, error) || !(mount->watch = mp_watch_create(NULL, error)) ||
        !mp_watch_directory(mount->watch, folder, error)) {
        mp_patch_mount_close(mount);
        return NULL;
    }
    mount_assets(mount);
    return mount;
}

void mp_patch_mount_close(MpPatchMount *mount)
{
    if (!mount)
        return;
    mp_patch_trial_destroy(mount->trial);
    for (size_t i = 0; i < mount->count; i++)
        mount->files[i].gone = mount->files[i].removed = true;
    mp_patch_forget_changes(mount);
    free(mount->files);
    if (mount->vfs)
        mp_vfs_unmount(mount->vfs, mount->assets, NULL);
    if (mount->vfs)
        unmount_release_assets(mount);
    mp_watch_list_finish(&mount->seen);
    mp_watch_destroy(mount->watch);
    mp_patch_release_finish(&mount->release);
    mp_patch_release_finish(&mount->wanted_release);
    free(mount->folder);
    free(mount->assets);
    free(mount);
}
