#include "update/tuf/signer.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { RSA_BITS = 3072, RSA_LEAST_BITS = 2048 };
/* 16 MiB a time; OpenSSL reads no key that asks for more than 32. */
enum { SCRYPT_N = 1 << 14, SCRYPT_R = 8, SCRYPT_P = 5 };

typedef struct Kind {
    const char *type, *scheme, *algorithm;
    const char *digest; /* NULL: the scheme has its own */
} Kind;

enum { ED25519, ECDSA, RSA_PSS, KINDS };

static const Kind kinds[KINDS] = {
    {"ed25519", "ed25519", "ED25519", NULL},
    {"ecdsa", "ecdsa-sha2-nistp256", "EC", "SHA256"},
    {"rsa", "rsassa-pss-sha256", "RSA", "SHA256"},
};

struct MpTufSigner {
    EVP_PKEY *key;
    const Kind *kind;
};

/* What OpenSSL says of its last failure is for people who know OpenSSL. */
static void *fail(MpError *error, const char *what)
{
    ERR_clear_error();
    mp_error_set(error, MP_IO, "the cryptographic library cannot %s", what);
    return NULL;
}

static MpTufSigner *wrap(EVP_PKEY *key, const Kind *kind, MpError *error)
{
    MpTufSigner *signer = malloc(sizeof *signer);
    if (!signer) {
        EVP_PKEY_free(key);
        mp_error_set(error, MP_MEMORY, "no memory for a key");
        return NULL;
    }
    *signer = (MpTufSigner){key, kind};
    return signer;
}

static EVP_PKEY *generate(const Kind *kind)
{
    if (kind == &kinds[ECDSA])
        return EVP_EC_gen("P-256");
    if (kind == &kinds[RSA_PSS])
        return EVP_RSA_gen(RSA_BITS);
    return EVP_PKEY_Q_keygen(NULL, NULL, kind->algorithm);
}

static const Kind *find_kind(const char *type, MpError *error)
{
    for (size_t i = 0; i < KINDS; i++) {
        if (strcmp(kinds[i].type, type) == 0)
            return &kinds[i];
    }
    mp_error_set(error, MP_INVALID, "there are no keys of type '%s': ed25519, ecdsa or rsa", type);
    return NULL;
}

bool mp_tuf_signer_has_type(const char *type, MpError *error) { return find_kind(type, error); }

MpTufSigner *mp_tuf_signer_create(const char *type, MpError *error)
{
    const Kind *kind = find_kind(type, error);
    if (!kind)
        return NULL;
    EVP_PKEY *key = generate(kind);
    return key ? wrap(key, kind, error) : fail(error, "make a key");
}

void mp_tuf_signer_destroy(MpTufSigner *signer)
{
    if (signer)
        EVP_PKEY_free(signer->key);
    free(signer);
}

/* ---- the encrypted text --------------------------------------------------------------------- */

/* The content of a memory BIO, for free(), and the BIO freed. */
static char *take(BIO *memory)
{
    char *bytes, *text = NULL;
    long length = BIO_get_mem_data(memory, &bytes);
    if (length > 0)
        text = strndup(bytes, (size_t)length);
    BIO_free(memory);
    return text;
}

static X509_SIG *encrypt(EVP_PKEY *key, const char *passphrase)
{
    PKCS8_PRIV_KEY_INFO *plain = EVP_PKEY2PKCS8(key);
    X509_ALGOR *method =
        PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), NULL, 0, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P);
    X509_SIG *sealed =
        plain && method ? PKCS8_set0_pbe(passphrase, (int)strlen(passphrase), plain, method) : NULL;
    if (!sealed)
        X509_ALGOR_free(method);
    PKCS8_PRIV_KEY_INFO_free(plain);
    return sealed;
}

char *mp_tuf_signer_write(const MpTufSigner *signer, const char *passphrase, MpError *error)
{
    if (!*passphrase || strlen(passphrase) > INT_MAX) {
        mp_error_set(error, MP_INVALID, "a key needs a passphrase");
        return NULL;
    }
    X509_SIG *sealed = encrypt(signer->key, passphrase);
    BIO *memory = sealed ? BIO_new(BIO_s_mem()) : NULL;
    char *text = NULL;
    if (memory && PEM_write_bio_PKCS8(memory, sealed) == 1)
        text = take(memory);
    else
        BIO_free(memory);
    X509_SIG_free(sealed);
    return text ? text : fail(error, "encrypt a key");
}

