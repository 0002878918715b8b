#include "ring.gen.h"

#include "clock/clock.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

static const char engine_source[] = "engine";

struct MpLogRingState {
    uv_mutex_t lock;
    double start;
    atomic_int count;
    MpLogLine lines[MP_LOG_RING_LINES]; /* line n is at n % MP_LOG_RING_LINES */
};

/* Who writes on this thread; sinks are told the text alone, which then starts with it. */
static _Thread_local const char *writing;

static const char *text_without_source(const char *message)
{
    size_t length = writing ? strlen(writing) : 0;
    return writing && strncmp(message, writing, length) == 0 &&
                   strncmp(message + length, ": ", 2) == 0
               ? message + length + 2
               : message;
}

static void keep(void *user, MpLogLevel level, const char *message)
{
    struct MpLogRingState *state = user;
    char *text = strdup(text_without_source(message));
    if (!text)
        return;
    uv_mutex_lock(&state->lock);
    int number = atomic_load(&state->count) + 1;
    MpLogLine *line = &state->lines[number % MP_LOG_RING_LINES];
    free(line->text);
    *line = (MpLogLine){level, mp_clock_seconds() - state->start, "", text};
    snprintf(line->source, sizeof line->source, "%s", writing ? writing : engine_source);
    atomic_store(&state->count, number);
    uv_mutex_unlock(&state->lock);
}

static struct MpLogRingState *create_state(void)
{
    struct MpLogRingState *state = calloc(1, sizeof *state);
    if (state && uv_mutex_init(&state->lock) != 0) {
        free(state);
        return NULL;
    }
    if (state)
        state->start = mp_clock_seconds();
    return state;
}

static void destroy_state(struct MpLogRingState *state)
{
    if (!state)
        return;
    for (int i = 0; i < MP_LOG_RING_LINES; i++)
        free(state->lines[i].text);
    uv_mutex_destroy(&state->lock);
    free(state);
}

MpLogRing *mp_log_ring_create(MpError *error)
{
    MpLogRing *self = calloc(1, sizeof *self);
    struct MpLogRingState *state = self ? create_state() : NULL;
    if (!state) {
        free(self);
        mp_error_set(error, MP_MEMORY, "no memory for the log's last lines");
        return NULL;
    }
    if (!mp_log_add_sink(keep, state)) {
        destroy_state(state);
        free(self);
        mp_error_set(error, MP_LIMIT, "the log has %d sinks already", MP_LOG_SINK_LIMIT);
        return NULL;
    }
    self->state = state;
    mp_object_init(&self->object, &mp_class_MpLogRing);
    return self;
}

void mp_log_ring_destroy(MpLogRing *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    mp_log_remove_sink(keep, self->state);
    destroy_state(self->state);
    free(self->read.text);
    free(self);
}

static MpLogLevel level_of(int number)
{
    return number < MP_LOG_DEBUG   ? MP_LOG_DEBUG
           : number > MP_LOG_ERROR ? MP_LOG_ERROR
                                   : (MpLogLevel)number;
}

void MP_NATIVE(mp_log_ring_write)(MpLogRing *self, int level, const char *source, const char *text)
{
    (void)self;
    char name[MP_LOG_SOURCE_SIZE], line[MP_LOG_MESSAGE_SIZE + 1];
    snprintf(name, sizeof name, "%s", source);
    snprintf(line, sizeof line, "%s: %s", name, text);
    writing = name;
    mp_log_text(level_of(level), line);
    writing = NULL;
}

int MP_NATIVE(mp_log_ring_get_count)(const MpLogRing *self)
{
    return atomic_load(&self->state->count);
}

const char *MP_NATIVE(mp_log_ring_read)(MpLogRing *self, int number, int *level,
                                        const char **source, double *seconds)
{
    struct MpLogRingState *state = self->state;
    free(self->read.text);
    self->read = (MpLogLine){.level = MP_LOG_DEBUG};
    uv_mutex_lock(&state->lock);
    int count = atomic_load(&state->count);
    if (number > 0 && number <= count && number > count - MP_LOG_RING_LINES) {
        self->read = state->lines[number % MP_LOG_RING_LINES];
        self->read.text = strdup(self->read.text);
    }
    uv_mutex_unlock(&state->lock);
    *level = (int)self->read.level;
    *source = self->read.source;
    *seconds = self->read.seconds;
    return self->read.text;
}

int MP_NATIVE(mp_log_ring_get_level)(const MpLogRing *self)
{
    (void)self;
    return (int)mp_log_get_level();
}

void MP_NATIVE(mp_log_ring_set_level)(MpLogRing *self, int level)
{
    (void)self;
    mp_log_set_level(level_of(level));
}
