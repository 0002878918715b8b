#include "app/hang_watch.h"

#include <stdbool.h>
#include <stdlib.h>
#include <uv.h>

enum { TICK_MS = 100, TICKS = 50 };

struct MpHangWatch {
    MpHangWatchOptions options;
    uv_thread_t thread;
    uv_mutex_t lock; /* of all below */
    uv_cond_t changed;
    bool ends;
    bool in_frame;
    bool marked;
    unsigned ticks; /* in this frame */
};

static void tick(MpHangWatch *watch)
{
    if (!watch->in_frame || watch->marked || ++watch->ticks < watch->options.ticks)
        return;
    watch->marked = true;
    watch->options.mark();
}

static void run(void *user)
{
    MpHangWatch *watch = user;
    uint64_t nanoseconds = watch->options.tick_ms * UINT64_C(1000000);
    uv_mutex_lock(&watch->lock);
    while (!watch->ends) {
        if (uv_cond_timedwait(&watch->changed, &watch->lock, nanoseconds) == UV_ETIMEDOUT)
            tick(watch);
    }
    uv_mutex_unlock(&watch->lock);
}

static bool start(MpHangWatch *watch)
{
    if (uv_mutex_init(&watch->lock) != 0)
        return false;
    if (uv_cond_init(&watch->changed) == 0) {
        if (uv_thread_create(&watch->thread, run, watch) == 0)
            return true;
        uv_cond_destroy(&watch->changed);
    }
    uv_mutex_destroy(&watch->lock);
    return false;
}

MpHangWatch *mp_hang_watch_create(const MpHangWatchOptions *options, MpError *error)
{
    MpHangWatch *watch = calloc(1, sizeof *watch);
    if (watch) {
        watch->options = *options;
        if (!watch->options.tick_ms)
            watch->options.tick_ms = TICK_MS;
        if (!watch->options.ticks)
            watch->options.ticks = TICKS;
        if (start(watch))
            return watch;
    }
    free(watch);
    mp_error_set(error, MP_MEMORY, "no memory to watch for hangs");
    return NULL;
}

void mp_hang_watch_begin(MpHangWatch *watch)
{
    uv_mutex_lock(&watch->lock);
    watch->in_frame = true;
    watch->ticks = 0;
    uv_mutex_unlock(&watch->lock);
}

void mp_hang_watch_end(MpHangWatch *watch)
{
    uv_mutex_lock(&watch->lock);
    watch->in_frame = false;
    if (watch->marked)
        watch->options.unmark();
    watch->marked = false;
    uv_mutex_unlock(&watch->lock);
}

void mp_hang_watch_destroy(MpHangWatch *watch)
{
    if (!watch)
        return;
    mp_hang_watch_end(watch);
    uv_mutex_lock(&watch->lock);
    watch->ends = true;
    uv_cond_signal(&watch->changed);
    uv_mutex_unlock(&watch->lock);
    uv_thread_join(&watch->thread);
    uv_cond_destroy(&watch->changed);
    uv_mutex_destroy(&watch->lock);
    free(watch);
}
