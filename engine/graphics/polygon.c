#include "graphics.gen.h"

#include "graphics/pen.h"

#include <math.h>

enum { FEWEST = 3 };

/* The direction from one corner to another, one pixel long. */
static MpPoint direction(MpPoint from, MpPoint to)
{
    float length = hypotf(to.x - from.x, to.y - from.y);
    return length > 0 ? (MpPoint){(to.x - from.x) / length, (to.y - from.y) / length}
                      : (MpPoint){0, 0};
}

/* From a corner to where the outer edges of its two sides meet; sharp corners are cut short. */
static MpPoint joint(MpPoint before, MpPoint at, MpPoint after, float half)
{
    static const float bluntest = 0.25f;
    MpPoint in = direction(before, at), out = direction(at, after);
    MpPoint across = {-(in.y + out.y), in.x + out.x};
    float square = across.x * across.x + across.y * across.y;
    /* `across` is twice the cosine of half the bend long. */
    float reach = 2 * half / (square > bluntest ? square : bluntest);
    return (MpPoint){across.x * reach, across.y * reach};
}

void mp_pen_outline(MpGraphics *graphics, const MpPoint *points, int count, float thickness)
{
    float half = thickness / 2;
    MpPoint at = points[0], after = points[1];
    MpPoint reach = joint(points[count - 1], at, after, half);
    for (int i = 1; i <= count; i++) {
        MpPoint next = after;
        after = points[(i + 1) % count];
        MpPoint next_reach = joint(at, next, after, half);
        const MpPoint side[4] = {{at.x - reach.x, at.y - reach.y},
                                 {next.x - next_reach.x, next.y - next_reach.y},
                                 {next.x + next_reach.x, next.y + next_reach.y},
                                 {at.x + reach.x, at.y + reach.y}};
        mp_pen_convex(graphics, side, 4);
        at = next;
        reach = next_reach;
    }
}

/* How many corners; 0: this is no polygon. */
static int read_points(const float *coordinates, int count, MpPoint *points)
{
    int corners = count / 2;
    if (corners < FEWEST || corners > MP_PEN_CORNER_LIMIT)
        return 0;
    for (int i = 0; i < corners; i++)
        points[i] = (MpPoint){coordinates[2 * i], coordinates[2 * i + 1]};
    return corners;
}

void MP_NATIVE(mp_graphics_polygon_fill)(MpGraphics *self, const float *coordinates, int count)
{
    MpPoint points[MP_PEN_CORNER_LIMIT];
    int corners = read_points(coordinates, count, points);
    mp_pen_convex(self, points, corners);
}

void MP_NATIVE(mp_graphics_polygon_line)(MpGraphics *self, const float *coordinates, int count,
                                         float thickness)
{
    MpPoint points[MP_PEN_CORNER_LIMIT];
    int corners = read_points(coordinates, count, points);
    if (corners > 0 && thickness > 0)
        mp_pen_outline(self, points, corners, thickness);
}
