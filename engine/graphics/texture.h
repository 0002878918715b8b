/*
 * graphics/texture.h - a picture from a PNG file, ready to be drawn.
 *
 * Textures come from mp_graphics_load_texture (graphics.h), which keeps one per path. When the
 * file changes, the same texture shows the new picture; its size may change with it.
 */
#ifndef MP_TEXTURE_H
#define MP_TEXTURE_H

#include "assets/assets.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

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
    MpAsset asset;          /**< Zero for a texture that is of no file. */
    int margin;             /**< Unused columns and rows at the right and the bottom of `handle`. */
    struct SDL_Surface *pixels;
    struct SDL_Texture *handle;
    struct MpTexture *next;
} MpTexture;

/**
 * A texture of no file, transparent all over, for mp_texture_stamp.
 * Ownership: the caller's, until mp_texture_destroy. Errors: MP_DEVICE, MP_MEMORY.
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

/**
 * Shows another picture, of 32 bits a pixel, alpha uppermost.
 * Ownership: takes `pixels`, also when it fails. Errors: MP_DEVICE; then the old picture stays.
 */
bool mp_texture_set(MpTexture *self, struct SDL_Surface *pixels, struct SDL_Renderer *renderer,
                    MpError *error);

/** Gives the picture to the renderer again, which has lost it. Errors: MP_DEVICE. */
bool mp_texture_restore(MpTexture *self, struct SDL_Renderer *renderer, MpError *error);

/** The mount that the picture came from: a folder or a bundle; nil for one that is of no file. */
MP_LEAF MP_GETTER const char *mp_texture_get_source(const MpTexture *self);

#endif
