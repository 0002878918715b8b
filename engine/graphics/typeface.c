#include "graphics/typeface.h"

#include "graphics/glyph_sheet.h"
#include "text/utf8.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

/* The pairs that most text is made of are asked for once: the library takes longer to answer than
   the rest of a layout does. */
enum { PAIRS_FIRST = ' ', PAIRS = 0x7F - PAIRS_FIRST, NOT_ASKED = INT16_MIN };

struct MpTypeface {
    TTF_Font *font;
    char *file; /* `font` reads from it */
    int size;
    int height;
    int baseline;
    MpGlyph *glyphs; /* sorted by code point */
    size_t count;
    size_t capacity;
    MpGlyphSheet sheet;
    int16_t pairs[PAIRS][PAIRS]; /* their kerning */
};

/* ---- the file ----------------------------------------------------------------------------- */

/* FreeType reads a dozen other formats as well, which nobody needs and any may have its holes. */
static bool is_truetype(const char *file, size_t size)
{
    static const char signs[][4] = {{0, 1, 0, 0}, {'t', 'r', 'u', 'e'}, {'O', 'T', 'T', 'O'}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (size > sizeof *signs && memcmp(file, signs[i], sizeof *signs) == 0)
            return true;
    }
    return false;
}

static bool is_sane(const MpTypeface *self, int measure)
{
    return measure >= 0 && measure <= self->size * MP_TYPEFACE_MEASURE_LIMIT;
}

static bool open_font(MpTypeface *self, size_t length, const char *path, MpError *error)
{
    if (!is_truetype(self->file, length)) {
        mp_error_set(error, MP_FORMAT, "'%s' is not a TrueType or OpenType font", path);
        return false;
    }
    self->font = TTF_OpenFontRW(SDL_RWFromConstMem(self->file, (int)length), 1, self->size);
    if (!self->font) {
        mp_error_set(error, MP_FORMAT, "'%s' is a broken font: %s", path, TTF_GetError());
        return false;
    }
    self->height = TTF_FontLineSkip(self->font);
    self->baseline = TTF_FontAscent(self->font);
    if (self->height < 1 || !is_sane(self, self->height) || !is_sane(self, self->baseline)) {
        mp_error_set(error, MP_FORMAT, "'%s' is a broken font: lines %d pixels high at size %d",
                     path, self->height, self->size);
        return false;
    }
    return true;
}

MpTypeface *mp_typeface_open(MpAssetFile *file, const char *path, int size, MpBatch *batch,
                             MpError *error)
{
    /* Counted by the library: one TTF_Quit for each. */
    if (TTF_Init()) {
        mp_error_set(error, MP_DEVICE, "no fonts can be read: %s", TTF_GetError());
        return NULL;
    }
    MpTypeface *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(error, MP_MEMORY, "no memory for the font '%s'", path);
        TTF_Quit();
        return NULL;
    }
    self->size = size;
    for (int i = 0; i < PAIRS * PAIRS; i++)
        self->pairs[i / PAIRS][i % PAIRS] = NOT_ASKED;
    self->file = file->bytes;
    file->bytes = NULL;
    if (!open_font(self, file->size, path, error) ||
        !mp_glyph_sheet_init(&self->sheet, batch, error)) {
        mp_typeface_destroy(self);
        return NULL;
    }
    return self;
}

void mp_typeface_destroy(MpTypeface *self)
{
    if (!self)
        return;
    mp_glyph_sheet_finish(&self->sheet);
    if (self->font)
        TTF_CloseFont(self->font);
    TTF_Quit();
    free(self->file);
    free(self->glyphs);
    free(self);
}

int mp_typeface_height(const MpTypeface *self) { return self->height; }

int mp_typeface_baseline(const MpTypeface *self) { return self->baseline; }

MpTexture *mp_typeface_texture(const MpTypeface *self) { return self->sheet.texture; }

/* ---- measures ----------------------------------------------------------------------------- */

static MpGlyph measure(const MpTypeface *self, uint32_t point)
{
    int left, right, bottom, top, advance;
    MpGlyph glyph = {.point = point};
    if (TTF_GlyphMetrics32(self->font, point, &left, &right, &bottom, &top, &advance))
        return glyph;
    glyph.advance = is_sane(self, advance) ? advance : 0;
    /* SDL_ttf's pictures begin at the pen and the line's top, or with ink that lies before them. */
    glyph.left = left < 0 ? left : 0;
    glyph.top = top > self->baseline ? self->baseline - top : 0;
    if (!is_sane(self, right - left) || !is_sane(self, top - bottom) || !is_sane(self, abs(left)) ||
        !is_sane(self, abs(top)))
        glyph.edition = MP_GLYPH_NEVER_INKED;
    return glyph;
}

