/*
 * tuf_check CHANNEL ROOT.json DAY - a reader of repositories that is written after the TUF
 * specification (1.0, parts 4 and 5) and shares no line with Moonpatch: it looks at each field that
 * the specification names, and says which is wrong.
 */
#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder, *day;
static json_t *files; /* all that were read */

__attribute__((noreturn, format(printf, 1, 2))) static void wrong(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("tuf_check: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    exit(1);
}

#define MUST(condition, ...) ((condition) ? (void)0 : wrong(__VA_ARGS__))

/* ---- files, hashes, hexadecimal digits ------------------------------------------------------ */

typedef struct Bytes {
    char *data;
    size_t size;
} Bytes;

static Bytes read_path(const char *path)
{
    Bytes bytes = {malloc(1 << 24), 0};
    FILE *file = fopen(path, "rb");
    MUST(file, "there is no '%s'", path);
    bytes.size = fread(bytes.data, 1, 1 << 24, file);
    fclose(file);
    return bytes;
}

static int has(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file)
        fclose(file);
    return file != NULL;
}

static Bytes read_name(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return read_path(path);
}

static const char *sha256(const void *data, size_t size)
{
    static char text[65];
    unsigned char digest[32];
    EVP_Digest(data, size, digest, NULL, EVP_sha256(), NULL);
    for (int i = 0; i < 32; i++)
        sprintf(text + 2 * i, "%02x", digest[i]);
    return text;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    MUST(text, "'%s' is missing or no text", name);
    return text;
}

static json_int_t number_of(const json_t *object, const char *name)
{
    MUST(json_is_integer(json_object_get(object, name)), "'%s' is missing or no number", name);
    return json_integer_value(json_object_get(object, name));
}

/* Of canonical JSON, jansson writes all but control characters, which it escapes. */
static Bytes canonical(const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS), *to = text;
    for (const char *from = text; *from;) {
        if (from[0] == '\\' && from[1] == 'n') {
            *to++ = '\n';
            from += 2;
        } else if (from[0] == '\\') {
            MUST(from[1] == '"' || from[1] == '\\', "an escape that this reader does not know");
            *to++ = *from++;
            *to++ = *from++;
        } else {
            *to++ = *from++;
        }
    }
    return (Bytes){text, (size_t)(to - text)};
}

/* ---- signatures (4.2.1, 4.2.2) -------------------------------------------------------------- */

static EVP_PKEY *read_key(const json_t *key)
{
    const char *type = text_of(key, "keytype"), *scheme = text_of(key, "scheme");
    const char *text = text_of(json_object_get(key, "keyval"), "public");
    if (strcmp(type, "ed25519") == 0) {
        long size;
        MUST(strcmp(scheme, "ed25519") == 0, "ed25519 with scheme %s", scheme);
        unsigned char *raw = OPENSSL_hexstr2buf(text, &size);
        MUST(raw && size == 32, "an ed25519 key is 32 bytes");
        EVP_PKEY *read = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, raw, 32);
        OPENSSL_free(raw);
        return read;
    }
    MUST((strcmp(type, "ecdsa") == 0 && strcmp(scheme, "ecdsa-sha2-nistp256") == 0) ||
             (strcmp(type, "rsa") == 0 && strcmp(scheme, "rsassa-pss-sha256") == 0),
         "the specification has no keys of type %s with scheme %s", type, scheme);
    BIO *memory = BIO_new_mem_buf(text, -1);
    EVP_PKEY *read = PEM_read_bio_PUBKEY(memory, NULL, NULL, NULL);
    BIO_free(memory);
    return read;
}

static int verifies(const json_t *key, Bytes bytes, const char *signature)
{
    long size;
    EVP_PKEY_CTX *options;
    EVP_PKEY *read = read_key(key);
    int is_ed25519 = EVP_PKEY_is_a(read, "ED25519");
    unsigned char *raw = OPENSSL_hexstr2buf(signature, &size);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    MUST(read && raw, "a key or a signature cannot be read");
    EVP_DigestVerifyInit(context, &options, is_ed25519 ? NULL : EVP_sha256(), NULL, read);
    if (EVP_PKEY_is_a(read, "RSA")) {
        EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST);
    }
    int good =
        EVP_DigestVerify(context, raw, (size_t)size, (unsigned char *)bytes.data, bytes.size) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(read);
    OPENSSL_free(raw);
    return good;
}

