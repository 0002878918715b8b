#include "suggest.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 63 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

size_t mp_cli_distance(const char *a, const char *b)
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
