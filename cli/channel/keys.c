#include "channel/keys.h"

#include "file/file.h"
#include "platform.h"
#include "update/tuf/key.h"
#include "update/tuf/signer.h"
#include "watch/watch.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_LIMIT = 64 << 10, TRIES = 3 };

/* PATH without ".pem" or ".pub", and with `ending`; for free(). */
static char *with_ending(const char *path, const char *ending)
{
    size_t length = strlen(path);
    const char *last = length > 4 ? path + length - 4 : "";
    if (strcmp(last, ".pem") == 0 || strcmp(last, ".pub") == 0)
        length -= 4;
    char *text = malloc(length + strlen(ending) + 1);
    if (text)
        sprintf(text, "%.*s%s", (int)length, path, ending);
    return text;
}

/* ---- making --------------------------------------------------------------------------------- */

static bool write_public(const MpTufSigner *signer, const char *path, MpError *error)
{
    json_t *key = mp_tuf_signer_public(signer, error);
    char *text = key ? json_dumps(key, JSON_INDENT(2) | JSON_SORT_KEYS) : NULL;
    bool good = text && mp_file_write(path, text, strlen(text), error);
    free(text);
    json_decref(key);
    return good;
}

static bool make(MpKeys *keys, const char *secret, const char *shown, const char *type,
                 MpError *error)
{
    if (mp_file_exists(secret) || mp_file_exists(shown)) {
        mp_error_set(error, MP_REFUSED, "'%s' is there already: keys are never written over",
                     mp_file_exists(secret) ? secret : shown);
        return false;
    }
    MpTufSigner *signer = mp_tuf_signer_create(type, error);
    char *pem = signer && mp_passphrase_get(&keys->passphrase, secret, true, error)
                    ? mp_tuf_signer_write(signer, keys->passphrase.text, error)
                    : NULL;
    bool written = pem && mp_platform_write_secret(secret, pem, strlen(pem), error);
    bool good = written && write_public(signer, shown, error);
    if (written && !good)
        remove(secret);
    free(pem);
    mp_tuf_signer_destroy(signer);
    return good;
}

bool mp_keys_make(MpKeys *keys, const char *path, const char *type, MpError *error)
{
    char *secret = with_ending(path, ".pem"), *shown = with_ending(path, ".pub");
    bool good = secret && shown && make(keys, secret, shown, type, error);
    free(secret);
    free(shown);
    return good;
}

json_t *mp_keys_public(const char *path, MpError *error)
{
    char *name = with_ending(path, ".pub");
    char *text = name ? mp_file_read(name, KEY_LIMIT, NULL, error) : NULL;
    json_t *key = text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (text && !json_is_object(key)) {
        mp_error_set(error, MP_FORMAT, "'%s' is no public key", name);
        json_decref(key);
        key = NULL;
    }
    free(text);
    free(name);
    return key;
}

/* ---- finding -------------------------------------------------------------------------------- */

static bool is_key(const char *path, const char *id)
{
    MpHash hash;
    json_t *key = mp_keys_public(path, NULL);
    bool same = key && mp_tuf_key_id(key, &hash, NULL) && strcmp(hash.text, id) == 0;
    json_decref(key);
    return same;
}

static char *find_in(const char *folder, const char *id)
{
    MpWatchList list;
    char *found = NULL;
    if (!mp_watch_list(folder, &list, NULL))
        return NULL;
    for (size_t i = 0; i < list.count && !found; i++) {
        const char *name = list.entries[i].name;
        size_t length = strlen(name);
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, name);
        if (length > 4 && strcmp(name + length - 4, ".pub") == 0 && is_key(path, id))
            found = with_ending(path, ".pem");
    }
    mp_watch_list_finish(&list);
    return found;
}

/* The file of a private key, for free(); NULL: it is in none of the folders. */
static char *find(const MpKeys *keys, const char *id)
{
    char *found = NULL;
    for (size_t i = 0; i < keys->folders.count && !found; i++) {
        found = find_in(keys->folders.items[i], id);
        if (found && !mp_file_exists(found)) {
            free(found);
            found = NULL;
        }
    }
    return found;
}

/* ---- signing -------------------------------------------------------------------------------- */

