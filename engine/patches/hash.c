#include "patches/hash.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

MpHash mp_hash_of(const void *data, size_t size)
{
    MpHash hash = {""};
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    /* Without memory it fails; the empty hash that is left equals no other. */
    if (!EVP_Digest(data, size, digest, &length, EVP_sha256(), NULL))
        return hash;
    for (unsigned i = 0; i < length && i < MP_HASH_LENGTH / 2; i++)
        snprintf(hash.text + 2 * i, 3, "%02x", digest[i]);
    return hash;
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
