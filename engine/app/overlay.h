/*
 * app/overlay.h - loose scripts in the patch folder that lie over the game's own.
 *
 * `patch/scripts/waves.lua` takes the place of the game's scripts/waves.lua. It is a file of the
 * patch folder like any other: tried out in a process of its own, on trial for its first frames,
 * remembered, and left out when it did harm. What the VM decides for patches is decided here, and
 * told in the same events.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_OVERLAY_H
#define MP_APP_OVERLAY_H

#include "app/patch_record.h"

/** Appends the scripts below `folder`/scripts to its list; files that only look like some are left
    out. Errors: false; MP_MEMORY, MP_LIMIT, MP_IO. */
bool mp_overlay_list(const char *folder, MpWatchList *list, MpError *error);

/** "scripts/scenes/play.lua" -> "scenes.play"; "scripts/hud/init.lua" -> "hud". */
void mp_overlay_module(const char *file, char module[MP_PATCH_NAME_SIZE]);

/** Puts what was tried out into effect: all scripts of the change or, if one is refused, none; at
    the start of the game, those that are right. `*culprit` is a patch of the change that is
   refused, so that no script takes effect either; or NULL, and then a script that is, if one is.
   Returns whether mp_vm_reload() may find something. */
bool mp_overlay_apply(MpPatchMount *mount, const char **culprit);

/** A frame went by: ends trials. */
void mp_overlay_step(MpPatchMount *mount);

/** The game's scripts do not start: takes away the script that `why` names, or else all. Returns
    whether there was any. */
bool mp_overlay_withdraw(MpPatchMount *mount, const char *why);

/** Takes the script away that `why` names. Returns whether there was one. */
bool mp_overlay_blame(MpPatchMount *mount, const char *why);

#endif
