#include "window/backend.h"

static bool fail(MpError *error, const char *what)
{
    mp_error_set(error, MP_DEVICE, "%s: %s", what, SDL_GetError());
    return false;
}

static bool open_memory(MpWindow *window, const MpWindowConfig *config, MpError *error)
{
    window->surface = SDL_CreateRGBSurfaceWithFormat(0, config->output_width, config->output_height,
                                                     32, SDL_PIXELFORMAT_ARGB8888);
    if (!window->surface)
        return fail(error, "no memory for the output");
    window->renderer = SDL_CreateSoftwareRenderer(window->surface);
    return window->renderer || fail(error, "cannot draw into memory");
}

static void close_memory(MpWindow *window)
{
    if (window->renderer)
        SDL_DestroyRenderer(window->renderer);
    SDL_FreeSurface(window->surface);
}

static void memory_size(const MpWindow *window, int *width, int *height)
{
    *width = window->surface->w;
    *height = window->surface->h;
}

static bool resize_memory(MpWindow *window, int width, int height, MpError *error)
{
    (void)window, (void)width, (void)height;
    mp_error_set(error, MP_DEVICE, "a headless window keeps the size it was created with");
    return false;
}

static bool set_fullscreen(MpWindow *window, bool fullscreen, MpError *error)
{
    (void)window, (void)fullscreen, (void)error;
    return true;
}

static void set_title(MpWindow *window, const char *title) { (void)window, (void)title; }

const MpWindowBackend mp_window_headless = {
    .open = open_memory,
    .close = close_memory,
    .size = memory_size,
    .resize = resize_memory,
    .set_fullscreen = set_fullscreen,
    .set_title = set_title,
};
