#include "simulator.h"

#include "patches/hash.h"
#include "update/tuf/canonical.h"
#include "update/tuf/key.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const top_level[] = {"root", "timestamp", "snapshot", "targets"};

json_t *simulator_signed(Simulator *self, const char *role)
{
    json_t *content = json_object_get(self->contents, role);
    cr_assert(content, "there is no role %s", role);
    return content;
}

/* ---- keys ----------------------------------------------------------------------------------- */

int simulator_new_key(Simulator *self, TestKeyKind kind)
{
    cr_assert(self->key_count < SIMULATOR_KEYS);
    self->keys[self->key_count] = test_key_create(kind);
    return self->key_count++;
}

void simulator_add_signer(Simulator *self, const char *role, int key)
{
    if (!json_object_get(self->signers, role))
        json_object_set_new(self->signers, role, json_array());
    json_array_append_new(json_object_get(self->signers, role), json_integer(key));
}

/* What `delegator` says of a role, with its keyids and threshold. */
static json_t *rule_of(Simulator *self, const char *delegator, const char *role)
{
    json_t *content = simulator_signed(self, delegator);
    if (strcmp(delegator, "root") == 0)
        return json_object_get(json_object_get(content, "roles"), role);
    json_t *roles = json_object_get(json_object_get(content, "delegations"), "roles"), *one;
    size_t i;
    json_array_foreach (roles, i, one)
        if (strcmp(json_string_value(json_object_get(one, "name")), role) == 0)
            return one;
    return NULL;
}

static json_t *keys_of(Simulator *self, const char *delegator)
{
    json_t *content = simulator_signed(self, delegator);
    json_t *keys = json_object_get(content, "keys");
    return keys ? keys : json_object_get(json_object_get(content, "delegations"), "keys");
}

void simulator_add_key(Simulator *self, const char *delegator, const char *role, int key)
{
    MpHash id;
    json_t *public_key = test_key_public(self->keys[key]);
    cr_assert(mp_tuf_key_id(public_key, &id, NULL));
    json_object_set_new(keys_of(self, delegator), id.text, public_key);
    json_array_append_new(json_object_get(rule_of(self, delegator, role), "keyids"),
                          json_string(id.text));
    simulator_add_signer(self, role, key);
}

void simulator_clear_keys(Simulator *self, const char *delegator, const char *role)
{
    json_array_clear(json_object_get(rule_of(self, delegator, role), "keyids"));
    json_array_clear(json_object_get(self->signers, role));
}

void simulator_rotate(Simulator *self, const char *role)
{
    simulator_clear_keys(self, "root", role);
    simulator_add_key(self, "root", role, simulator_new_key(self, TEST_KEY_P256));
}

void simulator_set_threshold(Simulator *self, const char *role, int threshold)
{
    json_object_set_new(rule_of(self, "root", role), "threshold", json_integer(threshold));
}

void simulator_drop_signer(Simulator *self, const char *role)
{
    json_t *signers = json_object_get(self->signers, role);
    json_array_remove(signers, json_array_size(signers) - 1);
}

/* ---- publishing ----------------------------------------------------------------------------- */

void simulator_expire(Simulator *self, const char *role, int days)
{
    char text[32];
    time_t when = (time_t)(SIMULATOR_NOW + days * INT64_C(86400));
    struct tm date;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&when, &date));
    json_object_set_new(simulator_signed(self, role), "expires", json_string(text));
}

static json_t *sign(const TestKey *key, const char *bytes, size_t size)
{
    MpHash id;
    json_t *public_key = test_key_public(key);
    char *signature = test_key_sign(key, bytes, size);
    cr_assert(mp_tuf_key_id(public_key, &id, NULL));
    json_t *result = json_pack("{s:s, s:s}", "keyid", id.text, "sig", signature);
    free(signature);
    json_decref(public_key);
    return result;
}

static json_t *signatures_of(Simulator *self, const char *role)
{
    json_t *signatures = json_array(), *signer;
    size_t i, size;
    char *bytes = mp_tuf_canonical(simulator_signed(self, role), &size, NULL);
    cr_assert(bytes);
    json_array_foreach (json_object_get(self->signers, role), i, signer)
        json_array_append_new(signatures,
                              sign(self->keys[json_integer_value(signer)], bytes, size));
    free(bytes);
    return signatures;
}

