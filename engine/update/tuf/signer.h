/*
 * update/tuf/signer.h - private keys: made, kept encrypted, and signed with.
 *
 *     MpTufSigner *signer = mp_tuf_signer_create("ed25519", &error);
 *     char *pem = mp_tuf_signer_write(signer, passphrase, &error);
 *     json_t *key = mp_tuf_signer_public(signer, &error);
 *     char *signature = mp_tuf_signer_sign(signer, bytes, size, &error);
 *
 * A key is kept as encrypted PKCS#8 in PEM, which any OpenSSL opens: scrypt (N 16384, r 8, p 5)
 * makes the AES-256-CBC key of the passphrase. Who reads and writes the files sees to their rights.
 * Its public part is what update/tuf/key.h reads.
 */
#ifndef MP_TUF_SIGNER_H
#define MP_TUF_SIGNER_H

#include "moonpatch/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct MpTufSigner MpTufSigner;

/** Whether there are keys of that type. Errors: false; MP_INVALID. Thread: any. */
bool mp_tuf_signer_has_type(const char *type, MpError *error);

/**
 * Makes a new key: "ed25519", "ecdsa" (P-256) or "rsa" (3072 bits, which takes a second).
 * Ownership: the caller destroys it. Errors: MP_INVALID for other types, MP_IO. Thread: any.
 */
MpTufSigner *mp_tuf_signer_create(const char *type, MpError *error);

/**
 * Opens a key that mp_tuf_signer_write() wrote.
 * Ownership: the caller destroys it.
 * Errors: MP_REFUSED: not with this passphrase; MP_FORMAT: no encrypted key of the three types.
 * Thread: any.
 */
MpTufSigner *mp_tuf_signer_read(const char *pem, const char *passphrase, MpError *error);

/**
 * The key as text. It differs each time, because the salt does.
 * Ownership: the caller frees it with free(). Errors: MP_INVALID: no passphrase; MP_IO. Thread:
 * any.
 */
char *mp_tuf_signer_write(const MpTufSigner *signer, const char *passphrase, MpError *error);

/**
 * The public part, as root metadata has it.
 * Ownership: the caller's reference. Errors: MP_MEMORY. Thread: any.
 */
json_t *mp_tuf_signer_public(const MpTufSigner *signer, MpError *error);

/**
 * The signature of `size` bytes in hexadecimal digits. With ed25519 the same bytes have the same
 * signature always; with the others it differs each time.
 * Ownership: the caller frees it with free(). Errors: MP_IO. Thread: any.
 */
char *mp_tuf_signer_sign(const MpTufSigner *signer, const void *data, size_t size, MpError *error);

/** Takes NULL. The private key is wiped from memory. */
void mp_tuf_signer_destroy(MpTufSigner *signer);

#endif
