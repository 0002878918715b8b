/*
 * random/random.h - random numbers that are the same on every machine.
 *
 *     MpRandom *random = mp_random_create(2024, &error);
 *     int damage = mp_random_integer(random, 3, 6);
 *
 * The generator is PCG32 (XSH RR 64/32) by Melissa O'Neill: "PCG: A Family of Simple Fast
 * Space-Efficient Statistically Good Algorithms for Random Number Generation", 2014,
 * https://www.pcg-random.org. It is not for secrets.
 *
 * Glossary
 *   seed      where in its sequence a generator starts; the same seed gives the same numbers
 *   stream    which of 2^63 different sequences it runs through
 */
#ifndef MP_RANDOM_H
#define MP_RANDOM_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stdint.h>

/** The bare generator, for C code that embeds it. Copying it copies the sequence from here on. */
typedef struct MpPcg32 {
    uint64_t state;
    uint64_t increment; /**< Odd; names the stream. */
} MpPcg32;

/** Starts a generator. Thread: any, as with all functions on a generator: one at a time. */
void mp_pcg32_init(MpPcg32 *generator, uint64_t seed, uint64_t stream);

/** The next 32 bits. */
uint32_t mp_pcg32_next(MpPcg32 *generator);

/** A number below `bound` (at least 1), every one equally likely. */
uint32_t mp_pcg32_below(MpPcg32 *generator, uint32_t bound);

/** A number in [0, 1), a multiple of 2^-24. */
float mp_pcg32_unit(MpPcg32 *generator);

/** A sequence of random numbers that scripts can hold, seed and replay. */
typedef struct MP_CLASS MP_ROOT(random) MpRandom {
    MpObject object;
    MpPcg32 generator;
} MpRandom;

/** Ownership: the caller's, until mp_random_destroy. Errors: MP_MEMORY. */
MpRandom *mp_random_create(uint32_t seed, MpError *error);

/** Takes NULL. */
void mp_random_destroy(MpRandom *self);

/** Starts the sequence anew: after the same seed come the same numbers, on every machine. */
MP_LEAF void mp_random_seed(MpRandom *self, uint32_t seed);

/** The next number from 0 up to, but not including, 1. */
MP_LEAF float mp_random_next(MpRandom *self);

/** A number from `low` up to, but not including, `high`. Equal bounds give that bound. */
MP_LEAF float mp_random_range(MpRandom *self, float low, float high);

/** A whole number from `low` to `high`, both included; the bounds may come in either order. */
MP_LEAF int mp_random_integer(MpRandom *self, int low, int high);

#endif
