/*
 * cli/channel/metadata.h - the roles' files: {"signatures": [...], "signed": {...}}.
 */
#ifndef MP_CLI_CHANNEL_METADATA_H
#define MP_CLI_CHANNEL_METADATA_H

#include "channel/keys.h"

#include <stdint.h>

/** The four roles, in the order in which clients read them. */
extern const char *const mp_metadata_roles[];
enum {
    MP_METADATA_ROLES = 4,
    MP_METADATA_KEYS = 16, /* a role has no more of them */
    MP_METADATA_LIMIT = 8 << 20,
};

/**
 * Reads a role's file.
 * Ownership: the caller's reference. Errors: NULL; MP_NOT_FOUND, MP_FORMAT and the like.
 */
json_t *mp_metadata_read(const char *path, MpError *error);

/**
 * Signs `content`, the signed part of a role, with the keys that `root` gives the role; and, unless
 * it is NULL, with those that `before` gives it: root metadata needs both.
 * Ownership: the caller frees the file's text with free(). Errors: NULL; those of mp_keys_sign().
 */
char *mp_metadata_sign(json_t *content, MpKeys *keys, const json_t *root, const json_t *before,
                       MpError *error);

/** Whether enough keys that `root` gives a role have signed a file. */
bool mp_metadata_is_signed(const json_t *file, const json_t *root, const char *role);

/** The number of a role's file. */
long mp_metadata_version(const json_t *content);

/** The role of a signed part: "targets". */
const char *mp_metadata_role(const json_t *content);

/**
 * Gives a signed part the next number, and the day on which it expires: so many days after `today`
 * as `root` says for its role.
 */
void mp_metadata_renew(json_t *content, const json_t *root, int64_t today);

/** The first member of `content`: {"_type": role, "spec_version": ..., "version": 0}. */
json_t *mp_metadata_create(const char *role);

/** The `moonpatch` member of custom data, which is made if there is none; borrowed. */
json_t *mp_metadata_custom(json_t *content);

/** How a file is known to those above it: {"hashes": {"sha256": ...}, "length": ...}. */
json_t *mp_metadata_describe(const void *data, size_t size);

#endif
