#include "graphics/pen.h"

#include <math.h>

typedef struct Span {
    float left, right;
} Span;

/* Takes in where the side from `a` to `b` crosses the middle of a row. */
static void cross(Span *span, MpPoint a, MpPoint b, float middle)
{
    if ((a.y <= middle) == (b.y <= middle))
        return;
    /* From the same end for both polygons that have the side, so that they meet. */
    MpPoint upper = a.y < b.y ? a : b, lower = a.y < b.y ? b : a;
    float x = upper.x + (lower.x - upper.x) * ((middle - upper.y) / (lower.y - upper.y));
    span->left = fminf(span->left, x);
    span->right = fmaxf(span->right, x);
}

static void fill_row(MpGraphics *graphics, const MpPoint *points, int count, int row)
{
    Span span = {INFINITY, -INFINITY};
    for (int i = 0; i < count; i++)
        cross(&span, points[i], points[i + 1 < count ? i + 1 : 0], (float)row + 0.5f);
    if (span.left < span.right)
        mp_pen_pixels(graphics, span.left, (float)row, span.right - span.left, 1);
}

/* Rows of pixels as in circles: the same with every renderer, cut to the target however far it
   reaches, and exact where the software renderer's triangles know whole pixels only. */
void mp_pen_convex(MpGraphics *graphics, const MpPoint *points, int count)
{
    MpPoint corners[MP_PEN_CORNER_LIMIT];
    if (count > MP_PEN_CORNER_LIMIT)
        return;
    float top = INFINITY, bottom = -INFINITY;
    for (int i = 0; i < count; i++) {
        corners[i] = mp_transform_point(&graphics->transform, points[i].x, points[i].y);
        if (!isfinite(corners[i].x) || !isfinite(corners[i].y))
            return;
        top = fminf(top, corners[i].y);
        bottom = fmaxf(bottom, corners[i].y);
    }
    float height = (float)graphics->target_height;
    int last = (int)fminf(fmaxf(ceilf(bottom), 0), height);
    for (int row = (int)fminf(fmaxf(floorf(top), 0), height); row < last; row++)
        fill_row(graphics, corners, count, row);
}
