/*
 * graphics/font.h - a bitmap font: one picture and a list of what is where in it.
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
 * Characters without a glyph are drawn as '?', and as nothing in a font that has none.
 * Fonts come from mp_graphics_load_font (graphics.h), which keeps one per path.
 */
#ifndef MP_FONT_H
#define MP_FONT_H

#include "graphics/texture.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"
#include "vfs/vfs.h"

#include <stddef.h>
#include <stdint.h>

enum { MP_FONT_GLYPH_LIMIT = 8192, MP_FONT_FILE_LIMIT = 1 << 20, MP_FONT_LINE_LIMIT = 1024 };

/** One character's place in the font's picture, pixels. */
typedef struct MpGlyph {
    uint32_t point;
    int x, y, width, height;
    int advance;
} MpGlyph;

/** A typeface that graphics prints with. */
typedef struct MP_CLASS MP_OPAQUE MpFont {
    MpObject object;
    MP_READONLY int height;   /**< From line to line, pixels. */
    MP_READONLY int baseline; /**< From a line's top to the foot of its letters, pixels. */
    char *path;
    MpVfsStat loaded; /**< The list that was tried last, good or not. */
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

/** Reads and parses the list of this font's path. Errors: as above and those of mp_vfs_read. */
bool mp_font_list_load(const MpVfs *vfs, const char *path, MpFontList *list, MpError *error);

/** Moves the list's content into the font. `texture` is the picture the list names. */
void mp_font_set(MpFont *self, MpFontList *list, MpTexture *texture);

/** Frees the font, not its texture. Takes NULL and half-made fonts. */
void mp_font_destroy(MpFont *self);

/** The glyph to draw for a code point: its own, that of '?', or NULL. */
const MpGlyph *mp_font_glyph(const MpFont *self, uint32_t point);

/** Width of the longest line of `text`, pixels. */
int mp_font_width(const MpFont *self, const char *text);

#endif
