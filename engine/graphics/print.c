#include "graphics.gen.h"

#include "graphics/pen.h"
#include "graphics/text_layout.h"

#include <math.h>

/* Where a text is written. */
typedef struct Column {
    const MpFont *font;
    float x, y;
    float scale;
    int width;
    MpAlign align;
} Column;

static int left_of(const Column *column, const MpTextLine *line)
{
    int slack = column->width - line->width;
    switch (column->align) {
    case MP_ALIGN_CENTER:
        return slack > 0 ? slack / 2 : -(-slack / 2);
    case MP_ALIGN_RIGHT:
        return slack;
    case MP_ALIGN_LEFT:
    case MP_ALIGN_JUSTIFY:
        break;
    }
    return 0;
}

/* What all gaps of a line together get. */
static int stretch_of(const Column *column, const MpTextLine *line)
{
    bool is_stretched = column->align == MP_ALIGN_JUSTIFY && line->goes_on && line->gaps;
    int slack = is_stretched ? column->width - line->width : 0;
    return slack > 0 ? slack : 0;
}

static void print_line(MpGraphics *self, const Column *column, const MpTextLine *line, float y)
{
    MpPlacement place = {.scale_x = column->scale, .scale_y = column->scale};
    int left = left_of(column, line), stretch = stretch_of(column, line);
    int gap = 0;
    MpTextWalk walk = mp_text_walk_line(column->font, line);
    while (mp_text_walk(&walk)) {
        if (stretch && mp_text_is_blank(walk.point))
            gap++;
        if (!walk.glyph)
            continue;
        /* Whole pixels, so that gaps differ by one at most. */
        int moved = stretch ? (int)((long long)stretch * gap / line->gaps) : 0;
        const MpTexture *texture = mp_font_ink(column->font, walk.glyph);
        const MpGlyph *glyph = walk.glyph;
        const MpRect source = {(float)glyph->x, (float)glyph->y, (float)glyph->width,
                               (float)glyph->height};
        place.x = column->x + (float)(left + moved + walk.left + glyph->left) * column->scale;
        place.y = y + (float)glyph->top * column->scale;
        mp_pen_region(self, texture, source, &place);
    }
}

static void print(MpGraphics *self, const Column *column, int limit, const char *text)
{
    float distance = mp_font_line_distance(column->font) * column->scale;
    float y = column->y;
    MpTextLine line;
    while (mp_text_next_line(column->font, limit, &text, &line)) {
        print_line(self, column, &line, y);
        y += distance;
    }
}

void MP_NATIVE(mp_graphics_print)(MpGraphics *self, const MpFont *font, const char *text, float x,
                                  float y, float scale)
{
    const Column column = {.font = font, .x = x, .y = y, .scale = scale};
    print(self, &column, MP_TEXT_UNLIMITED, text);
}

/* What is not a number limits nothing. */
static int limit_of(float width)
{
    static const float all_whole = 1 << 23;
    return width < all_whole ? (int)floorf(fmaxf(width, 0)) : MP_TEXT_UNLIMITED;
}

void MP_NATIVE(mp_graphics_print_wrapped)(MpGraphics *self, const MpFont *font, const char *text,
                                          float x, float y, float width, MpAlign align, float scale)
{
    int limit = limit_of(width / scale);
    const Column column = {font, x, y, scale, limit, align};
    print(self, &column, limit, text);
}

MpTextSize MP_NATIVE(mp_graphics_text_size)(const MpGraphics *self, const MpFont *font,
                                            const char *text, float width)
{
    (void)self;
    MpTextSize size = {0};
    MpTextLine line;
    while (mp_text_next_line(font, limit_of(width), &text, &line)) {
        size.width = line.width > size.width ? line.width : size.width;
        size.lines++;
    }
    double height = (size.lines - 1.0) * mp_font_line_distance(font) + font->height;
    size.height = (int)fmin(height, INT_MAX);
    return size;
}

int MP_NATIVE(mp_graphics_text_width)(const MpGraphics *self, const MpFont *font, const char *text)
{
    return MP_NATIVE(mp_graphics_text_size)(self, font, text, INFINITY).width;
}
