/*
 * input/state.h - what the files of this folder share.
 */
#ifndef MP_INPUT_STATE_H
#define MP_INPUT_STATE_H

#include "input/control.h"
#include "input/input.h"

#include <SDL_gamecontroller.h>

enum { MP_INPUT_PAD_LIMIT = 4 };

/** The controls of an action, in the order in which they were bound. */
typedef struct Binding {
    int controls[MP_INPUT_CONTROL_LIMIT];
    int count;
} Binding;

typedef struct Action {
    char name[MP_INPUT_NAME_SIZE];
    Binding binding;
    Binding defaults; /* what the game bound */
    bool rebound;     /* the player's binding counts */
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
    MpSignalListener *listener;
    void *listener_user;
    const MpOutside *outside;
    Action actions[MP_INPUT_ACTION_LIMIT];
    int action_count;
    float values[MP_CONTROL_COUNT];
    bool muted[MP_CONTROL_COUNT];         /* counts as let go, until it is */
    float pulses[MP_CONTROL_PULSE_COUNT]; /* since the last step began */
    Pad pads[MP_INPUT_PAD_LIMIT];
    bool gamepads;
    MpVfsStat mappings; /* the file that was read last */
    bool deaf;          /* devices are ignored */
    bool listening;     /* for a control to bind: nothing that is pressed works an action */
    bool writing;       /* text: keys work no actions */
    const char *device;
    float pointer_x; /* pixels of the picture */
    float pointer_y;
    bool pointer_known;
    bool pointer_moved; /* since the last step began */
    float motion_x;     /* since then, as well */
    float motion_y;
    float wheel_x;
    float wheel_y;
    int pressed_last; /* control; -1: none since the last step began */
    char last_key[MP_CONTROL_NAME_SIZE];
    char asked_control[MP_CONTROL_NAME_SIZE];
    char *bindings;  /* the text that was made last */
    char *clipboard; /* what was read last, and all there is without a display */
} MpInputState;

/** The action of that name, or NULL. */
Action *mp_action_find(MpInputState *state, const char *name);

/** The same, made if it is new. Errors: MP_INVALID, MP_LIMIT. */
Action *mp_action_make(MpInputState *state, const char *name, MpError *error);

/** Works out an action's live value from its controls, without noting edges. */
void mp_action_refresh(const MpInputState *state, Action *action);

/** A control has a new value from 0 to 1. Notes the edges of its actions. */
void mp_control_set(MpInputState *state, int control, float value);

/** From here on, what is down among the first `count` controls counts as let go. */
void mp_controls_mute(MpInputState *state, int count);

/** Adds a control that is not there yet; false when there is no room. */
bool mp_binding_add(Binding *binding, int control);
bool mp_binding_has(const Binding *binding, int control);

/** The control of that name, or -1 with an error that lists how they are called. */
int mp_control_require(const char *name, MpError *error);

/** Opens and closes gamepads, and sends what they do. */
void mp_pads_handle_event(MpInput *self, const union SDL_Event *event);

/** Opens those that became known as gamepads since they were plugged in. */
void mp_pads_find(MpInput *self);

/** Closes all. */
void mp_pads_close(MpInputState *state);

#endif
