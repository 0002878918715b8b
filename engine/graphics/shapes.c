#include "graphics.gen.h"

#include "graphics/pen.h"

#include <math.h>

void MP_NATIVE(mp_graphics_rectangle_fill)(MpGraphics *self, float x, float y, float width,
                                           float height)
{
    mp_pen_area(self, x, y, width, height);
}

/* The four sides do not overlap, so that transparent edges are even. */
void MP_NATIVE(mp_graphics_rectangle_line)(MpGraphics *self, float x, float y, float width,
                                           float height, float thickness)
{
    if (2 * thickness >= width || 2 * thickness >= height) {
        mp_pen_area(self, x, y, width, height);
        return;
    }
    float inner = height - 2 * thickness;
    mp_pen_area(self, x, y, width, thickness);
    mp_pen_area(self, x, y + height - thickness, width, thickness);
    mp_pen_area(self, x, y + thickness, thickness, inner);
    mp_pen_area(self, x + width - thickness, y + thickness, thickness, inner);
}

/* Half of what a circle covers of a row of pixels whose middle is `dy` from the circle's, whole
   pixels; 0 if nothing. */
static float half_row(float radius, float dy)
{
    float square = radius * radius - dy * dy;
    return square > 0 ? roundf(sqrtf(square)) : 0;
}

/* Rows of pixels and not a polygon: a circle of few pixels looks the same with every renderer. */
static void draw_circle(MpGraphics *self, float x, float y, float radius, float inner)
{
    if (!(radius > 0 && radius < MP_GRAPHICS_FAR && fabsf(x) < MP_GRAPHICS_FAR &&
          fabsf(y) < MP_GRAPHICS_FAR))
        return;
    float middle_x = roundf(x + self->offset_x) - self->offset_x;
    float middle_y = roundf(y + self->offset_y) - self->offset_y;
    int rows = (int)ceilf(radius);
    for (int row = -rows; row < rows; row++) {
        float dy = (float)row + 0.5f;
        float outside = half_row(radius, dy);
        float inside = inner > 0 ? half_row(inner, dy) : 0;
        float top = middle_y + (float)row;
        if (inside <= 0) {
            mp_pen_area(self, middle_x - outside, top, 2 * outside, 1);
            continue;
        }
        mp_pen_area(self, middle_x - outside, top, outside - inside, 1);
        mp_pen_area(self, middle_x + inside, top, outside - inside, 1);
    }
}

void MP_NATIVE(mp_graphics_circle_fill)(MpGraphics *self, float x, float y, float radius)
{
    draw_circle(self, x, y, radius, 0);
}

void MP_NATIVE(mp_graphics_circle_line)(MpGraphics *self, float x, float y, float radius,
                                        float thickness)
{
    if (thickness > 0)
        draw_circle(self, x, y, radius, radius - thickness);
}

void MP_NATIVE(mp_graphics_line)(MpGraphics *self, float x1, float y1, float x2, float y2,
                                 float width)
{
    float length = hypotf(x2 - x1, y2 - y1);
    if (!(length > 0))
        return;
    /* Across the line, half its width long. */
    float across_x = (y1 - y2) / length * width / 2;
    float across_y = (x2 - x1) / length * width / 2;
    x1 += self->offset_x;
    x2 += self->offset_x;
    y1 += self->offset_y;
    y2 += self->offset_y;
    const MpCorners corners = {
        {x1 - across_x, x2 - across_x, x2 + across_x, x1 + across_x},
        {y1 - across_y, y2 - across_y, y2 + across_y, y1 + across_y},
    };
    mp_pen_quad(self, &corners);
}
