#include "update/fetch/retry.h"

#include <uv.h>

static const MpRetry usual = {.limit = 4, .first_ms = 1000, .most_ms = 60000};

static unsigned or_else(unsigned value, unsigned instead) { return value ? value : instead; }

/* From 0 to `most`. Without chance, half of it: the pause is all the same a pause. */
static unsigned by_chance(unsigned most)
{
    uint32_t number;
    if (uv_random(NULL, NULL, &number, sizeof number, 0, NULL) < 0)
        return most / 2;
    return (unsigned)(number % ((uint64_t)most + 1));
}

bool mp_retry_next(MpRetry *self, unsigned retry_after, unsigned *delay_ms)
{
    unsigned most = or_else(self->most_ms, usual.most_ms);
    uint64_t pause = or_else(self->first_ms, usual.first_ms);
    if (self->times >= or_else(self->limit, usual.limit) || retry_after > most / 1000)
        return false;
    for (unsigned i = 0; i < self->times && pause < most; i++)
        pause *= 2;
    self->times++;
    unsigned whole = (unsigned)(pause < most ? pause : most);
    unsigned delay = whole - whole / 2 + by_chance(whole / 2);
    *delay_ms = delay / 1000 >= retry_after ? delay : retry_after * 1000;
    return true;
}
