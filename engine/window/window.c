#include "window/window.h"

#include "window/backend.h"
#include "window/viewport.h"

#include <stdlib.h>

static MpWindowConfig with_defaults(const MpWindowConfig *given)
{
    MpWindowConfig config = *given;
    if (!config.title)
        config.title = "Moonpatch";
    if (!config.width)
        config.width = 640;
    if (!config.height)
        config.height = 360;
    if (!config.output_width)
        config.output_width = config.width * 2;
    if (!config.output_height)
        config.output_height = config.height * 2;
    return config;
}

static bool in_range(int size) { return size > 0 && size <= MP_WINDOW_SIZE_LIMIT; }

static bool check_config(const MpWindowConfig *config, MpError *error)
{
    if (in_range(config->width) && in_range(config->height) && in_range(config->output_width) &&
        in_range(config->output_height))
        return true;
    mp_error_set(error, MP_INVALID, "a picture of %d x %d in a window of %d x %d: use 1 to %d",
                 config->width, config->height, config->output_width, config->output_height,
                 MP_WINDOW_SIZE_LIMIT);
    return false;
}

static bool make_picture(const MpWindow *window, SDL_Texture **picture)
{
    if (*picture)
        SDL_DestroyTexture(*picture);
    *picture = SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_ARGB8888,
                                 SDL_TEXTUREACCESS_TARGET, window->width, window->height);
    if (!*picture)
        return false;
    SDL_SetTextureScaleMode(*picture, SDL_ScaleModeNearest);
    SDL_SetTextureBlendMode(*picture, SDL_BLENDMODE_NONE);
    SDL_SetRenderTarget(window->renderer, *picture);
    SDL_SetRenderDrawColor(window->renderer, 0, 0, 0, 255);
    SDL_RenderClear(window->renderer);
    return true;
}

static bool make_pictures(MpWindow *window)
{
    mp_window_measure(window);
    window->presented = true;
    return make_picture(window, &window->spare) && make_picture(window, &window->picture);
}

MpWindow *mp_window_create(const MpWindowConfig *given, MpError *error)
{
    MpWindowConfig config = with_defaults(given);
    if (!check_config(&config, error))
        return NULL;
    MpWindow *window = calloc(1, sizeof *window);
    if (!window) {
        mp_error_set(error, MP_MEMORY, "no memory for a window");
        return NULL;
    }
    window->backend = config.headless ? &mp_window_headless : &mp_window_sdl;
    window->width = config.width;
    window->height = config.height;
    window->fullscreen = config.fullscreen;
    bool open = window->backend->open(window, &config, error);
    if (open && !make_pictures(window)) {
        mp_error_set(error, MP_DEVICE, "cannot make the picture: %s", SDL_GetError());
        open = false;
    }
    if (!open) {
        mp_window_destroy(window);
        return NULL;
    }
    return window;
}

void mp_window_destroy(MpWindow *window)
{
    if (!window)
        return;
    if (window->picture)
        SDL_DestroyTexture(window->picture);
    if (window->spare)
        SDL_DestroyTexture(window->spare);
    window->backend->close(window);
    free(window);
}

void mp_window_handle_event(MpWindow *window, const SDL_Event *event)
{
    if (event->type == SDL_RENDER_DEVICE_RESET)
        make_pictures(window);
    if (event->type != SDL_WINDOWEVENT)
        return;
    switch (event->window.event) {
    case SDL_WINDOWEVENT_MINIMIZED:
    case SDL_WINDOWEVENT_HIDDEN:
        window->minimised = true;
        break;
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_MAXIMIZED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_EXPOSED:
        window->minimised = false;
        break;
    default:
        break;
    }
}

SDL_Renderer *mp_window_renderer(const MpWindow *window) { return window->renderer; }

const char *mp_window_renderer_name(const MpWindow *window)
{
    SDL_RendererInfo info;
    if (mp_window_is_headless(window))
        return "headless";
    return SDL_GetRendererInfo(window->renderer, &info) ? "unknown" : info.name;
}

bool mp_window_is_software(const MpWindow *window)
{
    SDL_RendererInfo info;
    return SDL_GetRendererInfo(window->renderer, &info) == 0 &&
           (info.flags & SDL_RENDERER_SOFTWARE) != 0;
}

bool mp_window_is_headless(const MpWindow *window)
{
    return window->backend == &mp_window_headless;
}

bool mp_window_is_minimised(const MpWindow *window) { return window->minimised; }

void mp_window_size(const MpWindow *window, int *width, int *height)
{
    *width = window->width;
    *height = window->height;
}

bool mp_window_resize(MpWindow *window, int width, int height, MpError *error)
{
    if (!in_range(width) || !in_range(height)) {
        mp_error_set(error, MP_INVALID, "a window cannot be %d x %d", width, height);
        return false;
    }
    return window->backend->resize(window, width, height, error);
}

bool mp_window_set_fullscreen(MpWindow *window, bool fullscreen, MpError *error)
{
    if (!window->backend->set_fullscreen(window, fullscreen, error))
        return false;
    window->fullscreen = fullscreen;
    return true;
}

bool mp_window_is_fullscreen(const MpWindow *window) { return window->fullscreen; }

void mp_window_set_title(MpWindow *window, const char *title)
{
    window->backend->set_title(window, title);
}
