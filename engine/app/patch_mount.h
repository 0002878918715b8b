/*
 * app/patch_mount.h - the folder whose files patch the running game.
 *
 *     MpPatchMount *patches = mp_patch_mount_open(&options, vfs, memory, &error);
 *     each frame, when no script is running:
 *         if (mp_patch_mount_poll(patches, vm)) reload assets
 *
 * Patches are the folder's *.lua files and *.zip bundles, in the order of their names; everything
 * below its scripts/ and assets/ lies over the game's own files. A bundle is a zip with the same
 * layout, whose override code is its patch.lua. Files are tried out in a process of their own
 * first, see app/patch_trial.h, and what was tried out is what is applied. A version that did harm
 * before is not run; its file's last good one is, see app/patch_memory.h.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_PATCH_MOUNT_H
#define MP_APP_PATCH_MOUNT_H

#include "app/options.h"
#include "app/patch_memory.h"
#include "moonpatch/error.h"
#include "moonpatch/vm.h"
#include "vfs/vfs.h"

typedef struct MpPatchMount MpPatchMount;

/**
 * Opens the folder that `options` name, which is made if it is missing, mounts it on top of `vfs`
 * and watches it. `options`, `vfs` and `memory` are borrowed and must outlive it.
 * Ownership: the caller's, until mp_patch_mount_close.
 * Errors: NULL; MP_IO when the folder cannot be made or read, MP_MEMORY.
 */
MpPatchMount *mp_patch_mount_open(const MpOptions *options, MpVfs *vfs, MpPatchMemory *memory,
                                  MpError *error);

/** Unmounts everything. Takes NULL. */
void mp_patch_mount_close(MpPatchMount *mount);

/** Begins to try out what is in the folder, so that a first poll soon after finds it done. */
void mp_patch_mount_begin(MpPatchMount *mount);

/** Waits until what is being tried out can be applied, but no longer than that. */
void mp_patch_mount_wait(MpPatchMount *mount, unsigned milliseconds);

/**
 * Applies what changed in the folder to `vm`, once it was tried out; never waits for that. What
 * changes meanwhile has its turn afterwards.
 * Returns whether files below scripts/ or assets/ may have changed with it.
 */
bool mp_patch_mount_poll(MpPatchMount *mount, MpVm *vm);

/** To be called for every MpVmOptions.patch_event: verdicts decide which bundles stay mounted. */
void mp_patch_mount_verdict(MpPatchMount *mount, const MpPatchEvent *event);

#endif
