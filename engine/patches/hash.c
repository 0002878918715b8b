#include "patches/hash.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

/* The functions of OpenSSL take the hasher for their context. */
static EVP_MD_CTX *context_of(MpHasher *hasher) { return (EVP_MD_CTX *)hasher; }

MpHasher *mp_hasher_create(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context && EVP_DigestInit_ex(context, EVP_sha256(), NULL))
        return (MpHasher *)context;
    EVP_MD_CTX_free(context);
    return NULL;
}

void mp_hasher_add(MpHasher *self, const void *data, size_t size)
{
    if (self)
        EVP_DigestUpdate(context_of(self), data, size);
}

/* Without memory it fails; the empty hash that is left equals no other. */
MpHash mp_hasher_finish(MpHasher *self)
{
    MpHash hash = {""};
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (self && EVP_DigestFinal_ex(context_of(self), digest, &length)) {
        for (unsigned i = 0; i < length && i < MP_HASH_LENGTH / 2; i++)
            snprintf(hash.text + 2 * i, 3, "%02x", digest[i]);
    }
    EVP_MD_CTX_free(context_of(self));
    return hash;
}

MpHash mp_hash_of(const void *data, size_t size)
{
    MpHasher *hasher = mp_hasher_create();
    mp_hasher_add(hasher, data, size);
    return mp_hasher_finish(hasher);
}

bool mp_hash_same(const MpHash *a, const MpHash *b)
{
    return a->text[0] && strcmp(a->text, b->text) == 0;
}

bool mp_hash_parse(const char *text, MpHash *hash)
{
    if (strlen(text) != MP_HASH_LENGTH || strspn(text, "0123456789abcdef") != MP_HASH_LENGTH)
        return false;
    memcpy(hash->text, text, sizeof hash->text);
    return true;
}
