#include "input.gen.h"

#include "input/state.h"

#include <SDL.h>
#include <math.h>
#include <stdlib.h>

MpInput *mp_input_create(const MpWindow *window, bool gamepads, MpError *error)
{
    MpInput *self = calloc(1, sizeof *self);
    MpInputState *state = calloc(1, sizeof *state);
    if (!self || !state) {
        mp_error_set(error, MP_MEMORY, "no memory for the input");
        free(self);
        free(state);
        return NULL;
    }
    state->window = window;
    state->pressed_last = -1;
    /* Those that are plugged in now come as events too. */
    state->gamepads = gamepads && SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) == 0;
    self->state = state;
    mp_object_init(&self->object, &mp_class_MpInput);
    return self;
}

void mp_input_destroy(MpInput *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    mp_pads_close(self->state);
    if (self->state->gamepads)
        SDL_QuitSubSystem(SDL_INIT_GAMECONTROLLER);
    free(self->state);
    free(self);
}

static void move_mouse(MpInputState *state, int x, int y)
{
    state->mouse_x = x;
    state->mouse_y = y;
    state->mouse_moved = true;
}

static void press_key(MpInputState *state, const SDL_KeyboardEvent *event)
{
    SDL_Scancode code = event->keysym.scancode;
    if (event->repeat || code <= SDL_SCANCODE_UNKNOWN || code >= SDL_NUM_SCANCODES)
        return;
    mp_control_set(state, (int)code, event->state == SDL_PRESSED);
}

static void press_mouse(MpInputState *state, const SDL_MouseButtonEvent *event)
{
    int control = mp_control_of_mouse(event->button);
    move_mouse(state, event->x, event->y);
    if (control >= 0)
        mp_control_set(state, control, event->state == SDL_PRESSED);
}

void mp_input_handle_event(MpInput *self, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        press_key(self->state, &event->key);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        press_mouse(self->state, &event->button);
        break;
    case SDL_MOUSEMOTION:
        move_mouse(self->state, event->motion.x, event->motion.y);
        break;
    default:
        mp_pads_handle_event(self->state, event);
        break;
    }
}

/* A press that is over already still belongs to this step, and so does a release with the press
   that followed it. */
static void begin_action(Action *action)
{
    bool again = action->went_down && action->went_up;
    action->down = action->live_down || action->went_down;
    action->pressed = action->down && (!action->was_down || again);
    action->released = action->was_down && (!action->down || again);
    action->value = action->went_down && !action->live_down ? 1 : action->live_value;
    action->went_down = action->went_up = false;
}

void mp_input_begin_step(MpInput *self)
{
    MpInputState *state = self->state;
    for (int i = 0; i < state->action_count; i++)
        begin_action(&state->actions[i]);
    mp_control_name(state->pressed_last, state->last_key);
    state->pressed_last = -1;
    if (state->mouse_moved)
        mp_window_to_logical(state->window, (float)state->mouse_x, (float)state->mouse_y,
                             &self->mouse_x, &self->mouse_y);
    state->mouse_moved = false;
}

void mp_input_end_step(MpInput *self)
{
    for (int i = 0; i < self->state->action_count; i++) {
        Action *action = &self->state->actions[i];
        action->was_down = action->down;
        action->pressed = action->released = false;
    }
    self->state->last_key[0] = '\0';
}

static bool add_control(MpInputState *state, Action *action, int control, MpError *error)
{
    for (int i = 0; i < action->count; i++) {
        if (action->controls[i] == control)
            return true;
    }
    if (action->count == MP_INPUT_CONTROL_LIMIT) {
        mp_error_set(error, MP_LIMIT, "the action '%s' has %d controls already", action->name,
                     MP_INPUT_CONTROL_LIMIT);
        return false;
    }
    action->controls[action->count++] = control;
    mp_action_refresh(state, action);
    return true;
}

bool MP_NATIVE(mp_input_bind)(MpInput *self, const char *action, const char *control,
                              MpError *error)
{
    int number = mp_control_find(control);
    if (number < 0) {
        mp_error_set(error, MP_NOT_FOUND,
                     "there is no control '%s'; they are called like key:space, mouse:left, pad:a, "
                     "pad:leftx+",
                     control);
        return false;
    }
    Action *made = mp_action_make(self->state, action, error);
    return made && add_control(self->state, made, number, error);
}

void MP_NATIVE(mp_input_unbind)(MpInput *self, const char *action)
{
    Action *found = mp_action_find(self->state, action);
    if (!found)
        return;
    found->count = 0;
    mp_action_refresh(self->state, found);
}

bool MP_NATIVE(mp_input_down)(const MpInput *self, const char *action)
{
    const Action *found = mp_action_find(self->state, action);
    return found && found->down;
}

bool MP_NATIVE(mp_input_pressed)(const MpInput *self, const char *action)
{
    const Action *found = mp_action_find(self->state, action);
    return found && found->pressed;
}

bool MP_NATIVE(mp_input_released)(const MpInput *self, const char *action)
{
    const Action *found = mp_action_find(self->state, action);
    return found && found->released;
}

static float value_of(const MpInput *self, const char *action)
{
    const Action *found = mp_action_find(self->state, action);
    return found ? found->value : 0;
}

float MP_NATIVE(mp_input_value)(const MpInput *self, const char *action)
{
    return value_of(self, action);
}

float MP_NATIVE(mp_input_axis)(const MpInput *self, const char *negative, const char *positive)
{
    return value_of(self, positive) - value_of(self, negative);
}

void MP_NATIVE(mp_input_hold)(MpInput *self, const char *action, float value)
{
    Action *held = mp_action_make(self->state, action, NULL);
    /* Written so that what is not a number holds nothing. */
    if (!held || !(value > held->value))
        return;
    held->value = fminf(value, 1);
    if (held->down || value < 0.5f)
        return;
    held->down = true;
    held->pressed = !held->was_down;
    held->released = false;
}

void MP_NATIVE(mp_input_point)(MpInput *self, float x, float y)
{
    self->mouse_x = x;
    self->mouse_y = y;
}

const char *MP_NATIVE(mp_input_get_last_key)(const MpInput *self) { return self->state->last_key; }
