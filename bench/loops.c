#include "loops.h"

#include "subject.gen.h"

uint32_t loop_slot(Subject *subject, long n)
{
    uint32_t sum = 0;
    for (; n > 0; n--)
        sum += (uint32_t)subject_damage(subject, 0);
    return sum;
}

uint32_t loop_direct(Subject *subject, long n)
{
    uint32_t sum = 0;
    for (; n > 0; n--)
        sum += (uint32_t)MP_NATIVE(subject_damage)(subject, 0);
    return sum;
}
