#include "clock/clock.h"
#include "support/scratch.h"
#include "watch/watch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <unistd.h>

/* Everything is tested twice: as the system reports it, and by reading again and again. */

static const double DEADLINE = 10, QUIET = 0.3;

static Scratch scratch;
static MpWatch *watch;

static void start(bool scan)
{
    scratch_init(&scratch);
    scratch_make_folder(&scratch, "patch");
    scratch_make_folder(&scratch, "patch/assets");
    scratch_write_text(&scratch, "patch/a.lua", "a");
    MpWatchConfig config = {.settle_ms = 5, .longest_ms = 50, .rescan_ms = 10, .scan = scan};
    watch = mp_watch_create(&config, NULL);
    cr_assert(watch);
    cr_assert(mp_watch_directory(watch, scratch_path(&scratch, "patch"), NULL));
    cr_assert_eq(mp_watch_is_scanning(watch), scan);
}

static void finish(void)
{
    mp_watch_destroy(watch);
    scratch_finish(&scratch);
}

static bool reports_within(double seconds)
{
    double end = mp_clock_seconds() + seconds;
    while (mp_clock_seconds() < end) {
        if (mp_watch_poll(watch))
            return true;
        usleep(1000);
    }
    return false;
}

/* Waits until the series of changes that was reported is over. */
static void drain(void)
{
    while (reports_within(QUIET / 3)) {
    }
}

static void expect_report(const char *what)
{
    cr_expect(reports_within(DEADLINE), "%s was not reported", what);
    drain();
}

static void change_everything(void)
{
    cr_expect_not(reports_within(QUIET), "nothing happened yet");
    scratch_write_text(&scratch, "patch/a.lua", "changed");
    expect_report("a changed file");
    scratch_write_text(&scratch, "patch/b.lua", "b");
    expect_report("a new file");
    cr_assert_eq(
        rename(scratch_path(&scratch, "patch/b.lua"), scratch_path(&scratch, "patch/c.lua")), 0);
    expect_report("a renamed file");
    scratch_remove(&scratch, "patch/c.lua");
    expect_report("a deleted file");
    scratch_write_text(&scratch, "patch/assets/x.txt", "x");
    expect_report("a file in a folder");
    cr_expect_not(reports_within(QUIET), "nothing happened any more");
}

static void change_folders(void)
{
    scratch_make_folder(&scratch, "patch/new");
    scratch_make_folder(&scratch, "patch/new/deep");
    expect_report("a new folder");
    scratch_write_text(&scratch, "patch/new/deep/x.txt", "x");
    expect_report("a file in a new folder");
    scratch_remove(&scratch, "patch/new");
    expect_report("a deleted folder");
    scratch_make_folder(&scratch, "patch/new");
    expect_report("the folder made again");
    scratch_write_text(&scratch, "patch/new/y.txt", "y");
    expect_report("a file in the folder made again");
}

static void replace_top(void)
{
    scratch_remove(&scratch, "patch");
    expect_report("the deleted top");
    scratch_make_folder(&scratch, "patch");
    expect_report("the top made again");
    scratch_write_text(&scratch, "patch/a.lua", "a");
    expect_report("a file in the top made again");
    /* Between two polls: the new folder often gets the number of the old one. */
    scratch_remove(&scratch, "patch");
    scratch_make_folder(&scratch, "patch");
    expect_report("the top replaced at once");
    scratch_write_text(&scratch, "patch/b.lua", "b");
    expect_report("a file in the top replaced at once");
}

#define BOTH_WAYS(name)                                            \
    Test(watch, name##_by_reports, .fini = finish, .timeout = 60)  \
    {                                                              \
        start(false);                                              \
        name();                                                    \
    }                                                              \
    Test(watch, name##_by_scanning, .fini = finish, .timeout = 60) \
    {                                                              \
        start(true);                                               \
        name();                                                    \
    }

BOTH_WAYS(change_everything)
BOTH_WAYS(change_folders)
BOTH_WAYS(replace_top)

Test(watch, reports_changes_that_do_not_end, .fini = finish, .timeout = 60)
{
    start(false);
    double end = mp_clock_seconds() + DEADLINE;
    bool reported = false;
    for (int i = 0; !reported && mp_clock_seconds() < end; i++) {
        scratch_write_text(&scratch, "patch/a.lua", i % 2 ? "even" : "odd");
        reported = mp_watch_poll(watch);
        usleep(1000);
    }
    cr_expect(reported);
}

Test(watch, needs_a_folder, .fini = finish)
{
    start(false);
    MpError error;
    cr_expect_not(mp_watch_directory(watch, scratch_path(&scratch, "none"), &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect_not(mp_watch_directory(watch, scratch_path(&scratch, "patch/a.lua"), &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
}

Test(watch, takes_nothing_and_defaults)
{
    mp_watch_destroy(NULL);
    MpWatch *idle = mp_watch_create(NULL, NULL);
    cr_assert(idle);
    cr_expect_not(mp_watch_poll(idle));
    mp_watch_destroy(idle);
}
