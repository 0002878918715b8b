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
    *action = (Action){.rebound = false};
    snprintf(action->name, sizeof action->name, "%s", name);
    return action;
}

bool mp_binding_has(const Binding *binding, int control)
{
    for (int i = 0; i < binding->count; i++) {
        if (binding->controls[i] == control)
            return true;
    }
    return false;
}

bool mp_binding_add(Binding *binding, int control)
{
    if (mp_binding_has(binding, control))
        return true;
    if (binding->count == MP_INPUT_CONTROL_LIMIT)
        return false;
    binding->controls[binding->count++] = control;
    return true;
}

void mp_action_refresh(const MpInputState *state, Action *action)
{
    float value = 0;
    for (int i = 0; i < action->binding.count; i++) {
        int control = action->binding.controls[i];
        float part = state->muted[control] ? 0 : state->values[control];
        value = part > value ? part : value;
    }
    action->live_value = value;
    action->live_down = value >= (action->live_down ? UP_AT : DOWN_AT);
}

/* Whether a control that is pressed now is meant for something else than actions. */
static bool is_for_others(const MpInputState *state, int control)
{
    return state->listening || (state->writing && control < MP_CONTROL_MOUSE);
}

static void note_press(MpInputState *state, int control)
{
    state->device = mp_control_device(control);
    state->muted[control] = is_for_others(state, control);
    if (control < MP_CONTROL_MOTION)
        state->pressed_last = control;
}

void mp_control_set(MpInputState *state, int control, float value)
{
    float before = state->values[control];
    state->values[control] = value;
    if (value < UP_AT)
        state->muted[control] = false;
    if (before < DOWN_AT && value >= DOWN_AT)
        note_press(state, control);
    for (int i = 0; i < state->action_count; i++) {
        Action *action = &state->actions[i];
        if (!mp_binding_has(&action->binding, control))
            continue;
        bool was_down = action->live_down;
        mp_action_refresh(state, action);
        action->went_down |= !was_down && action->live_down;
        action->went_up |= was_down && !action->live_down;
    }
}

void mp_controls_mute(MpInputState *state, int count)
{
    for (int control = 0; control < count; control++)
        state->muted[control] |= state->values[control] >= UP_AT;
    for (int i = 0; i < state->action_count; i++)
        mp_action_refresh(state, &state->actions[i]);
}
