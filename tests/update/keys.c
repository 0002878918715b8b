#include "keys.h"

#include <criterion/criterion.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Kind {
    const char *type, *scheme, *algorithm, *group, *digest;
    unsigned bits;
} Kind;

struct TestKey {
    const Kind *kind;
    EVP_PKEY *pair;
};

static const Kind kinds[TEST_KEY_KINDS] = {
    [TEST_KEY_ED25519] = {"ed25519", "ed25519", "ED25519", NULL, NULL, 0},
    [TEST_KEY_P256] = {"ecdsa", "ecdsa-sha2-nistp256", "EC", "P-256", "SHA256", 0},
    [TEST_KEY_P256_OLD] = {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "EC", "P-256", "SHA256",
                           0},
    [TEST_KEY_RSA] = {"rsa", "rsassa-pss-sha256", "RSA", NULL, "SHA256", 2048},
    [TEST_KEY_RSA_SHORT] = {"rsa", "rsassa-pss-sha256", "RSA", NULL, "SHA256", 1024},
    [TEST_KEY_P384] = {"ecdsa", "ecdsa-sha2-nistp256", "EC", "P-384", "SHA256", 0},
};

static EVP_PKEY *generate(const Kind *kind)
{
    if (kind->bits)
        return EVP_RSA_gen(kind->bits);
    return kind->group ? EVP_EC_gen(kind->group) : EVP_PKEY_Q_keygen(NULL, NULL, kind->algorithm);
}

TestKey *test_key_create(TestKeyKind kind)
{
    TestKey *self = malloc(sizeof *self);
    cr_assert(self);
    *self = (TestKey){.kind = &kinds[kind], .pair = generate(&kinds[kind])};
    cr_assert(self->pair);
    return self;
}

void test_key_destroy(TestKey *self)
{
    if (!self)
        return;
    EVP_PKEY_free(self->pair);
    free(self);
}

/* For free(). */
static char *hex(const unsigned char *bytes, size_t size)
{
    char *text = calloc(2 * size + 1, 1);
    cr_assert(text);
    for (size_t i = 0; i < size; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    return text;
}

static json_t *raw_part(const TestKey *self)
{
    unsigned char bytes[32];
    size_t size = sizeof bytes;
    cr_assert(EVP_PKEY_get_raw_public_key(self->pair, bytes, &size));
    char *digits = hex(bytes, size);
    json_t *text = json_string(digits);
    free(digits);
    return text;
}

static json_t *pem_part(const TestKey *self)
{
    BIO *memory = BIO_new(BIO_s_mem());
    char *bytes;
    cr_assert(PEM_write_bio_PUBKEY(memory, self->pair));
    long size = BIO_get_mem_data(memory, &bytes);
    json_t *text = json_stringn(bytes, (size_t)size);
    BIO_free(memory);
    return text;
}

json_t *test_key_public(const TestKey *self)
{
    json_t *part = self->kind->digest ? pem_part(self) : raw_part(self);
    return json_pack("{s:s, s:s, s:{s:o}}", "keytype", self->kind->type, "scheme",
                     self->kind->scheme, "keyval", "public", part);
}

char *test_key_sign(const TestKey *self, const void *data, size_t size)
{
    EVP_PKEY_CTX *options;
    unsigned char bytes[1024];
    size_t length = sizeof bytes;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    cr_assert(
        EVP_DigestSignInit_ex(context, &options, self->kind->digest, NULL, NULL, self->pair, NULL));
    if (self->kind->bits)
        cr_assert(EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) > 0);
    cr_assert(EVP_DigestSign(context, bytes, &length, data, size));
    EVP_MD_CTX_free(context);
    return hex(bytes, length);
}
