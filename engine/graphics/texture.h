/*
 * graphics/texture.h - a picture from a PNG file, ready to be drawn.
 *
 * Textures come from mp_graphics_load_texture (graphics.h), which keeps one per path. When the
 * file changes, the same texture shows the new picture; its size may change with it.
 */
#ifndef MP_TEXTURE_H
#define MP_TEXTURE_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"
#include "vfs/vfs.h"

struct SDL_Renderer;
struct SDL_Surface;
struct SDL_Texture;

/** Largest picture, pixels to a side, and largest file, bytes. */
enum { MP_TEXTURE_SIZE_LIMIT = 4096, MP_TEXTURE_FILE_LIMIT = 32 << 20 };

/** A picture that graphics draws. */
typedef struct MP_CLASS MP_OPAQUE MpTexture {
    MpObject object;
    MP_READONLY int width;  /**< Pixels; changes when the file is replaced by a larger picture. */
    MP_READONLY int height; /**< Pixels. */
    char *path;             /**< NULL for a canvas. */
    int margin;             /**< Unused columns and rows at the right and the bottom of `handle`. */
    MpVfsStat loaded;       /**< The file that was tried last, good or not. */
    struct SDL_Surface *pixels;
    struct SDL_Texture *handle;
    struct MpTexture *next;
} MpTexture;

/**
 * Reads and decodes a PNG and makes a texture of it.
 * Ownership: the caller's, until mp_texture_destroy; graphics is the usual owner.
 * Errors: those of mp_vfs_read; MP_FORMAT when it is no PNG; MP_LIMIT; MP_DEVICE; MP_MEMORY.
 */
MpTexture *mp_texture_create(const MpVfs *vfs, const char *path, struct SDL_Renderer *renderer,
                             MpError *error);

/** Takes NULL and half-made textures. */
void mp_texture_destroy(MpTexture *self);

/** Whether the file is not the one that was tried last. */
bool mp_texture_is_outdated(const MpTexture *self, const MpVfs *vfs);

/** Decodes the file again. Errors: as mp_texture_create; then the old picture stays. */
bool mp_texture_reload(MpTexture *self, const MpVfs *vfs, struct SDL_Renderer *renderer,
                       MpError *error);

/** Gives the picture to the renderer again, which has lost it. Errors: MP_DEVICE. */
bool mp_texture_restore(MpTexture *self, struct SDL_Renderer *renderer, MpError *error);

#endif
