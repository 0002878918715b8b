#ifndef MP_CLI_SUGGEST_H
#define MP_CLI_SUGGEST_H

#include <stddef.h>

/**
 * How many letters must be inserted, removed or replaced to turn `a` into `b` (Levenshtein).
 * Words of more than 63 letters are infinitely far from all others: SIZE_MAX.
 */
size_t mp_cli_distance(const char *a, const char *b);

#endif
