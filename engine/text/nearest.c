#include "text/nearest.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LONGEST = 63, MOST_FAULTS = 2 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* How many letters must be inserted, removed or replaced to turn `a` into `b` (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
    size_t length = strlen(b), row[LONGEST + 1];
    if (length > LONGEST || strlen(a) > LONGEST)
        return SIZE_MAX;
    for (size_t column = 0; column <= length; column++)
        row[column] = column;
    for (size_t line = 1; *a; a++, line++) {
        size_t diagonal = row[0];
        row[0] = line;
        for (size_t column = 1; column <= length; column++) {
            size_t replaced = diagonal + (*a != b[column - 1]);
            diagonal = row[column];
            row[column] = smallest(replaced, row[column] + 1, row[column - 1] + 1);
        }
    }
    return row[length];
}

const char *mp_text_nearest(const char *word, const char *const *names)
{
    const char *nearest = NULL;
    for (size_t best = MOST_FAULTS + 1; *names; names++) {
        size_t faults = distance(word, *names);
        if (faults < best && faults < strlen(word)) {
            best = faults;
            nearest = *names;
        }
    }
    return nearest;
}