/* What snapshot, or timestamp, says of a file. */
static json_t *announcement(Simulator *self, const char *role, const char *text)
{
    json_int_t version =
        json_integer_value(json_object_get(simulator_signed(self, role), "version"));
    if (!self->hashes)
        return json_pack("{s:I}", "version", version);
    return json_pack("{s:I, s:i, s:{s:s}}", "version", version, "length", (int)strlen(text),
                     "hashes", "sha256", mp_hash_of(text, strlen(text)).text);
}

static void announce(Simulator *self, const char *role, const char *text)
{
    char name[128];
    bool is_snapshot = strcmp(role, "snapshot") == 0;
    if (strcmp(role, "root") == 0 || strcmp(role, "timestamp") == 0)
        return;
    snprintf(name, sizeof name, "%s.json", role);
    json_t *announcer = simulator_signed(self, is_snapshot ? "timestamp" : "snapshot");
    json_object_set_new(json_object_get(announcer, "meta"), name, announcement(self, role, text));
}

static void publish(Simulator *self, const char *role, bool bump)
{
    json_t *content = simulator_signed(self, role);
    json_t *versions = json_object_get(self->published, role);
    if (!versions)
        json_object_set_new(self->published, role, versions = json_array());
    else if (bump)
        json_object_set_new(
            content, "version",
            json_integer(json_integer_value(json_object_get(content, "version")) + 1));
    json_t *document =
        json_pack("{s:o, s:O}", "signatures", signatures_of(self, role), "signed", content);
    char *text = json_dumps(document, JSON_INDENT(1));
    json_array_append_new(versions, json_string(text));
    announce(self, role, text);
    free(text);
    json_decref(document);
}

static void publish_all(Simulator *self, const char *roles, bool bump)
{
    char copy[512], *rest = copy;
    snprintf(copy, sizeof copy, "%s", roles);
    for (char *role; (role = strsep(&rest, " "));)
        publish(self, role, bump);
}

void simulator_publish(Simulator *self, const char *roles) { publish_all(self, roles, true); }

void simulator_publish_one(Simulator *self, const char *role) { publish(self, role, true); }

void simulator_publish_again(Simulator *self, const char *roles)
{
    publish_all(self, roles, false);
}

const char *simulator_published(Simulator *self, const char *role)
{
    const json_t *versions = json_object_get(self->published, role);
    cr_assert(json_array_size(versions), "%s was not published", role);
    return json_string_value(json_array_get(versions, json_array_size(versions) - 1));
}

void simulator_replace(Simulator *self, const char *role, const char *text)
{
    json_t *versions = json_object_get(self->published, role);
    json_array_remove(versions, json_array_size(versions) - 1);
    if (text)
        json_array_append_new(versions, json_string(text));
}

/* ---- delegations and targets ---------------------------------------------------------------- */

static json_t *words(const char *text)
{
    json_t *list = json_array();
    char copy[512], *rest = copy;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *word; (word = strsep(&rest, " "));)
        json_array_append_new(list, json_string(word));
    return list;
}

static void add_role(Simulator *self, const char *role)
{
    json_t *content = json_pack("{s:s, s:s, s:i, s:{}}", "_type", "targets", "spec_version",
                                "1.0.31", "version", 1, "targets");
    json_object_set_new(self->contents, role, content);
    simulator_expire(self, role, 30);
}

void simulator_delegate(Simulator *self, const char *delegator, const char *role, const char *paths,
                        bool terminating)
{
    json_t *content = simulator_signed(self, delegator);
    if (!json_object_get(content, "delegations"))
        json_object_set_new(content, "delegations", json_pack("{s:{}, s:[]}", "keys", "roles"));
    json_array_append_new(json_object_get(json_object_get(content, "delegations"), "roles"),
                          json_pack("{s:s, s:[], s:i, s:b, s:o}", "name", role, "keyids",
                                    "threshold", 1, "terminating", terminating, "paths",
                                    words(paths)));
    if (!json_object_get(self->contents, role))
        add_role(self, role);
    simulator_add_key(self, delegator, role, simulator_new_key(self, TEST_KEY_P256));
}

