/*
 * app/patch_trial.h - rehearsals of this game's patches, by this game's own program and options.
 *
 *     mp_patch_trial_start(trial, files, count);
 *     each frame:
 *         if (mp_patch_trial_is_over(trial))
 *             refuse what has an mp_patch_trial_problem(), apply the rest
 *
 * With --rehearsal=off, and where the system starts no process, a trial is over at once and
 * everything passes; the latter is told once.
 *
 * Thread: all functions on the main thread; none but mp_patch_trial_wait() waits.
 */
#ifndef MP_APP_PATCH_TRIAL_H
#define MP_APP_PATCH_TRIAL_H

#include "app/options.h"
#include "moonpatch/patch.h"
#include "patches/rehearsal.h"

typedef struct MpPatchTrial MpPatchTrial;

/**
 * `options` are borrowed until mp_patch_trial_destroy().
 * Ownership: the caller's, until mp_patch_trial_destroy(). Errors: NULL; MP_MEMORY.
 */
MpPatchTrial *mp_patch_trial_create(const MpOptions *options, MpError *error);

/** Trials that start from now on have the assets of that release too. `folder` is borrowed until
   the next call; NULL: none. Nothing may be under way. */
void mp_patch_trial_set_release(MpPatchTrial *trial, const char *folder);

/** Ends a trial that is under way. Takes NULL. */
void mp_patch_trial_destroy(MpPatchTrial *trial);

/**
 * Starts to rehearse `files`, in the order of their names; nothing may be under way. Names and
 * bytes are borrowed until the next start. Ownership: takes `files`, which came from malloc().
 */
void mp_patch_trial_start(MpPatchTrial *trial, MpRehearsalFile *files, size_t count);

/** Whether nothing is under way (any more). */
bool mp_patch_trial_is_over(MpPatchTrial *trial);

/** Waits for that, at most so long. */
void mp_patch_trial_wait(MpPatchTrial *trial, unsigned milliseconds);

/** Whether files were really tried out in the last trial. */
bool mp_patch_trial_took_place(const MpPatchTrial *trial);

/**
 * Why a file of the last trial is refused, and what it did; NULL: it is not, and `*blame` stays.
 * Valid until the next start.
 */
const char *mp_patch_trial_problem(const MpPatchTrial *trial, const char *file,
                                   MpPatchBlame *blame);

#endif
