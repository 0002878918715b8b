#include "update/tuf/trusted.h"

#include "update/tuf/digest.h"
#include "update/tuf/verify.h"

#include <string.h>

static bool refuse(MpError *error, const char *role, const char *what)
{
    mp_error_set(error, MP_REFUSED, "metadata of %s is refused: %s", role, what);
    return false;
}

static void replace(MpTufMetadata **place, MpTufMetadata *metadata)
{
    mp_tuf_metadata_destroy(*place);
    *place = metadata;
}

/* Metadata that the delegator's keys signed, or NULL. */
static MpTufMetadata *read_signed(MpTufKind kind, const MpTufMetadata *delegator, const char *role,
                                  const void *bytes, size_t size, MpError *error)
{
    MpTufMetadata *metadata = mp_tuf_metadata_parse(kind, role, bytes, size, error);
    if (metadata && mp_tuf_verify(metadata, delegator ? delegator : metadata, role, error))
        return metadata;
    mp_tuf_metadata_destroy(metadata);
    return NULL;
}

bool mp_tuf_trust_is_valid_now(const MpTufTrusted *self, const MpTufMetadata *metadata,
                               const char *role, MpError *error)
{
    if (self->now < metadata->expires)
        return true;
    mp_error_set(error, MP_REFUSED,
                 "metadata of %s expired at %s; either the publisher has to sign a newer one, or "
                 "somebody holds newer ones back, or this machine's clock is wrong",
                 role, json_string_value(json_object_get(metadata->content, "expires")));
    return false;
}

/* ---- root ----------------------------------------------------------------------------------- */

bool mp_tuf_trust_first_root(MpTufTrusted *self, const void *bytes, size_t size, MpError *error)
{
    MpTufMetadata *root = read_signed(MP_TUF_ROOT, NULL, "root", bytes, size, error);
    if (root)
        replace(&self->root, root);
    return root != NULL;
}

static bool has_key(const MpTufMetadata *root, const char *role, const char *id)
{
    const json_t *ids = json_object_get(mp_tuf_metadata_role(root, role), "keyids");
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (strcmp(json_string_value(json_array_get(ids, i)), id) == 0)
            return true;
    return false;
}

static bool has_all_keys(const MpTufMetadata *root, const MpTufMetadata *before, const char *role)
{
    const json_t *ids = json_object_get(mp_tuf_metadata_role(before, role), "keyids");
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (!has_key(root, role, json_string_value(json_array_get(ids, i))))
            return false;
    return true;
}

bool mp_tuf_trust_next_root(MpTufTrusted *self, const void *bytes, size_t size, bool *revokes,
                            MpError *error)
{
    MpTufMetadata *root = read_signed(MP_TUF_ROOT, self->root, "root", bytes, size, error);
    bool ok = root && (root->version - 1 == self->root->version ||
                       refuse(error, "root", "its version is not one more than the last one's"));
    if (ok && mp_tuf_verify(root, root, "root", error)) {
        *revokes = !has_all_keys(root, self->root, "timestamp") ||
                   !has_all_keys(root, self->root, "snapshot");
        replace(&self->root, root);
        return true;
    }
    mp_tuf_metadata_destroy(root);
    return false;
}

/* ---- what is announced ---------------------------------------------------------------------- */

static bool is_announced_version(const json_t *file, const MpTufMetadata *metadata)
{
    return json_integer_value(json_object_get(file, "version")) == metadata->version;
}

static bool are_announced_bytes(const json_t *file, const void *bytes, size_t size)
{
    const json_t *length = json_object_get(file, "length"),
                 *hashes = json_object_get(file, "hashes");
    return (!length || (uint64_t)json_integer_value(length) == size) &&
           (!hashes || mp_tuf_digest_fits(hashes, bytes, size));
}

/* Metadata as it was announced, signed and valid now, or NULL. */
static MpTufMetadata *read_announced(const MpTufTrusted *self, MpTufKind kind,
                                     const MpTufMetadata *announcer, const MpTufMetadata *delegator,
                                     const char *role, const void *bytes, size_t size,
                                     MpError *error)
{
    const json_t *file = mp_tuf_metadata_file(announcer, role);
    if (!file || !are_announced_bytes(file, bytes, size)) {
        refuse(error, role,
               file ? "its bytes are not those that were announced"
                    : "the snapshot does not announce it");
        return NULL;
    }
    MpTufMetadata *metadata = read_signed(kind, delegator, role, bytes, size, error);
    if (metadata &&
        (is_announced_version(file, metadata) ||
         refuse(error, role, "its version is not the one that was announced")) &&
        mp_tuf_trust_is_valid_now(self, metadata, role, error))
        return metadata;
    mp_tuf_metadata_destroy(metadata);
    return NULL;
}

