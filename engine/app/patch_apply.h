/*
 * app/patch_apply.h - changes of the patch folder that were tried out take effect.
 */
#ifndef MP_APP_PATCH_APPLY_H
#define MP_APP_PATCH_APPLY_H

#include "app/patch_record.h"

/**
 * Tells the VM of the changes, overlays first, and forgets them when it is done. A change of many
 * files takes some frames: then it is to be called again, as long as `applying` is set. At the
 * start of the game, when nobody waits for a picture, it takes one call.
 */
void mp_patch_apply_changes(MpPatchMount *mount, MpVm *vm);

/**
 * Lays the overlays of the changes over the game's files, once; before the patches, which may build
 * on them. Returns whether scripts changed. `*culprit`: what the change waits for, if anything.
 */
bool mp_patch_lay_overlays(MpPatchMount *mount, const char **culprit);

/** Forgets the changes, and the files that went with them. */
void mp_patch_forget_changes(MpPatchMount *mount);

#endif
