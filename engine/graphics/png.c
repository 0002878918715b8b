#include "graphics/png.h"

#include <SDL_image.h>
#include <string.h>

/* The signature, then the first chunk: length, "IHDR", width, height. */
enum { HEADER_SIZE = 24, WIDTH_AT = 16, HEIGHT_AT = 20 };

static uint32_t big_endian(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool check_header(const uint8_t *data, size_t size, const char *path, int limit,
                         MpError *error)
{
    static const uint8_t start[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
                                    0,    0,   0,   13,  'I',  'H',  'D',  'R'};
    if (size < HEADER_SIZE || memcmp(data, start, sizeof start) != 0) {
        mp_error_set(error, MP_FORMAT, "'%s' is not a PNG picture", path);
        return false;
    }
    uint32_t width = big_endian(data + WIDTH_AT);
    uint32_t height = big_endian(data + HEIGHT_AT);
    if (width > (uint32_t)limit || height > (uint32_t)limit) {
        mp_error_set(error, MP_LIMIT, "'%s' is %u x %u pixels; at most %d to a side are read", path,
                     width, height, limit);
        return false;
    }
    return true;
}

/* What editors leave in transparent pixels would show when a picture is added or multiplied. */
static void blacken_unseen(SDL_Surface *surface)
{
    for (int y = 0; y < surface->h; y++) {
        uint8_t *row = (uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch;
        for (int x = 0; x < surface->w; x++) {
            uint32_t pixel;
            memcpy(&pixel, row + (size_t)x * 4, sizeof pixel);
            if (pixel >> 24 == 0)
                memset(row + (size_t)x * 4, 0, sizeof pixel);
        }
    }
}

static SDL_Surface *decode(void *data, size_t size, const char *path, MpError *error)
{
    /* Reading as a PNG and nothing else keeps the decoders of other formats out. */
    SDL_RWops *stream = SDL_RWFromConstMem(data, (int)size);
    SDL_Surface *decoded = stream ? IMG_LoadPNG_RW(stream) : NULL;
    SDL_Surface *surface =
        decoded ? SDL_ConvertSurfaceFormat(decoded, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
    if (surface)
        blacken_unseen(surface);
    else
        mp_error_set(error, MP_FORMAT, "'%s' cannot be decoded: %s", path, SDL_GetError());
    SDL_FreeSurface(decoded);
    if (stream)
        SDL_RWclose(stream);
    return surface;
}

SDL_Surface *mp_png_decode(const MpAssetFile *file, const char *path, int size_limit,
                           MpError *error)
{
    if (!check_header((const uint8_t *)file->bytes, file->size, path, size_limit, error))
        return NULL;
    return decode(file->bytes, file->size, path, error);
}
