/* Frames that do not end, and what must not be taken for one. */
#include "app/hang_watch.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

TestSuite(hang_watch, .timeout = 60);

static atomic_int marks, unmarks;

static void mark(void) { atomic_fetch_add(&marks, 1); }

static void unmark(void) { atomic_fetch_add(&unmarks, 1); }

static MpHangWatch *create(unsigned tick_ms, unsigned ticks)
{
    MpHangWatchOptions options = {
        .tick_ms = tick_ms, .ticks = ticks, .mark = mark, .unmark = unmark};
    MpHangWatch *watch = mp_hang_watch_create(&options, NULL);
    cr_assert_not_null(watch);
    return watch;
}

static void pause_ms(long milliseconds)
{
    nanosleep(
        &(struct timespec){.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000},
        NULL);
}

Test(hang_watch, a_frame_that_does_not_end_is_marked_once_until_it_does)
{
    MpHangWatch *watch = create(1, 20);
    for (int hang = 1; hang <= 2; hang++) {
        mp_hang_watch_begin(watch);
        while (atomic_load(&marks) < hang)
            pause_ms(1);
        pause_ms(50);
        cr_expect_eq(atomic_load(&unmarks), hang - 1);
        mp_hang_watch_end(watch);
        cr_expect_eq(atomic_load(&marks), hang);
        cr_expect_eq(atomic_load(&unmarks), hang);
    }
    mp_hang_watch_destroy(watch);
    cr_expect_eq(atomic_load(&unmarks), 2);
}

Test(hang_watch, many_short_frames_and_the_time_between_them_are_none)
{
    MpHangWatch *watch = create(1, 200);
    for (int frame = 0; frame < 100; frame++) {
        mp_hang_watch_begin(watch);
        pause_ms(5);
        mp_hang_watch_end(watch);
    }
    pause_ms(500);
    mp_hang_watch_destroy(watch);
    cr_expect_eq(atomic_load(&marks), 0);
}

/* As in a debugger, or when the lid is shut. */
Test(hang_watch, time_in_which_the_process_is_stopped_does_not_count)
{
    pid_t child = fork();
    if (child == 0) {
        MpHangWatch *watch = create(10, 40);
        mp_hang_watch_begin(watch);
        raise(SIGSTOP);
        mp_hang_watch_end(watch);
        _exit(atomic_load(&marks));
    }
    int status;
    cr_assert_eq(waitpid(child, &status, WUNTRACED), child);
    cr_assert(WIFSTOPPED(status));
    pause_ms(1000); /* more than twice what makes a hang */
    kill(child, SIGCONT);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
