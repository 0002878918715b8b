/* A caller that includes only what people write: "subject.h". */
#include "loops.h"

__attribute__((aligned(64))) uint32_t loop_header(Subject *subject, long n)
{
    uint32_t sum = 0;
    for (; n > 0; n--)
        sum += (uint32_t)subject_damage(subject, 0);
    return sum;
}
