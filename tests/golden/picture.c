#include "picture.h"

#include <SDL_image.h>
#include <stdio.h>

static SDL_Surface *load(const char *path, char *problem)
{
    SDL_Surface *picture = IMG_Load(path);
    SDL_Surface *same =
        picture ? SDL_ConvertSurfaceFormat(picture, SDL_PIXELFORMAT_RGBA32, 0) : NULL;
    if (!same)
        snprintf(problem, PICTURE_PROBLEM_SIZE, "%s: %s", path, IMG_GetError());
    SDL_FreeSurface(picture);
    return same;
}

static const Uint8 *pixel(const SDL_Surface *picture, int x, int y)
{
    return (const Uint8 *)picture->pixels + y * picture->pitch + 4 * x;
}

/* Blackens what is equal, so that only differences are left; returns how many pixels differ. */
static int subtract(SDL_Surface *actual, const SDL_Surface *expected)
{
    int count = 0;
    for (int y = 0; y < actual->h; y++) {
        for (int x = 0; x < actual->w; x++) {
            Uint8 *at = (Uint8 *)actual->pixels + y * actual->pitch + 4 * x;
            bool same = memcmp(at, pixel(expected, x, y), 4) == 0;
            count += !same;
            at[0] = same ? 0 : 255;
            at[1] = at[2] = 0;
            at[3] = 255;
        }
    }
    return count;
}

/*
 * The pictures were drawn by SDL 2.26. Other versions of its software renderer round a blended
 * pixel differently here and there, so they may differ in one pixel of fifty.
 */
static int tolerated(const SDL_Surface *picture)
{
    SDL_version version;
    SDL_GetVersion(&version);
    return version.minor == 26 ? 0 : picture->w * picture->h / 50;
}

static bool compare(SDL_Surface *actual, const SDL_Surface *expected, const char *difference,
                    char *problem)
{
    if (actual->w != expected->w || actual->h != expected->h) {
        snprintf(problem, PICTURE_PROBLEM_SIZE, "the size is %dx%d, not %dx%d", actual->w,
                 actual->h, expected->w, expected->h);
        return false;
    }
    int different = subtract(actual, expected);
    if (different)
        IMG_SavePNG(actual, difference);
    snprintf(problem, PICTURE_PROBLEM_SIZE, "%d pixels differ; see %s", different, difference);
    return different <= tolerated(actual);
}

bool picture_compare(const char *actual, const char *expected, const char *difference,
                     char problem[PICTURE_PROBLEM_SIZE])
{
    SDL_Surface *one = load(actual, problem);
    SDL_Surface *other = one ? load(expected, problem) : NULL;
    bool same = other && compare(one, other, difference, problem);
    SDL_FreeSurface(one);
    SDL_FreeSurface(other);
    return same;
}
