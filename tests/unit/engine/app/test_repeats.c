#include "app/repeats.h"
#include "log/log.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static char log_text[4096];

static void keep(void *user, MpLogLevel level, const char *message)
{
    (void)user;
    (void)level;
    strncat(log_text, message, sizeof log_text - strlen(log_text) - 2);
    strcat(log_text, "\n");
}

static void init(void) { mp_log_add_sink(keep, NULL); }

TestSuite(repeats, .init = init, .timeout = 20);

Test(repeats, two_errors_in_turn_are_told_once_each_and_counted)
{
    MpRepeats repeats = {0};
    int told = 0;
    for (int i = 0; i < 1000; i++) {
        told += mp_repeats_note(&repeats, "one\nstack traceback:", i);
        told += mp_repeats_note(&repeats, "two", i);
    }
    cr_expect_eq(told, 2);
    cr_expect_str_eq(log_text, "");
    mp_repeats_finish(&repeats);
    cr_expect_str_eq(log_text, "1000 times: one\n1000 times: two\n");
}

Test(repeats, an_error_that_happened_once_needs_no_summary)
{
    MpRepeats repeats = {0};
    cr_expect(mp_repeats_note(&repeats, "one", 0));
    mp_repeats_finish(&repeats);
    cr_expect_str_eq(log_text, "");
}

Test(repeats, ever_new_errors_are_limited_per_second)
{
    MpRepeats repeats = {0};
    int told = 0;
    for (int i = 0; i < 300; i++) {
        char message[32];
        snprintf(message, sizeof message, "error %d", i);
        told += mp_repeats_note(&repeats, message, i * 0.01);
    }
    cr_expect_eq(told, 3 * MP_REPEATS_PER_SECOND);
    mp_repeats_finish(&repeats);
    cr_expect_str_eq(log_text, "252 more errors, too many in a second to tell of each\n");
}

Test(repeats, a_message_that_makes_room_for_another_is_summed_up)
{
    MpRepeats repeats = {0};
    mp_repeats_note(&repeats, "old", 0);
    mp_repeats_note(&repeats, "old", 0);
    for (int i = 0; i < MP_REPEATS_REMEMBERED; i++) {
        char message[32];
        snprintf(message, sizeof message, "error %d", i);
        mp_repeats_note(&repeats, message, i + 1);
    }
    cr_expect_str_eq(log_text, "2 times: old\n");
    cr_expect(mp_repeats_note(&repeats, "old", 100), "it was forgotten");
}
