/*
 * update/tuf/canonical.h - the one way to write a JSON value down, which is what gets signed.
 *
 *     size_t size;
 *     char *bytes = mp_tuf_canonical(json_object_get(metadata, "signed"), &size, &error);
 *
 * The rules are those of canonical JSON (OLPC): no space between words, keys in the order of their
 * bytes, in texts only '"' and '\' are escaped, numbers are integers.
 */
#ifndef MP_TUF_CANONICAL_H
#define MP_TUF_CANONICAL_H

#include "moonpatch/error.h"

#include <jansson.h>
#include <stddef.h>

enum { MP_TUF_DEPTH_LIMIT = 32 };

/**
 * The canonical form of `value`, with a zero byte behind it that does not count.
 * Ownership: the caller frees it with free().
 * Errors: MP_FORMAT for a fraction, MP_LIMIT when it is nested more than 32 deep, MP_MEMORY.
 * Thread: any.
 */
char *mp_tuf_canonical(const json_t *value, size_t *size, MpError *error);

#endif
