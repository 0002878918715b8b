/*
 * app/session.h - a run of the game that is recorded, or one that repeats a recording.
 *
 *     app->session = mp_session_open(app, &error);
 *     each frame:
 *         MpFrame frame = ...;
 *         if (mp_session_begin_frame(app->session, &frame))
 *             ... its steps, its picture ...
 *         mp_session_end_frame(app->session);
 *
 * All functions but the first take NULL, and do nothing: a run that is neither.
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_SESSION_H
#define MP_APP_SESSION_H

#include "app/app.h"
#include "input/input.h"
#include "moonpatch/error.h"

#include <stdbool.h>

typedef struct MpSession MpSession;

/** What the game does between two looks at its devices. */
typedef struct MpFrame {
    unsigned steps;
    unsigned alpha; /**< How far the picture's moment is between the last two steps, in 65535ths. */
} MpFrame;

/**
 * Begins what the options of `app`, which is borrowed, ask for. A replay takes the seed and the
 * autopilot from the recording, and saved files too: nothing is written to the player's. To be
 * called after the game's files and its storage were opened, and before its devices.
 * Ownership: the caller's, until mp_session_close.
 * Errors: MP_IO, MP_NOT_FOUND; MP_FORMAT for what is no recording; MP_REFUSED for that of another
 * game, and when the options contradict the recording.
 */
MpSession *mp_session_open(MpApp *app, MpError *error);

/** Closes the file. */
void mp_session_close(MpSession *session);

/** To be called once, when the devices are open. */
void mp_session_attach(MpSession *session, MpInput *input);

/** Records a signal of the player's. */
void mp_session_note_signal(MpSession *session, const MpSignal *signal);

/** Records a change to the game's code; a replay tells of it. In printf style. */
void mp_session_note_change(MpSession *session, const char *format, ...) MP_PRINTF(2, 3);

/**
 * Records the frame that comes, or sends the signals that belong to it and sets what it is.
 * Returns false when the recording is over, or the game is not the one that was recorded any more.
 */
bool mp_session_begin_frame(MpSession *session, MpFrame *frame);

/** Compares the game with the recording every second of game time. */
void mp_session_end_frame(MpSession *session);

/** The game is about to end: what follows is no frame any more. */
void mp_session_finish(MpSession *session);

/** Whether a replay was not what was recorded. */
bool mp_session_failed(const MpSession *session);

#endif
