#include "update/fetch/retry.h"

#include <criterion/criterion.h>

Test(retry, pauses_grow_up_to_a_bound)
{
    static const unsigned most[] = {100, 200, 400, 500, 500};
    MpRetry retry = {.limit = 5, .first_ms = 100, .most_ms = 500};
    for (size_t i = 0; i < 5; i++) {
        unsigned delay = 0;
        cr_assert(mp_retry_next(&retry, 0, &delay));
        cr_expect(delay >= most[i] / 2 && delay <= most[i], "%zu: %u", i, delay);
    }
    cr_expect_not(mp_retry_next(&retry, 0, &(unsigned){0}), "it was enough");
}

/* Two hundred who failed at once come back at many different times. */
Test(retry, pauses_are_of_chance)
{
    enum { CLIENTS = 200, PAUSE = 1000 };
    bool seen[PAUSE + 1] = {false};
    int different = 0;
    for (int i = 0; i < CLIENTS; i++) {
        unsigned delay = 0;
        MpRetry retry = {.first_ms = PAUSE};
        cr_assert(mp_retry_next(&retry, 0, &delay));
        cr_assert_leq(delay, PAUSE);
        different += !seen[delay];
        seen[delay] = true;
    }
    cr_expect_geq(different, CLIENTS / 2, "%d", different);
}

Test(retry, the_server_says_when_at_the_earliest)
{
    unsigned delay = 0;
    MpRetry retry = {.first_ms = 100, .most_ms = 5000};
    cr_assert(mp_retry_next(&retry, 5, &delay));
    cr_expect_eq(delay, 5000);
    cr_expect_not(mp_retry_next(&retry, 6, &delay), "not that long");
    cr_assert(mp_retry_next(&retry, 0, &delay));
    cr_expect_leq(delay, 200);
}

Test(retry, there_is_a_usual_way)
{
    unsigned delay = 0;
    MpRetry retry = {0};
    for (int i = 0; i < 4; i++)
        cr_assert(mp_retry_next(&retry, 0, &delay));
    cr_expect(delay >= 4000 && delay <= 8000, "%u", delay);
    cr_expect_not(mp_retry_next(&retry, 0, &delay));
}
