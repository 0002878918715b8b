/*
 * cli/channel/keys.h - the folders with key files, and signing with what is in them.
 *
 *     NAME.pem   the private key: encrypted, and readable by its owner only
 *     NAME.pub   its public part, as root metadata has it; not secret
 *
 * Names are for people: a key is found by its public part.
 */
#ifndef MP_CLI_CHANNEL_KEYS_H
#define MP_CLI_CHANNEL_KEYS_H

#include "channel/passphrase.h"
#include "options.h"

#include <jansson.h>

typedef struct MpKeys {
    MpWords folders;
    MpPassphrase passphrase;
} MpKeys;

/**
 * Makes a key of `type` and writes PATH.pem and PATH.pub.
 * Errors: false; MP_REFUSED: one of them is there.
 */
bool mp_keys_make(MpKeys *keys, const char *path, const char *type, MpError *error);

/**
 * The public part of the key at `path`, which is made as a key of `type`, unless it is there: of
 * one whose making was interrupted, PATH.pub is written anew. `made` tells whether there was none.
 * Errors: NULL; those of mp_keys_make() and mp_keys_public().
 */
json_t *mp_keys_take(MpKeys *keys, const char *path, const char *type, bool *made, MpError *error);

/** Whether PATH.pem or PATH.pub is there. */
bool mp_keys_exist(const char *path);

/** Removes PATH.pem and PATH.pub: of a key that nobody has heard of yet. */
void mp_keys_remove(const char *path);

/** The public part of PATH.pub, with or without ".pub". Errors: NULL; MP_NOT_FOUND, MP_FORMAT. */
json_t *mp_keys_public(const char *path, MpError *error);

/**
 * Adds to `signatures` what the keys of a role make of `size` bytes, in the role's order, until
 * there are as many as its threshold; a key that signed already counts.
 * `root` is the signed part of root metadata.
 * Errors: false; MP_NOT_FOUND: the folders have too few of the keys; MP_REFUSED: a key file that
 * others can read, a wrong passphrase.
 */
bool mp_keys_sign(MpKeys *keys, const json_t *root, const char *role, const void *data, size_t size,
                  json_t *signatures, MpError *error);

#endif
