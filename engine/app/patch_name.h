/*
 * app/patch_name.h - which entries of the patch folder are patches.
 */
#ifndef MP_APP_PATCH_NAME_H
#define MP_APP_PATCH_NAME_H

#include "watch/watch.h"

#include <stdbool.h>

/** Whether a name is a bundle's: *.zip. */
bool mp_patch_name_is_bundle(const char *name);

/** Whether a name is that of a script that lies over one of the game's: scripts/... */
bool mp_patch_name_is_overlay(const char *name);

/** Whether a name is a patch's: *.lua or a bundle, not hidden, on one line. */
bool mp_patch_name_is_patch(const char *name);

/**
 * Why an entry is no patch although somebody may have meant it to be: "X.LUA", a folder. NULL: it
 * is one, or nobody did: hidden files, an editor's, notes, and the folders with a meaning.
 */
const char *mp_patch_name_mistake(const MpWatchEntry *entry);

/** Logs mp_patch_name_mistake() of those entries that are not among the `seen`. */
void mp_patch_name_tell_mistakes(const MpWatchList *list, const MpWatchList *seen);

#endif
