/*
 * outside/outside.h - what a game asks of the world outside it: saved files, the clipboard.
 *
 * Such answers differ from one run to the next. A part that asks does it through here, so that a
 * recording can keep the answers and a replay can give them again, without touching the player's
 * files.
 *
 *     char *text = mp_outside_ask(self->outside, "clipboard", read_clipboard, self, &error);
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_OUTSIDE_H
#define MP_OUTSIDE_H

#include "moonpatch/error.h"

#include <stdbool.h>

/** Between a game and the world; all members optional. */
typedef struct MpOutside {
    bool closed; /**< Nothing goes out any more, and `answer` knows what would have come in. */
    void *user;
    /** A text from malloc(), or NULL with the error. Called when it is closed. */
    char *(*answer)(void *user, const char *question, MpError *error);
    /** Hears what came in; `text` NULL: `error`. Called when it is open. */
    void (*note)(void *user, const char *question, const char *text, const MpError *error);
} MpOutside;

/** Asks the world itself: a text from malloc(), or NULL with the error. */
typedef char *MpOutsideSource(void *source_user, const char *question, MpError *error);

/**
 * The answer to `question`, from `source` or from who stands in for it. `outside` NULL: from
 * `source`.
 * Ownership: the caller frees the result with free().
 * Errors: NULL; those of `source`.
 */
char *mp_outside_ask(const MpOutside *outside, const char *question, MpOutsideSource *source,
                     void *source_user, MpError *error);

/** Whether what the game writes must stay inside. Takes NULL. */
bool mp_outside_is_closed(const MpOutside *outside);

#endif
