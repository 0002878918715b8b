#include "font.gen.h"

#include "graphics/typeface.h"

#include <math.h>
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

void mp_font_set_face(MpFont *self, MpTypeface *face)
{
    mp_typeface_destroy(self->face);
    self->face = face;
    self->height = mp_typeface_height(face);
    self->baseline = mp_typeface_baseline(face);
}

void mp_font_destroy(MpFont *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    mp_asset_finish(&self->asset);
    mp_typeface_destroy(self->face);
    free(self->image);
    free(self->glyphs);
    free(self);
}

size_t mp_glyphs_find(const MpGlyph *glyphs, size_t count, uint32_t point)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (glyphs[middle].point < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const MpGlyph *find_glyph(const MpFont *self, uint32_t point)
{
    if (self->face)
        return mp_typeface_glyph(self->face, point);
    size_t at = mp_glyphs_find(self->glyphs, self->count, point);
    return at < self->count && self->glyphs[at].point == point ? &self->glyphs[at] : NULL;
}

const MpGlyph *mp_font_glyph(const MpFont *self, uint32_t point)
{
    const MpGlyph *glyph = find_glyph(self, point);
    return glyph ? glyph : find_glyph(self, '?');
}

int mp_font_kerning(const MpFont *self, uint32_t before, uint32_t point)
{
    return self->face ? mp_typeface_kerning(self->face, before, point) : 0;
}

const MpTexture *mp_font_ink(const MpFont *self, const MpGlyph *glyph)
{
    if (!self->face)
        return self->texture;
    mp_typeface_ink(self->face, glyph);
    return mp_typeface_texture(self->face);
}

bool mp_font_restore(MpFont *self, struct SDL_Renderer *renderer, MpError *error)
{
    return !self->face || mp_texture_restore(mp_typeface_texture(self->face), renderer, error);
}

float mp_font_line_distance(const MpFont *self)
{
    static const float largest = 100;
    return roundf((float)self->height * fminf(fmaxf(self->line_height, 0), largest));
}

const char *MP_NATIVE(mp_font_get_source)(const MpFont *self) { return self->asset.source; }
