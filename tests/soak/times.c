#include "times.h"

#include <math.h>
#include <time.h>

static const double BUCKETS_PER_OCTAVE = 6, FIRST = 1e-3; /* ms */

double times_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

void times_add(Times *times, double milliseconds)
{
    double bucket = milliseconds > FIRST ? log2(milliseconds / FIRST) * BUCKETS_PER_OCTAVE : 0;
    times->counts[(size_t)fmin(bucket, TIMES_BUCKETS - 1)]++;
    times->count++;
    times->longest = fmax(times->longest, milliseconds);
}

double times_percentile(const Times *times, double share)
{
    double left = (double)times->count * share;
    size_t bucket = 0;
    while (bucket < TIMES_BUCKETS - 1 && left > (double)times->counts[bucket])
        left -= (double)times->counts[bucket++];
    double upper = FIRST * exp2((double)(bucket + 1) / BUCKETS_PER_OCTAVE);
    return times->count ? fmin(upper, times->longest) : 0;
}