static const json_t *role_of(const json_t *root, const char *role)
{
    const json_t *entry = json_object_get(json_object_get(root, "roles"), role);
    MUST(entry, "root has no role %s", role);
    return entry;
}

static int is_key_of(const json_t *entry, const char *id)
{
    for (size_t i = 0; i < json_array_size(json_object_get(entry, "keyids")); i++)
        if (strcmp(json_string_value(json_array_get(json_object_get(entry, "keyids"), i)), id) == 0)
            return 1;
    return 0;
}

static void check_signatures(const json_t *file, const json_t *root, const char *role)
{
    json_int_t good = 0;
    json_t *seen = json_object();
    const json_t *list = json_object_get(file, "signatures"), *entry = role_of(root, role);
    Bytes bytes = canonical(json_object_get(file, "signed"));
    MUST(json_is_array(list), "%s: signatures are no list", role);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *id = text_of(one, "keyid");
        MUST(!json_object_get(seen, id), "%s: two signatures of key %s", role, id);
        json_object_set_new(seen, id, json_true());
        if (is_key_of(entry, id))
            good += verifies(json_object_get(json_object_get(root, "keys"), id), bytes,
                             text_of(one, "sig"));
    }
    MUST(good >= number_of(entry, "threshold"), "%s: %lld good signatures, %lld needed", role,
         (long long)good, (long long)number_of(entry, "threshold"));
    json_decref(seen);
    free(bytes.data);
}

/* ---- what all roles have (4.3 to 4.6) ------------------------------------------------------- */

static void check_common(const json_t *content, const char *role)
{
    int year, month, date, hour, minute, second, end = 0;
    const char *expires = text_of(content, "expires");
    MUST(strcmp(text_of(content, "_type"), role) == 0, "%s: its _type is another", role);
    MUST(strncmp(text_of(content, "spec_version"), "1.0.", 4) == 0, "%s: spec_version", role);
    MUST(number_of(content, "version") > 0, "%s: version", role);
    MUST(sscanf(expires, "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &year, &month, &date, &hour, &minute,
                &second, &end) == 6 &&
             end == 20 && !expires[20],
         "%s: expires is '%s'", role, expires);
    MUST(strncmp(expires, day, 10) > 0, "%s: expired at %s", role, expires);
}

static json_t *parse(Bytes bytes, const char *role)
{
    json_error_t problem;
    json_t *file = json_loadb(bytes.data, bytes.size, JSON_REJECT_DUPLICATES, &problem);
    MUST(file, "%s: no JSON: %s", role, problem.text);
    MUST(json_object_size(file) == 2, "%s: more than signed and signatures", role);
    json_array_append_new(files, file);
    return file;
}

static void check_keys(const json_t *root)
{
    static const char *const roles[] = {"root", "timestamp", "snapshot", "targets"};
    const char *id;
    json_t *key;
    json_object_foreach (json_object_get(root, "keys"), id, key) {
        Bytes bytes = canonical(key);
        MUST(strcmp(sha256(bytes.data, bytes.size), id) == 0, "root: key %s has another id", id);
        free(bytes.data);
    }
    MUST(json_object_size(json_object_get(root, "roles")) == 4, "root: other roles than the four");
    MUST(json_is_true(json_object_get(root, "consistent_snapshot")), "root: consistent_snapshot");
    for (int i = 0; i < 4; i++) {
        const json_t *entry = role_of(root, roles[i]), *ids = json_object_get(entry, "keyids");
        json_int_t threshold = number_of(entry, "threshold");
        MUST(threshold >= 1 && threshold <= (json_int_t)json_array_size(ids),
             "root: threshold of %s", roles[i]);
        for (size_t j = 0; j < json_array_size(ids); j++)
            MUST(json_object_get(json_object_get(root, "keys"),
                                 json_string_value(json_array_get(ids, j))),
                 "root: a key of %s is not there", roles[i]);
    }
}