/* ---- timestamp ------------------------------------------------------------------------------ */

bool mp_tuf_trust_stored_timestamp(MpTufTrusted *self, const void *bytes, size_t size,
                                   MpError *error)
{
    MpTufMetadata *timestamp =
        read_signed(MP_TUF_TIMESTAMP, self->root, "timestamp", bytes, size, error);
    if (timestamp)
        replace(&self->timestamp, timestamp);
    return timestamp != NULL;
}

static json_int_t announced_snapshot(const MpTufMetadata *timestamp)
{
    return json_integer_value(
        json_object_get(mp_tuf_metadata_file(timestamp, "snapshot"), "version"));
}

static bool goes_forward(const MpTufMetadata *before, const MpTufMetadata *timestamp,
                         MpError *error)
{
    if (timestamp->version < before->version)
        return refuse(error, "timestamp", "it is older than the one that is known");
    if (announced_snapshot(timestamp) < announced_snapshot(before))
        return refuse(error, "timestamp", "its snapshot is older than the one that is known");
    return true;
}

bool mp_tuf_trust_timestamp(MpTufTrusted *self, const void *bytes, size_t size, bool *taken,
                            MpError *error)
{
    const MpTufMetadata *before = self->timestamp;
    MpTufMetadata *timestamp =
        read_signed(MP_TUF_TIMESTAMP, self->root, "timestamp", bytes, size, error);
    bool same = timestamp && before && timestamp->version == before->version;
    bool ok =
        timestamp && (same || ((!before || goes_forward(before, timestamp, error)) &&
                               mp_tuf_trust_is_valid_now(self, timestamp, "timestamp", error)));
    if (ok)
        *taken = !same;
    if (ok && !same)
        replace(&self->timestamp, timestamp);
    else
        mp_tuf_metadata_destroy(timestamp);
    return ok;
}

/* ---- snapshot ------------------------------------------------------------------------------- */

bool mp_tuf_trust_stored_snapshot(MpTufTrusted *self, const void *bytes, size_t size,
                                  MpError *error)
{
    const json_t *file = mp_tuf_metadata_file(self->timestamp, "snapshot");
    MpTufMetadata *snapshot =
        read_signed(MP_TUF_SNAPSHOT, self->root, "snapshot", bytes, size, error);
    if (!snapshot)
        return false;
    replace(&self->snapshot, snapshot);
    return ((is_announced_version(file, snapshot) && are_announced_bytes(file, bytes, size)) ||
            refuse(error, "snapshot", "the stored one is not the one that was announced")) &&
           mp_tuf_trust_is_valid_now(self, snapshot, "snapshot", error);
}

static bool keeps_roles(const MpTufMetadata *before, const MpTufMetadata *snapshot, MpError *error)
{
    json_t *files = json_object_get(before->content, "meta");
    const json_t *now = json_object_get(snapshot->content, "meta");
    const char *name;
    json_t *file;
    json_object_foreach (files, name, file) {
        const json_t *same = json_object_get(now, name);
        if (!same)
            return refuse(error, "snapshot", "a role that it had is gone");
        if (json_integer_value(json_object_get(same, "version")) <
            json_integer_value(json_object_get(file, "version")))
            return refuse(error, "snapshot", "a role in it is older than the one that is known");
    }
    return true;
}

bool mp_tuf_trust_snapshot(MpTufTrusted *self, const void *bytes, size_t size, MpError *error)
{
    MpTufMetadata *snapshot = read_announced(self, MP_TUF_SNAPSHOT, self->timestamp, self->root,
                                             "snapshot", bytes, size, error);
    if (snapshot && (!self->snapshot || keeps_roles(self->snapshot, snapshot, error))) {
        replace(&self->snapshot, snapshot);
        return true;
    }
    mp_tuf_metadata_destroy(snapshot);
    return false;
}

/* ---- targets -------------------------------------------------------------------------------- */

MpTufMetadata *mp_tuf_trust_targets(const MpTufTrusted *self, const MpTufMetadata *delegator,
                                    const char *role, const void *bytes, size_t size,
                                    MpError *error)
{
    return read_announced(self, MP_TUF_TARGETS, self->snapshot, delegator, role, bytes, size,
                          error);
}

void mp_tuf_trusted_finish(MpTufTrusted *self)
{
    replace(&self->root, NULL);
    replace(&self->timestamp, NULL);
    replace(&self->snapshot, NULL);
    replace(&self->targets, NULL);
}
