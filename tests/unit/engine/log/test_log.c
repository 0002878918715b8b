#include "log/log.h"
#include "support/scratch.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Record {
    int count;
    MpLogLevel level;
    char message[MP_LOG_MESSAGE_SIZE];
} Record;

static void record(void *user, MpLogLevel level, const char *message)
{
    Record *last = user;
    last->count++;
    last->level = level;
    snprintf(last->message, sizeof last->message, "%s", message);
}

Test(log, gives_formatted_messages_to_sinks)
{
    Record last = {0};
    mp_log_remove_sink(mp_log_to_terminal, NULL);
    cr_assert(mp_log_add_sink(record, &last));
    mp_log_warning("%d of %s", 3, "three");
    cr_expect_eq(last.level, MP_LOG_WARNING);
    cr_expect_str_eq(last.message, "3 of three");
    mp_log_remove_sink(record, &last);
    mp_log_error("nobody listens");
    cr_expect_eq(last.count, 1);
}

Test(log, drops_what_is_below_the_level)
{
    Record last = {0};
    mp_log_remove_sink(mp_log_to_terminal, NULL);
    mp_log_add_sink(record, &last);
    mp_log_debug("not by default");
    cr_expect_eq(last.count, 0);
    mp_log_set_level(MP_LOG_DEBUG);
    mp_log_debug("now");
    cr_expect_eq(last.count, 1);
    mp_log_set_level(MP_LOG_ERROR);
    mp_log_warning("not any more");
    cr_expect_eq(last.count, 1);
}

Test(log, cuts_long_messages)
{
    Record last = {0};
    mp_log_remove_sink(mp_log_to_terminal, NULL);
    mp_log_add_sink(record, &last);
    char text[3 * MP_LOG_MESSAGE_SIZE];
    memset(text, 'm', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    mp_log_info("%s", text);
    size_t length = strlen(last.message);
    cr_expect_eq(length, MP_LOG_MESSAGE_SIZE - 1);
    cr_expect_str_eq(last.message + length - 4, "m...");
}

static void log_again(void *user, MpLogLevel level, const char *message)
{
    (void)level;
    ++*(int *)user;
    mp_log_error("%s", message);
}

Test(log, drops_what_a_sink_logs, .timeout = 10)
{
    int count = 0;
    mp_log_remove_sink(mp_log_to_terminal, NULL);
    mp_log_add_sink(log_again, &count);
    mp_log_error("once");
    cr_expect_eq(count, 1);
}

Test(log, has_room_for_few_sinks)
{
    Record last = {0};
    for (int i = 1; i < MP_LOG_SINK_LIMIT; i++)
        cr_expect(mp_log_add_sink(record, &last));
    cr_expect_not(mp_log_add_sink(record, &last));
}

Test(log, writes_to_the_terminal, .init = cr_redirect_stderr)
{
    mp_log_set_program("moonbase");
    mp_log_warning("dust");
    fflush(stderr);
    cr_expect_stderr_eq_str("moonbase: warning: dust\n");
}

static char *read_file(const char *path)
{
    static char text[4096];
    FILE *file = fopen(path, "rb");
    cr_assert(file, "%s is missing", path);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

Test(log_file, keeps_the_run_before)
{
    Scratch scratch;
    scratch_init(&scratch);
    mp_log_remove_sink(mp_log_to_terminal, NULL);
    const char *path = scratch_path(&scratch, "game.log");
    cr_assert(mp_log_open_file(path, NULL));
    mp_log_info("first run");
    cr_assert(mp_log_open_file(path, NULL));
    mp_log_info("second run");
    mp_log_close_file();
    mp_log_info("closed");
    char *now = read_file(path);
    /* "hh:mm:ss.mmm info: ..." */
    cr_expect_str_eq(now + 13, "info: second run\n");
    char *before = read_file(scratch_path(&scratch, "game.log.old"));
    cr_expect(strstr(before, "first run"));
    scratch_finish(&scratch);
}

Test(log_file, begins_anew_when_it_is_full)
{
    enum { LINES = 9 << 10 };
    char line[1000];
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\0';
    Scratch scratch;
    scratch_init(&scratch);
    mp_log_remove_sink(mp_log_to_terminal, NULL);
    const char *path = scratch_path(&scratch, "game.log");
    cr_assert(mp_log_open_file(path, NULL));
    mp_log_info("first words");
    for (int i = 0; i < LINES; i++)
        mp_log_info("%s", line);
    cr_expect(strstr(read_file(scratch_path(&scratch, "game.log.old")), "first words"));
    cr_expect(strstr(read_file(path), "the log was full: what was told before is in the .old one"));
    mp_log_info("last words");
    mp_log_close_file();
    FILE *file = fopen(path, "rb");
    cr_assert(file);
    fseek(file, -(long)strlen("last words\n"), SEEK_END);
    cr_expect_str_eq(fgets(line, sizeof line, file), "last words\n");
    fclose(file);
    scratch_finish(&scratch);
}

Test(log_file, reports_a_folder_that_is_not_there)
{
    MpError error;
    cr_expect_not(mp_log_open_file("/nowhere/at/all/game.log", &error));
    cr_expect_eq(error.status, MP_IO);
    cr_expect(strstr(error.message, "/nowhere/at/all/game.log"));
}
