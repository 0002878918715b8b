/*
 * graphics/graphics.h - draws sprites, shapes and text into the window's picture.
 *
 *     MpTexture *rover = mp_graphics_load_texture(graphics, "assets/rover.png", &error);
 *     each frame:
 *         mp_graphics_begin(graphics);
 *         mp_graphics_clear(graphics, (MpColor){0, 0, 0.1f, 1});
 *         mp_graphics_draw(graphics, rover, 100, 60, 0, 1, 1, 14, 14);
 *         mp_graphics_present(graphics);
 *
 * Coordinates are pixels of the picture from its upper left corner, x to the right and y down;
 * angles are radians, clockwise. What stands upright is moved to whole pixels. What is drawn
 * later lies on top, unless it is in a layer. Between begin and present the colour, blend mode,
 * transform, clip, layer and target that were set count for everything drawn after; begin sets them
 * back to white, ALPHA, none, everywhere, none and the picture. Coordinates that are not finite, or
 * lead farther than MP_GRAPHICS_FAR from the picture, draw nothing.
 *
 * Glossary
 *   colour     multiplies what is drawn: white leaves a sprite as it is, alpha makes it fade
 *   origin     the point of a sprite, in its own pixels, that lands on x, y; it turns around it
 *   region     a rectangle of whole pixels of a texture, for sheets with several sprites
 *   transform  moves, turns and stretches all coordinates, for cameras and shaking; what is
 *              asked for last happens first
 *   layer      collects what is drawn, so that it needs one draw call a texture and blend mode
 *   target     what is drawn to: the picture, or a canvas
 *   quad       a rectangle given to the renderer; draw call: as many quads as could go together
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_GRAPHICS_H
#define MP_GRAPHICS_H

#include "graphics/font.h"
#include "graphics/texture.h"
#include "graphics/transform.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"
#include "window/window.h"

#include <stdbool.h>
#include <stdint.h>

struct MpBatch;
struct MpCanvas;
union SDL_Event;

/** Farthest pixel that is drawn, and most transforms that are saved at a time. */
enum { MP_GRAPHICS_FAR = 8192, MP_GRAPHICS_STACK_LIMIT = 64 };

/** A colour; the members go from 0 to 1. */
typedef struct MP_VALUE MpColor {
    float r; /**< Red. */
    float g; /**< Green. */
    float b; /**< Blue. */
    float a; /**< Opacity: 0 cannot be seen, 1 hides what is below. */
} MpColor;

/** A rectangle, by its upper left corner and its size. */
typedef struct MP_VALUE MpRect {
    float x;      /**< Left edge, pixels. */
    float y;      /**< Upper edge, pixels. */
    float width;  /**< Pixels to the right. */
    float height; /**< Pixels downwards. */
} MpRect;

/** How far something reaches in from each side. */
typedef struct MP_VALUE MpInsets {
    float left;   /**< Pixels. */
    float top;    /**< Pixels. */
    float right;  /**< Pixels. */
    float bottom; /**< Pixels. */
} MpInsets;

/** How what is drawn and what is there already make the new colour. */
typedef enum MP_ENUM MpBlend {
    MP_BLEND_ALPHA,    /**< Covers, as far as it is opaque. */
    MP_BLEND_ADD,      /**< Adds light: glow, sparks. */
    MP_BLEND_MULTIPLY, /**< Darkens: shadows, tints. */
    MP_BLEND_REPLACE,  /**< Takes the place of what is there, its opacity too: cuts holes. */
} MpBlend;

/** Where the lines of a text are put between its left and its right edge. */
typedef enum MP_ENUM MpAlign {
    MP_ALIGN_LEFT,    /**< Lines begin at the left edge. */
    MP_ALIGN_CENTER,  /**< As far from one edge as from the other. */
    MP_ALIGN_RIGHT,   /**< Lines end at the right edge. */
    MP_ALIGN_JUSTIFY, /**< From edge to edge, but for the last line of a paragraph. */
} MpAlign;

/** How much room a text takes. */
typedef struct MP_VALUE MpTextSize {
    int width;  /**< Of its longest line, pixels. */
    int height; /**< From the top of the first line to the end of the last, pixels. */
    int lines;  /**< One at least. */
} MpTextSize;

