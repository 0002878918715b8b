#include "update/tuf/shape.h"

#include "update/tuf/date.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

typedef struct Check {
    const char *role;
    MpError *error;
} Check;

/* Names come from whoever wrote the metadata; an error is one line. */
static bool is_printable(const char *name)
{
    for (const char *c = name; *c; c++)
        if (iscntrl((unsigned char)*c))
            return false;
    return true;
}

/* Whether `holds`; if not, says what is wrong where. */
static bool demand(const Check *self, bool holds, const char *where, const char *what)
{
    if (!holds)
        mp_error_set(self->error, MP_FORMAT, "metadata of %s is refused: '%.64s' must be %s",
                     self->role, is_printable(where) ? where : "(unprintable)", what);
    return holds;
}

typedef bool CheckMember(const Check *self, const char *name, const json_t *value);

static bool each_member(const Check *self, const json_t *object, CheckMember *check)
{
    json_t *members = (json_t *)(uintptr_t)object; /* which are only read */
    const char *name;
    json_t *value;
    json_object_foreach (members, name, value)
        if (!check(self, name, value))
            return false;
    return true;
}

/* ---- texts ---------------------------------------------------------------------------------- */

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static bool is_hex(const char *text)
{
    return text && text[strspn(text, "0123456789abcdef")] == '\0';
}

/* All texts, and no two alike. */
static bool is_set(const json_t *texts)
{
    json_t *seen = json_object();
    bool ok = json_is_array(texts) && seen;
    for (size_t i = 0; i < json_array_size(texts) && ok; i++) {
        const char *text = json_string_value(json_array_get(texts, i));
        ok = text && !json_object_get(seen, text) &&
             json_object_set_new(seen, text, json_true()) == 0;
    }
    json_decref(seen);
    return ok;
}

static bool is_texts(const json_t *texts)
{
    bool ok = json_is_array(texts);
    for (size_t i = 0; i < json_array_size(texts) && ok; i++)
        ok = json_is_string(json_array_get(texts, i));
    return ok;
}

/* ---- files ---------------------------------------------------------------------------------- */

static bool check_hash(const Check *self, const char *name, const json_t *value)
{
    const char *text = json_string_value(value);
    return demand(self, is_hex(text) && *text, name, "a hash in hexadecimal digits");
}

static bool check_hashes(const Check *self, const char *name, const json_t *hashes)
{
    return demand(self, json_object_size(hashes) > 0, name, "an object with hashes") &&
           each_member(self, hashes, check_hash);
}

static bool check_length(const Check *self, const char *name, const json_t *length)
{
    return demand(self, json_is_integer(length) && json_integer_value(length) >= 0, name,
                  "a length of 0 or more");
}

/* A file of metadata, as timestamp and snapshot have it. */
static bool check_file(const Check *self, const char *name, const json_t *file)
{
    const json_t *length = json_object_get(file, "length"),
                 *hashes = json_object_get(file, "hashes");
    return demand(self, json_integer_value(json_object_get(file, "version")) >= 1, name,
                  "an object with a version of 1 or more") &&
           (!length || check_length(self, name, length)) &&
           (!hashes || check_hashes(self, name, hashes));
}

static bool check_target(const Check *self, const char *name, const json_t *target)
{
    const json_t *custom = json_object_get(target, "custom");
    return demand(self, json_is_object(target), name, "an object") &&
           check_length(self, name, json_object_get(target, "length")) &&
           check_hashes(self, name, json_object_get(target, "hashes")) &&
           demand(self, !custom || json_is_object(custom), name,
                  "an object with an object 'custom'");
}

/* ---- keys and roles ------------------------------------------------------------------------- */

static bool check_key(const Check *self, const char *name, const json_t *key)
{
    return demand(self,
                  text_of(key, "keytype") && text_of(key, "scheme") &&
                      json_is_object(json_object_get(key, "keyval")),
                  name, "a key with keytype, scheme and keyval");
}

static bool check_keys(const Check *self, const json_t *keys)
{
    return demand(self, json_is_object(keys), "keys", "an object") &&
           each_member(self, keys, check_key);
}

static bool check_role(const Check *self, const char *name, const json_t *role)
{
    return demand(self, is_set(json_object_get(role, "keyids")), name,
                  "a role with a list of different keyids") &&
           demand(self, json_integer_value(json_object_get(role, "threshold")) >= 1, name,
                  "a role with a threshold of 1 or more");
}

/* Where a file system knows no difference between Root and root, they would be one file. */
static bool is_top_level(const char *name)
{
    for (int i = 0; i < MP_TUF_KINDS; i++)
        if (strcasecmp(name, mp_tuf_kind_names[i]) == 0)
            return true;
    return false;
}

static bool is_delegated_name(const char *name)
{
    return name && *name && strlen(name) <= MP_TUF_NAME_LIMIT && is_printable(name) &&
           !is_top_level(name);
}

