/*
 * keys.h - private keys for tests, and what they sign.
 *
 *     TestKey *key = test_key_create(TEST_KEY_P256);
 *     json_t *public_key = test_key_public(key);
 *     char *signature = test_key_sign(key, bytes, size);
 */
#ifndef TEST_UPDATE_KEYS_H
#define TEST_UPDATE_KEYS_H

#include <jansson.h>
#include <stddef.h>

typedef enum TestKeyKind {
    TEST_KEY_ED25519,
    TEST_KEY_P256,     /* "ecdsa" */
    TEST_KEY_P256_OLD, /* "ecdsa-sha2-nistp256" */
    TEST_KEY_RSA,
    TEST_KEY_RSA_SHORT, /* 1024 bits: none that counts */
    TEST_KEY_P384,      /* said to be of P-256: none that counts */
    TEST_KEY_KINDS
} TestKeyKind;

typedef struct TestKey TestKey;

/** A new key. Ends the test when it cannot be made. */
TestKey *test_key_create(TestKeyKind kind);

/** Takes NULL. */
void test_key_destroy(TestKey *self);

/** The key as metadata has it. Ownership: a new reference. */
json_t *test_key_public(const TestKey *self);

/** A signature in hexadecimal digits, for free(). */
char *test_key_sign(const TestKey *self, const void *data, size_t size);

#endif
