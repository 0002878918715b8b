/*
 * patches/hash.h - names for contents: the SHA-256 of a patch file.
 *
 *     MpHash hash = mp_hash_of(text, size);
 *     printf("%s\n", hash.text);
 */
#ifndef MP_PATCHES_HASH_H
#define MP_PATCHES_HASH_H

#include <stdbool.h>
#include <stddef.h>

enum { MP_HASH_LENGTH = 64 };

/** 64 lower-case hexadecimal digits, or "": no content. */
typedef struct MpHash {
    char text[MP_HASH_LENGTH + 1];
} MpHash;

/** The hash of `size` bytes. Thread: any. */
MpHash mp_hash_of(const void *data, size_t size);

/** Whether both name one content; "" names none. Thread: any. */
bool mp_hash_same(const MpHash *a, const MpHash *b);

/** Takes a hash from text. Errors: false when the text is not 64 such digits. Thread: any. */
bool mp_hash_parse(const char *text, MpHash *hash);

#endif
