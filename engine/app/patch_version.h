/*
 * app/patch_version.h - one version of a patch file, as the game and its rehearsal read it.
 */
#ifndef MP_APP_PATCH_VERSION_H
#define MP_APP_PATCH_VERSION_H

#include "moonpatch/patch.h"
#include "patches/hash.h"
#include "vfs/vfs.h"

enum { MP_PATCH_NAME_SIZE = 300 };

/** The bytes of a file, and for bundles their private place in the vfs. Zero: no such version. */
typedef struct MpPatchVersion {
    char *bytes; /**< malloc'd; NULL: no such version. */
    size_t size;
    MpHash hash;                    /**< Of the bytes. */
    bool stands_in;                 /**< A good version that runs in the place of the file's own. */
    char mount[MP_PATCH_NAME_SIZE]; /**< "gold.zip@3": it is at bundles/gold.zip@3/; "": nowhere. */
} MpPatchVersion;

/** A version made ready for mp_patch_apply(). */
typedef struct MpPatchReading {
    MpPatchChange change;
    char *patch; /* a bundle's patch.lua */
    char root[MP_PATCH_NAME_SIZE + 16];
    MpError problem;
} MpPatchReading;

/**
 * Reads a file of the patch folder, whole.
 * Errors: false, and a message that does not name it.
 */
bool mp_patch_version_read(MpPatchVersion *version, const char *folder, const char *file,
                           MpError *error);

/**
 * Fills `reading`: a bundle is mounted where only its own code looks, under a name made of `file`
 * and `number`. It is inspected first, which takes time in proportion to its content, unless it was
 * `checked` already. What is wrong with it is in reading->change.problem.
 * `file` and `version` must not move until mp_patch_reading_finish().
 */
void mp_patch_version_stage(MpPatchVersion *version, MpVfs *vfs, const char *file, unsigned number,
                            bool checked, MpPatchReading *reading);

/** Frees what was read; the version stays mounted. */
void mp_patch_reading_finish(MpPatchReading *reading);

/** Lays a bundle over the game's files, under its own name. */
bool mp_patch_version_overlay(const MpPatchVersion *version, MpVfs *vfs, const char *file,
                              MpError *error);

/** A copy of its bytes, with a zero behind them, for free(). NULL: there are none, or no memory. */
char *mp_patch_version_copy(const MpPatchVersion *version, size_t *size);

/** Unmounts and frees it. Takes one of zeroes. */
void mp_patch_version_drop(MpPatchVersion *version, MpVfs *vfs);

#endif
