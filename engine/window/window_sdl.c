#include "window/backend.h"

static bool fail(MpError *error, const char *what)
{
    mp_error_set(error, MP_DEVICE, "%s: %s", what, SDL_GetError());
    return false;
}

/* Where there is no display SDL takes a driver that shows nothing, and the game would run unseen.
   Whoever names such a driver wants it. */
static bool is_display_missing(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return !SDL_GetHint(SDL_HINT_VIDEODRIVER) &&
           (SDL_strcmp(driver, "offscreen") == 0 || SDL_strcmp(driver, "dummy") == 0);
}

static bool open_screen(MpWindow *window, const MpWindowConfig *config)
{
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    if (config->fullscreen)
        flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    window->screen = SDL_CreateWindow(config->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                      config->output_width, config->output_height, flags);
    if (!window->screen)
        return false;
    /* Smaller than half of the picture's size nothing can be read. */
    SDL_SetWindowMinimumSize(window->screen, config->width / 2, config->height / 2);
    return true;
}

static bool open_renderer(MpWindow *window, bool vsync)
{
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
    Uint32 wanted = SDL_RENDERER_TARGETTEXTURE | (vsync ? SDL_RENDERER_PRESENTVSYNC : 0u);
    window->renderer = SDL_CreateRenderer(window->screen, -1, wanted | SDL_RENDERER_ACCELERATED);
    if (!window->renderer)
        window->renderer = SDL_CreateRenderer(window->screen, -1, wanted | SDL_RENDERER_SOFTWARE);
    return window->renderer != NULL;
}

static bool open_window(MpWindow *window, const MpWindowConfig *config, MpError *error)
{
    if (SDL_InitSubSystem(SDL_INIT_VIDEO))
        return fail(error, "there is no display; try --headless");
    if (is_display_missing()) {
        mp_error_set(error, MP_DEVICE, "there is no display; try --headless");
        return false;
    }
    if (!open_screen(window, config))
        return fail(error, "cannot open a window");
    if (!open_renderer(window, config->vsync))
        return fail(error, "cannot draw into the window");
    return true;
}

static void close_window(MpWindow *window)
{
    if (window->renderer)
        SDL_DestroyRenderer(window->renderer);
    if (window->screen)
        SDL_DestroyWindow(window->screen);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

static void window_size(const MpWindow *window, int *width, int *height)
{
    SDL_GetWindowSize(window->screen, width, height);
}

static bool resize_window(MpWindow *window, int width, int height, MpError *error)
{
    (void)error;
    SDL_SetWindowSize(window->screen, width, height);
    return true;
}

static bool set_fullscreen(MpWindow *window, bool fullscreen, MpError *error)
{
    Uint32 flags = fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0u;
    if (fullscreen && !window->fullscreen)
        window_size(window, &window->windowed_width, &window->windowed_height);
    if (SDL_SetWindowFullscreen(window->screen, flags))
        return fail(error, "cannot change to or from the full screen");
    /* A window manager restores the size by itself; not every desktop has one. */
    if (!fullscreen && window->windowed_width > 0)
        SDL_SetWindowSize(window->screen, window->windowed_width, window->windowed_height);
    return true;
}

static void set_title(MpWindow *window, const char *title)
{
    SDL_SetWindowTitle(window->screen, title);
}

const MpWindowBackend mp_window_sdl = {
    .open = open_window,
    .close = close_window,
    .size = window_size,
    .resize = resize_window,
    .set_fullscreen = set_fullscreen,
    .set_title = set_title,
};
