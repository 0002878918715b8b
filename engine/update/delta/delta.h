/*
 * update/delta/delta.h - what changed between two versions of a file.
 *
 * A delta is a zstd frame whose dictionary is the file before, as `zstd --patch-from=BASE` writes
 * and reads it. It says nothing about the two files; what it is made of, what it makes and how much
 * memory that takes come from signed metadata, and are checked before memory is taken. A delta
 * that does not fit is an error, and the caller takes the whole file instead.
 *
 *     MpDeltaBytes delta;
 *     mp_delta_make(old, old_size, new, new_size, &delta, &error);
 *     ... publish delta.bytes, delta.memory and both hashes
 *     mp_delta_apply(&(MpDelta){.base = "objects/ab", .delta = "partial/ab-cd", ...}, &error);
 *
 * Glossary
 *   base      the file before
 *   result    the file after
 *   memory    bytes that applying needs: the base, as much of the result as is looked back at (the
 *             window), and a constant
 *
 * Thread: any; nothing is shared.
 */
#ifndef MP_UPDATE_DELTA_H
#define MP_UPDATE_DELTA_H

#include "moonpatch/error.h"
#include "patches/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MP_DELTA_FILE_LIMIT = 1 << 30,   /* bytes of a base, and of a result */
    MP_DELTA_MEMORY_MORE = 16 << 20, /* see mp_delta_memory_limit() */
};

/** A delta; `bytes` is for free(). */
typedef struct MpDeltaBytes {
    unsigned char *bytes;
    size_t size;
    uint64_t memory;
} MpDeltaBytes;

/** What is to be made of what; hashes, length and memory as signed metadata has them. */
typedef struct MpDelta {
    const char *base, *delta; /**< Files. */
    const char *path;         /**< Where the result goes, on the disk and by a rename. */
    MpHash base_hash, result_hash;
    uint64_t result_length;
    uint64_t memory;
} MpDelta;

/** The most memory that any delta may need: twice the base, and 16 MiB. */
uint64_t mp_delta_memory_limit(uint64_t base_length);

/**
 * Finds what changed. It may be larger than the result itself; then it is of no use. Takes seconds
 * and hundreds of megabytes for large files; the same bytes from the same files.
 * Ownership: `delta->bytes` is the caller's. Errors: false; MP_LIMIT, MP_MEMORY.
 */
bool mp_delta_make(const void *base, size_t base_size, const void *result, size_t result_size,
                   MpDeltaBytes *delta, MpError *error);

/**
 * Makes the result from the base, with at most `memory` bytes of memory.
 * Errors: false, and nothing is at `path` that was not there before; MP_FORMAT and MP_LIMIT for
 * what does not fit, MP_NOT_FOUND, MP_IO, MP_MEMORY.
 */
bool mp_delta_apply(const MpDelta *delta, MpError *error);

#endif
