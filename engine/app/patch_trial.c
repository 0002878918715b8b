#include "app/patch_trial.h"

#include "log/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { ARGUMENTS = 16 };

struct MpPatchTrial {
    bool off;
    bool under_way;
    char process[24];
    const MpOptions *options;
    const char *release; /* NULL: none */
    const char *arguments[ARGUMENTS];
    MpRehearsal *rehearsal;
    MpRehearsalFile *files;
    size_t count;
    const MpRehearsalVerdict *verdicts; /* of `files`; NULL: all of them pass */
};

/* What the child must know to have the same scripts, classes and patches as the game. */
static void list_arguments(MpPatchTrial *trial)
{
    const MpOptions *options = trial->options;
    const char **next = trial->arguments;
    snprintf(trial->process, sizeof trial->process, "%ld", (long)uv_os_getpid());
    *next++ = "--rehearse";
    *next++ = trial->process;
    *next++ = "--patch-dir";
    *next++ = options->patch_dir;
    if (options->script) {
        *next++ = "--script";
        *next++ = options->script;
    }
    if (trial->release) {
        *next++ = "--release-dir";
        *next++ = trial->release;
    }
    if (options->plugin_dir) {
        *next++ = "--plugin-dir";
        *next++ = options->plugin_dir;
    }
    if (options->no_jit)
        *next++ = "--no-jit";
    *next = NULL;
}

MpPatchTrial *mp_patch_trial_create(const MpOptions *options, MpError *error)
{
    MpPatchTrial *trial = calloc(1, sizeof *trial);
    if (!trial) {
        mp_error_set(error, MP_MEMORY, "no memory for rehearsals");
        return NULL;
    }
    trial->off = options->no_rehearsal;
    trial->options = options;
    list_arguments(trial);
    MpRehearsalConfig config = {.arguments = trial->arguments};
    trial->rehearsal = mp_rehearsal_create(&config, error);
    if (!trial->rehearsal) {
        free(trial);
        return NULL;
    }
    return trial;
}

void mp_patch_trial_set_release(MpPatchTrial *trial, const char *folder)
{
    trial->release = folder;
    list_arguments(trial);
}

void mp_patch_trial_destroy(MpPatchTrial *trial)
{
    if (!trial)
        return;
    mp_rehearsal_destroy(trial->rehearsal);
    free(trial->files);
    free(trial);
}

static void go_without(MpPatchTrial *trial, const char *why)
{
    mp_log_warning("patches are applied without being tried out first: %s", why);
    trial->off = true;
    trial->verdicts = NULL;
}

void mp_patch_trial_start(MpPatchTrial *trial, MpRehearsalFile *files, size_t count)
{
    MpError error;
    free(trial->files);
    trial->files = files;
    trial->count = count;
    trial->verdicts = NULL;
    if (trial->off || count == 0)
        return;
    trial->under_way = mp_rehearsal_start(trial->rehearsal, files, count, &error);
    if (!trial->under_way)
        go_without(trial, error.message);
}

static void take_verdicts(MpPatchTrial *trial)
{
    for (size_t i = 0; i < trial->count; i++) {
        if (trial->verdicts[i].cause == MP_REHEARSAL_NO_CHILD) {
            go_without(trial, trial->verdicts[i].message);
            return;
        }
    }
}

bool mp_patch_trial_is_over(MpPatchTrial *trial)
{
    if (trial->under_way && (trial->verdicts = mp_rehearsal_poll(trial->rehearsal))) {
        trial->under_way = false;
        take_verdicts(trial);
    }
    return !trial->under_way;
}

void mp_patch_trial_wait(MpPatchTrial *trial, unsigned milliseconds)
{
    if (trial->under_way)
        mp_rehearsal_wait(trial->rehearsal, milliseconds);
}

bool mp_patch_trial_took_place(const MpPatchTrial *trial) { return trial->verdicts != NULL; }

static MpPatchBlame blame_for(MpRehearsalCause cause)
{
    switch (cause) {
    case MP_REHEARSAL_RUNAWAY:
        return MP_PATCH_BLAME_RUNAWAY;
    case MP_REHEARSAL_MEMORY:
        return MP_PATCH_BLAME_MEMORY;
    case MP_REHEARSAL_MIGRATION:
        return MP_PATCH_BLAME_MIGRATION;
    case MP_REHEARSAL_SLOW:
        return MP_PATCH_BLAME_HANG;
    case MP_REHEARSAL_CRASHED:
    case MP_REHEARSAL_ENDED:
    case MP_REHEARSAL_NONSENSE:
        return MP_PATCH_BLAME_CRASH;
    default:
        return MP_PATCH_BLAME_ERROR;
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const MpRehearsalFile *)a)->file, ((const MpRehearsalFile *)b)->file);
}

static const MpRehearsalFile *find(const MpPatchTrial *trial, const char *file)
{
    MpRehearsalFile key = {.file = file};
    return bsearch(&key, trial->files, trial->count, sizeof key, compare_names);
}

const char *mp_patch_trial_problem(const MpPatchTrial *trial, const char *file, MpPatchBlame *blame)
{
    const MpRehearsalFile *found = trial->verdicts ? find(trial, file) : NULL;
    if (!found || found->accepted)
        return NULL;
    const MpRehearsalVerdict *verdict = &trial->verdicts[found - trial->files];
    if (verdict->cause == MP_REHEARSAL_PASSED)
        return NULL;
    *blame = blame_for(verdict->cause);
    return verdict->message;
}
