#include "update/tuf/client.h"

#include "update/tuf/client_parts.h"
#include "update/tuf/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Bytes of metadata, from the disk or from the source. */
typedef struct Bytes {
    void *data; /* for free() */
    size_t size;
} Bytes;

/* ---- creating ------------------------------------------------------------------------------- */

static bool take_stored_root(MpTufClient *self, MpError *error)
{
    MpError why;
    size_t size;
    char *bytes = mp_tuf_store_load(self->folder, "root", MP_TUF_ROOT_LIMIT, &size, &why);
    if (!bytes && why.status == MP_NOT_FOUND)
        mp_error_set(error, MP_NOT_FOUND, "'%s' has no root metadata: begin with one you trust",
                     self->folder);
    else if (!bytes)
        mp_error_set(error, why.status, "%s", why.message);
    bool ok = bytes && mp_tuf_trust_first_root(&self->trusted, bytes, size, error);
    free(bytes);
    return ok;
}

/* The shipped root is a better start than the stored one if there is none, or if it is damaged or
   older. */
static bool take_root_to_start(MpTufClient *self, const MpTufOptions *options, MpError *error)
{
    bool has_stored = take_stored_root(self, error);
    MpTufTrusted shipped = {0};
    if (!options->root ||
        !mp_tuf_trust_first_root(&shipped, options->root, options->root_size, error))
        return has_stored;
    bool is_better = !has_stored || shipped.root->version > self->trusted.root->version;
    if (is_better) {
        mp_tuf_trusted_finish(&self->trusted);
        self->trusted.root = shipped.root;
        shipped.root = NULL;
    }
    mp_tuf_trusted_finish(&shipped);
    return !is_better ||
           mp_tuf_store_save(self->folder, "root", options->root, options->root_size, error);
}

MpTufClient *mp_tuf_client_create(const MpTufOptions *options, MpError *error)
{
    MpTufClient *self = calloc(1, sizeof *self);
    if (self)
        self->folder = strdup(options->folder);
    if (!self || !self->folder) {
        free(self);
        mp_error_set(error, MP_MEMORY, "no memory for a client of updates");
        return NULL;
    }
    self->source = options->source;
    self->trusted.now = options->now ? options->now : (int64_t)time(NULL);
    if (take_root_to_start(self, options, error))
        return self;
    mp_tuf_client_destroy(self);
    return NULL;
}

void mp_tuf_client_destroy(MpTufClient *self)
{
    if (!self)
        return;
    mp_tuf_trusted_finish(&self->trusted);
    free(self->folder);
    free(self);
}

/* ---- getting and storing -------------------------------------------------------------------- */

static void say_what_is_missing(const char *name, MpError *error)
{
    mp_error_set(error, MP_NOT_FOUND,
                 "the channel has no '%s'; its publisher may be at work, or has to upload it again",
                 name);
}

/* `version` 0: the name has none. */
static MpTufAnswer ask(MpTufClient *self, const char *role, int64_t version, size_t limit,
                       Bytes *bytes, MpError *error)
{
    char name[MP_TUF_NAME_LIMIT + 32];
    if (version)
        snprintf(name, sizeof name, "%" PRId64 ".%s.json", version, role);
    else
        snprintf(name, sizeof name, "%s.json", role);
    say_what_is_missing(name, error);
    unsigned char *data = NULL;
    MpTufAnswer answer =
        self->source.get(self->source.context, name, limit, &data, &bytes->size, error);
    bytes->data = data;
    return answer;
}

/* The timestamp, of which `known` is stored and was verified; no bytes: there is none. */
static MpTufAnswer ask_for_timestamp(MpTufClient *self, const Bytes *known, Bytes *bytes,
                                     MpError *error)
{
    if (!self->source.renew)
        return ask(self, "timestamp", 0, MP_TUF_TIMESTAMP_LIMIT, bytes, error);
    say_what_is_missing("timestamp.json", error);
    unsigned char *data = NULL;
    MpTufAnswer answer =
        self->source.renew(self->source.context, "timestamp.json", MP_TUF_TIMESTAMP_LIMIT,
                           known->data, known->size, &data, &bytes->size, error);
    bytes->data = data;
    if (answer != MP_TUF_SAME || known->data)
        return answer;
    mp_error_set(error, MP_REFUSED,
                 "'timestamp.json' is said to be what it was, and nothing is known of it");
    return MP_TUF_FAILED;
}

/* The announced version of a role. Above the limit, an announced length is not believed. */
static bool get_announced(MpTufClient *self, const MpTufMetadata *announcer, const char *role,
                          size_t limit, Bytes *bytes, MpError *error)
{
    const json_t *file = mp_tuf_metadata_file(announcer, role);
    if (!file) {
        mp_error_set(error, MP_REFUSED,
                     "metadata of %s is refused: the snapshot does not announce it", role);
        return false;
    }
    const json_t *length = json_object_get(file, "length");
    if (length && (uint64_t)json_integer_value(length) < limit)
        limit = (size_t)json_integer_value(length);
    bool has_version = mp_tuf_metadata_is_consistent(self->trusted.root);
    json_int_t version = json_integer_value(json_object_get(file, "version"));
    return ask(self, role, has_version ? version : 0, limit, bytes, error) == MP_TUF_HAS;
}

