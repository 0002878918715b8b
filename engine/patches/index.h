/*
 * patches/index.h - finds entries of a list by a text in each of them, without looking at all.
 *
 *     MpIndex *index = mp_index_create();
 *     MpIndexed list = {list->file, sizeof *list, count};
 *     size_t place = mp_index_find(index, list, "fix.lua");
 *
 * The list may grow at its end from one call to the next. After any other change of places or texts
 * the index must be cleared. Without memory all entries are looked at.
 */
#ifndef MP_PATCHES_INDEX_H
#define MP_PATCHES_INDEX_H

#include <stddef.h>

typedef struct MpIndex MpIndex;

typedef struct MpIndexed {
    const char *text; /**< Of the first entry. */
    size_t stride;    /**< Bytes from one text to the next. */
    size_t count;
} MpIndexed;

/** Ownership: the caller's, until mp_index_destroy(). Errors: NULL without memory. */
MpIndex *mp_index_create(void);

/** Takes NULL. */
void mp_index_destroy(MpIndex *index);

/** Forgets the list. Takes NULL. */
void mp_index_clear(MpIndex *index);

/** The first place with that text; `list.count`: there is none. Takes NULL as the index. */
size_t mp_index_find(MpIndex *index, MpIndexed list, const char *text);

#endif
