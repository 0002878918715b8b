#include "app/frame_times.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool grow(MpFrameTimes *times)
{
    size_t capacity = times->capacity ? 2 * times->capacity : 1024;
    float *grown = realloc(times->milliseconds, capacity * sizeof *grown);
    if (!grown)
        return false;
    times->milliseconds = grown;
    times->capacity = capacity;
    return true;
}

void mp_frame_times_add(MpFrameTimes *times, double seconds)
{
    float milliseconds = (float)(seconds * 1e3);
    if (times->count == MP_FRAME_TIMES_LIMIT) {
        times->milliseconds[times->next] = milliseconds;
        times->next = (times->next + 1) % MP_FRAME_TIMES_LIMIT;
    } else if (times->count < times->capacity || grow(times)) {
        times->milliseconds[times->count++] = milliseconds;
    }
}

static int compare(const void *a, const void *b)
{
    float left = *(const float *)a, right = *(const float *)b;
    return (left > right) - (left < right);
}

/* Nearest rank: the smallest value that at least `share` of all are not above. */
static double percentile(const float *sorted, size_t count, double share)
{
    size_t rank = (size_t)((double)count * share);
    return (double)sorted[rank < count ? rank : count - 1];
}

MpFrameSummary mp_frame_times_summary(const MpFrameTimes *times)
{
    size_t count = times->count;
    float *sorted = count ? malloc(count * sizeof *sorted) : NULL;
    if (!sorted)
        return (MpFrameSummary){0};
    memcpy(sorted, times->milliseconds, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)sorted[i];
    MpFrameSummary summary = {
        .mean = sum / (double)count,
        .p50 = percentile(sorted, count, 0.50),
        .p99 = percentile(sorted, count, 0.99),
        .max = (double)sorted[count - 1],
    };
    free(sorted);
    return summary;
}

void mp_frame_times_finish(MpFrameTimes *times)
{
    free(times->milliseconds);
    *times = (MpFrameTimes){0};
}
