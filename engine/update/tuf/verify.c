#include "update/tuf/verify.h"

#include "update/tuf/key.h"

#include <string.h>

static bool lists(const json_t *ids, const char *id)
{
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (strcmp(json_string_value(json_array_get(ids, i)), id) == 0)
            return true;
    return false;
}

/* The key that a signature says it is of, if the role has it and it has the right name. */
static const json_t *key_of(const json_t *signature, const json_t *keys, const json_t *role)
{
    MpHash right;
    const char *id = json_string_value(json_object_get(signature, "keyid"));
    const json_t *key =
        lists(json_object_get(role, "keyids"), id) ? json_object_get(keys, id) : NULL;
    return key && mp_tuf_key_id(key, &right, NULL) && strcmp(right.text, id) == 0 ? key : NULL;
}

static bool is_signed(const MpTufMetadata *self, const json_t *key, const json_t *signature)
{
    return mp_tuf_key_verify(key, self->canonical, self->canonical_size,
                             json_string_value(json_object_get(signature, "sig")), NULL);
}

/* The different keys that signed, by their identity. */
static json_t *signers(const MpTufMetadata *metadata, const json_t *keys, const json_t *role)
{
    json_t *found = json_object();
    for (size_t i = 0; i < json_array_size(metadata->signatures); i++) {
        MpHash identity;
        const json_t *signature = json_array_get(metadata->signatures, i);
        const json_t *key = key_of(signature, keys, role);
        if (key && is_signed(metadata, key, signature) && mp_tuf_key_identity(key, &identity, NULL))
            json_object_set_new(found, identity.text, json_true());
    }
    return found;
}

bool mp_tuf_verify(const MpTufMetadata *metadata, const MpTufMetadata *delegator, const char *role,
                   MpError *error)
{
    const json_t *rule = mp_tuf_metadata_role(delegator, role);
    if (!rule) {
        mp_error_set(error, MP_REFUSED, "nobody delegated to %s", role);
        return false;
    }
    json_int_t needed = json_integer_value(json_object_get(rule, "threshold"));
    json_t *found = signers(metadata, mp_tuf_metadata_keys(delegator), rule);
    size_t count = json_object_size(found);
    json_decref(found);
    if ((json_int_t)count >= needed)
        return true;
    mp_error_set(
        error, MP_REFUSED,
        "metadata of %s is refused: %zu of its keys signed it, %" JSON_INTEGER_FORMAT
        " must; the publisher has to sign it with the keys of this channel, or root.json is of "
        "another one",
        role, count, needed);
    return false;
}
