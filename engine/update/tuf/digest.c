#include "update/tuf/digest.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KINDS = 2 };
static const char *const names[KINDS] = {"sha256", "sha512"};

struct MpTufDigest {
    EVP_MD_CTX *contexts[KINDS];
    bool failed;
};

MpTufDigest *mp_tuf_digest_create(MpError *error)
{
    MpTufDigest *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(error, MP_MEMORY, "no memory for a hash");
        return NULL;
    }
    for (int i = 0; i < KINDS; i++) {
        self->contexts[i] = EVP_MD_CTX_new();
        self->failed |= !self->contexts[i] ||
                        !EVP_DigestInit_ex(self->contexts[i], EVP_get_digestbyname(names[i]), NULL);
    }
    return self;
}

void mp_tuf_digest_add(MpTufDigest *self, const void *bytes, size_t size)
{
    for (int i = 0; i < KINDS && !self->failed; i++)
        self->failed = !EVP_DigestUpdate(self->contexts[i], bytes, size);
}

/* Whether a context ends in `expected`, in hexadecimal digits. */
static bool ends_in(EVP_MD_CTX *context, const char *expected)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    char text[2 * EVP_MAX_MD_SIZE + 1] = "";
    unsigned length = 0;
    if (!EVP_DigestFinal_ex(context, digest, &length))
        return false;
    for (unsigned i = 0; i < length; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    return strcmp(text, expected) == 0;
}

bool mp_tuf_digest_finish(MpTufDigest *self, const json_t *hashes)
{
    int known = 0, right = 0;
    if (!self)
        return false;
    for (int i = 0; i < KINDS; i++) {
        const char *expected = json_string_value(json_object_get(hashes, names[i]));
        if (expected) {
            known++;
            right += !self->failed && ends_in(self->contexts[i], expected);
        }
        EVP_MD_CTX_free(self->contexts[i]);
    }
    free(self);
    return known > 0 && right == known;
}

bool mp_tuf_digest_fits(const json_t *hashes, const void *bytes, size_t size)
{
    MpTufDigest *digest = mp_tuf_digest_create(NULL);
    if (digest)
        mp_tuf_digest_add(digest, bytes, size);
    return mp_tuf_digest_finish(digest, hashes);
}