/* A person who mistypes is asked again. */
static MpTufSigner *open_key(MpKeys *keys, const char *path, MpError *error)
{
    MpError problem = {0};
    MpTufSigner *signer = NULL;
    char *pem = mp_platform_read_secret(path, KEY_LIMIT, error);
    for (int i = 0; pem && !signer && i < TRIES; i++) {
        if (!mp_passphrase_get(&keys->passphrase, path, false, error))
            break;
        signer = mp_tuf_signer_read(pem, keys->passphrase.text, &problem);
        if (signer)
            break;
        mp_error_set(error, problem.status, "'%s': %s", path, problem.message);
        if (problem.status != MP_REFUSED || !keys->passphrase.asked)
            break;
        mp_passphrase_forget(&keys->passphrase);
    }
    free(pem);
    return signer;
}

static bool sign(MpKeys *keys, const char *path, const char *id, const void *data, size_t size,
                 json_t *signatures, MpError *error)
{
    MpTufSigner *signer = open_key(keys, path, error);
    char *text = signer ? mp_tuf_signer_sign(signer, data, size, error) : NULL;
    bool good = text && json_array_append_new(
                            signatures, json_pack("{s:s, s:s}", "keyid", id, "sig", text)) == 0;
    free(text);
    mp_tuf_signer_destroy(signer);
    return good;
}

static bool has_signed(const json_t *signatures, const char *id)
{
    for (size_t i = 0; i < json_array_size(signatures); i++) {
        const json_t *one = json_array_get(signatures, i);
        if (strcmp(json_string_value(json_object_get(one, "keyid")), id) == 0)
            return true;
    }
    return false;
}

/* The folders, with a comma between two. */
static void list_folders(const MpKeys *keys, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < keys->folders.count; i++)
        snprintf(text + strlen(text), size - strlen(text), "%s%s", i ? ", " : "",
                 keys->folders.items[i]);
}

static bool too_few(const MpKeys *keys, const char *role, json_int_t count, json_int_t needed,
                    MpError *error)
{
    char folders[256];
    list_folders(keys, folders, sizeof folders);
    mp_error_set(
        error, MP_NOT_FOUND,
        "%s needs %lld of its keys to sign, and %lld of them %s in %s; name the folder of the "
        "others with --keys",
        role, (long long)needed, (long long)count, count == 1 ? "is" : "are", folders);
    return false;
}

bool mp_keys_sign(MpKeys *keys, const json_t *root, const char *role, const void *data, size_t size,
                  json_t *signatures, MpError *error)
{
    const json_t *entry = json_object_get(json_object_get(root, "roles"), role);
    const json_t *ids = json_object_get(entry, "keyids");
    json_int_t needed = json_integer_value(json_object_get(entry, "threshold")), count = 0;
    for (size_t i = 0; i < json_array_size(ids) && count < needed; i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        char *path = has_signed(signatures, id) ? NULL : find(keys, id);
        bool signs = path && sign(keys, path, id, data, size, signatures, error);
        bool failed = path && !signs;
        free(path);
        if (failed)
            return false;
        count += has_signed(signatures, id);
    }
    return count >= needed || too_few(keys, role, count, needed, error);
}

/* ---- keys that may be there ----------------------------------------------------------------- */

bool mp_keys_exist(const char *path)
{
    char *secret = with_ending(path, ".pem"), *shown = with_ending(path, ".pub");
    bool there = (secret && mp_file_exists(secret)) || (shown && mp_file_exists(shown));
    free(secret);
    free(shown);
    return there;
}

void mp_keys_remove(const char *path)
{
    char *secret = with_ending(path, ".pem"), *shown = with_ending(path, ".pub");
    if (shown)
        remove(shown);
    if (secret)
        remove(secret);
    free(secret);
    free(shown);
}

/* The process that made it died between its two files. */
static bool write_missing_public(MpKeys *keys, const char *path, MpError *error)
{
    char *secret = with_ending(path, ".pem"), *shown = with_ending(path, ".pub");
    MpTufSigner *signer = secret && shown ? open_key(keys, secret, error) : NULL;
    bool good = signer && write_public(signer, shown, error);
    mp_tuf_signer_destroy(signer);
    free(secret);
    free(shown);
    return good;
}

json_t *mp_keys_take(MpKeys *keys, const char *path, const char *type, bool *made, MpError *error)
{
    MpError problem;
    json_t *key = mp_keys_public(path, &problem);
    *made = !mp_keys_exist(path);
    if (key)
        return key;
    if (problem.status != MP_NOT_FOUND) {
        *error = problem;
        return NULL;
    }
    bool good =
        *made ? mp_keys_make(keys, path, type, error) : write_missing_public(keys, path, error);
    return good ? mp_keys_public(path, error) : NULL;
}
