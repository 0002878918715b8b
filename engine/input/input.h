/*
 * input/input.h - named actions, bound to keys, the mouse and gamepads.
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
 *   dead zone  the first part of a stick's way, which counts as nothing
 *   rebound    of an action: the player chose its controls, in place of the game
 *   signal     what a device did, see signal.h
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_INPUT_H
#define MP_INPUT_H

#include "input/signal.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"
#include "outside/outside.h"
#include "vfs/vfs.h"
#include "window/window.h"

#include <stdbool.h>

union SDL_Event;
struct MpInputState;

/** Most actions, most controls of one action, longest name of an action with its zero. */
enum { MP_INPUT_ACTION_LIMIT = 64, MP_INPUT_CONTROL_LIMIT = 8, MP_INPUT_NAME_SIZE = 32 };

/** Most bytes that are taken from the clipboard. */
enum { MP_INPUT_CLIPBOARD_LIMIT = 1 << 20 };

/** Where a game may describe gamepads that SDL does not know. */
#define MP_INPUT_MAPPINGS "assets/gamecontrollerdb.txt"

/** What the player does. */
typedef struct MP_CLASS MP_ROOT(input) MpInput {
    MpObject object;
    MP_READONLY float mouse_x;   /**< Where the pointer is, pixels of the picture. */
    MP_READONLY float mouse_y;   /**< Where the pointer is, pixels of the picture. */
    MP_READONLY float motion_x;  /**< How far it was moved in this step, pixels of the picture. */
    MP_READONLY float motion_y;  /**< How far it was moved in this step, pixels of the picture. */
    MP_READONLY float wheel_x;   /**< How far the wheel was turned right in this step, notches. */
    MP_READONLY float wheel_y;   /**< How far the wheel was turned up in this step, notches. */
    MP_READONLY int gamepads;    /**< How many are plugged in. */
    MP_PROPERTY float dead_zone; /**< Of sticks and triggers: from 0 to 0.9; 0.2 at the start. */
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

/**
 * Tells SDL what the file MP_INPUT_MAPPINGS says of gamepads, if it is there and changed since the
 * last call. What it said before stays known; the player's environment (SDL_GAMECONTROLLERCONFIG)
 * counts more.
 * Errors: those of mp_vfs_read; MP_FORMAT, one for all lines that are damaged: the others count.
 */
bool mp_input_read_mappings(MpInput *self, const MpVfs *vfs, MpError *error);

/** Who hears of every signal; NULL: nobody. The clipboard is asked through `outside`, borrowed. */
void mp_input_set_listener(MpInput *self, MpSignalListener *listener, void *user);
void mp_input_set_outside(MpInput *self, const MpOutside *outside);

/** From here on devices are ignored: signals come from mp_input_send() alone. */
void mp_input_ignore_devices(MpInput *self);

/**
 * A signal takes effect as if it came from a device. It must be as signal.h says; what comes from
 * a file has to be checked before.
 */
void mp_input_send(MpInput *self, const MpSignal *signal);

/** Takes note of what the player did; ignores what is none of its business. */
void mp_input_handle_event(MpInput *self, const union SDL_Event *event);

/** From here on the queries below tell of a new step. */
void mp_input_begin_step(MpInput *self);

/** Ends the step: what was held is let go, and nothing is pressed or released any more. */
void mp_input_end_step(MpInput *self);

/**
 * Makes `control` work `action`, which is made if it is new: the game's choice, which counts until
 * the player makes another. Binding twice changes nothing.
 * Errors: no such control, a name of more than 31 bytes, or too many of either.
 */
MP_METHOD bool mp_input_bind(MpInput *self, const char *action, const char *control,
                             MpError *error);

/** Takes all controls from `action`, the player's choice as well as the game's. */
MP_LEAF void mp_input_unbind(MpInput *self, const char *action);

/**
 * The player's choice: clear() takes all controls from an action, add() gives it one more. Both
 * count until restore().
 * Errors: MP_NOT_FOUND for an action that was never bound and for no such control, MP_LIMIT.
 */
MP_METHOD bool mp_input_clear(MpInput *self, const char *action, MpError *error);
/** Adds a control to an action, as the player's choice; see clear(). */
MP_METHOD bool mp_input_add(MpInput *self, const char *action, const char *control, MpError *error);

/** The action's controls are the game's choice again. */
MP_LEAF void mp_input_restore(MpInput *self, const char *action);

/** The control of `action` at a place from 1 on; "" behind the last. Valid until the next call. */
MP_LEAF const char *mp_input_bound(const MpInput *self, const char *action, int place);

/** Whether there is a control of that name. */
MP_LEAF bool mp_input_has_control(const MpInput *self, const char *control);

/**
 * What the player chose, as JSON, for decode() in a later run.
 * Ownership: the input's; valid until the next call. Errors: MP_MEMORY.
 */
MP_METHOD const char *mp_input_encode(MpInput *self, MpError *error);

/**
 * Takes what the player chose from JSON. Actions and controls that there are no more are told in
 * the log and left out.
 * Errors: MP_FORMAT, MP_LIMIT over 64 kB; then nothing has changed.
 */
MP_METHOD bool mp_input_decode(MpInput *self, const char *text, MpError *error);

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

/** The device that the player used last: "keyboard", "mouse" or "gamepad". */
MP_LEAF MP_GETTER const char *mp_input_get_device(const MpInput *self);

/** How far a control is pressed now, from 0 to 1, whatever it works; 0 for one there is not. */
MP_LEAF float mp_input_control(const MpInput *self, const char *control);

/**
 * While it listens, nothing that is pressed works any action: last_key says what was pressed, for a
 * menu that binds it. What is pressed meanwhile works actions only after it was let go.
 */
MP_LEAF MP_GETTER bool mp_input_get_listening(const MpInput *self);
MP_LEAF MP_SETTER void mp_input_set_listening(MpInput *self, bool listening);

/**
 * Whether the player writes: keys then make text, for the signals of that kind, and work no
 * actions; off at the start.
 */
MP_LEAF MP_GETTER bool mp_input_get_text(const MpInput *self);
MP_LEAF MP_SETTER void mp_input_set_text(MpInput *self, bool text);

/**
 * The clipboard's text; "" when it has none. Without a display it is the game's own.
 * Ownership: the input's; valid until the next call. Errors: MP_LIMIT over 1 MB, MP_MEMORY.
 */
MP_METHOD const char *mp_input_read_clipboard(MpInput *self, MpError *error);

/** Puts a text there. Errors: MP_DEVICE, MP_MEMORY. */
MP_METHOD bool mp_input_write_clipboard(MpInput *self, const char *text, MpError *error);

/** Shakes all gamepads that can: `strength` from 0 to 1, for up to 10 seconds. */
MP_LEAF void mp_input_rumble(MpInput *self, float strength, float seconds);

#endif
