/*
 * app/patch_mount.h - the folder whose files patch the running game.
 *
 *     MpPatchMount *patches = mp_patch_mount_open("patch", vfs, &error);
 *     each frame, when no script is running:
 *         if (mp_patch_mount_poll(patches, vm)) reload assets
 *
 * Patches are the folder's *.lua files and *.zip bundles, in the order of their names; everything
 * below its scripts/ and assets/ lies over the game's own files. A bundle is a zip with the same
 * layout, whose override code is its patch.lua.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_PATCH_MOUNT_H
#define MP_APP_PATCH_MOUNT_H

#include "moonpatch/error.h"
#include "moonpatch/vm.h"
#include "vfs/vfs.h"

typedef struct MpPatchMount MpPatchMount;

/**
 * Opens the folder, which is made if it is missing, mounts it on top of `vfs` and watches it.
 * `vfs` is borrowed and must outlive it.
 * Ownership: the caller's, until mp_patch_mount_close.
 * Errors: NULL; MP_IO when the folder cannot be made or read, MP_MEMORY.
 */
MpPatchMount *mp_patch_mount_open(const char *folder, MpVfs *vfs, MpError *error);

/** Unmounts everything. Takes NULL. */
void mp_patch_mount_close(MpPatchMount *mount);

/**
 * Applies what is in the folder to `vm`. The first call always does.
 * Returns whether files below scripts/ or assets/ may have changed with it.
 */
bool mp_patch_mount_poll(MpPatchMount *mount, MpVm *vm);

/** To be called for every MpVmOptions.patch_event: verdicts decide which bundles stay mounted. */
void mp_patch_mount_verdict(MpPatchMount *mount, const MpPatchEvent *event);

#endif
