/*
 * graphics/png.h - decodes PNG files that nobody vouches for.
 */
#ifndef MP_PNG_H
#define MP_PNG_H

#include "moonpatch/error.h"
#include "vfs/vfs.h"

struct SDL_Surface;

/**
 * Reads a PNG of at most `size_limit` pixels to a side as ARGB8888. The size is checked before
 * anything is decoded. Pixels that cannot be seen become black.
 * Ownership: the caller passes the result to SDL_FreeSurface.
 * Errors: those of mp_vfs_read; MP_FORMAT; MP_LIMIT.
 */
struct SDL_Surface *mp_png_load(const MpVfs *vfs, const char *path, int size_limit, MpError *error);

#endif
