/*
 * app/halt.h - the game stands still: its scripts have failed.
 *
 *     if (!mp_vm_call(...))
 *         mp_halt_begin(app, "in update", false, &error);
 *     each frame:
 *         if (mp_halt_is_on(app))
 *             mp_halt_frame(app);
 *         else
 *             ... a frame of the game; mp_halt_forget_picture(app);
 *
 * What happened is logged and, over the last picture of the game, shown until a script is edited or
 * the player asks to try again; a headless run ends. The screen is scripts/errors.lua; if that
 * fails too, a plain one in C takes its place.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_HALT_H
#define MP_APP_HALT_H

#include "moonpatch/error.h"
#include "moonpatch/failure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MpApp MpApp;
struct SDL_Texture;
union SDL_Event;

enum { MP_HALT_EXCERPT_SIZE = 1024, MP_HALT_TEXT_SIZE = 7168 };

typedef struct MpHalt {
    bool on;
    bool at_start;  /**< The game has not started: going on means to start it. */
    bool retry;     /**< The player wants to go on, or something has changed. */
    bool is_plain;  /**< scripts/errors.lua has failed. */
    char where[48]; /**< "in update" */
    MpFailure failure;
    char excerpt[MP_HALT_EXCERPT_SIZE]; /**< Lines of the script around the place. */
    int first_line;                     /**< Of the excerpt, in the script. */
    char text[MP_HALT_TEXT_SIZE];       /**< All of it, for the log and the clipboard. */
    char note[MP_ERROR_MESSAGE_SIZE];   /**< What came of the last attempt to go on. */
    int scroll, scroll_limit;           /**< Lines. */
    uint8_t *pixels;                    /**< The game's last picture. */
    struct SDL_Texture *picture;        /**< The same; NULL: not made yet. */
} MpHalt;

/** Stops the game after an error of its scripts; `where`: "in update". */
void mp_halt_begin(MpApp *app, const char *where, bool at_start, const MpError *error);

/** Looks whether the game can go on, and shows the screen if not. */
void mp_halt_frame(MpApp *app);

/** The game has shown a newer picture. */
void mp_halt_forget_picture(MpApp *app);

void mp_halt_close(MpApp *app);

/* ---- halt_state.c ------------------------------------------------------------------------- */

bool mp_halt_is_on(const MpApp *app);

/** An edit was refused: the screen says why, and stays. */
void mp_halt_note_refusal(MpApp *app, const char *problem);

/* ---- halt_screen.c ------------------------------------------------------------------------ */

/** Tells the screen what there is to show. */
void mp_halt_show(MpApp *app);

/** Draws the screen, once. */
void mp_halt_draw(MpApp *app);

/** Keys of the screen. Returns whether the game must not hear of the event. */
bool mp_halt_handle_event(MpApp *app, const union SDL_Event *event);

/* ---- excerpt.c ---------------------------------------------------------------------------- */

/**
 * Copies the lines around line `line` of `text` into `excerpt`, with line breaks between them and
 * spaces for tabs. Returns the number of the first; 0, and "", when there is no such line.
 */
int mp_excerpt(const char *text, int line, char *excerpt, size_t size);

/**
 * Writes the whole story: message, where, numbered excerpt with the line marked, calls.
 */
void mp_excerpt_tell(const MpHalt *halt, char *text, size_t size);

#endif
