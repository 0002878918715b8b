#include "window/backend.h"
#include "window/viewport.h"

#include <SDL_image.h>
#include <stdlib.h>

/* Asked once a frame, while the output is the target: with another target SDL tells that one's
   size. What the player points at is the frame that was shown last, so older is right here. */
void mp_window_measure(MpWindow *window)
{
    SDL_SetRenderTarget(window->renderer, NULL);
    window->output_width = window->output_height = 0;
    SDL_GetRendererOutputSize(window->renderer, &window->output_width, &window->output_height);
    window->backend->size(window, &window->points_width, &window->points_height);
}

void mp_window_output_size(const MpWindow *window, int *width, int *height)
{
    *width = window->output_width;
    *height = window->output_height;
}

static MpViewport fit(const MpWindow *window)
{
    return mp_viewport_fit(window->output_width, window->output_height, window->width,
                           window->height);
}

void mp_window_to_logical(const MpWindow *window, float x, float y, float *logical_x,
                          float *logical_y)
{
    MpViewport view = fit(window);
    if (view.width == 0 || window->points_width <= 0 || window->points_height <= 0) {
        *logical_x = *logical_y = 0;
        return;
    }
    float output_x = x * (float)window->output_width / (float)window->points_width;
    float output_y = y * (float)window->output_height / (float)window->points_height;
    *logical_x = (output_x - (float)view.x) * (float)window->width / (float)view.width;
    *logical_y = (output_y - (float)view.y) * (float)window->height / (float)view.height;
}

static void draw_into_picture(MpWindow *window)
{
    SDL_SetRenderTarget(window->renderer, window->picture);
    SDL_RenderSetClipRect(window->renderer, NULL);
}

static void swap_pictures(MpWindow *window)
{
    SDL_Texture *other = window->spare;
    window->spare = window->picture;
    window->picture = other;
    window->presented = !window->presented;
}

void mp_window_begin(MpWindow *window)
{
    if (window->presented)
        swap_pictures(window);
    draw_into_picture(window);
}

void mp_window_drop(MpWindow *window)
{
    if (!window->presented)
        swap_pictures(window);
    draw_into_picture(window);
}

/* Draws the output, without showing it. */
static void compose(MpWindow *window)
{
    mp_window_measure(window);
    MpViewport view = fit(window);
    SDL_SetRenderDrawColor(window->renderer, 0, 0, 0, 255);
    SDL_RenderClear(window->renderer);
    const SDL_Rect place = {view.x, view.y, view.width, view.height};
    if (place.w > 0)
        SDL_RenderCopy(window->renderer, window->picture, NULL, &place);
}

void mp_window_present(MpWindow *window)
{
    window->presented = true;
    if (mp_window_is_headless(window)) {
        /* Nobody looks; a screenshot composes for itself. */
        SDL_RenderFlush(window->renderer);
        return;
    }
    compose(window);
    SDL_RenderPresent(window->renderer);
}

static void fail(MpError *error, MpStatus status, const char *what)
{
    mp_error_set(error, status, "%s: %s", what, SDL_GetError());
}

static SDL_Surface *read_target(MpWindow *window, int width, int height, Uint32 format,
                                MpError *error)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, format);
    if (!surface) {
        fail(error, MP_MEMORY, "no memory for the pixels");
        return NULL;
    }
    if (SDL_RenderReadPixels(window->renderer, NULL, format, surface->pixels, surface->pitch)) {
        fail(error, MP_DEVICE, "cannot read the pixels");
        SDL_FreeSurface(surface);
        return NULL;
    }
    return surface;
}

bool mp_window_screenshot(MpWindow *window, const char *path, MpError *error)
{
    compose(window);
    SDL_Surface *output = read_target(window, window->output_width, window->output_height,
                                      SDL_PIXELFORMAT_RGB24, error);
    draw_into_picture(window);
    if (!output)
        return false;
    bool saved = IMG_SavePNG(output, path) == 0;
    if (!saved)
        fail(error, MP_IO, "cannot write the screenshot");
    SDL_FreeSurface(output);
    return saved;
}

uint8_t *mp_window_pixels(MpWindow *window, MpError *error)
{
    draw_into_picture(window);
    SDL_Surface *picture =
        read_target(window, window->width, window->height, SDL_PIXELFORMAT_RGBA32, error);
    if (!picture)
        return NULL;
    size_t row = (size_t)window->width * 4;
    uint8_t *pixels = malloc(row * (size_t)window->height);
    if (!pixels)
        mp_error_set(error, MP_MEMORY, "no memory for the pixels");
    for (int y = 0; pixels && y < window->height; y++)
        SDL_memcpy(pixels + row * (size_t)y,
                   (const uint8_t *)picture->pixels + (size_t)y * (size_t)picture->pitch, row);
    SDL_FreeSurface(picture);
    return pixels;
}
