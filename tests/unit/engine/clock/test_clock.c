#include "clock/clock.h"

#include <criterion/criterion.h>

Test(clock, goes_forward, .timeout = 10)
{
    double start = mp_clock_seconds();
    double now = start;
    while (now < start + 1e-3) {
        double next = mp_clock_seconds();
        cr_assert_geq(next, now);
        now = next;
    }
    cr_expect_lt(now, start + 5);
}
