#include "graphics.gen.h"

#include "graphics/pen.h"

#include <math.h>

/* Where the three parts of a side begin, and where the last one ends. */
typedef struct Cuts {
    float at[4];
} Cuts;

static float clamp(float number, float most) { return fmaxf(fminf(roundf(number), most), 0); }

/* One texel at least is left to be stretched. */
static Cuts cut_source(float size, float before, float after)
{
    before = clamp(before, size - 1);
    return (Cuts){{0, before, size - clamp(after, size - 1 - before), size}};
}

/* Borders keep their size, unless there is no room for both. */
static Cuts cut_area(float from, float size, const Cuts *source)
{
    float before = source->at[1], after = source->at[3] - source->at[2];
    float fit = before + after > size ? size / (before + after) : 1;
    return (Cuts){{from, from + before * fit, from + size - after * fit, from + size}};
}

void MP_NATIVE(mp_graphics_draw_nine_patch)(MpGraphics *self, const MpTexture *texture,
                                            MpInsets insets, float x, float y, float width,
                                            float height)
{
    const Cuts columns = cut_source((float)texture->width, insets.left, insets.right);
    const Cuts rows = cut_source((float)texture->height, insets.top, insets.bottom);
    const Cuts xs = cut_area(x, width, &columns), ys = cut_area(y, height, &rows);
    for (int part = 0; part < 9; part++) {
        int column = part % 3, row = part / 3;
        const MpRect source = {columns.at[column], rows.at[row],
                               columns.at[column + 1] - columns.at[column],
                               rows.at[row + 1] - rows.at[row]};
        const MpRect area = {xs.at[column], ys.at[row], xs.at[column + 1] - xs.at[column],
                             ys.at[row + 1] - ys.at[row]};
        mp_pen_stretch(self, texture, source, area);
    }
}
