#include "log/log.h"

#include "log/clean.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

typedef struct Sink {
    MpLogSink *function;
    void *user;
} Sink;

static struct {
    uv_once_t once;
    uv_mutex_t lock;
    atomic_int level;
    char program[32];
    Sink sinks[MP_LOG_SINK_LIMIT];
    size_t count;
} journal = {
    .once = UV_ONCE_INIT,
    .level = MP_LOG_INFO,
    .program = "moonpatch",
    .sinks = {{mp_log_to_terminal, NULL}},
    .count = 1,
};

/* A sink that logs would wait for itself. */
static _Thread_local bool inside_sink;

static void init_lock(void)
{
    if (uv_mutex_init(&journal.lock))
        abort();
}

static void lock_journal(void)
{
    uv_once(&journal.once, init_lock);
    uv_mutex_lock(&journal.lock);
}

static void unlock_journal(void) { uv_mutex_unlock(&journal.lock); }

const char *mp_log_level_name(MpLogLevel level)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};
    return names[level];
}

void mp_log_set_level(MpLogLevel level) { atomic_store(&journal.level, (int)level); }

MpLogLevel mp_log_get_level(void) { return (MpLogLevel)atomic_load(&journal.level); }

void mp_log_set_program(const char *name)
{
    lock_journal();
    snprintf(journal.program, sizeof journal.program, "%s", name);
    unlock_journal();
}

bool mp_log_add_sink(MpLogSink *sink, void *user)
{
    lock_journal();
    bool room = journal.count < MP_LOG_SINK_LIMIT;
    if (room)
        journal.sinks[journal.count++] = (Sink){sink, user};
    unlock_journal();
    return room;
}

void mp_log_remove_sink(MpLogSink *sink, void *user)
{
    lock_journal();
    for (size_t i = 0; i < journal.count; i++) {
        if (journal.sinks[i].function == sink && journal.sinks[i].user == user) {
            journal.count--;
            memmove(&journal.sinks[i], &journal.sinks[i + 1],
                    (journal.count - i) * sizeof journal.sinks[0]);
            break;
        }
    }
    unlock_journal();
}

static bool wants_colour(void)
{
    const char *refused = getenv("NO_COLOR");
    return uv_guess_handle(fileno(stderr)) == UV_TTY && !(refused && *refused);
}

void mp_log_to_terminal(void *user, MpLogLevel level, const char *message)
{
    static const char *const colours[] = {"\x1b[2m", "", "\x1b[33m", "\x1b[31m"};
    (void)user;
    bool colour = wants_colour();
    fprintf(stderr, "%s: %s%s:%s %s\n", journal.program, colour ? colours[level] : "",
            mp_log_level_name(level), colour && *colours[level] ? "\x1b[0m" : "", message);
}

static void give_to_sinks(MpLogLevel level, const char *message)
{
    inside_sink = true;
    lock_journal();
    for (size_t i = 0; i < journal.count; i++)
        journal.sinks[i].function(journal.sinks[i].user, level, message);
    unlock_journal();
    inside_sink = false;
}

void mp_log_text(MpLogLevel level, const char *text)
{
    char clean[MP_LOG_MESSAGE_SIZE];
    if (inside_sink)
        return;
    mp_log_clean(clean, sizeof clean, text);
    give_to_sinks(level, clean);
}

void mp_log(MpLogLevel level, const char *format, ...)
{
    if (inside_sink || (int)level < atomic_load(&journal.level))
        return;
    /* One byte more than fits, so that the cleaner sees whether the text goes on. */
    char text[MP_LOG_MESSAGE_SIZE + 1];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mp_log_text(level, text);
}
