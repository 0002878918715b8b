#include "watch/settle.h"

#include <criterion/criterion.h>

Test(settle, reports_once_after_quiet)
{
    MpSettle settle = {.quiet = 30, .longest = 200};
    cr_expect_not(mp_settle_take(&settle, 1000));
    mp_settle_touch(&settle, 1000);
    mp_settle_touch(&settle, 1020);
    cr_expect_not(mp_settle_take(&settle, 1049));
    cr_expect(mp_settle_take(&settle, 1050));
    cr_expect_not(mp_settle_take(&settle, 5000));
}

Test(settle, reports_changes_that_do_not_end)
{
    MpSettle settle = {.quiet = 30, .longest = 200};
    int reports = 0;
    for (uint64_t now = 1000; now < 1600; now += 10) {
        mp_settle_touch(&settle, now);
        if (mp_settle_take(&settle, now)) {
            reports++;
            cr_expect_eq((now - 1000) % 210, 200, "at %d", (int)now);
        }
    }
    cr_expect_eq(reports, 2);
}