/** The drawing board. */
typedef struct MP_CLASS MP_ROOT(graphics) MpGraphics {
    MpObject object;
    MP_READONLY int width;      /**< Of the picture, pixels. */
    MP_READONLY int height;     /**< Of the picture, pixels. */
    MP_READONLY int draw_calls; /**< Of the last whole frame. */
    MP_READONLY int quads;      /**< Of the last whole frame. */
    MpWindow *window;
    MpAssets *assets;
    const MpVfs *vfs;
    struct MpBatch *batch;
    struct SDL_Texture *white; /**< One pixel, for shapes where bare colour will not do. */
    MpTexture *textures;
    MpFont *fonts;
    struct MpTileMap *tile_maps;
    struct MpAtlas *atlases;
    MpColor color;
    MpBlend blend;
    uint8_t tint[4]; /**< The colour as the renderer wants it. */
    MpTransform transform;
    MpTransform stack[MP_GRAPHICS_STACK_LIMIT]; /**< What pop goes back to. */
    int depth;
    struct MpCanvas *canvases;
    struct MpCanvas *target; /**< NULL: the picture. */
    int target_width;
    int target_height;
    bool software; /**< The processor draws. */
} MpGraphics;

/**
 * `window` and `assets`, which reloads what changes, are borrowed and must outlive it.
 * Ownership: the caller's, until mp_graphics_destroy.
 * Errors: MP_MEMORY, MP_DEVICE.
 */
MpGraphics *mp_graphics_create(MpWindow *window, MpAssets *assets, MpError *error);

/** Frees all textures, fonts and tile maps too. Takes NULL. */
void mp_graphics_destroy(MpGraphics *self);

/** Starts a frame: what was drawn since the last present is dropped, all settings are reset. */
void mp_graphics_begin(MpGraphics *self);

/** Ends a frame and shows it. */
void mp_graphics_present(MpGraphics *self);

/** Gives lost pictures back to the renderer. Problems go to `problem`, which may be NULL. */
void mp_graphics_handle_event(MpGraphics *self, const union SDL_Event *event, MpVfsProblem *problem,
                              void *user);

/** Sets everything back to how a frame begins: colour, blend mode, transform, clip, layer, target.
 */
MP_METHOD void mp_graphics_reset(MpGraphics *self);

/**
 * The texture of a PNG file; the same path gives the same texture.
 * Ownership: graphics keeps it until the end.
 * Errors: no such file, not a PNG, or larger than 4096 pixels to a side.
 */
MP_METHOD MpTexture *mp_graphics_load_texture(MpGraphics *self, const char *path, MpError *error);

/**
 * The font of a list file (see font.h); the same path gives the same font.
 * Ownership: graphics keeps it until the end.
 * Errors: no such file, a mistake in the list, or a picture that cannot be loaded.
 */
MP_METHOD MpFont *mp_graphics_load_font(MpGraphics *self, const char *path, MpError *error);

/**
 * The font of a TrueType or OpenType file, with letters of `size` pixels, 4 to 256; the same path
 * and size give the same font. Its glyphs are painted as they are needed.
 * Ownership: graphics keeps it until the end.
 * Errors: no such file, larger than 32 MB, or not a font that can be read.
 */
MP_METHOD MpFont *mp_graphics_load_truetype(MpGraphics *self, const char *path, int size,
                                            MpError *error);

/**
 * Paints the whole target in one colour. Does not care for clip and colour. The picture is opaque
 * all the same, a canvas takes the colour's opacity.
 */
MP_LEAF void mp_graphics_clear(MpGraphics *self, MpColor color);

/** The colour that multiplies what is drawn from here on. */
MP_LEAF void mp_graphics_set_color(MpGraphics *self, MpColor color);

/** How what is drawn from here on mixes with what is there. */
MP_LEAF void mp_graphics_set_blend(MpGraphics *self, MpBlend blend);

/**
 * Moves what is drawn from here on by `x` pixels to the right and `y` pixels downwards, and does
 * not turn or stretch it. 0, 0 is no transform at all.
 */
MP_LEAF void mp_graphics_set_offset(MpGraphics *self, float x, float y);

/** Saves the transform, for `pop`. False: MP_GRAPHICS_STACK_LIMIT are saved already. */
MP_LEAF bool mp_graphics_push(MpGraphics *self);

/** Back to the transform that was saved last. False: none is. */
MP_LEAF bool mp_graphics_pop(MpGraphics *self);

/** Moves the coordinates of what is drawn from here on; pixels of the transform so far. */
MP_LEAF void mp_graphics_translate(MpGraphics *self, float x, float y);

/** Whether the window covers the whole screen. Setting it to what it is does nothing. */
MP_LEAF MP_GETTER bool mp_graphics_get_fullscreen(const MpGraphics *self);
MP_METHOD MP_SETTER void mp_graphics_set_fullscreen(MpGraphics *self, bool fullscreen);

/** Turns what is drawn from here on around the point 0, 0, by `angle` radians clockwise. */
MP_LEAF void mp_graphics_rotate(MpGraphics *self, float angle);

/** Stretches what is drawn from here on, away from the point 0, 0; negative numbers mirror. */
MP_LEAF void mp_graphics_scale(MpGraphics *self, float x, float y);

