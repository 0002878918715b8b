/*
 * update/tuf/target.h - a file that a channel publishes, as its keys signed it.
 */
#ifndef MP_TUF_TARGET_H
#define MP_TUF_TARGET_H

#include "moonpatch/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MpTufTarget {
    char *path;
    int64_t length; /**< Bytes. */
    json_t *hashes; /**< At least one; texts of hexadecimal digits by "sha256", "sha512" ... */
    json_t *custom; /**< What else was signed with it, or NULL. */
} MpTufTarget;

/**
 * Takes what targets metadata says of a path.
 * Errors: MP_MEMORY. Thread: any.
 */
bool mp_tuf_target_init(MpTufTarget *self, const char *path, const json_t *entry, MpError *error);

/** May be done twice. */
void mp_tuf_target_finish(MpTufTarget *self);

/** Whether the file at `file` is this target. Errors: MP_REFUSED, MP_NOT_FOUND, MP_IO. */
bool mp_tuf_target_fits(const MpTufTarget *self, const char *file, MpError *error);

/** The path, "a/b.lua", or with a hash, "a/HASH.b.lua"; quoted, for free(). NULL without memory. */
char *mp_tuf_target_url(const MpTufTarget *self, bool with_hash);

#endif
