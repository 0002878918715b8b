/*
 * update/tuf/store.h - the metadata on this machine's disk: FOLDER/ROLE.json, byte for byte as it
 * was published and without a version in its name.
 *
 * The name of a role is quoted, so that none leads out of the folder; each file is replaced
 * atomically.
 */
#ifndef MP_TUF_STORE_H
#define MP_TUF_STORE_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * A role's metadata of at most `limit` bytes, or NULL.
 * Ownership: the caller frees it with free(). Errors: MP_NOT_FOUND, MP_IO, MP_LIMIT, MP_MEMORY.
 * Thread: any.
 */
char *mp_tuf_store_load(const char *folder, const char *role, size_t limit, size_t *size,
                        MpError *error);

/** Replaces a role's metadata. Errors: MP_IO, MP_MEMORY. Thread: any, one at a time. */
bool mp_tuf_store_save(const char *folder, const char *role, const void *bytes, size_t size,
                       MpError *error);

/** Takes a role's metadata away, if there is any. Errors: MP_IO, MP_MEMORY. */
bool mp_tuf_store_remove(const char *folder, const char *role, MpError *error);

#endif
