#include "update/tuf/key.h"

#include "update/tuf/canonical.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

enum { RSA_LEAST_BITS = 2048, RSA_MOST_BITS = 8192, ED25519_SIZE = 32 };

/* ---- what kinds of keys there are ----------------------------------------------------------- */

typedef struct Kind {
    const char *type, *scheme;
    EVP_PKEY *(*read)(const char *text);
    bool (*fits)(const EVP_PKEY *key);
    const char *digest; /* NULL: the scheme has its own */
    bool is_pss;
} Kind;

static EVP_PKEY *read_pem(const char *text)
{
    size_t length = strlen(text);
    BIO *memory = length <= INT_MAX ? BIO_new_mem_buf(text, (int)length) : NULL;
    EVP_PKEY *key = memory ? PEM_read_bio_PUBKEY(memory, NULL, NULL, NULL) : NULL;
    BIO_free(memory);
    return key;
}

/* Bytes of hexadecimal digits, for OPENSSL_free(); NULL: it is something else. Colons between bytes
   would be read too, and one signature could be written in two ways. */
static unsigned char *read_hex(const char *text, size_t *size)
{
    long length = 0;
    size_t digits = strspn(text, "0123456789abcdefABCDEF");
    unsigned char *bytes =
        digits && !text[digits] && digits % 2 == 0 ? OPENSSL_hexstr2buf(text, &length) : NULL;
    *size = (size_t)length;
    return bytes;
}

static EVP_PKEY *read_ed25519(const char *text)
{
    size_t size;
    unsigned char *bytes = read_hex(text, &size);
    EVP_PKEY *key = bytes && size == ED25519_SIZE
                        ? EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, size)
                        : NULL;
    OPENSSL_free(bytes);
    return key;
}

static bool is_ed25519(const EVP_PKEY *key) { return EVP_PKEY_is_a(key, "ED25519"); }

static bool is_p256(const EVP_PKEY *key)
{
    char group[32] = "";
    return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof group, NULL) &&
           strcmp(group, "prime256v1") == 0;
}

static bool is_rsa(const EVP_PKEY *key)
{
    int bits = EVP_PKEY_get_bits(key);
    return EVP_PKEY_is_a(key, "RSA") && bits >= RSA_LEAST_BITS && bits <= RSA_MOST_BITS;
}

static const Kind kinds[] = {
    {"ed25519", "ed25519", read_ed25519, is_ed25519, NULL, false},
    {"ecdsa", "ecdsa-sha2-nistp256", read_pem, is_p256, "SHA256", false},
    {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", read_pem, is_p256, "SHA256", false},
    {"rsa", "rsassa-pss-sha256", read_pem, is_rsa, "SHA256", true},
};

/* ---- reading keys --------------------------------------------------------------------------- */

/* A member of a key, or "". */
static const char *member(const json_t *key, const char *name)
{
    const char *text = json_string_value(json_object_get(key, name));
    return text ? text : "";
}

static const Kind *kind_of(const json_t *key, MpError *error)
{
    const char *type = member(key, "keytype"), *scheme = member(key, "scheme");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].type, type) == 0 && strcmp(kinds[i].scheme, scheme) == 0)
            return &kinds[i];
    mp_error_set(error, MP_FORMAT, "keys of type '%.40s' with scheme '%.40s' are not understood",
                 type, scheme);
    return NULL;
}

static EVP_PKEY *read_key(const json_t *key, const Kind *kind, MpError *error)
{
    EVP_PKEY *read = kind->read(member(json_object_get(key, "keyval"), "public"));
    if (read && kind->fits(read))
        return read;
    EVP_PKEY_free(read);
    mp_error_set(error, MP_FORMAT, "a public key is no %s key", kind->type);
    return NULL;
}

bool mp_tuf_key_id(const json_t *key, MpHash *id, MpError *error)
{
    size_t size;
    char *text = mp_tuf_canonical(key, &size, error);
    if (!text)
        return false;
    *id = mp_hash_of(text, size);
    free(text);
    return true;
}

bool mp_tuf_key_identity(const json_t *key, MpHash *identity, MpError *error)
{
    const Kind *kind = kind_of(key, error);
    EVP_PKEY *read = kind ? read_key(key, kind, error) : NULL;
    if (!read)
        return false;
    unsigned char *der = NULL;
    int size = i2d_PUBKEY(read, &der);
    if (size > 0)
        *identity = mp_hash_of(der, (size_t)size);
    else
        mp_error_set(error, MP_FORMAT, "a public key cannot be written in DER");
    OPENSSL_free(der);
    EVP_PKEY_free(read);
    return size > 0;
}

/* ---- verifying ------------------------------------------------------------------------------ */

/* Signatures are probabilistic; salts of any length are good, as with every other client. */
static bool prepare(EVP_MD_CTX *context, const Kind *kind, EVP_PKEY *key)
{
    EVP_PKEY_CTX *options; /* the context's */
    return EVP_DigestVerifyInit_ex(context, &options, kind->digest, NULL, NULL, key, NULL) == 1 &&
           (!kind->is_pss ||
            (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_AUTO) == 1));
}

static bool is_signed(const Kind *kind, EVP_PKEY *key, const void *data, size_t size,
                      const char *signature)
{
    size_t length;
    unsigned char *bytes = read_hex(signature, &length);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool ok = bytes && context && prepare(context, kind, key) &&
              EVP_DigestVerify(context, bytes, length, data, size) == 1;
    EVP_MD_CTX_free(context);
    OPENSSL_free(bytes);
    return ok;
}

bool mp_tuf_key_verify(const json_t *key, const void *data, size_t size, const char *signature,
                       MpError *error)
{
    const Kind *kind = kind_of(key, error);
    EVP_PKEY *read = kind ? read_key(key, kind, error) : NULL;
    if (!read)
        return false;
    bool ok = is_signed(kind, read, data, size, signature);
    EVP_PKEY_free(read);
    if (!ok)
        mp_error_set(error, MP_REFUSED, "a signature is not that of its %s key", kind->type);
    return ok;
}
