/*
 * window/backend.h - what a window on a screen and a window in memory do differently.
 */
#ifndef MP_WINDOW_BACKEND_H
#define MP_WINDOW_BACKEND_H

#include "window/window.h"

#include <SDL.h>

typedef struct MpWindowBackend {
    /** Makes `window->renderer`. What it leaves behind on failure is close's to clean up. */
    bool (*open)(MpWindow *window, const MpWindowConfig *config, MpError *error);
    void (*close)(MpWindow *window);
    /** Size in window points. The renderer knows the size in pixels. */
    void (*size)(const MpWindow *window, int *width, int *height);
    bool (*resize)(MpWindow *window, int width, int height, MpError *error);
    bool (*set_fullscreen)(MpWindow *window, bool fullscreen, MpError *error);
    void (*set_title)(MpWindow *window, const char *title);
} MpWindowBackend;

struct MpWindow {
    const MpWindowBackend *backend;
    SDL_Renderer *renderer;
    SDL_Texture *picture;
    SDL_Texture *spare;   /* the picture that was presented before, or, in a frame, last */
    SDL_Window *screen;   /* on a screen */
    SDL_Surface *surface; /* in memory */
    int width;            /* of the picture */
    int height;
    int output_width; /* when it was shown last */
    int output_height;
    int points_width;
    int points_height;
    int windowed_width; /* before it went to the full screen; 0: never did */
    int windowed_height;
    bool fullscreen;
    bool minimised;
    bool presented; /* the picture; the next frame is drawn into the other one */
};

/** Takes note of the output's size; the output is the render target afterwards. */
void mp_window_measure(MpWindow *window);

extern const MpWindowBackend mp_window_sdl;
extern const MpWindowBackend mp_window_headless;

#endif
