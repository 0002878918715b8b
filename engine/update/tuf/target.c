#include "update/tuf/target.h"

#include "file/path.h"
#include "update/tuf/digest.h"
#include "update/tuf/quote.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool mp_tuf_target_init(MpTufTarget *self, const char *path, const json_t *entry, MpError *error)
{
    *self = (MpTufTarget){
        .path = strdup(path),
        .length = json_integer_value(json_object_get(entry, "length")),
        .hashes = json_incref(json_object_get(entry, "hashes")),
        .custom = json_incref(json_object_get(entry, "custom")),
    };
    if (self->path)
        return true;
    mp_tuf_target_finish(self);
    mp_error_set(error, MP_MEMORY, "no memory for target '%s'", path);
    return false;
}

void mp_tuf_target_finish(MpTufTarget *self)
{
    free(self->path);
    json_decref(self->hashes);
    json_decref(self->custom);
    *self = (MpTufTarget){0};
}

/* Reads on until there is more than there should be. */
static bool fits(const MpTufTarget *self, FILE *file, MpTufDigest *digest)
{
    unsigned char bytes[1 << 14];
    int64_t length = 0;
    for (size_t count = 1; count && length <= self->length; length += (int64_t)count) {
        count = fread(bytes, 1, sizeof bytes, file);
        mp_tuf_digest_add(digest, bytes, count);
    }
    return mp_tuf_digest_finish(digest, self->hashes) && length == self->length;
}

bool mp_tuf_target_fits(const MpTufTarget *self, const char *path, MpError *error)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        mp_error_set(error, errno == ENOENT ? MP_NOT_FOUND : MP_IO, "cannot read '%s': %s", path,
                     strerror(errno));
        return false;
    }
    MpTufDigest *digest = mp_tuf_digest_create(error);
    bool ok = digest && fits(self, file, digest);
    fclose(file);
    if (digest && !ok)
        mp_error_set(error, MP_REFUSED, "'%s' is not the target '%s' that was signed", path,
                     self->path);
    return ok;
}

static const char *best_hash(const json_t *hashes)
{
    const char *text = json_string_value(json_object_get(hashes, "sha256"));
    return text ? text : json_string_value(json_object_get(hashes, "sha512"));
}

char *mp_tuf_target_url(const MpTufTarget *self, bool with_hash)
{
    const char *hash = with_hash ? best_hash(self->hashes) : NULL;
    if (!hash)
        return mp_tuf_quote(self->path, "/");
    const char *base = mp_path_base(self->path);
    size_t room = strlen(self->path) + strlen(hash) + 2;
    char *named = malloc(room);
    if (!named)
        return NULL;
    snprintf(named, room, "%.*s%s.%s", (int)(base - self->path), self->path, hash, base);
    char *url = mp_tuf_quote(named, "/");
    free(named);
    return url;
}
