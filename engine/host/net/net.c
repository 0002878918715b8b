#include "host/net/state.h"

#include "clock/clock.h"
#include "net.gen.h"

#include <stdlib.h>

/* Once in every turn of the loop, before it waits. */
static void on_prepare(uv_prepare_t *prepare)
{
    struct MpNetState *self = prepare->data;
    MpClientState *client;
    while ((client = LIST_FIRST(&self->busy)))
        mp_client_look(client);
}

MpNet *mp_net_create(void *loop, const char *script, const MpNetHears *hears, MpError *error)
{
    struct MpNetState *self = calloc(1, sizeof *self);
    if (!self || !mp_object_init(&self->net.object, &mp_class_MpNet)) {
        free(self);
        mp_error_set(error, MP_MEMORY, "no memory for the network");
        return NULL;
    }
    self->net.state = self;
    self->hears = *hears;
    self->loop = loop;
    self->script = script;
    if (loop) {
        uv_prepare_init(loop, &self->prepare);
        self->prepare.data = self;
        uv_prepare_start(&self->prepare, on_prepare);
    }
    return &self->net;
}

void mp_net_step(MpNet *net)
{
    double now = mp_clock_seconds();
    MpClientState *client;
    LIST_FOREACH(client, &net->state->clients, next)
    mp_client_check_time(client, now);
}

void mp_net_end(MpNet *net)
{
    MpListenerState *listener;
    LIST_FOREACH(listener, &net->state->listeners, next)
    mp_listener_close(&listener->listener);
}

bool mp_net_is_over(const MpNet *net) { return LIST_EMPTY(&net->state->clients); }

MpNetCounts mp_net_counts(const MpNet *net) { return net->state->counts; }

const char *MP_NATIVE(mp_net_get_script)(const MpNet *net) { return net->state->script; }

/* Handles close one turn later, each as far as it was open. */
static void close_all(struct MpNetState *self)
{
    MpClientState *client;
    mp_net_end(&self->net);
    LIST_FOREACH(client, &self->clients, next)
    mp_client_give_up(client, "the server ends");
    on_prepare(&self->prepare);
    uv_close((uv_handle_t *)&self->prepare, NULL);
    uv_run(self->loop, UV_RUN_DEFAULT);
}

void mp_net_destroy(MpNet *net)
{
    if (!net)
        return;
    struct MpNetState *self = net->state;
    if (self->loop)
        close_all(self);
    while (!LIST_EMPTY(&self->listeners))
        mp_listener_free(LIST_FIRST(&self->listeners));
    mp_object_finish(&net->object);
    free(self);
}
