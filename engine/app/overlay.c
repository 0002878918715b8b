#include "app/overlay.h"

#include "app/patch_memory.h"
#include "app/patch_name.h"
#include "file/path.h"
#include "log/log.h"
#include "vfs/bundle_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_LIMIT = 16 };

/* ---- listing ------------------------------------------------------------------------------- */

static bool is_script(const MpWatchEntry *entry, const char *path)
{
    return entry->name[0] != '.' && mp_patch_name_is_patch(path) &&
           !mp_patch_name_is_bundle(path) && strlen(path) < MP_JOURNAL_FILE_SIZE;
}

static bool append(MpWatchList *list, MpWatchEntry *entry, const char *path)
{
    MpWatchEntry *grown = list->count < MP_WATCH_LIST_LIMIT
                              ? realloc(list->entries, (list->count + 1) * sizeof *grown)
                              : NULL;
    if (!grown)
        return false;
    list->entries = grown;
    char *name = strdup(path);
    if (!name)
        return false;
    grown[list->count] = *entry;
    grown[list->count++].name = name;
    return true;
}

static bool list_below(const char *folder, const char *below, int depth, MpWatchList *list,
                       MpError *error);

static bool list_entry(const char *folder, const char *below, int depth, MpWatchEntry *entry,
                       MpWatchList *list, MpError *error)
{
    char path[MP_PATCH_NAME_SIZE + 1];
    snprintf(path, sizeof path, "%s/%s", below, entry->name);
    if (entry->type == MP_WATCH_DIRECTORY)
        return entry->name[0] == '.' || depth == DEPTH_LIMIT ||
               list_below(folder, path, depth + 1, list, error);
    if (!is_script(entry, path) || append(list, entry, path))
        return true;
    mp_error_set(error, MP_MEMORY, "no room to list '%s'", path);
    return false;
}

/* A folder that is not there, or went meanwhile, holds nothing. */
static bool list_below(const char *folder, const char *below, int depth, MpWatchList *list,
                       MpError *error)
{
    MpError why = {.status = MP_MEMORY};
    MpWatchList found = {0};
    char *path = mp_path_join(folder, below);
    bool ok = path && mp_watch_list(path, &found, &why);
    free(path);
    if (!ok && why.status == MP_NOT_FOUND)
        return true;
    if (!ok)
        *error = why;
    for (size_t i = 0; ok && i < found.count; i++)
        ok = list_entry(folder, below, depth, &found.entries[i], list, error);
    mp_watch_list_finish(&found);
    return ok;
}

bool mp_overlay_list(const char *folder, MpWatchList *list, MpError *error)
{
    return list_below(folder, "scripts", 1, list, error);
}

void mp_overlay_module(const char *file, char module[MP_PATCH_NAME_SIZE])
{
    static const char *const tails[] = {".lua", "/init"};
    snprintf(module, MP_PATCH_NAME_SIZE, "%s", file + strlen("scripts/"));
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t length = strlen(module), tail = strlen(tails[i]);
        if (length > tail && strcmp(module + length - tail, tails[i]) == 0)
            module[length - tail] = '\0';
    }
    for (char *c = module; (c = strchr(c, '/'));)
        *c = '.';
}

/* ---- verdicts ------------------------------------------------------------------------------- */

static bool is_staged(const MpPatchFile *file)
{
    return file->staged.bytes && mp_patch_name_is_overlay(file->entry.name);
}

static bool is_active(const MpPatchFile *file)
{
    return file->active.bytes && mp_patch_name_is_overlay(file->entry.name);
}

static void log_event(const MpPatchEvent *event)
{
    const char *state = mp_patch_state_name(event->state);
    if (event->in_effect && event->changed && event->cause[0])
        mp_log_warning("patch %s rolled back to %s", event->file, event->cause);
    else if (event->cause[0])
        mp_log_warning("patch %s %s: %s", event->file, state, event->cause);
    else if (event->changed)
        mp_log_info("patch %s %s", event->file,
                    event->state == MP_PATCH_REMOVED ? state : "applied");
}

static void decide_for(MpPatchMount *mount, const MpPatchFile *file, MpPatchState state,
                       bool changed, const char *cause, MpPatchBlame blame)
{
    MpPatchEvent event = {
        .file = file->entry.name,
        .id = file->entry.name,
        .state = state,
        .changed = changed,
        .in_effect = changed ? state == MP_PATCH_TRIAL || state == MP_PATCH_ACTIVE
                             : file->active.bytes != NULL,
        .blame = blame,
        .cause = cause,
    };
    log_event(&event);
    mount->hear(mount->hearer, &event);
}

static void decide(MpPatchMount *mount, const MpPatchFile *file, MpPatchState state, bool changed,
                   const char *cause)
{
    decide_for(mount, file, state, changed, cause, MP_PATCH_BLAME_ERROR);
}

static const char *wrong_place(const char *file)
{
    return strcmp(file, MP_BUNDLE_FORBIDDEN) == 0 ? MP_BUNDLE_FORBIDDEN
               ": is the engine's own, and nothing may lie over it"
                                                  : NULL;
}

static const char *problem_of(const MpPatchMount *mount, const MpPatchFileChange *change,
                              MpPatchBlame *blame)
{
    const char *wrong = change->version.bytes ? wrong_place(change->file) : NULL;
    if (wrong || change->problem.status == MP_OK)
        return wrong ? wrong : mp_patch_trial_problem(mount->trial, change->file, blame);
    return change->problem.message;
}

