#include "log/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <uv.h>

enum { FILE_LIMIT = 8 << 20, PATH_LIMIT = 4096 };

static FILE *file;
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

static void write_to_file(void *user, MpLogLevel level, const char *message)
{
    (void)user;
    if (written > FILE_LIMIT)
        return;
    write_time();
    int length = fprintf(file, "%s: %s\n", mp_log_level_name(level), message);
    written += length > 0 ? (size_t)length : 0;
    if (written > FILE_LIMIT)
        fputs("the log is full, nothing more is written\n", file);
    /* A crash must not take the last messages with it. */
    fflush(file);
}

static void keep_previous(const char *path)
{
    char previous[PATH_LIMIT];
    int length = snprintf(previous, sizeof previous, "%s.old", path);
    if (length > 0 && (size_t)length < sizeof previous) {
        remove(previous);
        rename(path, previous);
    }
}

bool mp_log_open_file(const char *path, MpError *error)
{
    mp_log_close_file();
    keep_previous(path);
    file = fopen(path, "w");
    if (!file) {
        mp_error_set(error, MP_IO, "cannot write the log file '%s': %s", path, strerror(errno));
        return false;
    }
    written = 0;
    if (!mp_log_add_sink(write_to_file, NULL)) {
        mp_log_close_file();
        mp_error_set(error, MP_LIMIT, "the log has %d sinks already", MP_LOG_SINK_LIMIT);
        return false;
    }
    return true;
}

void mp_log_close_file(void)
{
    if (!file)
        return;
    mp_log_remove_sink(write_to_file, NULL);
    fclose(file);
    file = NULL;
}
