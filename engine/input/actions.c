#include "input/state.h"

#include <stdio.h>
#include <string.h>

/* A stick counts as pressed from here on, and as let go a little below: it trembles. */
static const float DOWN_AT = 0.5f, UP_AT = 0.4f;

Action *mp_action_find(MpInputState *state, const char *name)
{
    for (int i = 0; i < state->action_count; i++) {
        if (strcmp(state->actions[i].name, name) == 0)
            return &state->actions[i];
    }
    return NULL;
}

Action *mp_action_make(MpInputState *state, const char *name, MpError *error)
{
    Action *action = mp_action_find(state, name);
    if (action)
        return action;
    if (!*name || strlen(name) >= MP_INPUT_NAME_SIZE) {
        mp_error_set(error, MP_INVALID, "'%s' cannot name an action: use 1 to %d bytes", name,
                     MP_INPUT_NAME_SIZE - 1);
        return NULL;
    }
    if (state->action_count == MP_INPUT_ACTION_LIMIT) {
        mp_error_set(error, MP_LIMIT, "there are %d actions already", MP_INPUT_ACTION_LIMIT);
        return NULL;
    }
    action = &state->actions[state->action_count++];
    *action = (Action){.count = 0};
    snprintf(action->name, sizeof action->name, "%s", name);
    return action;
}

void mp_action_refresh(const MpInputState *state, Action *action)
{
    float value = 0;
    for (int i = 0; i < action->count; i++) {
        float part = state->values[action->controls[i]];
        value = part > value ? part : value;
    }
    action->live_value = value;
    action->live_down = value >= (action->live_down ? UP_AT : DOWN_AT);
}

static bool has_control(const Action *action, int control)
{
    for (int i = 0; i < action->count; i++) {
        if (action->controls[i] == control)
            return true;
    }
    return false;
}

void mp_control_set(MpInputState *state, int control, float value)
{
    float before = state->values[control];
    state->values[control] = value;
    if (before < DOWN_AT && value >= DOWN_AT)
        state->pressed_last = control;
    for (int i = 0; i < state->action_count; i++) {
        Action *action = &state->actions[i];
        if (!has_control(action, control))
            continue;
        bool was_down = action->live_down;
        mp_action_refresh(state, action);
        action->went_down |= !was_down && action->live_down;
        action->went_up |= was_down && !action->live_down;
    }
}