/**
 * Collects what is drawn from here on in a layer: all in it with the same texture, blend mode and
 * clip becomes one draw call. Within a layer textures lie upon each other in the order of their
 * first use. Layers are drawn when clear_layer is called, the target changes or the frame ends,
 * those with lower numbers first.
 */
MP_LEAF void mp_graphics_set_layer(MpGraphics *self, int layer);

/** Draws the layers; what is drawn from here on lies on top of them, in the order it is drawn. */
MP_LEAF void mp_graphics_clear_layer(MpGraphics *self);

/** Draws only inside of `area` from here on; whole pixels of the target, not transformed. */
MP_LEAF void mp_graphics_set_clip(MpGraphics *self, MpRect area);

/** Draws everywhere again. */
MP_LEAF void mp_graphics_clear_clip(MpGraphics *self);

/**
 * Draws a texture with its origin at `x`, `y`, turned by `angle` radians clockwise. `scale_x` and
 * `scale_y` stretch it, negative ones mirror it. `origin_x`, `origin_y` are the point of the
 * texture, pixels from its upper left corner, that lands there.
 */
MP_LEAF void mp_graphics_draw(MpGraphics *self, const MpTexture *texture, float x, float y,
                              float angle, float scale_x, float scale_y, float origin_x,
                              float origin_y);

/**
 * Draws a part of a texture. `source` is in the texture's pixels, rounded to whole ones; what lies
 * outside of the texture is left out. `angle` in radians; the other parameters as in
 * mp_graphics_draw, with the origin counted from the upper left corner of `source`.
 */
MP_LEAF void mp_graphics_draw_region(MpGraphics *self, const MpTexture *texture, MpRect source,
                                     float x, float y, float angle, float scale_x, float scale_y,
                                     float origin_x, float origin_y);

/**
 * Draws a texture over an area as a frame: its corners keep their size, its sides are stretched
 * along, its middle both ways. `insets` say how large the corners are; whole pixels of the texture.
 * Where there is no room for the corners, they shrink.
 */
MP_LEAF void mp_graphics_draw_nine_patch(MpGraphics *self, const MpTexture *texture,
                                         MpInsets insets, float x, float y, float width,
                                         float height);

/** A filled rectangle, of the whole pixels next to the numbers. */
MP_LEAF void mp_graphics_rectangle_fill(MpGraphics *self, float x, float y, float width,
                                        float height);

/** The edge of a rectangle, `thickness` pixels towards its inside. */
MP_LEAF void mp_graphics_rectangle_line(MpGraphics *self, float x, float y, float width,
                                        float height, float thickness);

/**
 * A filled polygon without dents. `coordinates` are x, y of its corners in turn, three to 256 of
 * them; other numbers draw nothing. Dents are filled as well.
 */
MP_LEAF void mp_graphics_polygon_fill(MpGraphics *self, MP_COUNT(count) const float *coordinates,
                                      int count);

/** The edge of a polygon, `thickness` pixels wide, in the middle of which its corners lie. */
MP_LEAF void mp_graphics_polygon_line(MpGraphics *self, MP_COUNT(count) const float *coordinates,
                                      int count, float thickness);

/** A filled circle of `radius` pixels around x, y, of whole pixels. */
MP_LEAF void mp_graphics_circle_fill(MpGraphics *self, float x, float y, float radius);

/** The edge of a circle of `radius` pixels around x, y, `thickness` pixels towards its inside. */
MP_LEAF void mp_graphics_circle_line(MpGraphics *self, float x, float y, float radius,
                                     float thickness);

/** A straight line of `width` pixels. */
MP_LEAF void mp_graphics_line(MpGraphics *self, float x1, float y1, float x2, float y2,
                              float width);

/**
 * Writes `text` (UTF-8; a byte that is not counts as U+FFFD) with the upper left corner of its
 * first line at x, y; `scale` enlarges it. "\n" starts a new line.
 */
MP_LEAF void mp_graphics_print(MpGraphics *self, const MpFont *font, const char *text, float x,
                               float y, float scale);

/**
 * Writes `text` between x and x + `width`, in as many lines as that takes. Lines end between words,
 * and inside of those that are too long for one; each has a character at least.
 */
MP_LEAF void mp_graphics_print_wrapped(MpGraphics *self, const MpFont *font, const char *text,
                                       float x, float y, float width, MpAlign align, float scale);

/** How wide `text` is at scale 1: its longest line, pixels. */
MP_LEAF int mp_graphics_text_width(const MpGraphics *self, const MpFont *font, const char *text);

/** How much room `text` takes at scale 1 in lines of at most `width` pixels; infinity is no limit.
 */
MP_LEAF MpTextSize mp_graphics_text_size(const MpGraphics *self, const MpFont *font,
                                         const char *text, float width);

#endif
