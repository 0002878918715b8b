/*
 * patches/hash.h - names for contents: the SHA-256 of a patch file.
 *
 *     MpHash hash = mp_hash_of(text, size);
 *     printf("%s\n", hash.text);
 *
 *     MpHasher *hasher = mp_hasher_create();
 *     while (read(piece, &size))
 *         mp_hasher_add(hasher, piece, size);
 *     hash = mp_hasher_finish(hasher);
 */
#ifndef MP_PATCHES_HASH_H
#define MP_PATCHES_HASH_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MP_HASH_LENGTH = 64 };

/** 64 lower-case hexadecimal digits, or "": no content. */
typedef struct MpHash {
    char text[MP_HASH_LENGTH + 1];
} MpHash;

/** The hash of `size` bytes. Thread: any. */
MpHash mp_hash_of(const void *data, size_t size);

/** A hash of what comes in pieces. */
typedef struct MpHasher MpHasher;

/** Ownership: the caller's, until mp_hasher_finish(). Errors: NULL without memory. Thread: any. */
MpHasher *mp_hasher_create(void);

/** The next piece. Takes NULL as the hasher. Thread: any, one at a time. */
void mp_hasher_add(MpHasher *hasher, const void *data, size_t size);

/** Frees it. Takes NULL. Errors: "" if there was no memory at any time. Thread: any. */
MpHash mp_hasher_finish(MpHasher *hasher);

/**
 * The hash of a file of exactly `size` bytes, which is read piece by piece; links are not followed.
 * Errors: false; MP_NOT_FOUND, MP_IO, MP_FORMAT when it has another size. Thread: any.
 */
bool mp_hash_of_file(const char *path, uint64_t size, MpHash *hash, MpError *error);

/** Whether both name one content; "" names none. Thread: any. */
bool mp_hash_same(const MpHash *a, const MpHash *b);

/** Takes a hash from text. Errors: false when the text is not 64 such digits. Thread: any. */
bool mp_hash_parse(const char *text, MpHash *hash);

#endif