void simulator_add_target(Simulator *self, const char *role, const char *path, const char *content)
{
    json_object_set_new(json_object_get(simulator_signed(self, role), "targets"), path,
                        json_pack("{s:i, s:{s:s}}", "length", (int)strlen(content), "hashes",
                                  "sha256", mp_hash_of(content, strlen(content)).text));
    json_object_set_new(self->files, path, json_string(content));
}

/* ---- serving -------------------------------------------------------------------------------- */

/* The file's text, or NULL. Root always has its version in the name, timestamp never. */
static const char *find(Simulator *self, const char *name)
{
    char role[256];
    char *end;
    size_t version = strtoul(name, &end, 10);
    bool is_consistent =
        !json_is_false(json_object_get(simulator_signed(self, "root"), "consistent_snapshot"));
    bool is_root = strcmp(end, ".root.json") == 0;
    bool has_version = end != name && (is_root || is_consistent);
    const char *rest = has_version ? end + 1 : name;
    snprintf(role, sizeof role, "%.*s", (int)(strlen(rest) - strlen(".json")), rest);
    const json_t *versions = json_object_get(self->published, role);
    if (!has_version && (strcmp(role, "timestamp") == 0 || !is_consistent))
        version = json_array_size(versions);
    return version ? json_string_value(json_array_get(versions, version - 1)) : NULL;
}

static MpTufAnswer get(void *context, const char *name, size_t limit, unsigned char **bytes,
                       size_t *length, MpError *error)
{
    Simulator *self = context;
    MpTufAnswer answer;
    json_array_append_new(self->requests, json_string(name));
    if (self->interfere && self->interfere(self->user, name, limit, &answer, bytes, length))
        return answer;
    const char *text = find(self, name);
    if (!text)
        return MP_TUF_HAS_NOT;
    if (strlen(text) > limit) {
        mp_error_set(error, MP_LIMIT, "'%s' has more than %zu bytes", name, limit);
        return MP_TUF_FAILED;
    }
    *bytes = (unsigned char *)strdup(text);
    *length = strlen(text);
    return MP_TUF_HAS;
}

MpTufSource simulator_source(Simulator *self) { return (MpTufSource){.context = self, .get = get}; }

/* ---- the beginning -------------------------------------------------------------------------- */

static void make_contents(Simulator *self)
{
    json_t *role = json_pack("{s:[], s:i}", "keyids", "threshold", 1);
    json_object_set_new(
        self->contents, "root",
        json_pack("{s:s, s:s, s:i, s:b, s:{}, s:{s:o, s:o, s:o, s:o}}", "_type", "root",
                  "spec_version", "1.0.31", "version", 1, "consistent_snapshot", true, "keys",
                  "roles", "root", json_deep_copy(role), "timestamp", json_deep_copy(role),
                  "snapshot", json_deep_copy(role), "targets", json_deep_copy(role)));
    json_decref(role);
    for (size_t i = 1; i < 3; i++)
        json_object_set_new(self->contents, top_level[i],
                            json_pack("{s:s, s:s, s:i, s:{}}", "_type", top_level[i],
                                      "spec_version", "1.0.31", "version", 1, "meta"));
    add_role(self, "targets");
}

void simulator_init(Simulator *self)
{
    *self = (Simulator){
        .contents = json_object(),
        .published = json_object(),
        .signers = json_object(),
        .files = json_object(),
        .requests = json_array(),
    };
    make_contents(self);
    for (size_t i = 0; i < 4; i++) {
        simulator_expire(self, top_level[i], 30);
        simulator_add_key(self, "root", top_level[i], simulator_new_key(self, TEST_KEY_P256));
    }
    simulator_publish(self, "root targets snapshot timestamp");
}

void simulator_finish(Simulator *self)
{
    json_decref(self->contents);
    json_decref(self->published);
    json_decref(self->signers);
    json_decref(self->files);
    json_decref(self->requests);
    for (int i = 0; i < self->key_count; i++)
        test_key_destroy(self->keys[i]);
}
