/*
 * update/tuf/digest.h - whether bytes are those that metadata means: SHA-256 and SHA-512.
 *
 *     MpTufDigest *digest = mp_tuf_digest_create(&error);
 *     while (...)
 *         mp_tuf_digest_add(digest, bytes, size);
 *     bool good = mp_tuf_digest_finish(digest, hashes);
 */
#ifndef MP_TUF_DIGEST_H
#define MP_TUF_DIGEST_H

#include "moonpatch/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct MpTufDigest MpTufDigest;

/** Ownership: the caller's, until mp_tuf_digest_finish(). Errors: MP_MEMORY. Thread: any. */
MpTufDigest *mp_tuf_digest_create(MpError *error);

/** Adds bytes. Thread: any, one at a time. */
void mp_tuf_digest_add(MpTufDigest *self, const void *bytes, size_t size);

/**
 * Whether all that was added has those hashes: at least one is of a kind that is known, and all of
 * those are right. Ends the digest; takes NULL, which is never right.
 */
bool mp_tuf_digest_finish(MpTufDigest *self, const json_t *hashes);

/** The same for bytes that are all there. Thread: any. */
bool mp_tuf_digest_fits(const json_t *hashes, const void *bytes, size_t size);

#endif