static int give_passphrase(char *room, int size, int writing, void *passphrase)
{
    (void)writing;
    size_t length = strlen(passphrase);
    if (size < 0 || length > (size_t)size)
        return -1;
    memcpy(room, passphrase, length);
    return (int)length;
}

static const Kind *kind_of(const EVP_PKEY *key)
{
    char group[32] = "";
    for (size_t i = 0; i < KINDS; i++) {
        if (!EVP_PKEY_is_a(key, kinds[i].algorithm))
            continue;
        if (i == ECDSA && (!EVP_PKEY_get_group_name(key, group, sizeof group, NULL) ||
                           strcmp(group, "prime256v1") != 0))
            return NULL;
        return i == RSA_PSS && EVP_PKEY_get_bits(key) < RSA_LEAST_BITS ? NULL : &kinds[i];
    }
    return NULL;
}

MpTufSigner *mp_tuf_signer_read(const char *pem, const char *passphrase, MpError *error)
{
    char *words = (char *)(uintptr_t)passphrase; /* OpenSSL hands it on as it is */
    BIO *memory = strstr(pem, "-----BEGIN ENCRYPTED PRIVATE KEY-----") && strlen(pem) <= INT_MAX
                      ? BIO_new_mem_buf(pem, (int)strlen(pem))
                      : NULL;
    if (!memory) {
        mp_error_set(error, MP_FORMAT, "it is no encrypted key in PEM");
        return NULL;
    }
    EVP_PKEY *key = PEM_read_bio_PrivateKey(memory, NULL, give_passphrase, words);
    BIO_free(memory);
    if (!key) {
        ERR_clear_error();
        mp_error_set(error, MP_REFUSED, "the passphrase does not open it");
        return NULL;
    }
    const Kind *kind = kind_of(key);
    if (kind)
        return wrap(key, kind, error);
    EVP_PKEY_free(key);
    mp_error_set(error, MP_FORMAT,
                 "it is no key of type ed25519, ecdsa (P-256) or rsa (2048 bits or more)");
    return NULL;
}

/* ---- what others see ------------------------------------------------------------------------ */

/* Lower-case digits, for free(). */
static char *hex_of(const unsigned char *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char *text = malloc(2 * size + 1);
    if (!text)
        return NULL;
    for (size_t i = 0; i < size; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * size] = '\0';
    return text;
}

static char *public_text(const MpTufSigner *signer)
{
    unsigned char raw[32];
    size_t size = sizeof raw;
    if (signer->kind == &kinds[ED25519])
        return EVP_PKEY_get_raw_public_key(signer->key, raw, &size) == 1 ? hex_of(raw, size) : NULL;
    BIO *memory = BIO_new(BIO_s_mem());
    if (memory && PEM_write_bio_PUBKEY(memory, signer->key) == 1)
        return take(memory);
    BIO_free(memory);
    return NULL;
}

json_t *mp_tuf_signer_public(const MpTufSigner *signer, MpError *error)
{
    char *text = public_text(signer);
    json_t *key = text ? json_pack("{s:s, s:s, s:{s:s}}", "keytype", signer->kind->type, "scheme",
                                   signer->kind->scheme, "keyval", "public", text)
                       : NULL;
    free(text);
    if (!key)
        mp_error_set(error, MP_MEMORY, "no memory for a public key");
    return key;
}

static bool prepare(EVP_MD_CTX *context, const MpTufSigner *signer)
{
    EVP_PKEY_CTX *options; /* the context's */
    return EVP_DigestSignInit_ex(context, &options, signer->kind->digest, NULL, NULL, signer->key,
                                 NULL) == 1 &&
           (signer->kind != &kinds[RSA_PSS] ||
            (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1));
}

char *mp_tuf_signer_sign(const MpTufSigner *signer, const void *data, size_t size, MpError *error)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = (size_t)EVP_PKEY_get_size(signer->key);
    unsigned char *bytes = malloc(length);
    char *text = NULL;
    if (context && bytes && prepare(context, signer) &&
        EVP_DigestSign(context, bytes, &length, data, size) == 1)
        text = hex_of(bytes, length);
    free(bytes);
    EVP_MD_CTX_free(context);
    return text ? text : fail(error, "sign");
}
