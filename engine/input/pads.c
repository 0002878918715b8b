#include "input/state.h"

#include <SDL_events.h>
#include <math.h>

static const float DEAD_ZONE = 0.2f;

static Pad *find_pad(MpInputState *state, SDL_JoystickID id)
{
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++) {
        if (state->pads[i].device && state->pads[i].id == id)
            return &state->pads[i];
    }
    return NULL;
}

/* All gamepads work the same actions: the one that is pressed furthest counts. */
static void update_control(MpInputState *state, int pad_control)
{
    float value = 0;
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++) {
        if (state->pads[i].device)
            value = fmaxf(value, state->pads[i].values[pad_control]);
    }
    if (value != state->values[MP_CONTROL_PAD + pad_control])
        mp_control_set(state, MP_CONTROL_PAD + pad_control, value);
}

static void set_value(MpInputState *state, SDL_JoystickID id, int control, float value)
{
    Pad *pad = find_pad(state, id);
    if (!pad)
        return;
    pad->values[control - MP_CONTROL_PAD] = value;
    update_control(state, control - MP_CONTROL_PAD);
}

static void add_pad(MpInputState *state, int device_index)
{
    SDL_JoystickID id = SDL_JoystickGetDeviceInstanceID(device_index);
    if (find_pad(state, id))
        return;
    for (int i = 0; i < MP_INPUT_PAD_LIMIT; i++) {
        Pad *pad = &state->pads[i];
        if (pad->device)
            continue;
        *pad = (Pad){.device = SDL_GameControllerOpen(device_index), .id = id};
        return;
    }
}

static void remove_pad(MpInputState *state, SDL_JoystickID id)
{
    Pad *pad = find_pad(state, id);
    if (!pad)
        return;
    SDL_GameControllerClose(pad->device);
    *pad = (Pad){.device = NULL};
    for (int control = 0; control < MP_CONTROL_PAD_COUNT; control++)
        update_control(state, control);
}

static float without_dead_zone(Sint16 raw)
{
    float value = fminf(fabsf((float)raw) / 32767, 1);
    return value <= DEAD_ZONE ? 0 : (value - DEAD_ZONE) / (1 - DEAD_ZONE);
}

static void move_axis(MpInputState *state, const SDL_ControllerAxisEvent *event)
{
    if (event->axis >= SDL_CONTROLLER_AXIS_MAX)
        return;
    float value = without_dead_zone(event->value);
    int positive = event->value > 0;
    set_value(state, event->which, mp_control_of_axis(event->axis, !positive), 0);
    set_value(state, event->which, mp_control_of_axis(event->axis, positive), value);
}

void mp_pads_handle_event(MpInputState *state, const SDL_Event *event)
{
    if (!state->gamepads)
        return;
    switch (event->type) {
    case SDL_CONTROLLERDEVICEADDED:
        add_pad(state, event->cdevice.which);
        break;
    case SDL_CONTROLLERDEVICEREMOVED:
        remove_pad(state, event->cdevice.which);
        break;
    case SDL_CONTROLLERAXISMOTION:
        move_axis(state, &event->caxis);
        break;
    case SDL_CONTROLLERBUTTONDOWN:
    case SDL_CONTROLLERBUTTONUP:
        if (event->cbutton.button < SDL_CONTROLLER_BUTTON_MAX)
            set_value(state, event->cbutton.which, MP_CONTROL_PAD + event->cbutton.button,
                      event->cbutton.state == SDL_PRESSED);
        break;
    default:
        break;
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
