#include "log/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <uv.h>

enum { FILE_LIMIT = 8 << 20, PATH_LIMIT = 4096 };

static char file_path[PATH_LIMIT];
static FILE *file; /* NULL while it is open: it could not be begun anew */
static size_t written;

static void write_time(void)
{
    uv_timeval64_t now;
    if (uv_gettimeofday(&now))
        return;
    time_t seconds = (time_t)now.tv_sec;
    const struct tm *local = localtime(&seconds);
    char text[32];
    if (local && strftime(text, sizeof text, "%H:%M:%S", local))
        fprintf(file, "%s.%03d ", text, (int)(now.tv_usec / 1000));
}

static void keep_previous(void)
{
    char previous[PATH_LIMIT + 8];
    snprintf(previous, sizeof previous, "%s.old", file_path);
    remove(previous);
    rename(file_path, previous);
}

static bool begin_file(void)
{
    keep_previous();
    file = fopen(file_path, "w");
    written = 0;
    return file != NULL;
}

/* What is told last matters most: why the program ends, for instance. */
static void begin_anew(void)
{
    fclose(file);
    if (begin_file())
        fputs("the log was full: what was told before is in the .old one\n", file);
}

static void write_to_file(void *user, MpLogLevel level, const char *message)
{
    (void)user;
    if (file && written > FILE_LIMIT)
        begin_anew();
    if (!file)
        return;
    write_time();
    int length = fprintf(file, "%s: %s\n", mp_log_level_name(level), message);
    written += length > 0 ? (size_t)length : 0;
    /* A crash must not take the last messages with it. */
    fflush(file);
}

bool mp_log_open_file(const char *path, MpError *error)
{
    mp_log_close_file();
    if ((size_t)snprintf(file_path, sizeof file_path, "%s", path) >= sizeof file_path) {
        mp_error_set(error, MP_LIMIT, "the path of the log file is too long: '%s'", path);
        return false;
    }
    if (!begin_file()) {
        mp_error_set(error, MP_IO, "cannot write the log file '%s': %s", path, strerror(errno));
        return false;
    }
    if (!mp_log_add_sink(write_to_file, NULL)) {
        mp_log_close_file();
        mp_error_set(error, MP_LIMIT, "the log has %d sinks already", MP_LOG_SINK_LIMIT);
        return false;
    }
    return true;
}

void mp_log_close_file(void)
{
    mp_log_remove_sink(write_to_file, NULL);
    if (file)
        fclose(file);
    file = NULL;
}
