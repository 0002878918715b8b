/*
 * loop.c - what clients send, and sixty ticks a second.
 */
#include "host/server.h"

#include "app/hang_watch.h"
#include "app/patch_mount.h"
#include "clock/clock.h"
#include "log/log.h"

#include <signal.h>

enum {
    TICK_MS = 1000 / MP_APP_STEPS_PER_SECOND,
    LEAVE_SECONDS = 3, /* for what is written to clients when the server ends */
    COLLECT_MICROSECONDS = 1000,
};

/* A server that was held up goes on from there, instead of hurrying after. */
static const double LONGEST_TICK = 0.25; /* seconds */

/* ---- clients ------------------------------------------------------------------------------ */

static void hear_connected(void *user, MpClient *client)
{
    mp_app_call(user, "connected", "o", &client->object);
}

static void hear_received(void *user, MpClient *client, const char *message, size_t length)
{
    MpApp *app = user;
    mp_hang_watch_begin(app->hang_watch);
    mp_app_call(app, "received", "oy", &client->object, message, length);
    mp_hang_watch_end(app->hang_watch);
}

static void hear_drained(void *user, MpClient *client)
{
    mp_app_call(user, "drained", "o", &client->object);
}

static void hear_closed(void *user, MpClient *client, const char *why)
{
    mp_app_call(user, "closed", "os", &client->object, why);
}

const MpNetHears mp_server_hears = {
    .connected = hear_connected,
    .received = hear_received,
    .drained = hear_drained,
    .closed = hear_closed,
};

/* ---- ticks -------------------------------------------------------------------------------- */

static void publish(MpServer *self)
{
    MpMetricsFigures *now = &self->metrics->now;
    MpNetCounts counts = mp_net_counts(self->net);
    now->connections = counts.clients;
    now->connections_total = counts.accepted;
    now->connections_refused_total = counts.turned_away;
    now->protocol_errors_total = counts.given_up;
    now->messages_received_total = counts.received;
    now->messages_sent_total = counts.sent;
    now->lua_bytes = mp_vm_memory(self->app.vm);
    now->script_errors_total = self->app.script_errors + mp_vm_errors(self->app.vm);
    mp_metrics_publish(self->metrics);
}

static void tick(uv_timer_t *timer)
{
    MpServer *self = timer->data;
    MpApp *app = &self->app;
    double begun = mp_clock_seconds(), elapsed = begun - self->last_tick;
    self->last_tick = begun;
    mp_hang_watch_begin(app->hang_watch);
    mp_app_poll_patches(app);
    mp_app_call(app, "update", "n", elapsed < LONGEST_TICK ? elapsed : LONGEST_TICK);
    mp_app_call(app, "wants_quit", ">b", &app->quit);
    mp_net_step(self->net);
    mp_vm_collect(app->vm, COLLECT_MICROSECONDS);
    mp_hang_watch_end(app->hang_watch);
    app->frames++;
    mp_metrics_observe_tick(self->metrics, mp_clock_seconds() - begun);
    publish(self);
    if (app->quit)
        uv_stop(&self->loop);
}

/* ---- signals ------------------------------------------------------------------------------ */

static void on_end(uv_signal_t *handle, int number)
{
    MpServer *self = handle->data;
    mp_log_info("%s: the server ends", number == SIGINT ? "SIGINT" : "SIGTERM");
    self->app.quit = true;
    uv_stop(&self->loop);
}

static void on_rescan(uv_signal_t *handle, int number)
{
    const MpServer *self = handle->data;
    (void)number;
    mp_log_info("SIGHUP: looking at the patch folder again");
    mp_patch_mount_rescan(self->app.patches);
}

static void watch_signal(MpServer *self, uv_signal_t *handle, uv_signal_cb hear, int number)
{
    uv_signal_init(&self->loop, handle);
    handle->data = self;
    uv_signal_start(handle, hear, number);
}

static void begin(MpServer *self)
{
    watch_signal(self, &self->terminate, on_end, SIGTERM);
    watch_signal(self, &self->interrupt, on_end, SIGINT);
    watch_signal(self, &self->rescan, on_rescan, SIGHUP);
    uv_timer_init(&self->loop, &self->ticks);
    self->ticks.data = self;
    self->last_tick = mp_clock_seconds();
    uv_timer_start(&self->ticks, tick, TICK_MS, TICK_MS);
}

/* The timer goes on: it gives up clients that do not read. */
static void take_leave(MpServer *self)
{
    double begun = mp_clock_seconds();
    mp_app_ask(&self->app, "quit", "");
    mp_net_end(self->net);
    while (!mp_net_is_over(self->net) && mp_clock_seconds() - begun < LEAVE_SECONDS)
        uv_run(&self->loop, UV_RUN_ONCE);
}

void mp_server_run(MpServer *self)
{
    begin(self);
    if (!self->app.quit)
        uv_run(&self->loop, UV_RUN_DEFAULT);
    take_leave(self);
    uv_handle_t *handles[] = {(uv_handle_t *)&self->ticks, (uv_handle_t *)&self->terminate,
                              (uv_handle_t *)&self->interrupt, (uv_handle_t *)&self->rescan};
    for (size_t i = 0; i < sizeof handles / sizeof *handles; i++)
        uv_close(handles[i], NULL);
}
