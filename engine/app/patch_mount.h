/*
 * app/patch_mount.h - the folder whose files patch the running game.
 *
 *     MpPatchMount *patches = mp_patch_mount_open(&options, vfs, memory, &error);
 *     each frame, when no script is running:
 *         if (mp_patch_mount_poll(patches, vm)) reload assets
 *
 * Patches are the folder's *.lua files and *.zip bundles, in the order of their names; what is
 * below its scripts/ and assets/ lies over the game's own files, see app/overlay.h. A bundle is a
 * zip with the same layout, whose override code is its patch.lua. Files are tried out in a process
 * of their own first, see app/patch_trial.h, and what was tried out is what is applied. A version
 * that did harm before is not run; its file's last good one is, see app/patch_memory.h.
 *
 * A release from a channel, see app/update.h, is a folder like that too. It lies below the patch
 * folder, whose files hide those of the same name, and takes effect as a whole or not at all.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_PATCH_MOUNT_H
#define MP_APP_PATCH_MOUNT_H

#include "app/options.h"
#include "app/patch_memory.h"
#include "moonpatch/error.h"
#include "moonpatch/vm.h"
#include "update/channel/release.h"
#include "vfs/vfs.h"

typedef struct MpPatchMount MpPatchMount;

/** Frames that a version must run without an error to be a good one. */
enum { MP_PATCH_TRIAL_FRAMES = 600 };

/** Hears what becomes of loose scripts, as MpVmOptions.patch_event does of patches. */
typedef void MpPatchHear(void *user, const MpPatchEvent *event);

/**
 * Opens the folder that `options` name, which is made if it is missing, mounts its assets on top of
 * `vfs` and watches it. `options`, `vfs`, `memory` and `user` are borrowed and must outlive it.
 * Ownership: the caller's, until mp_patch_mount_close.
 * Errors: NULL; MP_IO when the folder cannot be made or read, MP_MEMORY.
 */
MpPatchMount *mp_patch_mount_open(const MpOptions *options, MpVfs *vfs, MpPatchMemory *memory,
                                  MpPatchHear *hear, void *user, MpError *error);

/** What became of the release. */
typedef enum MpReleaseState {
    MP_RELEASE_WAITS,  /**< It is being tried out; the one before it runs. */
    MP_RELEASE_RUNS,   /**< It is in effect. */
    MP_RELEASE_FAILED, /**< It was refused, or a file of it was taken away. */
} MpReleaseState;

/**
 * Puts the files of `folder` in the place of the release before: all of that is one change, which
 * the next mp_patch_mount_poll() begins to try out. NULL: no release. Of its patches and scripts
 * those run that `files`, which is copied, lists with their content: others are never looked at,
 * and one that is not as it was signed fails the release. To be called before
 * mp_patch_mount_begin() for what the game starts with, and when a release failed, for what is to
 * run in its place.
 * Errors: false without memory.
 */
bool mp_patch_mount_set_release(MpPatchMount *mount, const char *folder, const MpRelease *files);

/** `*why`: one line, for MP_RELEASE_FAILED. */
MpReleaseState mp_patch_mount_release(const MpPatchMount *mount, const char **why);

/** Unmounts everything. Takes NULL. */
void mp_patch_mount_close(MpPatchMount *mount);

/** Begins to try out what is in the folder, so that a first poll soon after finds it done. */
void mp_patch_mount_begin(MpPatchMount *mount);

/**
 * Waits until what is being tried out can be applied, but no longer than that; then scripts are in
 * effect, so that the game can start with them.
 */
void mp_patch_mount_wait(MpPatchMount *mount, unsigned milliseconds);

/**
 * The game's scripts did not start, for that error: takes the script away that it names, or all if
 * it names none. Returns whether there was any.
 */
bool mp_patch_mount_withdraw(MpPatchMount *mount, const char *why);

/** The same while the game runs, and only for a script that the error names. */
bool mp_patch_mount_blame(MpPatchMount *mount, const char *why);

/** A copy of the script that is in effect in the place of `path`, for free(); NULL: there is none.
 */
char *mp_patch_mount_read(const MpPatchMount *mount, const char *path, size_t *size);

/**
 * Applies what changed in the folder to `vm`, once it was tried out; never waits for that. What
 * changes meanwhile has its turn afterwards.
 * Returns whether files below scripts/ or assets/ may have changed with it.
 */
bool mp_patch_mount_poll(MpPatchMount *mount, MpVm *vm);

/** The next poll looks at the folder, whether or not the system told of a change. */
void mp_patch_mount_rescan(MpPatchMount *mount);

/** To be called for every MpVmOptions.patch_event, and by `hear`: verdicts decide which bundles
 * stay mounted. */
void mp_patch_mount_verdict(MpPatchMount *mount, const MpPatchEvent *event);

#endif
