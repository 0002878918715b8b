#include "graphics/png.h"

#include <SDL_endian.h>
#include <SDL_surface.h>
#include <png.h>
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

static bool read_pixels(png_image *image, SDL_Surface *surface)
{
    /* As SDL_PIXELFORMAT_ARGB8888 lies in memory. */
    image->format = SDL_BYTEORDER == SDL_LIL_ENDIAN ? PNG_FORMAT_BGRA : PNG_FORMAT_ARGB;
    image->flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    return png_image_finish_read(image, NULL, surface->pixels, surface->pitch, NULL) != 0;
}

/* libpng itself, and not SDL_image's loader, which lets it write to standard error. */
static SDL_Surface *decode(const MpAssetFile *file, const char *path, MpError *error)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, file->bytes, file->size)) {
        mp_error_set(error, MP_FORMAT, "'%s' cannot be decoded: %s", path, image.message);
        return NULL;
    }
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, (int)image.width, (int)image.height,
                                                          32, SDL_PIXELFORMAT_ARGB8888);
    if (surface && read_pixels(&image, surface)) {
        blacken_unseen(surface);
        return surface;
    }
    if (surface)
        mp_error_set(error, MP_FORMAT, "'%s' cannot be decoded: %s", path, image.message);
    else
        mp_error_set(error, MP_MEMORY, "no memory for the pixels of '%s'", path);
    SDL_FreeSurface(surface);
    png_image_free(&image);
    return NULL;
}

SDL_Surface *mp_png_decode(const MpAssetFile *file, const char *path, int size_limit,
                           MpError *error)
{
    if (!check_header((const uint8_t *)file->bytes, file->size, path, size_limit, error))
        return NULL;
    return decode(file, path, error);
}
