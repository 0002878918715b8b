#include "input.gen.h"

#include "input/state.h"
#include "text/utf8.h"

#include <SDL.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float DEAD_ZONE = 0.2f;
static const float FULL_MOTION = 32; /* pixels of the picture in a step */

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
    state->device = mp_control_device(0);
    /* SDL begins with text wherever there is no keyboard on the screen. */
    if (SDL_WasInit(SDL_INIT_VIDEO))
        SDL_StopTextInput();
    /* Those that are plugged in now come as events too. */
    state->gamepads = gamepads && SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) == 0;
    self->state = state;
    self->dead_zone = DEAD_ZONE;
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
    free(self->state->bindings);
    free(self->state->clipboard);
    free(self->state);
    free(self);
}

void mp_input_set_listener(MpInput *self, MpSignalListener *listener, void *user)
{
    self->state->listener = listener;
    self->state->listener_user = user;
}

void mp_input_set_outside(MpInput *self, const MpOutside *outside)
{
    self->state->outside = outside;
}

void mp_input_ignore_devices(MpInput *self) { self->state->deaf = true; }

/* ---- signals ------------------------------------------------------------------------------ */

/* `less` is the pulse of one direction, the next one that of the other. */
static void pulse(MpInputState *state, int less, float way)
{
    state->pulses[less - MP_CONTROL_PULSE + (way > 0)] += fabsf(way);
}

static void move_pointer(MpInputState *state, float x, float y)
{
    float dx = x - state->pointer_x, dy = y - state->pointer_y;
    if (state->pointer_known && (dx != 0 || dy != 0)) {
        state->motion_x += dx;
        state->motion_y += dy;
        pulse(state, MP_CONTROL_MOTION, dx / FULL_MOTION);
        pulse(state, MP_CONTROL_MOTION + 2, dy / FULL_MOTION);
        state->device = mp_control_device(MP_CONTROL_MOTION);
    }
    state->pointer_x = x;
    state->pointer_y = y;
    state->pointer_known = state->pointer_moved = true;
}

static void turn_wheel(MpInputState *state, float x, float y)
{
    state->wheel_x += x;
    state->wheel_y += y;
    pulse(state, MP_CONTROL_PULSE, x);
    pulse(state, MP_CONTROL_PULSE + 2, y);
}

void mp_input_send(MpInput *self, const MpSignal *signal)
{
    MpInputState *state = self->state;
    switch (signal->kind) {
    case MP_SIGNAL_CONTROL:
        mp_control_set(state, signal->number, signal->x);
        break;
    case MP_SIGNAL_POINTER:
        move_pointer(state, signal->x, signal->y);
        break;
    case MP_SIGNAL_WHEEL:
        turn_wheel(state, signal->x, signal->y);
        break;
    case MP_SIGNAL_GAMEPADS:
        self->gamepads = signal->number;
        break;
    default: /* for the listener alone */
        break;
    }
    if (state->listener)
        state->listener(state->listener_user, signal);
}

/* ---- devices ------------------------------------------------------------------------------ */

static void set_control(MpInput *self, int control, bool down)
{
    mp_input_send(self, &(MpSignal){.kind = MP_SIGNAL_CONTROL, .number = control, .x = down});
}

static void send_pointer(MpInput *self, int x, int y)
{
    MpSignal signal = {.kind = MP_SIGNAL_POINTER};
    mp_window_to_logical(self->state->window, (float)x, (float)y, &signal.x, &signal.y);
    mp_input_send(self, &signal);
}

static void press_key(MpInput *self, const SDL_KeyboardEvent *event)
{
    SDL_Scancode code = event->keysym.scancode;
    if (code <= SDL_SCANCODE_UNKNOWN || code >= SDL_NUM_SCANCODES)
        return;
    if (!event->repeat)
        set_control(self, (int)code, event->state == SDL_PRESSED);
    else if (self->state->writing)
        mp_input_send(self, &(MpSignal){.kind = MP_SIGNAL_REPEAT, .number = (int)code});
}

static void press_mouse(MpInput *self, const SDL_MouseButtonEvent *event)
{
    int control = mp_control_of_mouse(event->button);
    send_pointer(self, event->x, event->y);
    if (control >= 0)
        set_control(self, control, event->state == SDL_PRESSED);
}

