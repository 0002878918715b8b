#include "input/control.h"

#include <SDL_keyboard.h>
#include <SDL_stdinc.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* In SDL's order: its numbers start at 1. */
static const char *const mouse_names[MP_CONTROL_MOUSE_BUTTONS] = {"left", "middle", "right", "x1",
                                                                  "x2"};
static const char *const pulse_names[MP_CONTROL_PULSE_COUNT] = {
    "wheelleft", "wheelright", "wheeldown", "wheelup", "x-", "x+", "y-", "y+"};

int mp_control_of_mouse(int button)
{
    bool known = button >= 1 && button <= MP_CONTROL_MOUSE_BUTTONS;
    return known ? MP_CONTROL_MOUSE + button - 1 : -1;
}

int mp_control_of_axis(int axis, int positive)
{
    return MP_CONTROL_PAD_AXIS + 2 * axis + (positive ? 1 : 0);
}

static int find_key(const char *name)
{
    SDL_Scancode code = SDL_GetScancodeFromName(name);
    return code == SDL_SCANCODE_UNKNOWN ? -1 : (int)code;
}

static int find_mouse(const char *name)
{
    for (int i = 0; i < MP_CONTROL_MOUSE_BUTTONS; i++) {
        if (SDL_strcasecmp(name, mouse_names[i]) == 0)
            return MP_CONTROL_MOUSE + i;
    }
    for (int i = 0; i < MP_CONTROL_PULSE_COUNT; i++) {
        if (SDL_strcasecmp(name, pulse_names[i]) == 0)
            return MP_CONTROL_PULSE + i;
    }
    return -1;
}

static bool is_trigger(int axis)
{
    return axis == SDL_CONTROLLER_AXIS_TRIGGERLEFT || axis == SDL_CONTROLLER_AXIS_TRIGGERRIGHT;
}

static int find_axis(const char *name)
{
    char bare[MP_CONTROL_NAME_SIZE];
    size_t length = strlen(name);
    if (length == 0 || length >= sizeof bare)
        return -1;
    char sign = name[length - 1];
    bool has_sign = sign == '+' || sign == '-';
    snprintf(bare, sizeof bare, "%.*s", (int)(has_sign ? length - 1 : length), name);
    SDL_GameControllerAxis axis = SDL_GameControllerGetAxisFromString(bare);
    if (axis == SDL_CONTROLLER_AXIS_INVALID)
        return -1;
    /* A stick without a sign is two controls; a trigger has only one direction. */
    if (is_trigger((int)axis) ? sign == '-' : !has_sign)
        return -1;
    return mp_control_of_axis((int)axis, sign != '-');
}

static int find_pad(const char *name)
{
    /* SDL reads "+" and "-" before a name as half-axes; here they stand behind it. */
    if (name[0] == '+' || name[0] == '-')
        return -1;
    SDL_GameControllerButton button = SDL_GameControllerGetButtonFromString(name);
    return button == SDL_CONTROLLER_BUTTON_INVALID ? find_axis(name) : MP_CONTROL_PAD + (int)button;
}

int mp_control_find(const char *name)
{
    if (SDL_strncasecmp(name, "key:", 4) == 0)
        return find_key(name + 4);
    if (SDL_strncasecmp(name, "mouse:", 6) == 0)
        return find_mouse(name + 6);
    if (SDL_strncasecmp(name, "pad:", 4) == 0)
        return find_pad(name + 4);
    return -1;
}

static void lower(char *text)
{
    for (; *text; text++)
        *text = (char)SDL_tolower((unsigned char)*text);
}

static void compose(char *name, const char *device, const char *part, const char *sign)
{
    if (part && *part)
        snprintf(name, MP_CONTROL_NAME_SIZE, "%s:%s%s", device, part, sign);
}

void mp_control_name(int control, char name[MP_CONTROL_NAME_SIZE])
{
    name[0] = '\0';
    if (control < 0 || control >= MP_CONTROL_COUNT)
        return;
    if (control < MP_CONTROL_MOUSE) {
        compose(name, "key", SDL_GetScancodeName((SDL_Scancode)control), "");
    } else if (control < MP_CONTROL_PAD) {
        compose(name, "mouse", mouse_names[control - MP_CONTROL_MOUSE], "");
    } else if (control < MP_CONTROL_PAD_AXIS) {
        int button = control - MP_CONTROL_PAD;
        compose(name, "pad", SDL_GameControllerGetStringForButton((SDL_GameControllerButton)button),
                "");
    } else if (control >= MP_CONTROL_PULSE) {
        compose(name, "mouse", pulse_names[control - MP_CONTROL_PULSE], "");
    } else {
        int half = control - MP_CONTROL_PAD_AXIS;
        if (is_trigger(half / 2) && half % 2 == 0)
            return;
        compose(name, "pad", SDL_GameControllerGetStringForAxis((SDL_GameControllerAxis)(half / 2)),
                half % 2 ? "+" : "-");
    }
    lower(name);
}

const char *mp_control_device(int control)
{
    if (control < MP_CONTROL_MOUSE)
        return "keyboard";
    return control < MP_CONTROL_PAD || control >= MP_CONTROL_PULSE ? "mouse" : "gamepad";
}
