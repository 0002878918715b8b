/*
 * graphics/pen.h - the two things everything drawn is made of: parts of textures, and areas.
 */
#ifndef MP_PEN_H
#define MP_PEN_H

#include "graphics/graphics.h"

/** Four corners, clockwise from the upper left, in the picture's pixels with the offset. */
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

/** Fills an upright rectangle; the offset is added. */
void mp_pen_area(MpGraphics *graphics, float x, float y, float width, float height);

/** Fills a quad; the offset is in it already. */
void mp_pen_quad(MpGraphics *graphics, const MpCorners *corners);

#endif
