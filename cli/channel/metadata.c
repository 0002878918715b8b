#include "channel/metadata.h"

#include "channel/day.h"
#include "file/file.h"
#include "update/tuf/canonical.h"
#include "update/tuf/key.h"

#include <stdlib.h>
#include <string.h>

const char *const mp_metadata_roles[MP_METADATA_ROLES] = {"root", "timestamp", "snapshot",
                                                          "targets"};

json_t *mp_metadata_read(const char *path, MpError *error)
{
    size_t size;
    json_error_t problem;
    char *text = mp_file_read(path, MP_METADATA_LIMIT, &size, error);
    if (!text)
        return NULL;
    json_t *file = json_loadb(text, size, JSON_REJECT_DUPLICATES, &problem);
    free(text);
    if (json_is_object(json_object_get(file, "signed")) &&
        json_is_array(json_object_get(file, "signatures")))
        return file;
    mp_error_set(error, MP_FORMAT, "'%s' is no metadata: %s", path,
                 file ? "it has no signatures or nothing signed" : problem.text);
    json_decref(file);
    return NULL;
}

/* ---- content -------------------------------------------------------------------------------- */

json_t *mp_metadata_create(const char *role)
{
    return json_pack("{s:s, s:s, s:i}", "_type", role, "spec_version", "1.0.31", "version", 0);
}

long mp_metadata_version(const json_t *content)
{
    return (long)json_integer_value(json_object_get(content, "version"));
}

const char *mp_metadata_role(const json_t *content)
{
    const char *role = json_string_value(json_object_get(content, "_type"));
    return role ? role : "";
}

json_t *mp_metadata_custom(json_t *content)
{
    json_t *custom = json_object_get(content, "custom");
    if (!custom) {
        custom = json_pack("{s:{}}", "moonpatch");
        json_object_set_new(content, "custom", custom);
    }
    return json_object_get(custom, "moonpatch");
}

void mp_metadata_renew(json_t *content, const json_t *root, int64_t today)
{
    char text[MP_DAY_TEXT_SIZE];
    const json_t *custom = json_object_get(json_object_get(root, "custom"), "moonpatch");
    const json_t *days =
        json_object_get(json_object_get(custom, "days"), mp_metadata_role(content));
    mp_day_write(today + json_integer_value(days), text);
    json_object_set_new(content, "expires", json_string(text));
    json_object_set_new(content, "version", json_integer(mp_metadata_version(content) + 1));
}

json_t *mp_metadata_describe(const void *data, size_t size)
{
    MpHash hash = mp_hash_of(data, size);
    return json_pack("{s:I, s:{s:s}}", "length", (json_int_t)size, "hashes", "sha256", hash.text);
}

/* ---- signatures ----------------------------------------------------------------------------- */

/* What goes into a file has no line breaks but is JSON, which the canonical form is not always. */
static char *write_file(json_t *content, const json_t *signatures)
{
    json_t *file = json_pack("{s:O, s:O}", "signatures", signatures, "signed", content);
    char *text = json_dumps(file, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(file);
    return text;
}

char *mp_metadata_sign(json_t *content, MpKeys *keys, const json_t *root, const json_t *before,
                       MpError *error)
{
    size_t size;
    const char *role = mp_metadata_role(content);
    char *text = NULL, *bytes = mp_tuf_canonical(content, &size, error);
    json_t *signatures = json_array();
    if (bytes && (!before || mp_keys_sign(keys, before, role, bytes, size, signatures, error)) &&
        mp_keys_sign(keys, root, role, bytes, size, signatures, error)) {
        text = write_file(content, signatures);
        if (!text)
            mp_error_set(error, MP_MEMORY, "no memory for the metadata of %s", role);
    }
    json_decref(signatures);
    free(bytes);
    return text;
}

static bool has_good(const json_t *signatures, const char *id, const json_t *key, const void *data,
                     size_t size)
{
    for (size_t i = 0; key && i < json_array_size(signatures); i++) {
        const json_t *one = json_array_get(signatures, i);
        const char *keyid = json_string_value(json_object_get(one, "keyid"));
        const char *text = json_string_value(json_object_get(one, "sig"));
        if (keyid && text && strcmp(keyid, id) == 0)
            return mp_tuf_key_verify(key, data, size, text, NULL);
    }
    return false;
}

bool mp_metadata_is_signed(const json_t *file, const json_t *root, const char *role)
{
    size_t size;
    const json_t *entry = json_object_get(json_object_get(root, "roles"), role);
    const json_t *ids = json_object_get(entry, "keyids");
    json_int_t threshold = json_integer_value(json_object_get(entry, "threshold")), count = 0;
    char *bytes = mp_tuf_canonical(json_object_get(file, "signed"), &size, NULL);
    for (size_t i = 0; bytes && i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        const json_t *key = id ? json_object_get(json_object_get(root, "keys"), id) : NULL;
        count += has_good(json_object_get(file, "signatures"), id, key, bytes, size);
    }
    free(bytes);
    return threshold > 0 && count >= threshold;
}
