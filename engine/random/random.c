#include "random.gen.h"

#include <math.h>
#include <stdlib.h>

enum { STREAM = 54 };

MpRandom *mp_random_create(uint32_t seed, MpError *error)
{
    MpRandom *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(error, MP_MEMORY, "no memory for a random generator");
        return NULL;
    }
    mp_pcg32_init(&self->generator, seed, STREAM);
    mp_object_init(&self->object, &mp_class_MpRandom);
    return self;
}

void mp_random_destroy(MpRandom *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    free(self);
}

void MP_NATIVE(mp_random_seed)(MpRandom *self, uint32_t seed)
{
    mp_pcg32_init(&self->generator, seed, STREAM);
}

float MP_NATIVE(mp_random_next)(MpRandom *self) { return mp_pcg32_unit(&self->generator); }

float MP_NATIVE(mp_random_range)(MpRandom *self, float low, float high)
{
    float span = high - low;
    /* The product of two floats is exact in a double, so a fused multiply-add of one platform
       gives the same number as the two operations of another. */
    float number = (float)((double)low + (double)span * (double)mp_pcg32_unit(&self->generator));
    return number == high ? nextafterf(number, low) : number;
}

int MP_NATIVE(mp_random_integer)(MpRandom *self, int low, int high)
{
    uint32_t first = (uint32_t)(low < high ? low : high);
    uint32_t last = (uint32_t)(low < high ? high : low);
    uint32_t count = last - first + 1;
    uint32_t step =
        count ? mp_pcg32_below(&self->generator, count) : mp_pcg32_next(&self->generator);
    return (int)(first + step);
}
