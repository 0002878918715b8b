/*
 * app/patch_scan.h - what the patch folder and the release below it hold now, and what of that is
 * new.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_PATCH_SCAN_H
#define MP_APP_PATCH_SCAN_H

#include "app/patch_record.h"

/**
 * Looks at both folders: what is in the patch folder hides a file of the same name in the release.
 * Fills mount->changes, which must be NULL. Returns false, and nothing has changed, when a folder
 * cannot be read or there is no memory.
 */
bool mp_patch_scan(MpPatchMount *mount);

#endif
