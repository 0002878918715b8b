/*
 * halt_screen.c - what a player sees of a game that stands still, and the keys that work there.
 */
#include "app/context.h"

#include "graphics.gen.h"
#include "log/log.h"
#include "text/utf8.h"

#include <SDL.h>
#include <stdlib.h>

enum { PAGE = 10, NOTCH = 3, ALL = 1 << 20 };

/* ---- the picture below -------------------------------------------------------------------- */

static void make_picture(MpApp *app, MpHalt *halt)
{
    int width = app->game->width, height = app->game->height;
    if (!halt->pixels)
        halt->pixels = mp_window_pixels(app->window, NULL);
    if (!halt->pixels)
        return;
    halt->picture = SDL_CreateTexture(mp_window_renderer(app->window), SDL_PIXELFORMAT_RGBA32,
                                      SDL_TEXTUREACCESS_STATIC, width, height);
    if (halt->picture)
        SDL_UpdateTexture(halt->picture, NULL, halt->pixels, width * 4);
}

static void begin_picture(MpApp *app, MpHalt *halt)
{
    mp_window_drop(app->window);
    if (!halt->picture)
        make_picture(app, halt);
    mp_graphics_begin(app->graphics);
    if (halt->picture)
        SDL_RenderCopy(mp_window_renderer(app->window), halt->picture, NULL, NULL);
    else
        mp_graphics_clear(app->graphics, (MpColor){0, 0, 0, 1});
}

/* ---- the screen --------------------------------------------------------------------------- */

/* From here on the plain screen has to do. */
static void give_up(MpHalt *halt, const MpError *error)
{
    mp_log_warning("the error screen fails, a plain one takes its place: %s", error->message);
    halt->is_plain = true;
}

void mp_halt_show(MpApp *app)
{
    MpHalt *halt = app->halt;
    const MpFailure *failure = &halt->failure;
    MpError error;
    halt->is_plain = false;
    if (!mp_vm_call(app->vm, "errors", "show", &error, "sssiiss", halt->where, failure->message,
                    failure->source, failure->line, halt->first_line, halt->excerpt,
                    failure->trace))
        give_up(halt, &error);
}

/* One line of the text after the other, without any script. */
static void draw_plain(MpApp *app, MpHalt *halt)
{
    MpGraphics *graphics = app->graphics;
    MpFont *font = MP_NATIVE(mp_graphics_load_font)(graphics, "assets/fonts/moon.txt", NULL);
    mp_graphics_clear(graphics, (MpColor){0.25f, 0.05f, 0.08f, 1});
    if (!font)
        return; /* the log has it all */
    mp_graphics_print(graphics, font, "Enter: try again   C: copy   Escape: quit", 12, 8, 1);
    mp_graphics_set_offset(graphics, 12, (float)(32 - halt->scroll * font->height));
    mp_graphics_print(graphics, font, halt->text, 0, 0, 1);
    halt->scroll_limit = ALL;
}

void mp_halt_draw(MpApp *app)
{
    MpHalt *halt = app->halt;
    MpError error;
    begin_picture(app, halt);
    if (!halt->is_plain && !mp_vm_call(app->vm, "errors", "draw", &error, "is>i", halt->scroll,
                                       halt->note, &halt->scroll_limit))
        give_up(halt, &error);
    if (halt->is_plain)
        draw_plain(app, halt);
    mp_graphics_present(app->graphics);
}

/* ---- keys --------------------------------------------------------------------------------- */

static void scroll_by(MpHalt *halt, int lines)
{
    int place = halt->scroll + lines;
    place = place < halt->scroll_limit ? place : halt->scroll_limit;
    halt->scroll = place > 0 ? place : 0;
}

static void copy_text(MpHalt *halt)
{
    char *text = mp_utf8_repair(halt->text);
    bool copied = text && SDL_WasInit(SDL_INIT_VIDEO) && SDL_SetClipboardText(text) == 0;
    snprintf(halt->note, sizeof halt->note, "%s",
             copied ? "copied to the clipboard" : "the clipboard does not take it");
    free(text);
}

static void handle_key(MpApp *app, SDL_Keycode key)
{
    static const struct {
        SDL_Keycode key;
        int lines;
    } scrolling[] = {{SDLK_UP, -1},         {SDLK_DOWN, 1},    {SDLK_PAGEUP, -PAGE},
                     {SDLK_PAGEDOWN, PAGE}, {SDLK_HOME, -ALL}, {SDLK_END, ALL}};
    MpHalt *halt = app->halt;
    for (size_t i = 0; i < sizeof scrolling / sizeof *scrolling; i++) {
        if (key == scrolling[i].key)
            scroll_by(halt, scrolling[i].lines);
    }
    if (key == SDLK_RETURN || key == SDLK_KP_ENTER)
        halt->retry = true;
    else if (key == SDLK_c)
        copy_text(halt);
    else if (key == SDLK_ESCAPE)
        app->quit = true;
}

static void handle_button(MpHalt *halt, int button)
{
    if (button == SDL_CONTROLLER_BUTTON_A)
        halt->retry = true;
    else if (button == SDL_CONTROLLER_BUTTON_DPAD_UP)
        scroll_by(halt, -1);
    else if (button == SDL_CONTROLLER_BUTTON_DPAD_DOWN)
        scroll_by(halt, 1);
}

/* The renderer has lost what it had. */
static void lose_picture(MpHalt *halt)
{
    if (halt->picture)
        SDL_DestroyTexture(halt->picture);
    halt->picture = NULL;
}

bool mp_halt_handle_event(MpApp *app, const SDL_Event *event)
{
    MpHalt *halt = app->halt;
    switch (event->type) {
    case SDL_RENDER_DEVICE_RESET:
        lose_picture(halt);
        return false;
    case SDL_KEYDOWN:
        handle_key(app, event->key.keysym.sym);
        return true;
    case SDL_CONTROLLERBUTTONDOWN:
        handle_button(halt, event->cbutton.button);
        return true;
    case SDL_MOUSEWHEEL:
        scroll_by(halt, -NOTCH * event->wheel.y);
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_TEXTINPUT:
        return true;
    default: /* that keys are let go, the game must hear */
        return false;
    }
}
