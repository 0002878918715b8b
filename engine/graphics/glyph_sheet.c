#include "graphics/glyph_sheet.h"

enum { SPACE = 1 }; /* between glyphs, so that none shows the edge of its neighbour */

static bool begin_edition(MpGlyphSheet *sheet, int size, MpError *error)
{
    MpTexture *texture = mp_texture_create_blank(sheet->batch->renderer, size, size, error);
    if (!texture)
        return false;
    texture->next = sheet->texture;
    sheet->texture = texture;
    sheet->x = sheet->y = sheet->row = 0;
    sheet->edition++;
    return true;
}

bool mp_glyph_sheet_init(MpGlyphSheet *sheet, MpBatch *batch, MpError *error)
{
    *sheet = (MpGlyphSheet){.batch = batch};
    return begin_edition(sheet, MP_GLYPH_SHEET_FIRST, error);
}

void mp_glyph_sheet_finish(MpGlyphSheet *sheet)
{
    for (MpTexture *texture = sheet->texture; texture;) {
        MpTexture *next = texture->next;
        mp_texture_destroy(texture);
        texture = next;
    }
    *sheet = (MpGlyphSheet){0};
}

static bool find_place(MpGlyphSheet *sheet, int width, int height)
{
    int size = sheet->texture->width;
    if (sheet->x + width > size) {
        sheet->x = 0;
        sheet->y += sheet->row + SPACE;
        sheet->row = 0;
    }
    return width <= size && sheet->y + height <= size;
}

static bool make_place(MpGlyphSheet *sheet, int width, int height)
{
    while (!find_place(sheet, width, height)) {
        int size = sheet->texture->width;
        if (size < MP_GLYPH_SHEET_LIMIT) {
            if (!begin_edition(sheet, size * 2, NULL))
                return false;
        } else if (sheet->y > 0) {
            mp_batch_flush(sheet->batch);
            sheet->x = sheet->y = sheet->row = 0;
            sheet->edition++;
        } else {
            return false;
        }
    }
    return true;
}

bool mp_glyph_sheet_add(MpGlyphSheet *sheet, const SDL_Surface *picture, const SDL_Rect *ink,
                        int *x, int *y)
{
    if (ink->w > MP_GLYPH_SHEET_LIMIT || ink->h > MP_GLYPH_SHEET_LIMIT ||
        !make_place(sheet, ink->w, ink->h) ||
        !mp_texture_stamp(sheet->texture, picture, ink, sheet->x, sheet->y))
        return false;
    *x = sheet->x;
    *y = sheet->y;
    sheet->x += ink->w + SPACE;
    sheet->row = ink->h > sheet->row ? ink->h : sheet->row;
    return true;
}
