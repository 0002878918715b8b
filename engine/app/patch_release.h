/*
 * app/patch_release.h - the patches and scripts of a release, as they were signed: whatever else
 * comes to lie in its folder, or takes the place of a file there, is none of it.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_PATCH_RELEASE_H
#define MP_APP_PATCH_RELEASE_H

#include "update/channel/release.h"
#include "watch/watch.h"

/** Zero means none. */
typedef struct MpPatchRelease {
    char *folder;
    MpRelease files; /**< "patch/fix.lua" is FOLDER/fix.lua. */
} MpPatchRelease;

/**
 * Copies both.
 * Ownership: the caller passes `release` to mp_patch_release_finish. Errors: false without memory.
 */
bool mp_patch_release_open(MpPatchRelease *release, const char *folder, const MpRelease *files);

/** Takes one of zeroes. */
void mp_patch_release_finish(MpPatchRelease *release);

/**
 * Lists them as if all lay there as they were signed; an entry is another one when its content is.
 * Ownership: the caller frees list->entries; their names are the release's. Errors: false without
 * memory.
 */
bool mp_patch_release_list(const MpPatchRelease *release, MpWatchList *list);

/** Whether a file of it was signed with this content. */
bool mp_patch_release_has(const MpPatchRelease *release, const char *file, const MpHash *content);

#endif
