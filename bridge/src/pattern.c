#include "pattern.h"

#include "library.h"

#include <ctype.h>
#include <string.h>

/* Items that are open at once: LuaJIT's limit. */
enum { MOST_OPEN = 200 };

enum { CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

/* ---- classes ------------------------------------------------------------------------------ */

static inline bool is_in_class(unsigned char byte, unsigned char letter)
{
    bool found = false;
    switch (tolower(letter)) {
    case 'a':
        found = isalpha(byte) != 0;
        break;
    case 'c':
        found = iscntrl(byte) != 0;
        break;
    case 'd':
        found = isdigit(byte) != 0;
        break;
    case 'g':
        found = isgraph(byte) != 0;
        break;
    case 'l':
        found = islower(byte) != 0;
        break;
    case 'p':
        found = ispunct(byte) != 0;
        break;
    case 's':
        found = isspace(byte) != 0;
        break;
    case 'u':
        found = isupper(byte) != 0;
        break;
    case 'w':
        found = isalnum(byte) != 0;
        break;
    case 'x':
        found = isxdigit(byte) != 0;
        break;
    case 'z':
        found = byte == 0;
        break;
    default:
        return byte == letter;
    }
    return (found && byte < 0x80) == (islower(letter) != 0); /* whatever the locale */
}

/* The end of the item at `item`: a byte, an escaped byte or a set. */
static inline const char *end_of_item(const MpMatch *match, const char *item)
{
    if (*item == '%') {
        if (item[1] == '\0')
            luaL_error(match->L, "malformed pattern (ends with '%%')");
        return item + 2;
    }
    if (*item != '[')
        return item + 1;
    item += item[1] == '^' ? 2 : 1;
    do { /* a ] at once is an element */
        if (*item == '\0')
            luaL_error(match->L, "malformed pattern (missing ']')");
        item += *item == '%' && item[1] != '\0' ? 2 : 1;
    } while (*item != ']');
    return item + 1;
}

/* `set` starts at its [, `last` is its ] */
static bool is_in_set(unsigned char byte, const char *set, const char *last)
{
    bool found = true;
    if (set[1] == '^') {
        found = false;
        set++;
    }
    while (++set < last) {
        if (*set == '%') {
            set++;
            if (is_in_class(byte, (unsigned char)*set))
                return found;
        } else if (set[1] == '-' && set + 2 < last) {
            set += 2;
            if ((unsigned char)set[-2] <= byte && byte <= (unsigned char)*set)
                return found;
        } else if ((unsigned char)*set == byte) {
            return found;
        }
    }
    return !found;
}

/* Whether the byte at `at` is one for the item, which ends at `end`. */
static inline bool fits(const MpMatch *match, const char *at, const char *item, const char *end)
{
    if (at >= match->end)
        return false;
    unsigned char byte = (unsigned char)*at;
    switch (*item) {
    case '.':
        return true;
    case '%':
        return is_in_class(byte, (unsigned char)item[1]);
    case '[':
        return is_in_set(byte, item, end - 1);
    default:
        return byte == (unsigned char)*item;
    }
}

/* ---- captures ----------------------------------------------------------------------------- */

static const char *open_capture(MpMatch *match, const char *at, const char *pattern, int length)
{
    if (match->level >= MP_CAPTURES)
        luaL_error(match->L, "too many captures");
    match->captures[match->level].start = at;
    match->captures[match->level].length = length;
    match->level++;
    const char *end = mp_pattern_match(match, at, pattern);
    if (!end)
        match->level--;
    return end;
}

static const char *close_capture(MpMatch *match, const char *at, const char *pattern)
{
    int i = match->level - 1;
    while (i >= 0 && match->captures[i].length != CAPTURE_OPEN)
        i--;
    if (i < 0)
        luaL_error(match->L, "invalid pattern capture");
    match->captures[i].length = at - match->captures[i].start;
    const char *end = mp_pattern_match(match, at, pattern);
    if (!end)
        match->captures[i].length = CAPTURE_OPEN;
    return end;
}

/* %1: the same text again. Returns its end, or NULL. */
static const char *match_again(const MpMatch *match, const char *at, int digit)
{
    int i = digit - '1';
    if (i < 0 || i >= match->level || match->captures[i].length == CAPTURE_OPEN)
        luaL_error(match->L, "invalid capture index");
    size_t length = (size_t)match->captures[i].length; /* a position is too long for any subject */
    bool same =
        (size_t)(match->end - at) >= length && memcmp(match->captures[i].start, at, length) == 0;
    return same ? at + length : NULL;
}

void mp_pattern_push(MpMatch *match, int index, const char *from, const char *to)
{
    if (index >= match->level) {
        if (index != 0)
            luaL_error(match->L, "invalid capture index");
        lua_pushlstring(match->L, from, (size_t)(to - from));
        return;
    }
    ptrdiff_t length = match->captures[index].length;
    if (length == CAPTURE_OPEN)
        luaL_error(match->L, "unfinished capture");
    if (length == CAPTURE_POSITION)
        lua_pushinteger(match->L, match->captures[index].start - match->subject + 1);
    else
        lua_pushlstring(match->L, match->captures[index].start, (size_t)length);
}

int mp_pattern_push_all(MpMatch *match, const char *from, const char *to)
{
    int count = match->level == 0 && from ? 1 : match->level;
    luaL_checkstack(match->L, count, "too many captures");
    for (int i = 0; i < count; i++)
        mp_pattern_push(match, i, from, to);
    return count;
}

/* ---- items -------------------------------------------------------------------------------- */

/* As many as there are; then one less at a time, until the rest matches. */
static const char *match_most(MpMatch *match, const char *at, const char *item, const char *end)
{
    const char *last = at;
    while (fits(match, last, item, end))
        last++;
    for (; last >= at; last--) {
        const char *found = mp_pattern_match(match, last, end + 1);
        if (found)
            return found;
    }
    return NULL;
}

static const char *match_fewest(MpMatch *match, const char *at, const char *item, const char *end)
{
    for (;; at++) {
        const char *found = mp_pattern_match(match, at, end + 1);
        if (found)
            return found;
        if (!fits(match, at, item, end))
            return NULL;
    }
}

/* %bxy: from an x to its y. */
static const char *match_balanced(const MpMatch *match, const char *at, const char *pair)
{
    if (pair[0] == '\0' || pair[1] == '\0')
        luaL_error(match->L, "unbalanced pattern");
    if (at >= match->end || *at != pair[0])
        return NULL;
    size_t open = 1;
    while (++at < match->end) {
        if (*at == pair[1]) {
            if (--open == 0)
                return at + 1;
        } else if (*at == pair[0]) {
            open++;
        }
    }
    return NULL;
}

/* %f[set]: between a byte that is not in the set and one that is. Returns the end of the set, or
 * NULL. */
static const char *pass_frontier(const MpMatch *match, const char *at, const char *set)
{
    if (*set != '[')
        luaL_error(match->L, "missing '[' after '%%f' in pattern");
    const char *end = end_of_item(match, set);
    unsigned char before = at == match->subject ? 0 : (unsigned char)at[-1];
    bool is_frontier =
        !is_in_set(before, set, end - 1) && is_in_set((unsigned char)*at, set, end - 1);
    return is_frontier ? end : NULL;
}

/* One item with what follows it: a repetition, or nothing. Sets *pattern to what is left to match
 * from the result on; NULL: nothing is left, or it does not match. */
static inline const char *match_item(MpMatch *match, const char *at, const char **pattern)
{
    const char *item = *pattern, *end = end_of_item(match, item), *found;
    bool first = fits(match, at, item, end);
    *pattern = NULL;
    switch (*end) {
    case '?':
        if (first && (found = mp_pattern_match(match, at + 1, end + 1)))
            return found;
        *pattern = end + 1;
        return at;
    case '*':
        return match_most(match, at, item, end);
    case '+':
        return first ? match_most(match, at + 1, item, end) : NULL;
    case '-':
        return match_fewest(match, at, item, end);
    default:
        *pattern = end;
        return first ? at + 1 : NULL;
    }
}

/* Whether no item is next, but something with a meaning of its own. */
static inline bool is_special(const char *next)
{
    switch (*next) {
    case '(':
    case ')':
        return true;
    case '$':
        return next[1] == '\0';
    case '%':
        return next[1] == 'b' || next[1] == 'f' || isdigit((unsigned char)next[1]);
    default:
        return false;
    }
}

/* Matches what is_special(), like match_item(). */
static const char *match_special(MpMatch *match, const char *at, const char **pattern)
{
    const char *next = *pattern;
    *pattern = NULL;
    switch (*next) {
    case '(':
        return next[1] == ')' ? open_capture(match, at, next + 2, CAPTURE_POSITION)
                              : open_capture(match, at, next + 1, CAPTURE_OPEN);
    case ')':
        return close_capture(match, at, next + 1);
    case '$':
        return at == match->end ? at : NULL;
    default:
        break;
    }
    switch (next[1]) {
    case 'b':
        *pattern = next + 4;
        return match_balanced(match, at, next + 2);
    case 'f':
        *pattern = pass_frontier(match, at, next + 2);
        return *pattern ? at : NULL;
    default:
        *pattern = next + 2;
        return match_again(match, at, next[1]);
    }
}

const char *mp_pattern_match(MpMatch *match, const char *from, const char *pattern)
{
    if (++match->depth > MOST_OPEN)
        luaL_error(match->L, "pattern too complex");
    mp_library_poll(match->vm, match->L);
    while (from && pattern && *pattern != '\0')
        from = is_special(pattern) ? match_special(match, from, &pattern)
                                   : match_item(match, from, &pattern);
    match->depth--;
    return from;
}
