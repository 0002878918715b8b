/*
 * update/tuf/pattern.h - which paths a delegation is for.
 */
#ifndef MP_TUF_PATTERN_H
#define MP_TUF_PATTERN_H

#include <jansson.h>
#include <stdbool.h>

/**
 * Whether a path fits a pattern as shells have them: '*' any bytes but '/', '?' one of them, [a-z]
 * or [!a-z] one of those. Takes time in proportion to the product of
 * both lengths. Thread: any.
 */
bool mp_tuf_pattern_fits(const char *pattern, const char *path);

/** Whether a delegated role is for a path, by its `paths` or its `path_hash_prefixes`. */
bool mp_tuf_pattern_is_delegated(const json_t *role, const char *path);

#endif
