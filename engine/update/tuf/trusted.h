/*
 * update/tuf/trusted.h - the metadata that is trusted at a moment, and what may replace it: the
 * checks of the specification's part 5, without files and without the network.
 *
 *     MpTufTrusted trusted = {.now = start};
 *     if (mp_tuf_trust_first_root(&trusted, bytes, size, &error))
 *         ...
 *     mp_tuf_trusted_finish(&trusted);
 *
 * All errors are MP_FORMAT, MP_LIMIT, MP_MEMORY, or MP_REFUSED for what is signed wrongly, too old,
 * expired or not what was announced. Whatever is refused, what was trusted before still is.
 *
 * Glossary
 *   stored     metadata from this machine's disk: it was checked once, and is the measure for what
 *              is new even if it has expired or is not the current one any more
 *   announced  the metadata above says which version, and perhaps length and hashes, a file has
 */
#ifndef MP_TUF_TRUSTED_H
#define MP_TUF_TRUSTED_H

#include "update/tuf/metadata.h"

typedef struct MpTufTrusted {
    int64_t now; /**< Seconds since 1970: the one moment at which everything must be valid. */
    MpTufMetadata *root, *timestamp, *snapshot, *targets; /**< NULL: not yet. */
} MpTufTrusted;

/** Starts with a root that came with the program or was trusted before: its own keys signed it. */
bool mp_tuf_trust_first_root(MpTufTrusted *self, const void *bytes, size_t size, MpError *error);

/**
 * Takes the next root: its version is one more, and the keys of both signed it. It may be expired.
 * `revokes`: it took a key away from timestamp or snapshot, so that what these keys said before,
 * how new versions are for instance, is no measure any more.
 */
bool mp_tuf_trust_next_root(MpTufTrusted *self, const void *bytes, size_t size, bool *revokes,
                            MpError *error);

/** Whether a file of metadata is valid now. `role` is its name for the message. */
bool mp_tuf_trust_is_valid_now(const MpTufTrusted *self, const MpTufMetadata *metadata,
                               const char *role, MpError *error);

/** Takes a stored timestamp, expired or not. */
bool mp_tuf_trust_stored_timestamp(MpTufTrusted *self, const void *bytes, size_t size,
                                   MpError *error);

/**
 * Takes a new timestamp. One of the same version is left; then `taken` is false, and it is no
 * error.
 */
bool mp_tuf_trust_timestamp(MpTufTrusted *self, const void *bytes, size_t size, bool *taken,
                            MpError *error);

/** Takes a stored snapshot as the measure. Returns whether it is the announced one and valid. */
bool mp_tuf_trust_stored_snapshot(MpTufTrusted *self, const void *bytes, size_t size,
                                  MpError *error);

/** Takes the announced snapshot: no role is gone from it, and none has gone back. */
bool mp_tuf_trust_snapshot(MpTufTrusted *self, const void *bytes, size_t size, MpError *error);

/**
 * Checks the announced metadata of a targets role, stored or new, against its delegator of now.
 * Ownership: the result is the caller's, until mp_tuf_metadata_destroy.
 */
MpTufMetadata *mp_tuf_trust_targets(const MpTufTrusted *self, const MpTufMetadata *delegator,
                                    const char *role, const void *bytes, size_t size,
                                    MpError *error);

/** Frees all metadata; may be done twice. */
void mp_tuf_trusted_finish(MpTufTrusted *self);

#endif
