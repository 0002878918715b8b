#include "font.gen.h"

#include "text/utf8.h"

#include <stdlib.h>

void mp_font_set(MpFont *self, MpFontList *list, MpTexture *texture)
{
    free(self->image);
    free(self->glyphs);
    self->image = list->image;
    self->glyphs = list->glyphs;
    self->count = list->count;
    self->height = list->height;
    self->baseline = list->baseline;
    self->texture = texture;
    *list = (MpFontList){0};
}

void mp_font_destroy(MpFont *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    free(self->path);
    free(self->image);
    free(self->glyphs);
    free(self);
}

static const MpGlyph *find_glyph(const MpFont *self, uint32_t point)
{
    size_t low = 0;
    size_t high = self->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (self->glyphs[middle].point < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < self->count && self->glyphs[low].point == point ? &self->glyphs[low] : NULL;
}

const MpGlyph *mp_font_glyph(const MpFont *self, uint32_t point)
{
    const MpGlyph *glyph = find_glyph(self, point);
    return glyph ? glyph : find_glyph(self, '?');
}

int mp_font_width(const MpFont *self, const char *text)
{
    int width = 0;
    int longest = 0;
    for (uint32_t point; (point = mp_utf8_next(&text));) {
        const MpGlyph *glyph = point == '\n' ? NULL : mp_font_glyph(self, point);
        width = point == '\n' ? 0 : width + (glyph ? glyph->advance : 0);
        longest = width > longest ? width : longest;
    }
    return longest;
}
