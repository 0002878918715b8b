/*
 * graphics/font.h - what text is written in: a bitmap font, or a TrueType font at one size.
 *
 * A bitmap font is one picture and a list of what is where in it:
 *
 *     # moon.txt
 *     image moon.png
 *     height 12
 *     baseline 9
 *     65 0 0 7 9 8
 *
 * The lines in any order: `image` is a PNG beside the list; `height` is the distance from line to
 * line and `baseline` from the line's top, both in pixels; the others are one glyph each: code
 * point, x, y, width and height in the picture, and how far the next glyph is. Blank lines and
 * what follows a '#' are ignored. Glyphs are drawn with their top at the line's top.
 *
 * A TrueType font (typeface.h) has a picture too, which is painted as its glyphs are needed.
 *
 * Characters without a glyph are drawn as '?', and as nothing in a font that has none.
 * Fonts come from mp_graphics_load_font and mp_graphics_load_truetype (graphics.h), which keep one
 * per path and size.
 */
#ifndef MP_FONT_H
#define MP_FONT_H

#include "graphics/texture.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

enum { MP_FONT_GLYPH_LIMIT = 8192, MP_FONT_FILE_LIMIT = 1 << 20, MP_FONT_LINE_LIMIT = 1024 };

/** One character, pixels. */
typedef struct MpGlyph {
    uint32_t point;
    int x, y, width, height; /**< In the font's picture. */
    int left, top;    /**< Where that part lands, from where the line's top and the pen are. */
    int advance;      /**< To the next glyph. */
    unsigned edition; /**< Of the picture (glyph_sheet.h); 0: none that there ever is. */
} MpGlyph;

/** The edition of glyphs that show nothing. */
#define MP_GLYPH_NEVER_INKED UINT_MAX

typedef struct MpTypeface MpTypeface;

/** A typeface that graphics prints with. */
typedef struct MP_CLASS MP_OPAQUE MpFont {
    MpObject object;
    MP_READONLY int height;   /**< From line to line, pixels. */
    MP_READONLY int baseline; /**< From a line's top to the foot of its letters, pixels. */
    MP_READONLY int size;     /**< Of a TrueType font: the height it was asked for, pixels; or 0. */
    MP_PROPERTY float line_height; /**< Lines are so many times `height` apart, 0 to 100; 1. */
    MpAsset asset;
    MpTypeface *face; /**< Of a TrueType font; all up to `next` is a bitmap font's. */
    char *image;      /**< Path of the picture. */
    MpTexture *texture;
    MpGlyph *glyphs; /**< Sorted by code point. */
    size_t count;
    struct MpFont *next;
} MpFont;

/** A list that was read; zero means empty. */
typedef struct MpFontList {
    char *image; /**< Path of the picture, from the top of the vfs. */
    int height;
    int baseline;
    MpGlyph *glyphs; /**< Sorted by code point. */
    size_t count;
} MpFontList;

/**
 * Reads the text of a list. `path` is where it came from: it names the folder of the picture and
 * stands in messages.
 * Ownership: the caller passes `list` to mp_font_list_finish when this succeeded.
 * Errors: MP_FORMAT with the line's number, MP_LIMIT, MP_MEMORY. Thread: any.
 */
bool mp_font_list_parse(const char *text, const char *path, MpFontList *list, MpError *error);

/** Takes a list of zeroes. */
void mp_font_list_finish(MpFontList *list);

/** Moves the list's content into the font. `texture` is the picture the list names. */
void mp_font_set(MpFont *self, MpFontList *list, MpTexture *texture);

/** The same with a TrueType file. Ownership: the typeface is the font's from then on. */
void mp_font_set_face(MpFont *self, MpTypeface *face);

/** Frees the font, not the texture of its list. Takes NULL and half-made fonts. */
void mp_font_destroy(MpFont *self);

/** Where the first glyph is that is not below `point`, in glyphs sorted by code point. */
size_t mp_glyphs_find(const MpGlyph *glyphs, size_t count, uint32_t point);

/**
 * The glyph of a code point: its own, that of '?', or NULL. It holds until the next call; of a
 * TrueType font, where it is in the picture is known after mp_font_ink.
 */
const MpGlyph *mp_font_glyph(const MpFont *self, uint32_t point);

/** By how much the second glyph of a pair moves closer (negative) or away, pixels. */
int mp_font_kerning(const MpFont *self, uint32_t before, uint32_t point);

/** The picture with the glyph in it. What was drawn before may be given to the renderer. */
const MpTexture *mp_font_ink(const MpFont *self, const MpGlyph *glyph);

/** Gives the picture of a TrueType font to the renderer again, which lost it. Errors: MP_DEVICE. */
bool mp_font_restore(MpFont *self, struct SDL_Renderer *renderer, MpError *error);

/** From a line's top to that of the next, pixels. */
float mp_font_line_distance(const MpFont *self);

/** The mount that the font's file came from: a folder or a bundle. */
MP_LEAF MP_GETTER const char *mp_font_get_source(const MpFont *self);

#endif
