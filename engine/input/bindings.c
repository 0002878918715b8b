/*
 * bindings.c - what works an action: the game's choice, and the player's over it. The player's is
 * kept as JSON: {"version": 1, "bindings": {"fire": ["key:space", "pad:a"]}}.
 */
#include "input.gen.h"

#include "input/state.h"
#include "log/log.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, TEXT_LIMIT = 1 << 16 };

int mp_control_require(const char *name, MpError *error)
{
    int control = mp_control_find(name);
    if (control < 0)
        mp_error_set(error, MP_NOT_FOUND,
                     "there is no control '%s'; they are called like key:space, mouse:left, pad:a, "
                     "pad:leftx+",
                     name);
    return control;
}

static bool add(Binding *binding, const char *action, int control, MpError *error)
{
    bool added = mp_binding_add(binding, control);
    if (!added)
        mp_error_set(error, MP_LIMIT, "the action '%s' has %d controls already", action,
                     MP_INPUT_CONTROL_LIMIT);
    return added;
}

/* ---- the game's --------------------------------------------------------------------------- */

bool MP_NATIVE(mp_input_bind)(MpInput *self, const char *action, const char *control,
                              MpError *error)
{
    int number = mp_control_require(control, error);
    Action *made = number < 0 ? NULL : mp_action_make(self->state, action, error);
    if (!made || !add(&made->defaults, made->name, number, error))
        return false;
    if (!made->rebound)
        made->binding = made->defaults;
    mp_action_refresh(self->state, made);
    return true;
}

void MP_NATIVE(mp_input_unbind)(MpInput *self, const char *action)
{
    Action *found = mp_action_find(self->state, action);
    if (!found)
        return;
    found->binding.count = found->defaults.count = 0;
    found->rebound = false;
    mp_action_refresh(self->state, found);
}

/* ---- the player's ------------------------------------------------------------------------- */

static Action *require_action(const MpInput *self, const char *name, MpError *error)
{
    Action *action = mp_action_find(self->state, name);
    if (!action)
        mp_error_set(error, MP_NOT_FOUND, "there is no action '%s': bind it first", name);
    return action;
}

bool MP_NATIVE(mp_input_clear)(MpInput *self, const char *action, MpError *error)
{
    Action *found = require_action(self, action, error);
    if (!found)
        return false;
    found->binding.count = 0;
    found->rebound = true;
    mp_action_refresh(self->state, found);
    return true;
}

bool MP_NATIVE(mp_input_add)(MpInput *self, const char *action, const char *control, MpError *error)
{
    Action *found = require_action(self, action, error);
    int number = found ? mp_control_require(control, error) : -1;
    if (number < 0 || !add(&found->binding, action, number, error))
        return false;
    found->rebound = true;
    mp_action_refresh(self->state, found);
    return true;
}

void MP_NATIVE(mp_input_restore)(MpInput *self, const char *action)
{
    Action *found = mp_action_find(self->state, action);
    if (!found)
        return;
    found->binding = found->defaults;
    found->rebound = false;
    mp_action_refresh(self->state, found);
}

const char *MP_NATIVE(mp_input_bound)(const MpInput *self, const char *action, int place)
{
    const Action *found = mp_action_find(self->state, action);
    bool exists = found && place >= 1 && place <= found->binding.count;
    mp_control_name(exists ? found->binding.controls[place - 1] : -1, self->state->asked_control);
    return self->state->asked_control;
}

bool MP_NATIVE(mp_input_has_control)(const MpInput *self, const char *control)
{
    (void)self;
    return mp_control_find(control) >= 0;
}

/* ---- writing ------------------------------------------------------------------------------ */

static json_t *controls_of(const Binding *binding)
{
    json_t *list = json_array();
    for (int i = 0; i < binding->count; i++) {
        char name[MP_CONTROL_NAME_SIZE];
        mp_control_name(binding->controls[i], name);
        json_array_append_new(list, json_string(name));
    }
    return list;
}

static json_t *rebound_actions(const MpInputState *state)
{
    json_t *all = json_object();
    for (int i = 0; i < state->action_count; i++) {
        const Action *action = &state->actions[i];
        if (action->rebound)
            json_object_set_new(all, action->name, controls_of(&action->binding));
    }
    return all;
}

const char *MP_NATIVE(mp_input_encode)(MpInput *self, MpError *error)
{
    json_t *root =
        json_pack("{s:i, s:o}", "version", VERSION, "bindings", rebound_actions(self->state));
    char *text = root ? json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS) : NULL;
    json_decref(root);
    if (!text) {
        mp_error_set(error, MP_MEMORY, "no memory for the bindings");
        return NULL;
    }
    free(self->state->bindings);
    self->state->bindings = text;
    return text;
}

/* ---- reading ------------------------------------------------------------------------------ */

static bool is_list_of_controls(const json_t *list)
{
    size_t index;
    const json_t *item;
    if (!json_is_array(list) || json_array_size(list) > MP_INPUT_CONTROL_LIMIT)
        return false;
    json_array_foreach (list, index, item) {
        if (!json_is_string(item))
            return false;
    }
    return true;
}

/* Borrowed from `root`; NULL when any of it is not as it should be. */
static json_t *check(json_t *root, MpError *error)
{
    json_t *version = json_object_get(root, "version"), *all = json_object_get(root, "bindings");
    if (json_is_integer(version) && json_integer_value(version) != VERSION) {
        mp_error_set(error, MP_FORMAT, "the bindings are of version %lld; this game reads %d",
                     (long long)json_integer_value(version), VERSION);
        return NULL;
    }
    bool fine = json_is_integer(version) && json_is_object(all);
    const char *name;
    json_t *list;
    json_object_foreach (all, name, list)
        fine = fine && is_list_of_controls(list);
    if (!fine)
        mp_error_set(error, MP_FORMAT,
                     "no bindings: {\"version\": 1, \"bindings\": {action: [control, ...]}} with "
                     "up to %d controls each is expected",
                     MP_INPUT_CONTROL_LIMIT);
    return fine ? all : NULL;
}

/* A control that this version does not know is no reason to lose the others. */
static void rebind(MpInputState *state, Action *action, const json_t *list)
{
    size_t index;
    const json_t *item;
    action->binding.count = 0;
    action->rebound = true;
    json_array_foreach (list, index, item) {
        int control = mp_control_find(json_string_value(item));
        if (control < 0)
            mp_log_warning("bindings: '%s' has a control that there is not: '%s'", action->name,
                           json_string_value(item));
        else
            mp_binding_add(&action->binding, control);
    }
    mp_action_refresh(state, action);
}

bool MP_NATIVE(mp_input_decode)(MpInput *self, const char *text, MpError *error)
{
    json_error_t why;
    size_t size = strlen(text);
    json_t *root = size <= TEXT_LIMIT ? json_loads(text, JSON_REJECT_DUPLICATES, &why) : NULL;
    if (size > TEXT_LIMIT)
        mp_error_set(error, MP_LIMIT, "bindings of %zu bytes: at most %d are read", size,
                     TEXT_LIMIT);
    else if (!root)
        mp_error_set(error, MP_FORMAT, "the bindings are damaged: line %d: %s", why.line, why.text);
    json_t *all = root ? check(root, error) : NULL;
    const char *name;
    json_t *list;
    json_object_foreach (all, name, list) {
        Action *action = mp_action_find(self->state, name);
        if (action)
            rebind(self->state, action, list);
        else
            mp_log_warning("bindings: there is no action '%s' any more", name);
    }
    json_decref(root);
    return all != NULL;
}
