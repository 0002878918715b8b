#include "graphics.gen.h"

#include "graphics/pen.h"
#include "text/utf8.h"

void MP_NATIVE(mp_graphics_draw)(MpGraphics *self, const MpTexture *texture, float x, float y,
                                 float angle, float scale_x, float scale_y, float origin_x,
                                 float origin_y)
{
    const MpPlacement place = {x, y, angle, scale_x, scale_y, origin_x, origin_y};
    const MpRect whole = {0, 0, (float)texture->width, (float)texture->height};
    mp_pen_region(self, texture, whole, &place);
}

void MP_NATIVE(mp_graphics_draw_region)(MpGraphics *self, const MpTexture *texture, MpRect source,
                                        float x, float y, float angle, float scale_x, float scale_y,
                                        float origin_x, float origin_y)
{
    const MpPlacement place = {x, y, angle, scale_x, scale_y, origin_x, origin_y};
    mp_pen_region(self, texture, source, &place);
}

void MP_NATIVE(mp_graphics_print)(MpGraphics *self, const MpFont *font, const char *text, float x,
                                  float y, float scale)
{
    MpPlacement place = {.x = x, .y = y, .scale_x = scale, .scale_y = scale};
    for (uint32_t point; (point = mp_utf8_next(&text));) {
        if (point == '\n') {
            place.x = x;
            place.y += (float)font->height * scale;
            continue;
        }
        const MpGlyph *glyph = mp_font_glyph(font, point);
        if (!glyph)
            continue;
        const MpRect source = {(float)glyph->x, (float)glyph->y, (float)glyph->width,
                               (float)glyph->height};
        mp_pen_region(self, font->texture, source, &place);
        place.x += (float)glyph->advance * scale;
    }
}

int MP_NATIVE(mp_graphics_text_width)(const MpGraphics *self, const MpFont *font, const char *text)
{
    (void)self;
    return mp_font_width(font, text);
}
