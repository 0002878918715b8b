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

struct SDL_Rect;
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

/**
 * A texture of no file, transparent all over, for mp_texture_stamp.
 * Ownership: as above. Errors: MP_DEVICE, MP_MEMORY.
 */
MpTexture *mp_texture_create_blank(struct SDL_Renderer *renderer, int width, int height,
                                   MpError *error);

/**
 * Puts the opacity of a part of a picture (32 bits a pixel, alpha uppermost) at x, y of the
 * texture, in white. The part must fit. False: the renderer refuses.
 */
bool mp_texture_stamp(MpTexture *self, const struct SDL_Surface *picture,
                      const struct SDL_Rect *part, int x, int y);

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
