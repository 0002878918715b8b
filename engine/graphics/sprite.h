/*
 * graphics/sprite.h - sprites that stay: moved by scripts, drawn all at once.
 *
 *     MpSpriteBatch *rocks = mp_sprite_batch_new(texture, &error);
 *     MpSprite *rock = mp_sprite_batch_add(rocks, &(MpSpriteOptions){.x = 10, .scale_x = 1,
 *                                                  .scale_y = 1}, &error);
 *     each step:  rock->angle += 0.1f;
 *     each frame: mp_sprite_batch_draw(rocks, graphics, 0, 0);
 *     mp_object_release(&rocks->object);
 *
 * All sprites of a batch are of one texture, so they go to the renderer in one draw call, in the
 * order in which they were added.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_SPRITE_H
#define MP_SPRITE_H

#include "graphics/atlas.h"
#include "graphics/graphics.h"

/** Most sprites of one batch. */
enum { MP_SPRITE_LIMIT = 1 << 18 };

struct MpSpriteBatch;

/** What a new sprite is like. */
typedef struct MP_OPTIONS MpSpriteOptions {
    MpFrame *frame;              /**< What it shows; nothing: the whole texture. */
    float x;                     /**< Where its origin lands, pixels. */
    float y;                     /**< The same, downwards. */
    float angle;                 /**< Radians, clockwise, around its origin. */
    MP_DEFAULT(1) float scale_x; /**< Negative numbers mirror. */
    MP_DEFAULT(1) float scale_y; /**< The same, downwards. */
    float origin_x;              /**< Pixels from its left edge, or from its frame's pivot. */
    float origin_y;              /**< The same from its upper edge. */
} MpSpriteOptions;

/** One sprite of a batch. */
typedef struct MP_CLASS MpSprite {
    MpObject object;
    MP_PROPERTY float x;        /**< Where its origin lands, pixels. */
    MP_PROPERTY float y;        /**< The same, downwards. */
    MP_PROPERTY float angle;    /**< Radians, clockwise, around its origin. */
    MP_PROPERTY float scale_x;  /**< Negative numbers mirror. */
    MP_PROPERTY float scale_y;  /**< The same, downwards. */
    MP_PROPERTY float origin_x; /**< Pixels from its left edge, or from its frame's pivot. */
    MP_PROPERTY float origin_y; /**< The same from its upper edge. */
    MP_PROPERTY MpColor color;  /**< Multiplies its colours and the one that is set; white. */
    MP_PROPERTY bool visible;   /**< Whether it is drawn. */
    MP_READONLY MpFrame *frame; /**< What it shows; nil: the whole texture. */
    struct MpSpriteBatch *batch;
    int place; /**< In the batch, from 0. */
} MpSprite;

/** Sprites of one texture. */
typedef struct MP_CLASS MP_SHARED MpSpriteBatch {
    MpObject object;
    MP_READONLY MpTexture *texture; /**< What its sprites are parts of. */
    MP_READONLY int count;          /**< How many there are. */
    int capacity;
    MpSprite **sprites;
} MpSpriteBatch;

/**
 * A batch without sprites. `texture` lasts as long as graphics does; for an atlas, it is its
 * texture.
 * Ownership: shared; its sprites end with it. Errors: MP_MEMORY.
 */
MP_CONSTRUCTOR MpSpriteBatch *mp_sprite_batch_new(MpTexture *texture, MpError *error);

/** Ends it. */
MP_DESTRUCTOR void mp_sprite_batch_destroy(MpSpriteBatch *self);

/**
 * Adds a sprite, above the others.
 * Ownership: the batch's, until the sprite is destroyed.
 * Errors: MP_INVALID for a frame of another texture, MP_LIMIT beyond MP_SPRITE_LIMIT, MP_MEMORY.
 */
MP_METHOD MpSprite *mp_sprite_batch_add(MpSpriteBatch *self, const MpSpriteOptions *options,
                                        MpError *error);

/** The sprite with that number, from 1 in the order they are drawn; nil beyond them. */
MP_METHOD MpSprite *mp_sprite_batch_at(const MpSpriteBatch *self, int number);

/** Destroys all sprites. */
MP_METHOD void mp_sprite_batch_clear(MpSpriteBatch *self);

/** Draws all sprites that are visible, `x` and `y` pixels from where they are. */
MP_LEAF void mp_sprite_batch_draw(const MpSpriteBatch *self, MpGraphics *graphics,
                                  MP_DEFAULT(0) float x, MP_DEFAULT(0) float y);

/**
 * Shows another frame; nil: the whole texture.
 * Errors: MP_INVALID for a frame of another texture.
 */
MP_METHOD bool mp_sprite_show(MpSprite *self, MP_OPTIONAL MpFrame *frame, MpError *error);

/** Takes the sprite out of its batch. */
MP_DESTRUCTOR void mp_sprite_destroy(MpSprite *self);

#endif
