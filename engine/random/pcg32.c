#include "random/random.h"

void mp_pcg32_init(MpPcg32 *generator, uint64_t seed, uint64_t stream)
{
    generator->state = 0;
    generator->increment = stream << 1 | 1;
    mp_pcg32_next(generator);
    generator->state += seed;
    mp_pcg32_next(generator);
}

uint32_t mp_pcg32_next(MpPcg32 *generator)
{
    uint64_t state = generator->state;
    generator->state = state * 6364136223846793005u + generator->increment;
    uint32_t shifted = (uint32_t)((state >> 18 ^ state) >> 27);
    uint32_t rotation = (uint32_t)(state >> 59);
    return shifted >> rotation | shifted << (-rotation & 31);
}

uint32_t mp_pcg32_below(MpPcg32 *generator, uint32_t bound)
{
    /* The lowest 2^32 mod bound numbers are drawn again: they would favour small results. */
    uint32_t threshold = -bound % bound;
    uint32_t number;
    do
        number = mp_pcg32_next(generator);
    while (number < threshold);
    return number % bound;
}

float mp_pcg32_unit(MpPcg32 *generator)
{
    return (float)(mp_pcg32_next(generator) >> 8) * 0x1p-24f;
}
