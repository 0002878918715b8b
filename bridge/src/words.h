/*
 * words.h - values as people read them, in a buffer that takes what fits. No script runs for it.
 */
#ifndef MP_WORDS_H
#define MP_WORDS_H

#include "moonpatch/error.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct MpWords {
    char *bytes;
    size_t size, length;
} MpWords;

/** Appends in printf style. */
void mp_words_add(MpWords *text, const char *format, ...) MP_PRINTF(2, 3);

/** Appends the value at `index`; what is inside of a table, not `whole`, is told shorter. */
void mp_words_add_value(MpWords *text, lua_State *L, int index, bool whole);

/** Where to cut so that at most `most` bytes stay and no character of UTF-8 is cut through. */
size_t mp_words_cut(const char *bytes, size_t length, size_t most);

#endif
