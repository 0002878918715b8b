/*
 * times.h - how long frames took, as a histogram that needs no memory for each of them.
 */
#ifndef SOAK_TIMES_H
#define SOAK_TIMES_H

#include <stddef.h>

enum { TIMES_BUCKETS = 128 };

/** Zero: empty. */
typedef struct Times {
    size_t counts[TIMES_BUCKETS]; /**< Each bucket is a sixth of an octave, from 1 µs on. */
    size_t count;
    double longest; /**< Milliseconds. */
} Times;

/** The processor time of this thread, milliseconds: other programs do not count. */
double times_now(void);

void times_add(Times *times, double milliseconds);

/** What that share of them took at most, milliseconds; 0.5: the median. 0 when there are none. */
double times_percentile(const Times *times, double share);

#endif
