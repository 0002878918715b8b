#include "app/patch_apply.h"

#include "app/overlay.h"
#include "app/patch_name.h"
#include "moonpatch/patch.h"
#include "moonpatch/reload.h"

#include <stdlib.h>

/* ---- what the VM is told ----------------------------------------------------------------- */

/* What the VM is told of a change that was tried out. */
static MpPatchChange prepare(MpPatchMount *mount, MpPatchFileChange *change)
{
    MpPatchFile *file = mp_patch_find_file(mount, change->file);
    MpPatchBlame blame = MP_PATCH_BLAME_ERROR;
    const char *problem = change->problem.status != MP_OK
                              ? change->problem.message
                              : mp_patch_trial_problem(mount->trial, change->file, &blame);
    const char *condemned = change->condemned[0] ? change->condemned : NULL;
    if (problem || !change->version.bytes)
        return (MpPatchChange){
            .file = change->file, .problem = problem, .blame = blame, .condemned = condemned};
    bool rehearsed = mp_patch_trial_took_place(mount->trial);
    mp_patch_version_drop(&file->staged, mount->vfs);
    file->staged = change->version;
    change->version =
        (MpPatchVersion){.hash = file->staged.hash, .stands_in = file->staged.stands_in};
    mp_patch_version_stage(&file->staged, mount->vfs, change->file, ++mount->versions, rehearsed,
                           &change->reading);
    change->reading.change.condemned = condemned;
    change->reading.change.rehearsed = rehearsed;
    change->reading.change.proven =
        mp_patch_memory_trusts(mount->memory, change->file, &file->staged.hash);
    return change->reading.change;
}

/* Files that wait in the VM for this change, and failed their rehearsal with it. */
static size_t refuse_waiting(const MpPatchMount *mount, MpPatchChange *flat)
{
    size_t count = 0;
    for (size_t i = 0; i < mount->count; i++) {
        const MpPatchFile *file = &mount->files[i];
        const char *name = file->entry.name;
        if (!file->staged.bytes || mp_patch_name_is_overlay(name) ||
            mp_patch_find_change(mount, name))
            continue;
        MpPatchBlame blame;
        const char *problem = mp_patch_trial_problem(mount->trial, name, &blame);
        if (problem)
            flat[count++] = (MpPatchChange){.file = name, .problem = problem, .blame = blame};
    }
    return count;
}

/* What the VM is told of the change. Returns how many that are. */
static size_t prepare_all(MpPatchMount *mount, MpPatchChange *flat)
{
    size_t count = refuse_waiting(mount, flat);
    for (size_t i = 0; i < mount->change_count; i++) {
        if (!mp_patch_name_is_overlay(mount->changes[i].file))
            flat[count++] = prepare(mount, &mount->changes[i]);
    }
    return count;
}

/* A patch that is refused whatever the VM makes of it; NULL: none. */
static const char *refused_patch(const MpPatchChange *flat, size_t count)
{
    while (count > 0 && !flat->problem && (flat->text || !flat->condemned))
        count--, flat++;
    return count > 0 ? flat->file : NULL;
}

/* ---- taking effect ----------------------------------------------------------------------- */

bool mp_patch_lay_overlays(MpPatchMount *mount, const char **culprit)
{
    bool changed = !mount->laid && mp_overlay_apply(mount, culprit);
    mount->laid = true;
    return changed;
}

static void forget_files_gone(MpPatchMount *mount)
{
    size_t kept = 0;
    for (size_t i = 0; i < mount->count; i++) {
        MpPatchFile *file = &mount->files[i];
        if (file->gone && file->removed) {
            mp_vfs_unmount(mount->vfs, file->entry.name, NULL);
            mp_patch_version_drop(&file->active, mount->vfs);
            mp_patch_version_drop(&file->staged, mount->vfs);
            mp_patch_version_drop(&file->good, mount->vfs);
            free(file->entry.name);
        } else {
            mount->files[kept++] = *file;
        }
    }
    mount->count = kept;
}

void mp_patch_forget_changes(MpPatchMount *mount)
{
    for (size_t i = 0; i < mount->change_count; i++) {
        mp_patch_reading_finish(&mount->changes[i].reading);
        mp_patch_version_drop(&mount->changes[i].version, mount->vfs);
    }
    free(mount->changes);
    mount->changes = NULL;
    mount->change_count = 0;
    forget_files_gone(mount);
}

static void end_apply(MpPatchMount *mount)
{
    mount->applying = false;
    mount->applied = mount->uncommitted = true;
    mount->laid = false;
    mp_patch_forget_changes(mount);
}

static void begin_apply(MpPatchMount *mount, MpVm *vm)
{
    MpPatchChange *flat = malloc((mount->count + mount->change_count + 1) * sizeof *flat);
    size_t count = flat ? prepare_all(mount, flat) : 0;
    const char *patch = refused_patch(flat, count), *culprit = patch;
    if (mp_patch_lay_overlays(mount, &culprit))
        mp_vm_reload(vm);
    for (size_t i = 0; culprit != patch && i < count; i++)
        flat[i].waits_for = culprit;
    mp_patch_record_trial(mount);
    if (!mount->applied) {
        mp_patch_record_missing(mount);
        mp_patch_apply_lenient(vm, flat, count);
    } else if (!culprit || count > 0) { /* otherwise what waits goes on waiting */
        mp_patch_begin(vm, flat, count);
    }
    mount->applying = true;
    free(flat);
}

void mp_patch_apply_changes(MpPatchMount *mount, MpVm *vm)
{
    enum { PIECE_US = 4000 };
    if (!mount->applying)
        begin_apply(mount, vm);
    if (!mount->applied || mp_patch_proceed(vm, PIECE_US))
        end_apply(mount);
}