static void send_wheel(MpInput *self, const SDL_MouseWheelEvent *event)
{
    float sign = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -1 : 1;
    mp_input_send(self, &(MpSignal){.kind = MP_SIGNAL_WHEEL,
                                    .x = sign * event->preciseX,
                                    .y = sign * event->preciseY});
}

/* An input method may hand over what is no text. */
static void send_text(MpInput *self, const char *text)
{
    char *whole = self->state->writing ? mp_utf8_repair(text) : NULL;
    if (whole && *whole && strlen(whole) < MP_SIGNAL_TEXT_SIZE)
        mp_input_send(self, &(MpSignal){.kind = MP_SIGNAL_TEXT, .text = whole});
    free(whole);
}

static void send_focus(MpInput *self, Uint8 event)
{
    if (event == SDL_WINDOWEVENT_FOCUS_GAINED || event == SDL_WINDOWEVENT_FOCUS_LOST)
        mp_input_send(self, &(MpSignal){.kind = MP_SIGNAL_FOCUS,
                                        .number = event == SDL_WINDOWEVENT_FOCUS_GAINED});
}

void mp_input_handle_event(MpInput *self, const SDL_Event *event)
{
    if (self->state->deaf)
        return;
    switch (event->type) {
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        press_key(self, &event->key);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        press_mouse(self, &event->button);
        break;
    case SDL_MOUSEMOTION:
        send_pointer(self, event->motion.x, event->motion.y);
        break;
    case SDL_MOUSEWHEEL:
        send_wheel(self, &event->wheel);
        break;
    case SDL_TEXTINPUT:
        send_text(self, event->text.text);
        break;
    case SDL_WINDOWEVENT:
        send_focus(self, event->window.event);
        break;
    default:
        mp_pads_handle_event(self, event);
        break;
    }
}

/* ---- steps -------------------------------------------------------------------------------- */

/* What the mouse did since the step before is the value of this one. */
static void begin_pulses(MpInputState *state)
{
    for (int i = 0; i < MP_CONTROL_PULSE_COUNT; i++) {
        if (state->pulses[i] > 0)
            mp_control_set(state, MP_CONTROL_PULSE + i, fminf(state->pulses[i], 1));
        state->pulses[i] = 0;
    }
}

static void end_pulses(MpInputState *state)
{
    for (int control = MP_CONTROL_PULSE; control < MP_CONTROL_COUNT; control++) {
        if (state->values[control] > 0)
            mp_control_set(state, control, 0);
    }
}

static void begin_mouse(MpInput *self)
{
    MpInputState *state = self->state;
    if (state->pointer_moved) {
        self->mouse_x = state->pointer_x;
        self->mouse_y = state->pointer_y;
    }
    state->pointer_moved = false;
    self->motion_x = state->motion_x;
    self->motion_y = state->motion_y;
    self->wheel_x = state->wheel_x;
    self->wheel_y = state->wheel_y;
    state->motion_x = state->motion_y = state->wheel_x = state->wheel_y = 0;
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
    begin_pulses(state);
    for (int i = 0; i < state->action_count; i++)
        begin_action(&state->actions[i]);
    mp_control_name(state->pressed_last, state->last_key);
    state->pressed_last = -1;
    begin_mouse(self);
}

void mp_input_end_step(MpInput *self)
{
    for (int i = 0; i < self->state->action_count; i++) {
        Action *action = &self->state->actions[i];
        action->was_down = action->down;
        action->pressed = action->released = false;
    }
    self->state->last_key[0] = '\0';
    self->motion_x = self->motion_y = self->wheel_x = self->wheel_y = 0;
    end_pulses(self->state);
}

/* ---- questions ---------------------------------------------------------------------------- */

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

const char *MP_NATIVE(mp_input_get_device)(const MpInput *self) { return self->state->device; }

float MP_NATIVE(mp_input_control)(const MpInput *self, const char *control)
{
    int number = mp_control_find(control);
    return number < 0 ? 0 : self->state->values[number];
}

bool MP_NATIVE(mp_input_get_listening)(const MpInput *self) { return self->state->listening; }

void MP_NATIVE(mp_input_set_listening)(MpInput *self, bool listening)
{
    self->state->listening = listening;
    if (listening)
        mp_controls_mute(self->state, MP_CONTROL_COUNT);
}
