#include "random/random.h"

#include <criterion/criterion.h>

/* The first numbers of the author's demonstration program, seed 42 and stream 54. */
Test(pcg32, gives_the_published_numbers)
{
    static const uint32_t published[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                         0x83d2f293, 0xbfa4784b, 0xcbed606e};
    MpPcg32 generator;
    mp_pcg32_init(&generator, 42, 54);
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        cr_expect_eq(mp_pcg32_next(&generator), published[i], "number %zu", i);
}

Test(pcg32, stays_below_its_bound)
{
    static const uint32_t bounds[] = {1, 2, 3, 7, 1000, 0x80000001, 0xFFFFFFFF};
    MpPcg32 generator;
    mp_pcg32_init(&generator, 1, 1);
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        for (int k = 0; k < 1000; k++)
            cr_assert_lt(mp_pcg32_below(&generator, bounds[i]), bounds[i]);
    }
}

static MpRandom *create(uint32_t seed)
{
    MpRandom *random = mp_random_create(seed, NULL);
    cr_assert(random);
    return random;
}

Test(random, repeats_after_the_same_seed)
{
    MpRandom *random = create(7);
    float first = mp_random_next(random);
    int second = mp_random_integer(random, -100, 100);
    mp_random_seed(random, 8);
    cr_expect_neq(mp_random_next(random), first);
    mp_random_seed(random, 7);
    cr_expect_eq(mp_random_next(random), first);
    cr_expect_eq(mp_random_integer(random, -100, 100), second);
    mp_random_destroy(random);
}

Test(random, keeps_numbers_in_their_range)
{
    static const struct {
        float low, high;
    } ranges[] = {{0, 1}, {-3, 5}, {1e9f, 1.000001e9f}, {5, -5}, {-1e-30f, 1e-30f}};
    MpRandom *random = create(3);
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        float low = ranges[i].low, high = ranges[i].high;
        for (int k = 0; k < 10000; k++) {
            float number = mp_random_range(random, low, high);
            bool inside =
                low < high ? number >= low && number < high : number <= low && number > high;
            cr_assert(inside, "%g is not in [%g, %g)", (double)number, (double)low, (double)high);
        }
    }
    cr_expect_eq(mp_random_range(random, 2, 2), 2);
    mp_random_destroy(random);
}

Test(random, reaches_both_ends_of_whole_numbers)
{
    MpRandom *random = create(4);
    int seen[7] = {0};
    for (int i = 0; i < 7000; i++) {
        int number = mp_random_integer(random, 3, -3);
        cr_assert(number >= -3 && number <= 3);
        seen[number + 3]++;
    }
    for (int i = 0; i < 7; i++)
        cr_expect(seen[i] > 800 && seen[i] < 1200, "%d came %d times", i - 3, seen[i]);
    cr_expect_eq(mp_random_integer(random, 5, 5), 5);
    mp_random_destroy(random);
}

Test(random, spans_all_whole_numbers)
{
    MpRandom *random = create(5);
    int low = 0, high = 0;
    for (int i = 0; i < 1000; i++) {
        int number = mp_random_integer(random, INT32_MIN, INT32_MAX);
        low = number < low ? number : low;
        high = number > high ? number : high;
    }
    cr_expect_lt(low, INT32_MIN / 2);
    cr_expect_gt(high, INT32_MAX / 2);
    mp_random_destroy(random);
}