/* ---- the workflow (5.3 to 5.6) -------------------------------------------------------------- */

static json_t *parse_and_free(Bytes bytes, const char *role)
{
    json_t *file = parse(bytes, role);
    free(bytes.data);
    return file;
}

static json_t *follow_roots(const char *shipped)
{
    json_t *file = parse_and_free(read_path(shipped), "root");
    json_t *root = json_object_get(file, "signed");
    for (;;) {
        char name[64];
        check_signatures(file, root, "root");
        check_keys(root);
        snprintf(name, sizeof name, "metadata/%lld.root.json",
                 (long long)number_of(root, "version") + 1);
        if (!has(name))
            break;
        json_t *next = parse_and_free(read_name(name), "root");
        check_signatures(next, root, "root");
        MUST(number_of(json_object_get(next, "signed"), "version") ==
                 number_of(root, "version") + 1,
             "root: a version is left out");
        file = next;
        root = json_object_get(file, "signed");
    }
    check_common(root, "root");
    return root;
}

static json_t *read_role(const char *name, const json_t *root, const char *role,
                         const json_t *listed)
{
    Bytes bytes = read_name(name);
    json_t *file = parse(bytes, role), *content = json_object_get(file, "signed");
    check_signatures(file, root, role);
    check_common(content, role);
    if (listed) {
        MUST(number_of(listed, "length") == (json_int_t)bytes.size, "%s: length", role);
        MUST(strcmp(text_of(json_object_get(listed, "hashes"), "sha256"),
                    sha256(bytes.data, bytes.size)) == 0,
             "%s: hash", role);
        MUST(number_of(listed, "version") == number_of(content, "version"), "%s: version", role);
    }
    free(bytes.data);
    return content;
}

/* The only file that `content` lists: its name gets the version in front. */
static const json_t *listed_in(const json_t *content, const char *name, char *path, size_t size)
{
    const json_t *meta = json_object_get(content, "meta"), *listed = json_object_get(meta, name);
    MUST(json_object_size(meta) == 1 && listed, "meta must have %s alone", name);
    snprintf(path, size, "metadata/%lld.%s", (long long)number_of(listed, "version"), name);
    return listed;
}

static void check_target(const char *path, const json_t *target)
{
    char name[512];
    const char *hash = text_of(json_object_get(target, "hashes"), "sha256");
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    snprintf(name, sizeof name, "targets/%.*s%s.%s", (int)(base - path), path, hash, base);
    Bytes bytes = read_name(name);
    MUST(number_of(target, "length") == (json_int_t)bytes.size, "%s: length", path);
    MUST(strcmp(sha256(bytes.data, bytes.size), hash) == 0, "%s: hash", path);
    free(bytes.data);
}

int main(int argc, char **argv)
{
    char name[128];
    const char *path;
    json_t *target;
    MUST(argc == 4, "usage: tuf_check CHANNEL ROOT.json DAY");
    folder = argv[1];
    day = argv[3];
    files = json_array();
    json_t *root = follow_roots(argv[2]);
    json_t *timestamp = read_role("metadata/timestamp.json", root, "timestamp", NULL);
    const json_t *listed = listed_in(timestamp, "snapshot.json", name, sizeof name);
    json_t *snapshot = read_role(name, root, "snapshot", listed);
    listed = listed_in(snapshot, "targets.json", name, sizeof name);
    json_t *targets = json_object_get(read_role(name, root, "targets", listed), "targets");
    json_object_foreach (targets, path, target)
        check_target(path, target);
    printf("root %lld, targets %lld: %zu files\n", (long long)number_of(root, "version"),
           (long long)number_of(listed, "version"), json_object_size(targets));
    json_decref(files);
    return 0;
}
