/*
 * update/delta/decode.h - a delta from anywhere to anywhere, piece by piece. Private to this
 * folder.
 */
#ifndef MP_UPDATE_DECODE_H
#define MP_UPDATE_DECODE_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MP_DELTA_PIECE = 64 << 10,
    MP_DELTA_MEMORY_FIXED = 1 << 20, /* of the decoder, and for two pieces */
};

/** Where a delta comes from and its result goes to. */
typedef struct MpDeltaStream {
    /** Up to `room` bytes; fewer only at the end. False: the error says why. */
    bool (*read)(void *user, void *bytes, size_t room, size_t *size, MpError *error);
    bool (*write)(void *user, const void *bytes, size_t size, MpError *error);
    void *user;
} MpDeltaStream;

/** The bytes of memory that a delta beginning with `head` needs. False: it is none. */
bool mp_delta_need(const unsigned char *head, size_t size, uint64_t base_size, uint64_t *memory,
                   uint64_t *result_length);

/**
 * Writes exactly `result_length` bytes, or fails; fails before it takes memory when more than
 * `memory` bytes are needed.
 */
bool mp_delta_decode(const void *base, size_t base_size, uint64_t result_length, uint64_t memory,
                     const MpDeltaStream *stream, MpError *error);

#endif
