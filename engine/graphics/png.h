/*
 * graphics/png.h - decodes PNG files that nobody vouches for.
 */
#ifndef MP_PNG_H
#define MP_PNG_H

#include "assets/assets.h"
#include "moonpatch/error.h"

struct SDL_Surface;

/**
 * Decodes a PNG of at most `size_limit` pixels to a side as ARGB8888. The size is checked before
 * anything is decoded. Pixels that cannot be seen become black. `path` is for messages.
 * Ownership: the caller passes the result to SDL_FreeSurface.
 * Errors: MP_FORMAT; MP_LIMIT. Thread: any, once a first picture was decoded.
 */
struct SDL_Surface *mp_png_decode(const MpAssetFile *file, const char *path, int size_limit,
                                  MpError *error);

#endif
