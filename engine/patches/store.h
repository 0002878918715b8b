/*
 * patches/store.h - copies of good versions of patches, so that there is one to go back to when
 * the file in the patch folder has long become another.
 *
 *     MpPatchStore *store = mp_patch_store_open(folder, 0, &error);
 *     mp_patch_store_put(store, text, size, &error);                       when it passed its trial
 *     char *text = mp_patch_store_read(store, mp_journal_good(journal, file), &size, &error);
 *     mp_patch_store_collect(store, journal);                              after a commit
 *
 * A copy is a file in the user folder's patches/good/ that is named by its hash. Only the writer of
 * the journal puts and collects.
 *
 * Thread: any, one at a time.
 */
#ifndef MP_PATCHES_STORE_H
#define MP_PATCHES_STORE_H

#include "moonpatch/error.h"
#include "patches/hash.h"
#include "patches/journal.h"

typedef struct MpPatchStore MpPatchStore;

/** All copies together have at most this many bytes, unless the host says otherwise. */
enum { MP_PATCH_STORE_LIMIT = 256 << 20 };

/**
 * Opens the store of a user folder, which must exist. `limit`: bytes of all copies; 0: as above.
 * Nothing is made before the first copy.
 * Ownership: the caller's, until mp_patch_store_close().
 * Errors: NULL; MP_MEMORY.
 */
MpPatchStore *mp_patch_store_open(const char *user_folder, size_t limit, MpError *error);

/** Takes NULL. */
void mp_patch_store_close(MpPatchStore *store);

/**
 * Keeps a copy, durably. One that is there and whole is left alone.
 * Errors: false, and the copies that were there still are; MP_LIMIT, MP_IO, MP_MEMORY.
 */
bool mp_patch_store_put(MpPatchStore *store, const void *data, size_t size, MpError *error);

/**
 * The copy with this hash, with a zero behind its `*size` bytes.
 * Ownership: the caller frees it with free().
 * Errors: NULL; MP_NOT_FOUND, MP_FORMAT when its content has another hash, MP_IO, MP_MEMORY.
 */
char *mp_patch_store_read(const MpPatchStore *store, const MpHash *hash, size_t *size,
                          MpError *error);

/** Removes what no journal on the disk leads back to; see mp_journal_needs(). */
void mp_patch_store_collect(MpPatchStore *store, const MpJournal *journal);

#endif
