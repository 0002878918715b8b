#include "input.gen.h"

#include "input/state.h"

#include <SDL_events.h>
#include <math.h>

static const float DEAD_ZONE_LIMIT = 0.9f;

static Pad *find_pad(MpInputState *state, SDL_JoystickID id)
{
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++) {
        if (state->pads[i].device && state->pads[i].id == id)
            return &state->pads[i];
    }
    return NULL;
}

/* All gamepads work the same actions: the one that is pressed furthest counts. */
static void update_control(MpInput *self, int pad_control)
{
    const MpInputState *state = self->state;
    float value = 0;
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++) {
        if (state->pads[i].device)
            value = fmaxf(value, state->pads[i].values[pad_control]);
    }
    int control = MP_CONTROL_PAD + pad_control;
    if (value != state->values[control])
        mp_input_send(self, &(MpSignal){.kind = MP_SIGNAL_CONTROL, .number = control, .x = value});
}

static void set_value(MpInput *self, SDL_JoystickID id, int control, float value)
{
    Pad *pad = find_pad(self->state, id);
    if (!pad)
        return;
    pad->values[control - MP_CONTROL_PAD] = value;
    update_control(self, control - MP_CONTROL_PAD);
}

static void tell_count(MpInput *self)
{
    int count = 0;
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++)
        count += self->state->pads[i].device != NULL;
    if (count != self->gamepads)
        mp_input_send(self, &(MpSignal){.kind = MP_SIGNAL_GAMEPADS, .number = count});
}

static void add_pad(MpInput *self, int device_index)
{
    SDL_JoystickID id = SDL_JoystickGetDeviceInstanceID(device_index);
    if (find_pad(self->state, id))
        return;
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++) {
        Pad *pad = &self->state->pads[i];
        if (pad->device)
            continue;
        *pad = (Pad){.device = SDL_GameControllerOpen(device_index), .id = id};
        break;
    }
    tell_count(self);
}

void mp_pads_find(MpInput *self)
{
    for (int i = 0; i < SDL_NumJoysticks(); i++) {
        if (SDL_IsGameController(i))
            add_pad(self, i);
    }
}

static void remove_pad(MpInput *self, SDL_JoystickID id)
{
    Pad *pad = find_pad(self->state, id);
    if (!pad)
        return;
    SDL_GameControllerClose(pad->device);
    *pad = (Pad){.device = NULL};
    for (int control = 0; control < MP_CONTROL_PAD_COUNT; control++)
        update_control(self, control);
    tell_count(self);
}

/* The script's number may be anything. */
static float without_dead_zone(Sint16 raw, float dead_zone)
{
    float dead = fmaxf(0, fminf(dead_zone, DEAD_ZONE_LIMIT));
    float value = fminf(fabsf((float)raw) / 32767, 1);
    return value <= dead ? 0 : (value - dead) / (1 - dead);
}

static void move_axis(MpInput *self, const SDL_ControllerAxisEvent *event)
{
    if (event->axis >= SDL_CONTROLLER_AXIS_MAX)
        return;
    float value = without_dead_zone(event->value, self->dead_zone);
    int positive = event->value > 0;
    set_value(self, event->which, mp_control_of_axis(event->axis, !positive), 0);
    set_value(self, event->which, mp_control_of_axis(event->axis, positive), value);
}

void mp_pads_handle_event(MpInput *self, const SDL_Event *event)
{
    if (!self->state->gamepads)
        return;
    switch (event->type) {
    case SDL_CONTROLLERDEVICEADDED:
        add_pad(self, event->cdevice.which);
        break;
    case SDL_CONTROLLERDEVICEREMOVED:
        remove_pad(self, event->cdevice.which);
        break;
    case SDL_CONTROLLERAXISMOTION:
        move_axis(self, &event->caxis);
        break;
    case SDL_CONTROLLERBUTTONDOWN:
    case SDL_CONTROLLERBUTTONUP:
        if (event->cbutton.button < SDL_CONTROLLER_BUTTON_MAX)
            set_value(self, event->cbutton.which, MP_CONTROL_PAD + event->cbutton.button,
                      event->cbutton.state == SDL_PRESSED);
        break;
    default:
        break;
    }
}

void MP_NATIVE(mp_input_rumble)(MpInput *self, float strength, float seconds)
{
    Uint16 force = (Uint16)(fmaxf(0, fminf(strength, 1)) * 0xFFFF);
    Uint32 milliseconds = (Uint32)(fmaxf(0, fminf(seconds, 10)) * 1000);
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++) {
        if (self->state->pads[i].device)
            SDL_GameControllerRumble(self->state->pads[i].device, force, force, milliseconds);
    }
}

void mp_pads_close(MpInputState *state)
{
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++) {
        if (state->pads[i].device)
            SDL_GameControllerClose(state->pads[i].device);
        state->pads[i] = (Pad){.device = NULL};
    }
}