static bool check_delegated(const Check *self, const json_t *role)
{
    const json_t *paths = json_object_get(role, "paths");
    const json_t *prefixes = json_object_get(role, "path_hash_prefixes");
    const char *name = text_of(role, "name");
    return demand(self, is_delegated_name(name), name ? name : "name",
                  "the name of a role: 1 to 64 printable bytes, and not a top-level one's") &&
           check_role(self, name, role) &&
           demand(self, json_is_boolean(json_object_get(role, "terminating")), name,
                  "a role that says whether it is terminating") &&
           demand(self, !paths != !prefixes && is_texts(paths ? paths : prefixes), name,
                  "a role with a list of either paths or path_hash_prefixes");
}

static bool check_delegations(const Check *self, const json_t *delegations)
{
    const json_t *roles = json_object_get(delegations, "roles");
    if (!check_keys(self, json_object_get(delegations, "keys")) ||
        !demand(self, json_is_array(roles), "roles", "a list"))
        return false;
    for (size_t i = 0; i < json_array_size(roles); i++)
        if (!check_delegated(self, json_array_get(roles, i)))
            return false;
    return true;
}

/* ---- kinds ---------------------------------------------------------------------------------- */

static bool check_root(const Check *self, const json_t *content)
{
    const json_t *roles = json_object_get(content, "roles");
    const json_t *consistent = json_object_get(content, "consistent_snapshot");
    for (int i = 0; i < MP_TUF_KINDS; i++)
        if (!check_role(self, mp_tuf_kind_names[i], json_object_get(roles, mp_tuf_kind_names[i])))
            return false;
    return check_keys(self, json_object_get(content, "keys")) &&
           demand(self, !consistent || json_is_boolean(consistent), "consistent_snapshot",
                  "true or false");
}

static bool check_timestamp(const Check *self, const json_t *content)
{
    const json_t *meta = json_object_get(content, "meta");
    return check_file(self, "snapshot.json", json_object_get(meta, "snapshot.json"));
}

static bool check_snapshot(const Check *self, const json_t *content)
{
    const json_t *meta = json_object_get(content, "meta");
    return check_file(self, "targets.json", json_object_get(meta, "targets.json")) &&
           each_member(self, meta, check_file);
}

static bool check_targets(const Check *self, const json_t *content)
{
    const json_t *targets = json_object_get(content, "targets");
    const json_t *delegations = json_object_get(content, "delegations");
    return demand(self, json_is_object(targets), "targets", "an object") &&
           each_member(self, targets, check_target) &&
           (!delegations || check_delegations(self, delegations));
}

static bool (*const check_kind[MP_TUF_KINDS])(const Check *, const json_t *) = {
    [MP_TUF_ROOT] = check_root,
    [MP_TUF_TIMESTAMP] = check_timestamp,
    [MP_TUF_SNAPSHOT] = check_snapshot,
    [MP_TUF_TARGETS] = check_targets,
};

/* ---- what all have -------------------------------------------------------------------------- */

static bool check_signatures(const Check *self, const json_t *signatures)
{
    json_t *ids = json_array();
    bool ok = ids && demand(self, json_is_array(signatures), "signatures", "a list");
    for (size_t i = 0; i < json_array_size(signatures) && ok; i++) {
        const json_t *one = json_array_get(signatures, i);
        ok = demand(self, text_of(one, "keyid") && text_of(one, "sig"), "signatures",
                    "a list of objects with keyid and sig") &&
             json_array_append(ids, json_object_get(one, "keyid")) == 0;
    }
    ok =
        ok && demand(self, is_set(ids), "signatures", "a list of signatures with different keyids");
    json_decref(ids);
    return ok;
}

static bool check_common(const Check *self, MpTufKind kind, const json_t *content)
{
    int64_t seconds;
    const char *type = text_of(content, "_type"), *spec = text_of(content, "spec_version");
    const char *expires = text_of(content, "expires");
    return demand(self, type && strcmp(type, mp_tuf_kind_names[kind]) == 0, "_type",
                  mp_tuf_kind_names[kind]) &&
           demand(self, spec && strncmp(spec, "1.", 2) == 0, "spec_version", "1 and a minor one") &&
           demand(self, json_integer_value(json_object_get(content, "version")) >= 1, "version",
                  "a number of 1 or more") &&
           demand(self, expires && mp_tuf_date_parse(expires, &seconds), "expires",
                  "a date like 2030-01-31T23:59:59Z");
}

bool mp_tuf_shape_check(MpTufKind kind, const char *role, const json_t *document, MpError *error)
{
    const Check check = {.role = role, .error = error};
    const json_t *content = json_object_get(document, "signed");
    return demand(&check, json_is_object(content), "signed", "an object") &&
           check_signatures(&check, json_object_get(document, "signatures")) &&
           check_common(&check, kind, content) && check_kind[kind](&check, content);
}
