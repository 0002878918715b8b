/*
 * find.c - the search for a target through delegations: in the order in which they are named, each
 * with its own before the next one, each role once. A terminating one ends the search.
 */
#include "update/tuf/client_parts.h"
#include "update/tuf/pattern.h"

#include <string.h>

typedef enum Outcome { GO_ON, FOUND, END, FAILED } Outcome;

typedef struct Search {
    MpTufClient *client;
    const char *path;
    MpTufTarget *target;
    MpError *error;
    json_t *visited; /* names of roles */
} Search;

static Outcome look_into(Search *self, const MpTufMetadata *targets);

static Outcome visit(Search *self, const MpTufMetadata *delegator, const char *role)
{
    if (json_object_get(self->visited, role))
        return GO_ON;
    if (json_object_size(self->visited) == MP_TUF_DELEGATION_LIMIT) {
        mp_error_set(self->error, MP_LIMIT,
                     "target '%s' is in none of the first %d roles that it is delegated to",
                     self->path, MP_TUF_DELEGATION_LIMIT);
        return FAILED;
    }
    if (json_object_set_new(self->visited, role, json_true()) != 0) {
        mp_error_set(self->error, MP_MEMORY, "no memory for the search for '%s'", self->path);
        return FAILED;
    }
    MpTufMetadata *targets = mp_tuf_client_load_targets(self->client, delegator, role, self->error);
    Outcome outcome = targets ? look_into(self, targets) : FAILED;
    mp_tuf_metadata_destroy(targets);
    return outcome;
}

static Outcome visit_delegated(Search *self, const MpTufMetadata *delegator)
{
    const json_t *roles =
        json_object_get(json_object_get(delegator->content, "delegations"), "roles");
    for (size_t i = 0; i < json_array_size(roles); i++) {
        const json_t *role = json_array_get(roles, i);
        if (!mp_tuf_pattern_is_delegated(role, self->path))
            continue;
        Outcome outcome = visit(self, delegator, json_string_value(json_object_get(role, "name")));
        if (outcome != GO_ON)
            return outcome;
        if (json_is_true(json_object_get(role, "terminating")))
            return END;
    }
    return GO_ON;
}

static Outcome look_into(Search *self, const MpTufMetadata *targets)
{
    const json_t *entry = json_object_get(json_object_get(targets->content, "targets"), self->path);
    if (!entry)
        return visit_delegated(self, targets);
    return mp_tuf_target_init(self->target, self->path, entry, self->error) ? FOUND : FAILED;
}

bool mp_tuf_client_find(MpTufClient *self, const char *path, MpTufTarget *target, MpError *error)
{
    if (!self->trusted.targets) {
        mp_error_set(error, MP_INVALID, "no target is known before a refresh");
        return false;
    }
    Search search = {self, path, target, error, json_object()};
    Outcome outcome = look_into(&search, self->trusted.targets);
    json_decref(search.visited);
    if (outcome == GO_ON || outcome == END)
        mp_error_set(error, MP_NOT_FOUND,
                     "the channel has no target '%s', or nobody who may sign for it has", path);
    return outcome == FOUND;
}
