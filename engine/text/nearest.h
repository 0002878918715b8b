/*
 * text/nearest.h - what somebody meant who mistyped a name.
 *
 *     const char *meant = mp_text_nearest("polll", (const char *const[]){"url", "poll", NULL});
 */
#ifndef MP_TEXT_NEAREST_H
#define MP_TEXT_NEAREST_H

/**
 * The one of `names`, which NULL ends, that `word` was most likely meant to be: at most two letters
 * and not all of them must be inserted, removed or replaced. NULL: it resembles none, or has more
 * than 63 letters.
 * Thread: any.
 */
const char *mp_text_nearest(const char *word, const char *const *names);

#endif
