/*
 * text.c - written text and the clipboard.
 */
#include "input.gen.h"

#include "input/state.h"
#include "text/utf8.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

void MP_NATIVE(mp_input_set_text)(MpInput *self, bool text)
{
    MpInputState *state = self->state;
    if (state->writing == text)
        return;
    state->writing = text;
    if (text)
        mp_controls_mute(state, MP_CONTROL_MOUSE);
    if (!SDL_WasInit(SDL_INIT_VIDEO))
        return;
    if (text)
        SDL_StartTextInput();
    else
        SDL_StopTextInput();
}

bool MP_NATIVE(mp_input_get_text)(const MpInput *self) { return self->state->writing; }

/* ---- the clipboard ------------------------------------------------------------------------ */

static char *read_clipboard(void *user, const char *question, MpError *error)
{
    const MpInputState *state = user;
    (void)question;
    char *copy;
    if (SDL_WasInit(SDL_INIT_VIDEO)) {
        char *text = SDL_GetClipboardText();
        copy = mp_utf8_repair(text ? text : "");
        SDL_free(text);
    } else {
        copy = strdup(state->clipboard ? state->clipboard : "");
    }
    if (copy && strlen(copy) > MP_INPUT_CLIPBOARD_LIMIT) {
        mp_error_set(error, MP_LIMIT, "the clipboard has more than %d bytes",
                     MP_INPUT_CLIPBOARD_LIMIT);
        free(copy);
        return NULL;
    }
    if (!copy)
        mp_error_set(error, MP_MEMORY, "no memory for the clipboard's text");
    return copy;
}

const char *MP_NATIVE(mp_input_read_clipboard)(MpInput *self, MpError *error)
{
    MpInputState *state = self->state;
    char *text = mp_outside_ask(state->outside, "clipboard", read_clipboard, state, error);
    if (!text)
        return NULL;
    free(state->clipboard);
    state->clipboard = text;
    return text;
}

bool MP_NATIVE(mp_input_write_clipboard)(MpInput *self, const char *text, MpError *error)
{
    MpInputState *state = self->state;
    if (mp_outside_is_closed(state->outside))
        return true;
    if (SDL_WasInit(SDL_INIT_VIDEO)) {
        if (SDL_SetClipboardText(text) == 0)
            return true;
        mp_error_set(error, MP_DEVICE, "the clipboard takes no text: %s", SDL_GetError());
        return false;
    }
    char *copy = strdup(text);
    if (!copy) {
        mp_error_set(error, MP_MEMORY, "no memory for the clipboard's text");
        return false;
    }
    free(state->clipboard);
    state->clipboard = copy;
    return true;
}
