#include "update/tuf/metadata.h"

#include "update/tuf/canonical.h"
#include "update/tuf/date.h"
#include "update/tuf/shape.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const mp_tuf_kind_names[MP_TUF_KINDS] = {
    [MP_TUF_ROOT] = "root",
    [MP_TUF_TIMESTAMP] = "timestamp",
    [MP_TUF_SNAPSHOT] = "snapshot",
    [MP_TUF_TARGETS] = "targets",
};

/* ---- reading -------------------------------------------------------------------------------- */

static json_t *load(const char *role, const void *bytes, size_t size, MpError *error)
{
    json_error_t where;
    json_t *document = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &where);
    if (document)
        return document;
    /* What follows is a part of the text, whatever that is. */
    const char *near = strstr(where.text, " near ");
    int length = near ? (int)(near - where.text) : (int)strlen(where.text);
    mp_error_set(error, MP_FORMAT, "metadata of %s is refused: line %d, column %d: %.*s", role,
                 where.line, where.column, length, where.text);
    return NULL;
}

/* Whatever has no canonical form is refused, signed or not. */
static bool has_form(const char *role, const json_t *document, MpError *error)
{
    MpError why;
    size_t size;
    char *text = mp_tuf_canonical(document, &size, &why);
    if (!text)
        mp_error_set(error, why.status, "metadata of %s is refused: %s", role, why.message);
    free(text);
    return text != NULL;
}

static bool fill(MpTufMetadata *self, MpTufKind kind, const char *role, MpError *error)
{
    if (!has_form(role, self->document, error) ||
        !mp_tuf_shape_check(kind, role, self->document, error))
        return false;
    self->content = json_object_get(self->document, "signed");
    self->signatures = json_object_get(self->document, "signatures");
    self->version = json_integer_value(json_object_get(self->content, "version"));
    const char *expires = json_string_value(json_object_get(self->content, "expires"));
    self->canonical = mp_tuf_canonical(self->content, &self->canonical_size, error);
    return self->canonical && mp_tuf_date_parse(expires, &self->expires);
}

MpTufMetadata *mp_tuf_metadata_parse(MpTufKind kind, const char *role, const void *bytes,
                                     size_t size, MpError *error)
{
    json_t *document = load(role, bytes, size, error);
    if (!document)
        return NULL;
    MpTufMetadata *self = calloc(1, sizeof *self);
    if (!self) {
        json_decref(document);
        mp_error_set(error, MP_MEMORY, "no memory for the metadata of %s", role);
        return NULL;
    }
    self->document = document;
    if (fill(self, kind, role, error))
        return self;
    mp_tuf_metadata_destroy(self);
    return NULL;
}

void mp_tuf_metadata_destroy(MpTufMetadata *self)
{
    if (!self)
        return;
    json_decref(self->document);
    free(self->canonical);
    free(self);
}

/* ---- what it says --------------------------------------------------------------------------- */

static const json_t *delegations(const MpTufMetadata *delegator)
{
    return json_object_get(delegator->content, "delegations");
}

const json_t *mp_tuf_metadata_keys(const MpTufMetadata *delegator)
{
    const json_t *keys = json_object_get(delegator->content, "keys");
    return keys ? keys : json_object_get(delegations(delegator), "keys");
}

const json_t *mp_tuf_metadata_role(const MpTufMetadata *delegator, const char *role)
{
    const json_t *of_root = json_object_get(delegator->content, "roles");
    if (of_root)
        return json_object_get(of_root, role);
    const json_t *roles = json_object_get(delegations(delegator), "roles");
    for (size_t i = 0; i < json_array_size(roles); i++) {
        const json_t *one = json_array_get(roles, i);
        if (strcmp(json_string_value(json_object_get(one, "name")), role) == 0)
            return one;
    }
    return NULL;
}

const json_t *mp_tuf_metadata_file(const MpTufMetadata *self, const char *role)
{
    char name[MP_TUF_NAME_LIMIT + sizeof ".json"];
    snprintf(name, sizeof name, "%s.json", role);
    return json_object_get(json_object_get(self->content, "meta"), name);
}

bool mp_tuf_metadata_is_consistent(const MpTufMetadata *root)
{
    return json_is_true(json_object_get(root->content, "consistent_snapshot"));
}