static Bytes stored(const MpTufClient *self, const char *role, size_t limit)
{
    Bytes bytes = {0};
    bytes.data = mp_tuf_store_load(self->folder, role, limit, &bytes.size, NULL);
    return bytes;
}

static bool save(const MpTufClient *self, const char *role, const Bytes *bytes, MpError *error)
{
    return mp_tuf_store_save(self->folder, role, bytes->data, bytes->size, error);
}

/* ---- the four steps ------------------------------------------------------------------------- */

/* A power cut between the two leaves the old root, and then the same happens again. */
static bool take_next_root(MpTufClient *self, const Bytes *bytes, MpError *error)
{
    bool revokes = false;
    return mp_tuf_trust_next_root(&self->trusted, bytes->data, bytes->size, &revokes, error) &&
           (!revokes || (mp_tuf_store_remove(self->folder, "timestamp", error) &&
                         mp_tuf_store_remove(self->folder, "snapshot", error))) &&
           save(self, "root", bytes, error);
}

static bool refresh_root(MpTufClient *self, MpError *error)
{
    for (int i = 0; i < MP_TUF_ROTATION_LIMIT && self->trusted.root->version < INT64_MAX; i++) {
        Bytes bytes = {0};
        MpTufAnswer answer =
            ask(self, "root", self->trusted.root->version + 1, MP_TUF_ROOT_LIMIT, &bytes, error);
        if (answer == MP_TUF_HAS_NOT)
            break;
        bool ok = answer == MP_TUF_HAS && take_next_root(self, &bytes, error);
        free(bytes.data);
        if (!ok)
            return false;
    }
    return mp_tuf_trust_is_valid_now(&self->trusted, self->trusted.root, "root", error);
}

static bool refresh_timestamp(MpTufClient *self, MpError *error)
{
    Bytes old = stored(self, "timestamp", MP_TUF_TIMESTAMP_LIMIT), bytes = {0};
    bool is_known =
        old.data && mp_tuf_trust_stored_timestamp(&self->trusted, old.data, old.size, NULL);
    MpTufAnswer answer = ask_for_timestamp(self, is_known ? &old : &(Bytes){0}, &bytes, error);
    free(old.data);
    bool taken = false;
    bool ok = answer == MP_TUF_SAME ||
              (answer == MP_TUF_HAS &&
               mp_tuf_trust_timestamp(&self->trusted, bytes.data, bytes.size, &taken, error) &&
               (!taken || save(self, "timestamp", &bytes, error)));
    free(bytes.data);
    return ok &&
           mp_tuf_trust_is_valid_now(&self->trusted, self->trusted.timestamp, "timestamp", error);
}

static bool refresh_snapshot(MpTufClient *self, MpError *error)
{
    Bytes old = stored(self, "snapshot", MP_TUF_SNAPSHOT_LIMIT), bytes = {0};
    bool is_current =
        old.data && mp_tuf_trust_stored_snapshot(&self->trusted, old.data, old.size, NULL);
    free(old.data);
    if (is_current)
        return true;
    bool ok = get_announced(self, self->trusted.timestamp, "snapshot", MP_TUF_SNAPSHOT_LIMIT,
                            &bytes, error) &&
              mp_tuf_trust_snapshot(&self->trusted, bytes.data, bytes.size, error) &&
              save(self, "snapshot", &bytes, error);
    free(bytes.data);
    return ok;
}

static MpTufMetadata *fetch_targets(MpTufClient *self, const MpTufMetadata *delegator,
                                    const char *role, MpError *error)
{
    Bytes bytes = {0};
    MpTufMetadata *targets = NULL;
    if (get_announced(self, self->trusted.snapshot, role, MP_TUF_TARGETS_LIMIT, &bytes, error))
        targets =
            mp_tuf_trust_targets(&self->trusted, delegator, role, bytes.data, bytes.size, error);
    if (targets && !save(self, role, &bytes, error)) {
        mp_tuf_metadata_destroy(targets);
        targets = NULL;
    }
    free(bytes.data);
    return targets;
}

MpTufMetadata *mp_tuf_client_load_targets(MpTufClient *self, const MpTufMetadata *delegator,
                                          const char *role, MpError *error)
{
    Bytes old = stored(self, role, MP_TUF_TARGETS_LIMIT);
    MpTufMetadata *targets = NULL;
    if (old.data)
        targets = mp_tuf_trust_targets(&self->trusted, delegator, role, old.data, old.size, NULL);
    free(old.data);
    return targets ? targets : fetch_targets(self, delegator, role, error);
}

static bool refresh_targets(MpTufClient *self, MpError *error)
{
    mp_tuf_metadata_destroy(self->trusted.targets);
    self->trusted.targets = mp_tuf_client_load_targets(self, self->trusted.root, "targets", error);
    return self->trusted.targets != NULL;
}

bool mp_tuf_client_refresh(MpTufClient *self, MpError *error)
{
    return refresh_root(self, error) && refresh_timestamp(self, error) &&
           refresh_snapshot(self, error) && refresh_targets(self, error);
}

/* ---- what it knows -------------------------------------------------------------------------- */

const json_t *mp_tuf_client_targets(const MpTufClient *self)
{
    return self->trusted.targets ? self->trusted.targets->content : NULL;
}

char *mp_tuf_client_url_of(const MpTufClient *self, const MpTufTarget *target)
{
    return mp_tuf_target_url(target, mp_tuf_metadata_is_consistent(self->trusted.root));
}
