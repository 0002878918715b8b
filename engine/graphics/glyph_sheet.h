/*
 * graphics/glyph_sheet.h - the pictures of a TrueType font's glyphs, side by side in one texture.
 *
 * The texture begins small. When it is full, one of twice the size takes its place, and at
 * MP_GLYPH_SHEET_LIMIT it is emptied; both begin another edition, in which every glyph is painted
 * anew when it is needed. So the text of a font is one draw call, however many glyphs it has.
 */
#ifndef MP_GLYPH_SHEET_H
#define MP_GLYPH_SHEET_H

#include "graphics/batch.h"
#include "graphics/texture.h"

#include <SDL_surface.h>

/** Pixels to a side: first and last. */
enum { MP_GLYPH_SHEET_FIRST = 128, MP_GLYPH_SHEET_LIMIT = 2048 };

typedef struct MpGlyphSheet {
    MpBatch *batch;     /* whose quads show the texture */
    MpTexture *texture; /* after it, by `next`, those it outgrew: quads that wait may show them */
    int x, y;           /* the next free place */
    int row;            /* height of the row it is in */
    unsigned edition;   /* never 0 */
} MpGlyphSheet;

/** `batch` is borrowed. Errors: MP_DEVICE, MP_MEMORY. */
bool mp_glyph_sheet_init(MpGlyphSheet *sheet, MpBatch *batch, MpError *error);

/** Takes zeroes. */
void mp_glyph_sheet_finish(MpGlyphSheet *sheet);

/**
 * Paints the part `ink` of a picture of 32 bits a pixel, alpha uppermost: its opacity, in white.
 * `x`, `y` get its place. May begin another edition. False: it is larger than any sheet, or there
 * is no memory.
 */
bool mp_glyph_sheet_add(MpGlyphSheet *sheet, const SDL_Surface *picture, const SDL_Rect *ink,
                        int *x, int *y);

#endif
