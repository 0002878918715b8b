#include "update/tuf/key.h"

#include "keys.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Examples that others published, so that both halves cannot be wrong in the same way. */
Test(key, known_signatures)
{
    static const struct {
        const char *type, *scheme, *text, *message, *signature;
    } cases[] = {
        /* RFC 8032, 7.1, test 2 */
        {"ed25519", "ed25519", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
         "r",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
        /* RFC 6979, A.2.5, SHA-256 */
        {"ecdsa", "ecdsa-sha2-nistp256",
         "-----BEGIN PUBLIC KEY-----\n"
         "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7\n"
         "Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==\n"
         "-----END PUBLIC KEY-----\n",
         "sample",
         "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
         "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpError error = {0};
        json_t *key = json_pack("{s:s, s:s, s:{s:s}}", "keytype", cases[i].type, "scheme",
                                cases[i].scheme, "keyval", "public", cases[i].text);
        cr_expect(mp_tuf_key_verify(key, cases[i].message, strlen(cases[i].message),
                                    cases[i].signature, &error),
                  "%s: %s", cases[i].type, error.message);
        json_decref(key);
    }
}

static const char message[] = "what is signed";

static bool verifies(const TestKey *key, const char *signed_text, const char *signature)
{
    json_t *public_key = test_key_public(key);
    bool ok = mp_tuf_key_verify(public_key, signed_text, strlen(signed_text), signature, NULL);
    json_decref(public_key);
    return ok;
}

Test(key, each_kind_verifies_what_it_signed_and_nothing_else)
{
    for (TestKeyKind kind = TEST_KEY_ED25519; kind <= TEST_KEY_RSA; kind++) {
        TestKey *key = test_key_create(kind), *other = test_key_create(kind);
        char *signature = test_key_sign(key, message, strlen(message));
        cr_expect(verifies(key, message, signature), "%d", kind);
        cr_expect(!verifies(key, "what is not signed", signature), "%d", kind);
        cr_expect(!verifies(other, message, signature), "%d", kind);
        free(signature);
        test_key_destroy(key);
        test_key_destroy(other);
    }
}

Test(key, weak_and_foreign_keys_verify_nothing)
{
    for (TestKeyKind kind = TEST_KEY_RSA_SHORT; kind < TEST_KEY_KINDS; kind++) {
        TestKey *key = test_key_create(kind);
        char *signature = test_key_sign(key, message, strlen(message));
        cr_expect(!verifies(key, message, signature), "%d", kind);
        free(signature);
        test_key_destroy(key);
    }
}

Test(key, a_signature_has_one_form)
{
    TestKey *key = test_key_create(TEST_KEY_ED25519);
    char *signature = test_key_sign(key, message, strlen(message));
    static const struct {
        const char *before, *behind;
        int digits;
    } cases[] = {
        {"", "", 0},     {"", "", 126},  {"", "", 127},   {"", "00", 128},
        {"00", "", 128}, {"", " ", 128}, {"0x", "", 128}, {"0:", "", 128},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char other[256];
        snprintf(other, sizeof other, "%s%.*s%s", cases[i].before, cases[i].digits, signature,
                 cases[i].behind);
        cr_expect(!verifies(key, message, other), "%s", other);
    }
    char colons[256];
    snprintf(colons, sizeof colons, "%.2s:%s", signature, signature + 2);
    cr_expect(!verifies(key, message, colons), "%s", colons);
    free(signature);
    test_key_destroy(key);
}

Test(key, nonsense_is_no_key)
{
    static const char *const cases[] = {
        "null",
        "[]",
        "{}",
        "{\"keytype\": 1, \"scheme\": 2, \"keyval\": 3}",
        "{\"keytype\": \"ed25519\", \"scheme\": \"ed25519\", \"keyval\": {}}",
        "{\"keytype\": \"ed25519\", \"scheme\": \"ed25519\", \"keyval\": {\"public\": \"00\"}}",
        "{\"keytype\": \"ed25519\", \"scheme\": \"rsassa-pss-sha256\", \"keyval\": "
        "{\"public\": \"00\"}}",
        "{\"keytype\": \"rsa\", \"scheme\": \"rsassa-pss-sha256\", \"keyval\": {\"public\": "
        "\"-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----\\n\"}}",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpError error = {0};
        MpHash identity;
        json_t *key = json_loads(cases[i], JSON_DECODE_ANY, NULL);
        cr_assert(key, "%s", cases[i]);
        cr_expect(!mp_tuf_key_verify(key, "", 0, "00", &error), "%s", cases[i]);
        cr_expect(error.message[0], "%s", cases[i]);
        cr_expect(!mp_tuf_key_identity(key, &identity, NULL), "%s", cases[i]);
        json_decref(key);
    }
}

Test(key, a_key_that_is_written_otherwise_is_the_same)
{
    MpHash a, b, c;
    TestKey *key = test_key_create(TEST_KEY_P256), *other = test_key_create(TEST_KEY_P256);
    json_t *one = test_key_public(key), *two = test_key_public(key),
           *three = test_key_public(other);
    const char *pem = json_string_value(json_object_get(json_object_get(one, "keyval"), "public"));
    json_t *spaced = json_sprintf("a comment\n%s\n\n", pem);
    json_object_set_new(json_object_get(two, "keyval"), "public", spaced);
    json_object_set_new(two, "keytype", json_string("ecdsa-sha2-nistp256"));
    json_object_set_new(two, "owner", json_string("somebody"));
    cr_expect(mp_tuf_key_identity(one, &a, NULL) && mp_tuf_key_identity(two, &b, NULL) &&
              mp_tuf_key_identity(three, &c, NULL));
    cr_expect(mp_hash_same(&a, &b));
    cr_expect(!mp_hash_same(&a, &c));
    json_decref(one);
    json_decref(two);
    json_decref(three);
    test_key_destroy(key);
    test_key_destroy(other);
}

/* Of a key in a repository that tuf-on-ci made, which adds a member. */
Test(key, ids_are_those_of_other_implementations)
{
    MpHash id;
    json_t *key =
        json_pack("{s:s, s:s, s:s, s:{s:s}}", "keytype", "ecdsa", "scheme", "ecdsa-sha2-nistp256",
                  "x-tuf-on-ci-keyowner", "@jku", "keyval", "public",
                  "-----BEGIN PUBLIC KEY-----\n"
                  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEohqIdE+yTl4OxpX8ZxNUPrg3SL9H\n"
                  "BDnhZuceKkxy2oMhUOxhWweZeG3bfM1T4ZLnJimC6CAYVU5+F5jZCoftRw==\n"
                  "-----END PUBLIC KEY-----\n");
    cr_assert(mp_tuf_key_id(key, &id, NULL));
    cr_expect_str_eq(id.text, "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81");
    json_decref(key);
}
