#include "patches/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static int hash_pieces(int file, MpHash *hash)
{
    unsigned char piece[64 << 10];
    MpHasher *hasher = mp_hasher_create();
    ssize_t count;
    while ((count = read(file, piece, sizeof piece)) > 0)
        mp_hasher_add(hasher, piece, (size_t)count);
    int code = count < 0 ? errno : 0;
    *hash = mp_hasher_finish(hasher);
    return code;
}

/* Nothing else than a file is waited for. */
bool mp_hash_of_file(const char *path, uint64_t size, MpHash *hash, MpError *error)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int code = file < 0 || fstat(file, &status) != 0 ? errno : 0;
    bool fits = code == 0 && S_ISREG(status.st_mode) && (uint64_t)status.st_size == size;
    if (fits)
        code = hash_pieces(file, hash);
    if (file >= 0)
        close(file);
    if (code)
        mp_error_set(error, code == ENOENT ? MP_NOT_FOUND : MP_IO, "cannot read '%s': %s", path,
                     strerror(code));
    else if (!fits)
        mp_error_set(error, MP_FORMAT, "'%s' has not its %llu bytes", path,
                     (unsigned long long)size);
    return fits && code == 0;
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
