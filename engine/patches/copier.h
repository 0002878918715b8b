/*
 * patches/copier.h - puts copies of good versions into the store, on a thread of its own: a copy
 * waits for the disk, and frames must not.
 *
 *     mp_copier_request(copier, "shield.lua", bytes, size);
 *     each frame:
 *         while (mp_copier_take(copier, &copy)) it is in the store, or copy.error says why not
 *
 * Thread: all functions on one thread.
 */
#ifndef MP_PATCHES_COPIER_H
#define MP_PATCHES_COPIER_H

#include "patches/content.h"
#include "patches/store.h"

typedef struct MpCopier MpCopier;

/** What became of a copy. */
typedef struct MpCopy {
    char file[MP_JOURNAL_FILE_SIZE];
    MpHash hash;
    MpError error; /**< MP_OK: it is in the store. */
} MpCopy;

/**
 * `store` is borrowed until mp_copier_destroy(), and only to be used when nothing is under way.
 * Ownership: the caller's, until mp_copier_destroy().
 * Errors: NULL; MP_MEMORY when there is no memory, or no thread to be had.
 */
MpCopier *mp_copier_create(MpPatchStore *store, MpError *error);

/** Waits for what is under way. Takes NULL. */
void mp_copier_destroy(MpCopier *copier);

/** Asks for a copy of a version of `file`; the bytes are copied. Errors: false without memory. */
bool mp_copier_request(MpCopier *copier, const char *file, const void *bytes, size_t size);

/** Hands over one copy that is done, the oldest first; false: none is. Takes no time. */
bool mp_copier_take(MpCopier *copier, MpCopy *copy);

/** Waits until nothing is under way any more. */
void mp_copier_wait(MpCopier *copier);

#endif
