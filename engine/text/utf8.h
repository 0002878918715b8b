/*
 * text/utf8.h - reads UTF-8 one code point at a time, whatever the bytes are.
 *
 *     for (uint32_t point; (point = mp_utf8_next(&text));)
 *         draw_glyph(point);
 *
 * Glossary
 *   code point    a number of the Unicode table, up to U+10FFFF
 *   replacement   U+FFFD, which stands for every byte that is not well-formed UTF-8
 */
#ifndef MP_UTF8_H
#define MP_UTF8_H

#include <stdint.h>

enum { MP_UTF8_REPLACEMENT = 0xFFFD, MP_UTF8_LONGEST = 4 }; /* bytes of a code point */

/**
 * Takes the next code point and moves `*text` behind it; 0 at the end of the string, where
 * `*text` stays. A byte that starts no well-formed sequence (overlong forms and surrogates are
 * not well-formed) counts as one replacement.
 * Thread: any.
 */
uint32_t mp_utf8_next(const char **text);

/**
 * A copy of a text in which the replacement stands for every byte that is not well-formed.
 * Ownership: the caller frees it with free(); NULL without memory.
 * Thread: any.
 */
char *mp_utf8_repair(const char *text);

/**
 * Writes a code point and a zero byte; the replacement for what is no code point.
 * Thread: any.
 */
void mp_utf8_put(char text[MP_UTF8_LONGEST + 1], uint32_t point);

#endif
