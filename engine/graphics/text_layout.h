/*
 * graphics/text_layout.h - takes text apart into lines, and lines into glyphs.
 *
 *     MpTextLine line;
 *     for (const char *rest = text; mp_text_next_line(font, 200, &rest, &line);) {
 *         MpTextWalk walk = mp_text_walk_line(font, &line);
 *         while (mp_text_walk(&walk))
 *             draw(walk.glyph, walk.left, y);
 *     }
 *
 * Nothing is kept and nothing allocated: laying a text out again takes about as long as drawing it.
 *
 * Glossary
 *   blank    a space, a tab (as wide as four spaces) or an ideographic space: lines may end there
 *   gap      a blank within a line, which justified text makes wider
 *
 * All measures are pixels at scale 1. Thread: the main thread.
 */
#ifndef MP_TEXT_LAYOUT_H
#define MP_TEXT_LAYOUT_H

#include "graphics/font.h"

#include <limits.h>

enum { MP_TEXT_UNLIMITED = INT_MAX };

typedef struct MpTextLine {
    const char *text;
    const char *end; /* where it ends: before the blanks at which it was broken */
    int width;
    int gaps;
    bool goes_on; /* the paragraph, in the next line */
} MpTextLine;

/** A character of a line. All but the first two members are about the one that was passed last. */
typedef struct MpTextWalk {
    const MpFont *font;
    const char *at;  /* the next character */
    const char *end; /* NULL: where the text ends */
    uint32_t point;
    const MpGlyph *glyph; /* NULL: shows nothing */
    int left;             /* where it is, from the line's start */
    int right;            /* where the next one is */
} MpTextWalk;

/**
 * Takes the next line from `*rest`, which is NULL after the last. A text has one line at least, and
 * every other line a character. False: there is none left.
 */
bool mp_text_next_line(const MpFont *font, int limit, const char **rest, MpTextLine *line);

/** A walk over the characters of a line. */
MpTextWalk mp_text_walk_line(const MpFont *font, const MpTextLine *line);

/** Passes one more character. False: the line has ended. */
bool mp_text_walk(MpTextWalk *walk);

bool mp_text_is_blank(uint32_t point);

#endif
