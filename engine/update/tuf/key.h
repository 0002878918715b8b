/*
 * update/tuf/key.h - public keys as TUF metadata has them, and what they signed.
 *
 *     {"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": "d75a98..."}}
 *
 * keytype               scheme               public
 *   ed25519               ed25519              32 bytes in hexadecimal digits
 *   ecdsa                 ecdsa-sha2-nistp256  a PEM text
 *   ecdsa-sha2-nistp256   ecdsa-sha2-nistp256  the same; the older name
 *   rsa                   rsassa-pss-sha256    a PEM text, 2048 to 8192 bits
 *
 * Keys of other types may stand in metadata; they verify nothing.
 */
#ifndef MP_TUF_KEY_H
#define MP_TUF_KEY_H

#include "moonpatch/error.h"
#include "patches/hash.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * The id that a key must have in metadata: the SHA-256 of its canonical form, all members included.
 * Errors: those of mp_tuf_canonical(). Thread: any.
 */
bool mp_tuf_key_id(const json_t *key, MpHash *id, MpError *error);

/**
 * What is equal for two keys when they are one, however they are called and written down: the
 * SHA-256 of the public part in DER.
 * Errors: MP_FORMAT for what is no key of the table. Thread: any.
 */
bool mp_tuf_key_identity(const json_t *key, MpHash *identity, MpError *error);

/**
 * Whether `signature`, in hexadecimal digits, is what this key makes of `size` bytes.
 * Errors: false, also for what is no key of the table or no signature. Thread: any.
 */
bool mp_tuf_key_verify(const json_t *key, const void *data, size_t size, const char *signature,
                       MpError *error);

#endif
