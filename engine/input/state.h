/*
 * input/state.h - what input.c, devices.c and actions.c share.
 */
#ifndef MP_INPUT_STATE_H
#define MP_INPUT_STATE_H

#include "input/control.h"
#include "input/input.h"

#include <SDL_gamecontroller.h>

enum { MP_INPUT_PAD_LIMIT = 4 };

typedef struct Action {
    char name[MP_INPUT_NAME_SIZE];
    int controls[MP_INPUT_CONTROL_LIMIT];
    int count;
    float live_value; /* of the controls now, in the middle of anything */
    bool live_down;
    bool went_down; /* since the last step began */
    bool went_up;
    float value; /* what the current step sees */
    bool down;
    bool pressed;
    bool released;
    bool was_down; /* in the step before */
} Action;

typedef struct Pad {
    SDL_GameController *device; /* NULL: free place */
    SDL_JoystickID id;
    float values[MP_CONTROL_PAD_COUNT];
} Pad;

typedef struct MpInputState {
    const MpWindow *window;
    Action actions[MP_INPUT_ACTION_LIMIT];
    int action_count;
    float values[MP_CONTROL_COUNT];
    Pad pads[MP_INPUT_PAD_LIMIT];
    bool gamepads;
    int mouse_x; /* window points */
    int mouse_y;
    bool mouse_moved; /* since the last step began */
    int pressed_last; /* control; -1: none since the last step began */
    char last_key[MP_CONTROL_NAME_SIZE];
} MpInputState;

/** The action of that name, or NULL. */
Action *mp_action_find(MpInputState *state, const char *name);

/** The same, made if it is new. Errors: MP_INVALID, MP_LIMIT. */
Action *mp_action_make(MpInputState *state, const char *name, MpError *error);

/** Works out an action's live value from its controls, without noting edges. */
void mp_action_refresh(const MpInputState *state, Action *action);

/** A control has a new value from 0 to 1. Notes the edges of its actions. */
void mp_control_set(MpInputState *state, int control, float value);

/** Opens and closes gamepads, and translates their events. */
void mp_pads_handle_event(MpInputState *state, const union SDL_Event *event);

/** Closes all. */
void mp_pads_close(MpInputState *state);

#endif
