#include "app/patch_record.h"

#include "app/patch_memory.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_suspect(const MpPatchMount *mount, const MpPatchVersion *version)
{
    return version->bytes && mp_patch_memory_suspects(mount->memory, &version->hash);
}

static bool has_suspect(const MpPatchMount *mount, const MpPatchFileChange *changes, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < mount->count; i++)
        any = any || is_suspect(mount, &mount->files[i].staged) ||
              is_suspect(mount, &mount->files[i].active);
    for (size_t i = 0; i < count; i++)
        any = any || is_suspect(mount, &changes[i].version);
    return any;
}

bool mp_patch_must_wait(const MpPatchMount *mount, const MpPatchVersion *version,
                        const MpPatchFileChange *changes, size_t count)
{
    return is_suspect(mount, version) && has_suspect(mount, changes, count);
}

bool mp_patch_suspects_may_come(const MpPatchMount *mount) { return !has_suspect(mount, NULL, 0); }

/* All code that is run by applying changes belongs to a staged version. */
void mp_patch_record_trial(const MpPatchMount *mount)
{
    for (size_t i = 0; i < mount->count; i++) {
        const MpPatchFile *file = &mount->files[i];
        if (file->staged.bytes)
            mp_patch_memory_prepare_trial(mount->memory, file->entry.name, &file->staged);
    }
    mp_patch_memory_begin_trial(mount->memory);
}

static void commit(MpPatchMount *mount)
{
    MpJournalEntry *running = calloc(mount->count + 1, sizeof *running);
    MpHash *on_trial = malloc((mount->count + 1) * sizeof *on_trial);
    size_t count = 0, trials = 0;
    for (size_t i = 0; running && on_trial && i < mount->count; i++) {
        const MpPatchFile *file = &mount->files[i];
        if (!file->active.bytes)
            continue;
        snprintf(running[count].file, sizeof running->file, "%s", file->entry.name);
        running[count++].hash = file->active.hash;
        if (!file->active_is_good)
            on_trial[trials++] = file->active.hash;
    }
    if (running && on_trial)
        mp_patch_memory_commit(mount->memory, running, count, on_trial, trials);
    mount->uncommitted = false;
    free(running);
    free(on_trial);
}

static bool is_there(void *user, const char *file)
{
    return mp_patch_find_file(user, file) != NULL;
}

void mp_patch_record_missing(MpPatchMount *mount)
{
    mp_patch_memory_forget_missing(mount->memory, is_there, mount);
}

void mp_patch_record_end(MpPatchMount *mount)
{
    if (mount->uncommitted)
        commit(mount);
    mp_patch_memory_save(mount->memory);
}

/* The version that an event is about. */
static const MpPatchVersion *version_of(const MpPatchMount *mount, const MpPatchFile *file,
                                        const MpPatchEvent *event)
{
    static const MpPatchVersion none;
    if (event->state == MP_PATCH_REMOVED)
        return &none;
    if (event->changed || event->state == MP_PATCH_ACTIVE)
        return &file->active;
    const MpPatchFileChange *change = mp_patch_find_change(mount, event->file);
    return change ? &change->version : &file->staged;
}

/* Of a version that stands in for another one nothing is noted as long as it is well: the state of
   the file is that of its own content. */
void mp_patch_record_event(MpPatchMount *mount, MpPatchFile *file, const MpPatchEvent *event)
{
    const MpPatchVersion *version = version_of(mount, file, event);
    bool lost = event->changed && event->state == MP_PATCH_QUARANTINED;
    mount->uncommitted = true;
    if (!version->stands_in || lost)
        mp_patch_memory_note(mount->memory, event, version);
    file->lost = lost && mp_patch_memory_can_recall(mount->memory, event->file, &version->hash);
}
