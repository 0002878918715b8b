#include "update/tuf/pattern.h"

#include "patches/hash.h"

#include <string.h>

/* The end of the set that begins at '['; NULL: it has none, and '[' is a byte like others. */
static const char *end_of_set(const char *set)
{
    const char *first = set + 1 + (set[1] == '!');
    return *first ? strchr(first + 1, ']') : NULL;
}

static bool is_in_set(const char *set, const char *end, char c)
{
    bool negated = set[1] == '!', found = false;
    for (const char *at = set + 1 + negated; at < end; at++) {
        bool is_range = at + 2 < end && at[1] == '-';
        unsigned char from = (unsigned char)at[0], to = (unsigned char)at[is_range ? 2 : 0];
        found |= (unsigned char)c >= from && (unsigned char)c <= to;
        at += is_range ? 2 : 0;
    }
    return found != negated;
}

/* What follows in a pattern when its next part fits a byte; NULL: it does not. */
static const char *fit_one(const char *pattern, char c)
{
    const char *end = *pattern == '[' ? end_of_set(pattern) : NULL;
    if (end)
        return c != '/' && is_in_set(pattern, end, c) ? end + 1 : NULL;
    if (*pattern == '?')
        return c != '/' ? pattern + 1 : NULL;
    return *pattern == c ? pattern + 1 : NULL;
}

/* If the bytes behind a star do not fit, the star takes one more; of several stars only the last
   one need be tried again, up to the next '/'. */
bool mp_tuf_pattern_fits(const char *pattern, const char *path)
{
    const char *behind_star = NULL, *taken = NULL;
    while (*path || *pattern) {
        if (*pattern == '*') {
            behind_star = ++pattern;
            taken = path;
            continue;
        }
        const char *next = *path && *pattern ? fit_one(pattern, *path) : NULL;
        if (next) {
            pattern = next;
            path++;
        } else if (behind_star && *taken && *taken != '/') {
            pattern = behind_star;
            path = ++taken;
        } else {
            return false;
        }
    }
    return true;
}

bool mp_tuf_pattern_is_delegated(const json_t *role, const char *path)
{
    const json_t *paths = json_object_get(role, "paths");
    const json_t *prefixes = json_object_get(role, "path_hash_prefixes");
    MpHash hash = mp_hash_of(path, strlen(path));
    for (size_t i = 0; i < json_array_size(paths); i++)
        if (mp_tuf_pattern_fits(json_string_value(json_array_get(paths, i)), path))
            return true;
    for (size_t i = 0; i < json_array_size(prefixes); i++) {
        const char *prefix = json_string_value(json_array_get(prefixes, i));
        if (hash.text[0] && strncmp(prefix, hash.text, strlen(prefix)) == 0)
            return true;
    }
    return false;
}
