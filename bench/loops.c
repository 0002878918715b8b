#include "loops.h"

#include "subject.gen.h"

/* Each in one line of the cache: a loop that lies across two takes half as long again. */
#define ALIGNED __attribute__((aligned(64)))

ALIGNED uint32_t loop_slot(Subject *subject, long n)
{
    uint32_t sum = 0;
    for (; n > 0; n--)
        sum += (uint32_t)subject_damage(subject, 0);
    return sum;
}

ALIGNED uint32_t loop_direct(Subject *subject, long n)
{
    uint32_t sum = 0;
    for (; n > 0; n--)
        sum += (uint32_t)MP_NATIVE(subject_damage)(subject, 0);
    return sum;
}
