/*
 * pattern.h - matching Lua's patterns: the same results and errors as LuaJIT's own functions, but
 * the watchdog can stop a match that takes too long.
 */
#ifndef MP_PATTERN_H
#define MP_PATTERN_H

#include "vm.h"

enum { MP_CAPTURES = 32 };

/** A subject, and what the last match captured in it. */
typedef struct MpMatch {
    MpVm *vm;
    lua_State *L;
    const char *subject, *end; /**< A zero follows the subject. */
    int level;                 /**< Captures there are. */
    int depth;
    struct {
        const char *start;
        ptrdiff_t length; /**< Or MP_CAPTURE_OPEN, MP_CAPTURE_POSITION. */
    } captures[MP_CAPTURES];
} MpMatch;

/** Matches at `from`; returns the end of the match, or NULL. A leading ^ is the caller's. */
const char *mp_pattern_match(MpMatch *match, const char *from, const char *pattern);

/** Pushes capture `index`, from 0; the whole match from `from` to `to` when there are none. */
void mp_pattern_push(MpMatch *match, int index, const char *from, const char *to);

/** Pushes all captures, or, with `from`, the whole match when there are none; returns how many. */
int mp_pattern_push_all(MpMatch *match, const char *from, const char *to);

#endif
