/*
 * input/control.h - the names of keys, buttons and sticks, and a number for each.
 *
 *     "key:space"  "key:left shift"   keys by their place on a US keyboard, in SDL's words
 *     "mouse:left" middle right x1 x2
 *     "mouse:wheelup" wheeldown wheelleft wheelright    for the step in which it was turned
 *     "mouse:x+" "mouse:x-" "mouse:y+" "mouse:y-"       how fast the mouse moves: 32 pixels of the
 *                                                       picture in a step are all the way
 *     "pad:a" "pad:dpup" "pad:start"  gamepad buttons, in SDL's words
 *     "pad:leftx+" "pad:leftx-"       a stick's half-axis; "pad:righttrigger" may omit the sign
 *
 * Case does not matter.
 */
#ifndef MP_CONTROL_H
#define MP_CONTROL_H

#include <SDL_gamecontroller.h>
#include <SDL_scancode.h>
#include <stddef.h>

/**
 * A control is a number below MP_CONTROL_COUNT: first keys, then mouse, then gamepad, and last the
 * pulses: the mouse's wheel and motion, which have a value for one step at a time.
 */
enum {
    MP_CONTROL_MOUSE = SDL_NUM_SCANCODES,
    MP_CONTROL_MOUSE_BUTTONS = 5,
    MP_CONTROL_PAD = MP_CONTROL_MOUSE + MP_CONTROL_MOUSE_BUTTONS,
    MP_CONTROL_PAD_AXIS = MP_CONTROL_PAD + SDL_CONTROLLER_BUTTON_MAX,
    MP_CONTROL_PULSE = MP_CONTROL_PAD_AXIS + 2 * SDL_CONTROLLER_AXIS_MAX,
    MP_CONTROL_MOTION = MP_CONTROL_PULSE + 4,
    MP_CONTROL_COUNT = MP_CONTROL_MOTION + 4,
    MP_CONTROL_PAD_COUNT = MP_CONTROL_PULSE - MP_CONTROL_PAD,
    MP_CONTROL_PULSE_COUNT = MP_CONTROL_COUNT - MP_CONTROL_PULSE,
    MP_CONTROL_NAME_SIZE = 40,
};

/** The control of that name, or -1. Thread: any. */
int mp_control_find(const char *name);

/** Writes the name of a control, in lower case; "" for what has none. Thread: any. */
void mp_control_name(int control, char name[MP_CONTROL_NAME_SIZE]);

/** The control of a mouse button as SDL counts them (from 1), or -1. */
int mp_control_of_mouse(int button);

/** The half of a gamepad axis that `positive` says. */
int mp_control_of_axis(int axis, int positive);

/** "keyboard", "mouse" or "gamepad". */
const char *mp_control_device(int control);

#endif
