#include "update/fetch/validators.h"

#include "file/file.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 1024 };

MpHash mp_validators_subject(const char *url, const void *bytes, size_t size)
{
    MpHasher *hasher = mp_hasher_create();
    mp_hasher_add(hasher, url, strlen(url) + 1);
    mp_hasher_add(hasher, bytes, size);
    return mp_hasher_finish(hasher);
}

static void read_text(const json_t *root, const char *name, char *text, size_t room)
{
    const char *value = json_string_value(json_object_get(root, name));
    if (value && strlen(value) < room)
        strcpy(text, value);
}

MpValidators mp_validators_load(const char *path, const MpHash *subject)
{
    MpValidators validators = {"", ""};
    size_t size = 0;
    char *bytes = mp_file_read(path, FILE_LIMIT, &size, NULL);
    json_t *root = bytes ? json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *of = json_string_value(json_object_get(root, "of"));
    MpHash found;
    if (of && mp_hash_parse(of, &found) && mp_hash_same(&found, subject)) {
        read_text(root, "etag", validators.etag, sizeof validators.etag);
        read_text(root, "modified", validators.modified, sizeof validators.modified);
    }
    json_decref(root);
    free(bytes);
    return validators;
}

void mp_validators_save(const char *path, const MpHash *subject, const MpValidators *validators)
{
    json_t *root = json_pack("{s:s, s:s, s:s}", "of", subject->text, "etag", validators->etag,
                             "modified", validators->modified);
    char *text = root ? json_dumps(root, JSON_COMPACT) : NULL;
    if (text)
        mp_file_write(path, text, strlen(text), NULL);
    json_decref(root);
    free(text);
}