static bool make_room(MpTypeface *self)
{
    if (self->count < self->capacity)
        return true;
    /* Text that has all of them at once is measured slowly, and still right. */
    if (self->count == MP_FONT_GLYPH_LIMIT) {
        self->count = 0;
        return true;
    }
    size_t capacity = self->capacity ? self->capacity * 2 : 128;
    MpGlyph *glyphs = realloc(self->glyphs, capacity * sizeof *glyphs);
    if (!glyphs)
        return false;
    self->glyphs = glyphs;
    self->capacity = capacity;
    return true;
}

const MpGlyph *mp_typeface_glyph(MpTypeface *self, uint32_t point)
{
    size_t at = mp_glyphs_find(self->glyphs, self->count, point);
    if (at < self->count && self->glyphs[at].point == point)
        return &self->glyphs[at];
    if (!TTF_GlyphIsProvided32(self->font, point) || !make_room(self))
        return NULL;
    at = mp_glyphs_find(self->glyphs, self->count, point); /* the room may come from all others */
    memmove(&self->glyphs[at + 1], &self->glyphs[at], (self->count - at) * sizeof *self->glyphs);
    self->glyphs[at] = measure(self, point);
    self->count++;
    return &self->glyphs[at];
}

static int ask_kerning(const MpTypeface *self, uint32_t before, uint32_t point)
{
    int move = TTF_GetFontKerningSizeGlyphs32(self->font, before, point);
    return abs(move) <= self->size ? move : 0;
}

static bool is_in_pairs(uint32_t point)
{
    return point >= PAIRS_FIRST && point - PAIRS_FIRST < PAIRS;
}

int mp_typeface_kerning(MpTypeface *self, uint32_t before, uint32_t point)
{
    if (!is_in_pairs(before) || !is_in_pairs(point))
        return ask_kerning(self, before, point);
    int16_t *pair = &self->pairs[before - PAIRS_FIRST][point - PAIRS_FIRST];
    if (*pair == NOT_ASKED)
        *pair = (int16_t)ask_kerning(self, before, point);
    return *pair;
}

/* ---- pictures ----------------------------------------------------------------------------- */

static bool has_ink(const SDL_Surface *picture, const SDL_Rect *area)
{
    for (int y = area->y; y < area->y + area->h; y++) {
        const uint32_t *row =
            (const uint32_t *)((const uint8_t *)picture->pixels + y * picture->pitch);
        for (int x = area->x; x < area->x + area->w; x++) {
            if (row[x] >> 24)
                return true;
        }
    }
    return false;
}

/* The part of a picture that is not empty; of size 0 if all is. */
static SDL_Rect find_ink(const SDL_Surface *picture)
{
    SDL_Rect ink = {0, 0, picture->w, picture->h};
    while (ink.h && !has_ink(picture, &(SDL_Rect){ink.x, ink.y, ink.w, 1}))
        ink.y++, ink.h--;
    while (ink.h && !has_ink(picture, &(SDL_Rect){ink.x, ink.y + ink.h - 1, ink.w, 1}))
        ink.h--;
    while (ink.h && !has_ink(picture, &(SDL_Rect){ink.x, ink.y, 1, ink.h}))
        ink.x++, ink.w--;
    while (ink.h && !has_ink(picture, &(SDL_Rect){ink.x + ink.w - 1, ink.y, 1, ink.h}))
        ink.w--;
    return ink.h ? ink : (SDL_Rect){0, 0, 0, 0};
}

/* NULL: nothing to see. A font's own rules may make thousands of glyphs of one character, so the
   picture is measured before there is one. */
static SDL_Surface *paint(const MpTypeface *self, uint32_t point)
{
    char text[MP_UTF8_LONGEST + 1];
    int width, height;
    mp_utf8_put(text, point);
    if (TTF_SizeUTF8(self->font, text, &width, &height) || width == 0 || !is_sane(self, width) ||
        !is_sane(self, height))
        return NULL;
    return TTF_RenderUTF8_Blended(self->font, text, (SDL_Color){255, 255, 255, 255});
}

void mp_typeface_ink(MpTypeface *self, const MpGlyph *glyph)
{
    if (glyph->edition == self->sheet.edition || glyph->edition == MP_GLYPH_NEVER_INKED)
        return;
    MpGlyph *own = &self->glyphs[glyph - self->glyphs];
    *own = measure(self, glyph->point); /* its place was relative to an earlier picture */
    SDL_Surface *picture = own->edition == MP_GLYPH_NEVER_INKED ? NULL : paint(self, own->point);
    SDL_Rect ink = picture ? find_ink(picture) : (SDL_Rect){0, 0, 0, 0};
    if (ink.h && mp_glyph_sheet_add(&self->sheet, picture, &ink, &own->x, &own->y)) {
        own->left += ink.x;
        own->top += ink.y;
        own->width = ink.w;
        own->height = ink.h;
        own->edition = self->sheet.edition;
    } else {
        own->edition = MP_GLYPH_NEVER_INKED;
    }
    SDL_FreeSurface(picture);
}
