/*
 * graphics/pen.h - the things everything drawn is made of: parts of textures, areas, and quads.
 */
#ifndef MP_PEN_H
#define MP_PEN_H

#include "graphics/graphics.h"

/** Four corners, clockwise from the upper left, in the target's pixels: transformed already. */
typedef struct MpCorners {
    float x[4];
    float y[4];
} MpCorners;

/** Where a region lands. */
typedef struct MpPlacement {
    float x, y;
    float angle;
    float scale_x, scale_y;
    float origin_x, origin_y;
} MpPlacement;

/** Draws a part of a texture. */
void mp_pen_region(MpGraphics *graphics, const MpTexture *texture, MpRect source,
                   const MpPlacement *place);

/** Draws a part of a texture over an area; its edges meet those of its neighbours. */
void mp_pen_stretch(MpGraphics *graphics, const MpTexture *texture, MpRect source, MpRect area);

/** Fills a rectangle, which is transformed. */
void mp_pen_area(MpGraphics *graphics, float x, float y, float width, float height);

/** Fills an upright rectangle of the target's pixels. */
void mp_pen_pixels(MpGraphics *graphics, float x, float y, float width, float height);

/** Fills a quad. */
void mp_pen_quad(MpGraphics *graphics, const MpCorners *corners);

/** Most corners of a polygon. */
enum { MP_PEN_CORNER_LIMIT = 256 };

/**
 * Fills the polygon between `count` points, which are transformed. Rows are filled from side to
 * side, so dents are filled too. More than MP_PEN_CORNER_LIMIT points draw nothing.
 */
void mp_pen_convex(MpGraphics *graphics, const MpPoint *points, int count);

/** The edge of the polygon between three or more points, which are transformed. */
void mp_pen_outline(MpGraphics *graphics, const MpPoint *points, int count, float thickness);

#endif
