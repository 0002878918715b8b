/*
 * window/window.h - the window, and the picture of fixed size that is shown in it.
 *
 *     MpWindow *window = mp_window_create(&(MpWindowConfig){.title = "Moonbase"}, &error);
 *     each frame:
 *         while (SDL_PollEvent(&event))
 *             mp_window_handle_event(window, &event);
 *         ... draw through graphics/graphics.h, which presents
 *
 * Everything is drawn into a picture of logical size. Presenting puts it into the middle of the
 * output, enlarged without blur, black around it. A headless window needs no display: its output
 * is memory, and everything else is the same.
 *
 * Glossary
 *   picture         what the game draws; logical pixels
 *   output          what the player sees: the window's inside in physical pixels
 *   window points   the unit of the mouse; differs from output pixels on some high-density screens
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_WINDOW_H
#define MP_WINDOW_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MpWindow MpWindow;
struct SDL_Renderer;
union SDL_Event;

/** Zero members mean the default. */
typedef struct MpWindowConfig {
    const char *title; /**< "Moonpatch" */
    int width;         /**< Of the picture: 640 */
    int height;        /**< Of the picture: 360 */
    int output_width;  /**< Twice the picture's. */
    int output_height; /**< Twice the picture's. */
    bool fullscreen;
    bool vsync;
    bool headless; /**< No display, no video system; draws into memory. */
} MpWindowConfig;

/** Largest picture and output, pixels to a side. */
enum { MP_WINDOW_SIZE_LIMIT = 16384 };

/**
 * Opens a window. A machine without a usable graphics card gets a software renderer.
 * Ownership: the caller's, until mp_window_destroy.
 * Errors: MP_DEVICE, MP_INVALID for sizes out of range, MP_MEMORY.
 */
MpWindow *mp_window_create(const MpWindowConfig *config, MpError *error);

/** Closes it. What was made with its renderer must be gone. Takes NULL. */
void mp_window_destroy(MpWindow *window);

/** Follows the window's own events: minimising, lost textures. */
void mp_window_handle_event(MpWindow *window, const union SDL_Event *event);

/** The renderer, for the graphics module. The window's. */
struct SDL_Renderer *mp_window_renderer(const MpWindow *window);

/** "opengl", "software", "headless" ...: a static string or SDL's. */
const char *mp_window_renderer_name(const MpWindow *window);

/** Whether shapes and sprites are drawn by the processor. */
bool mp_window_is_software(const MpWindow *window);

bool mp_window_is_headless(const MpWindow *window);

/** Whether nobody can see it: a loop may then sleep, since nothing waits for the screen. */
bool mp_window_is_minimised(const MpWindow *window);

/** Size of the picture. */
void mp_window_size(const MpWindow *window, int *width, int *height);

/** Size of the output when it was shown last; 0 x 0 may happen while minimised. */
void mp_window_output_size(const MpWindow *window, int *width, int *height);

/**
 * Makes the inside of the window so large, points.
 * Errors: MP_INVALID; MP_DEVICE for a headless window.
 */
bool mp_window_resize(MpWindow *window, int width, int height, MpError *error);

/** Whole desktop or window. Errors: MP_DEVICE; a headless window only remembers it. */
bool mp_window_set_fullscreen(MpWindow *window, bool fullscreen, MpError *error);

bool mp_window_is_fullscreen(const MpWindow *window);

/** Sets the text of the title bar. */
void mp_window_set_title(MpWindow *window, const char *title);

/** Where a point of the window, such as the mouse's place, is in the picture; may be outside. */
void mp_window_to_logical(const MpWindow *window, float x, float y, float *logical_x,
                          float *logical_y);

/**
 * From here on the renderer draws into a new picture, in which anything may be at first. Called by
 * the graphics module.
 */
void mp_window_begin(MpWindow *window);

/** Gives up a picture that was begun: the one that was presented last is the picture again. */
void mp_window_drop(MpWindow *window);

/** Shows the picture. Called by the graphics module. */
void mp_window_present(MpWindow *window);

/**
 * Writes the output as a PNG: exactly what a person sees, borders included. Call it between
 * frames; it shows the last picture that was presented.
 * Errors: MP_IO, MP_DEVICE.
 */
bool mp_window_screenshot(MpWindow *window, const char *path, MpError *error);

/**
 * The picture as rows of red, green, blue, alpha bytes without gaps. Call it between frames.
 * Ownership: the caller frees the result with free().
 * Errors: MP_DEVICE, MP_MEMORY.
 */
uint8_t *mp_window_pixels(MpWindow *window, MpError *error);

#endif