/* Returns whether it is fit. */
static bool stage_change(MpPatchMount *mount, MpPatchFileChange *change)
{
    MpPatchFile *file = mp_patch_find_file(mount, change->file);
    MpPatchBlame blame = MP_PATCH_BLAME_ERROR;
    const char *problem = problem_of(mount, change, &blame);
    if (problem)
        decide_for(mount, file, MP_PATCH_REFUSED, false, problem, blame);
    else if (change->version.bytes) {
        mp_patch_version_drop(&file->staged, mount->vfs);
        file->staged = change->version;
        change->version =
            (MpPatchVersion){.hash = file->staged.hash, .stands_in = file->staged.stands_in};
    } else if (change->condemned[0]) {
        decide(mount, file, MP_PATCH_QUARANTINED, false, change->condemned);
    } else {
        mp_patch_version_drop(&file->staged, mount->vfs);
        decide(mount, file, MP_PATCH_REMOVED, true, "");
    }
    return !problem;
}

/* Those that wait were tried out with this change, and may have failed with it. */
static void refuse_waiting(MpPatchMount *mount)
{
    for (size_t i = 0; i < mount->count; i++) {
        const MpPatchFile *file = &mount->files[i];
        if (!is_staged(file) || mp_patch_find_change(mount, file->entry.name))
            continue;
        MpPatchBlame blame;
        const char *problem = mp_patch_trial_problem(mount->trial, file->entry.name, &blame);
        if (problem)
            decide_for(mount, file, MP_PATCH_REFUSED, false, problem, blame);
    }
}

/* ---- taking effect -------------------------------------------------------------------------- */

static void wait_for(MpPatchMount *mount, const MpPatchFile *file, const char *culprit)
{
    char cause[2 * MP_PATCH_NAME_SIZE];
    snprintf(cause, sizeof cause,
             "waits, as nothing of a change takes effect if a part is refused: see %s", culprit);
    if (mp_patch_find_change(mount, file->entry.name)) /* it was told of the others before */
        decide(mount, file, MP_PATCH_STAGED, false, cause);
}

static void take_effect(MpPatchMount *mount, MpPatchFile *file)
{
    char cause[MP_ERROR_MESSAGE_SIZE] = "";
    const char *name = file->entry.name;
    bool proven = mp_patch_memory_trusts(mount->memory, name, &file->staged.hash);
    const MpPatchFileChange *change = mp_patch_find_change(mount, name);
    if (change && change->condemned[0])
        snprintf(cause, sizeof cause, "its last good version, since: %.*s", (int)sizeof cause - 64,
                 change->condemned);
    mp_patch_memory_prepare_trial(mount->memory, name, &file->staged);
    file->frames = 0;
    decide(mount, file, proven ? MP_PATCH_ACTIVE : MP_PATCH_TRIAL, true, cause);
}

bool mp_overlay_apply(MpPatchMount *mount, const char **culprit)
{
    bool any = false;
    refuse_waiting(mount);
    for (size_t i = 0; i < mount->change_count; i++) {
        MpPatchFileChange *change = &mount->changes[i];
        if (!mp_patch_name_is_overlay(change->file))
            continue;
        any = true;
        if (!stage_change(mount, change))
            *culprit = change->file;
    }
    for (size_t i = 0; i < mount->count; i++) {
        MpPatchFile *file = &mount->files[i];
        if (!is_staged(file))
            continue;
        any = true;
        if (*culprit && mount->applied)
            wait_for(mount, file, *culprit);
        else
            take_effect(mount, file);
    }
    mp_patch_memory_begin_trial(mount->memory);
    return any;
}

/* ---- afterwards ----------------------------------------------------------------------------- */

void mp_overlay_step(MpPatchMount *mount)
{
    for (size_t i = 0; i < mount->count; i++) {
        MpPatchFile *file = &mount->files[i];
        if (is_active(file) && !file->active_is_good && ++file->frames >= MP_PATCH_TRIAL_FRAMES)
            decide(mount, file, MP_PATCH_ACTIVE, false, "");
    }
}

static bool is_named(const MpPatchFile *file, const char *why)
{
    size_t length = strlen(file->entry.name);
    return strncmp(why, file->entry.name, length) == 0 && why[length] == ':';
}

static void withdraw_all(MpPatchMount *mount, const char *why)
{
    char line[MP_ERROR_MESSAGE_SIZE];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(why, "\n"), why);
    for (size_t i = 0; i < mount->count; i++) {
        if (is_active(&mount->files[i]))
            decide(mount, &mount->files[i], MP_PATCH_REFUSED, true, line);
    }
}

/* The file that the first line of a message names; NULL: none that is in effect. */
static MpPatchFile *named_file(MpPatchMount *mount, const char *line)
{
    MpPatchFile *named = NULL;
    for (size_t i = 0; i < mount->count; i++) {
        MpPatchFile *file = &mount->files[i];
        if (is_active(file) && is_named(file, line))
            named = file;
    }
    return named;
}

bool mp_overlay_blame(MpPatchMount *mount, const char *why)
{
    char line[MP_ERROR_MESSAGE_SIZE];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(why, "\n"), why);
    MpPatchFile *named = named_file(mount, line);
    if (named)
        decide(mount, named, MP_PATCH_QUARANTINED, true, line);
    return named != NULL;
}

bool mp_overlay_withdraw(MpPatchMount *mount, const char *why)
{
    bool any = false;
    for (size_t i = 0; i < mount->count; i++)
        any = any || is_active(&mount->files[i]);
    if (!mp_overlay_blame(mount, why))
        withdraw_all(mount, why);
    return any;
}
