#include "log/ring.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

static MpLogRing *ring;

static void init(void)
{
    mp_log_remove_sink(mp_log_to_terminal, NULL);
    ring = mp_log_ring_create(NULL);
    cr_assert(ring);
}

static void finish(void) { mp_log_ring_destroy(ring); }

TestSuite(ring, .init = init, .fini = finish);

static void expect_line(int number, int level, const char *source, const char *text)
{
    int found_level;
    const char *found_source;
    double seconds;
    const char *found = mp_log_ring_read(ring, number, &found_level, &found_source, &seconds);
    cr_assert(found, "line %d", number);
    cr_expect_str_eq(found, text);
    cr_expect_str_eq(found_source, source);
    cr_expect_eq(found_level, level);
    cr_expect(seconds >= 0 && seconds < 60);
}

static void expect_none(int number)
{
    int level;
    const char *source;
    double seconds;
    cr_expect_null(mp_log_ring_read(ring, number, &level, &source, &seconds), "line %d", number);
}

Test(ring, keeps_lines_with_their_source)
{
    expect_none(0);
    expect_none(1);
    mp_log_warning("sound %d is missing", 7);
    mp_log_ring_write(ring, 3, "waves", "three: of them");
    mp_log_info("waves: of the engine");
    cr_expect_eq(mp_log_ring_get_count(ring), 3);
    expect_line(1, MP_LOG_WARNING, "engine", "sound 7 is missing");
    expect_line(2, MP_LOG_ERROR, "waves", "three: of them");
    expect_line(3, MP_LOG_INFO, "engine", "waves: of the engine");
    expect_none(4);
    expect_none(-1);
}

Test(ring, keeps_the_last_lines)
{
    char text[16];
    for (int i = 1; i <= 2 * MP_LOG_RING_LINES + 7; i++)
        mp_log_info("line %d", i);
    int count = mp_log_ring_get_count(ring);
    cr_expect_eq(count, 2 * MP_LOG_RING_LINES + 7);
    for (int i = count - MP_LOG_RING_LINES + 1; i <= count; i++) {
        snprintf(text, sizeof text, "line %d", i);
        expect_line(i, MP_LOG_INFO, "engine", text);
    }
    expect_none(count - MP_LOG_RING_LINES);
}

Test(ring, writes_whatever_the_level)
{
    mp_log_ring_set_level(ring, 9);
    cr_expect_eq(mp_log_ring_get_level(ring), MP_LOG_ERROR);
    mp_log_info("dropped");
    mp_log_ring_write(ring, -4, "a name that is longer than thirty-one bytes", "kept");
    cr_expect_eq(mp_log_ring_get_count(ring), 1);
    expect_line(1, MP_LOG_DEBUG, "a name that is longer than thir", "kept");
}

static void chatter(void *user)
{
    (void)user;
    for (int i = 0; i < 1000; i++)
        mp_log_info("from another thread");
}

Test(ring, takes_lines_from_any_thread)
{
    uv_thread_t thread;
    cr_assert_eq(uv_thread_create(&thread, chatter, NULL), 0);
    for (int i = 0; i < 1000; i++) {
        mp_log_ring_write(ring, 1, "main", "here");
        int level;
        const char *source;
        double seconds;
        const char *text =
            mp_log_ring_read(ring, mp_log_ring_get_count(ring), &level, &source, &seconds);
        cr_assert(!text || (strcmp(text, "here") == 0) == (strcmp(source, "main") == 0));
    }
    uv_thread_join(&thread);
    cr_expect_eq(mp_log_ring_get_count(ring), 2000);
}

Test(ring, goes_from_the_log_with_its_end)
{
    mp_log_ring_destroy(ring);
    mp_log_info("nobody keeps this");
    ring = mp_log_ring_create(NULL);
    cr_expect_eq(mp_log_ring_get_count(ring), 0);
}
