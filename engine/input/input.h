/*
 * input/input.h - named actions, bound to keys, mouse buttons and gamepads.
 *
 *     mp_input_bind(input, "fire", "key:space", &error);
 *     mp_input_bind(input, "fire", "pad:righttrigger", &error);
 *     each frame:
 *         while (SDL_PollEvent(&event))
 *             mp_input_handle_event(input, &event);
 *         for each fixed step that is due:
 *             mp_input_begin_step(input);
 *             if (mp_input_pressed(input, "fire"))
 *                 shoot();
 *             mp_input_end_step(input);
 *
 * What a step sees stays the same until the step ends. A press or release is seen by exactly one
 * step: by the next one, whether that comes frames later or shares its frame with others. A key
 * that went down and up between two steps is down, and pressed, for one step, and released in the
 * one after.
 *
 * Glossary
 *   control    a key, a button or half of an axis; control.h lists the names
 *   action     what the game asks for; any number of controls of any device work it
 *   value      how far an action is pressed: 0 or 1 for keys, what lies between for sticks
 *   held       pressed by the program and not by the player, for one step
 *   dead zone  the first fifth of a stick's way, which counts as nothing
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_INPUT_H
#define MP_INPUT_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"
#include "window/window.h"

#include <stdbool.h>

union SDL_Event;
struct MpInputState;

/** Most actions, most controls of one action, longest name of an action with its zero. */
enum { MP_INPUT_ACTION_LIMIT = 64, MP_INPUT_CONTROL_LIMIT = 8, MP_INPUT_NAME_SIZE = 32 };

/** What the player does. */
typedef struct MP_CLASS MP_ROOT(input) MpInput {
    MpObject object;
    MP_READONLY float mouse_x; /**< Where the pointer is, pixels of the picture. */
    MP_READONLY float mouse_y; /**< Where the pointer is, pixels of the picture. */
    struct MpInputState *state;
} MpInput;

/**
 * `window` is borrowed; it says where in the picture the mouse is. `gamepads`: open them, and
 * those that are plugged in later; a system that has none of that works without.
 * Ownership: the caller's, until mp_input_destroy.
 * Errors: MP_MEMORY.
 */
MpInput *mp_input_create(const MpWindow *window, bool gamepads, MpError *error);

/** Takes NULL. */
void mp_input_destroy(MpInput *self);

/** Takes note of what the player did; ignores what is none of its business. */
void mp_input_handle_event(MpInput *self, const union SDL_Event *event);

/** From here on the queries below tell of a new step. */
void mp_input_begin_step(MpInput *self);

/** Ends the step: what was held is let go, and nothing is pressed or released any more. */
void mp_input_end_step(MpInput *self);

/**
 * Makes `control` work `action`, which is made if it is new. Binding twice changes nothing.
 * Errors: no such control, a name of more than 31 bytes, or too many of either.
 */
MP_METHOD bool mp_input_bind(MpInput *self, const char *action, const char *control,
                             MpError *error);

/** Takes all controls from `action`. */
MP_LEAF void mp_input_unbind(MpInput *self, const char *action);

/** Whether `action` is down in this step; false for an action that nobody bound. */
MP_LEAF bool mp_input_down(const MpInput *self, const char *action);

/** Whether `action` went down in this step. */
MP_LEAF bool mp_input_pressed(const MpInput *self, const char *action);

/** Whether `action` went up in this step. */
MP_LEAF bool mp_input_released(const MpInput *self, const char *action);

/** How far `action` is pressed, from 0 to 1. */
MP_LEAF float mp_input_value(const MpInput *self, const char *action);

/** From -1 to 1: the value of `positive` less that of `negative`. */
MP_LEAF float mp_input_axis(const MpInput *self, const char *negative, const char *positive);

/** Presses `action` by the program, for this step only: for autopilots and tests. Makes the
 *  action if it is new; `value` from 0 to 1 counts when the player does not press further. */
MP_LEAF void mp_input_hold(MpInput *self, const char *action, float value);

/** Moves the pointer by the program, until the player moves the mouse. */
MP_LEAF void mp_input_point(MpInput *self, float x, float y);

/** The control that was pressed last since the step before, as bind() takes it; "" if none was. */
MP_LEAF MP_GETTER const char *mp_input_get_last_key(const MpInput *self);

#endif
