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
static void draw_rows(MpGraphics *self, MpPoint middle, float radius, float inner)
{
    if (!(radius > 0 && radius < MP_GRAPHICS_FAR && fabsf(middle.x) < MP_GRAPHICS_FAR &&
          fabsf(middle.y) < MP_GRAPHICS_FAR))
        return;
    float middle_x = roundf(middle.x), middle_y = roundf(middle.y);
    int rows = (int)ceilf(radius);
    for (int row = -rows; row < rows; row++) {
        float dy = (float)row + 0.5f;
        float outside = half_row(radius, dy);
        float inside = inner > 0 ? half_row(inner, dy) : 0;
        float top = middle_y + (float)row;
        if (inside <= 0) {
            mp_pen_pixels(self, middle_x - outside, top, 2 * outside, 1);
            continue;
        }
        mp_pen_pixels(self, middle_x - outside, top, outside - inside, 1);
        mp_pen_pixels(self, middle_x + inside, top, outside - inside, 1);
    }
}

/* What a stretched circle looks like. */
static void draw_ellipse(MpGraphics *self, float x, float y, float radius, float inner)
{
    enum { POINTS = 64 };
    static const double whole_turn = 6.283185307179586;
    float middle = inner > 0 ? (radius + inner) / 2 : radius;
    MpPoint points[POINTS];
    for (int i = 0; i < POINTS; i++) {
        double angle = whole_turn * i / POINTS;
        points[i] = (MpPoint){x + middle * (float)cos(angle), y + middle * (float)sin(angle)};
    }
    if (inner > 0)
        mp_pen_outline(self, points, POINTS, radius - inner);
    else
        mp_pen_convex(self, points, POINTS);
}

static void draw_circle(MpGraphics *self, float x, float y, float radius, float inner)
{
    float scale = 1;
    bool is_round = self->transform.is_plain || mp_turn_is_similar(&self->transform.turn, &scale);
    if (is_round)
        draw_rows(self, mp_transform_point(&self->transform, x, y), radius * scale, inner * scale);
    else if (radius > 0)
        draw_ellipse(self, x, y, radius, inner);
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
    const MpTransform *transform = &self->transform;
    MpPoint across = {(y1 - y2) / length * width / 2, (x2 - x1) / length * width / 2};
    if (!transform->is_plain)
        across = mp_turn_point(&transform->turn, across.x, across.y);
    const MpPoint from = mp_transform_point(transform, x1, y1);
    const MpPoint to = mp_transform_point(transform, x2, y2);
    const MpCorners corners = {
        {from.x - across.x, to.x - across.x, to.x + across.x, from.x + across.x},
        {from.y - across.y, to.y - across.y, to.y + across.y, from.y + across.y},
    };
    mp_pen_quad(self, &corners);
}
