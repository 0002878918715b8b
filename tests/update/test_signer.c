#include "update/tuf/signer.h"

#include "update/tuf/key.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char *const types[] = {"ed25519", "ecdsa", "rsa"};
static const char message[] = "what is signed";

static char *sign(const MpTufSigner *signer)
{
    return mp_tuf_signer_sign(signer, message, strlen(message), NULL);
}

Test(signer, each_type_signs_what_its_public_key_verifies)
{
    for (size_t i = 0; i < 3; i++) {
        MpError error = {0};
        MpTufSigner *signer = mp_tuf_signer_create(types[i], &error);
        cr_assert(signer, "%s: %s", types[i], error.message);
        json_t *key = mp_tuf_signer_public(signer, &error);
        char *signature = sign(signer);
        cr_expect_str_eq(json_string_value(json_object_get(key, "keytype")), types[i]);
        cr_expect(mp_tuf_key_verify(key, message, strlen(message), signature, &error), "%s: %s",
                  types[i], error.message);
        cr_expect(!mp_tuf_key_verify(key, "another", 7, signature, NULL), "%s", types[i]);
        free(signature);
        json_decref(key);
        mp_tuf_signer_destroy(signer);
    }
}

Test(signer, a_key_is_the_same_after_it_was_written_and_read)
{
    for (size_t i = 0; i < 3; i++) {
        MpError error = {0};
        MpTufSigner *signer = mp_tuf_signer_create(types[i], NULL);
        char *pem = mp_tuf_signer_write(signer, "a passphrase", &error);
        cr_assert(pem, "%s: %s", types[i], error.message);
        MpTufSigner *again = mp_tuf_signer_read(pem, "a passphrase", &error);
        cr_assert(again, "%s: %s", types[i], error.message);
        json_t *one = mp_tuf_signer_public(signer, NULL),
               *other = mp_tuf_signer_public(again, NULL);
        cr_expect(json_equal(one, other), "%s", types[i]);
        json_decref(one);
        json_decref(other);
        mp_tuf_signer_destroy(again);
        mp_tuf_signer_destroy(signer);
        free(pem);
    }
}

Test(signer, ed25519_signs_the_same_bytes_alike)
{
    MpTufSigner *signer = mp_tuf_signer_create("ed25519", NULL);
    char *one = sign(signer), *other = sign(signer);
    cr_expect_str_eq(one, other);
    free(one);
    free(other);
    mp_tuf_signer_destroy(signer);
}

Test(signer, refuses_other_passphrases_and_other_texts)
{
    MpError error;
    MpTufSigner *signer = mp_tuf_signer_create("ed25519", NULL);
    char *pem = mp_tuf_signer_write(signer, "right", NULL);
    cr_expect_null(mp_tuf_signer_read(pem, "wrong", &error));
    cr_expect_eq(error.status, MP_REFUSED);
    cr_expect_null(mp_tuf_signer_read(pem, "", &error));
    pem[strlen(pem) / 2] ^= 1;
    cr_expect_null(mp_tuf_signer_read(pem, "right", &error));
    cr_expect_null(mp_tuf_signer_read("no key", "right", &error));
    cr_expect_eq(error.status, MP_FORMAT);
    cr_expect_null(mp_tuf_signer_write(signer, "", &error));
    cr_expect_eq(error.status, MP_INVALID);
    cr_expect_null(mp_tuf_signer_create("dsa", &error));
    cr_expect_eq(error.status, MP_INVALID);
    free(pem);
    mp_tuf_signer_destroy(signer);
}

/* A secret that others can read at once is none: the text must not have it. */
Test(signer, a_written_key_is_encrypted)
{
    MpTufSigner *signer = mp_tuf_signer_create("ed25519", NULL);
    char *one = mp_tuf_signer_write(signer, "a passphrase", NULL);
    char *other = mp_tuf_signer_write(signer, "a passphrase", NULL);
    cr_expect(strncmp(one, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", 38) == 0);
    cr_expect_str_neq(one, other, "it has no salt");
    free(one);
    free(other);
    mp_tuf_signer_destroy(signer);
}
