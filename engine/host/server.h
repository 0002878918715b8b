/*
 * host/server.h - the running server, as main.c and loop.c share it.
 *
 * Everything happens in one thread and one libuv loop: what clients send, and ticks. Patches take
 * effect at the beginning of a tick alone, so that every message is handled by one version of all
 * the code.
 */
#ifndef MP_HOST_SERVER_H
#define MP_HOST_SERVER_H

#include "app/context.h"
#include "host/metrics/metrics.h"
#include "host/net/net.h"

#include <uv.h>

typedef struct MpServer {
    MpApp app;
    char module[128]; /* "server", of --script server.lua */
    uv_loop_t loop;
    MpNet *net;
    MpMetrics *metrics;
    bool started; /* the scripts have */
    uv_timer_t ticks;
    uv_signal_t terminate, interrupt, rescan;
    double last_tick;
} MpServer;

/** There is one. */
MpServer *mp_server_of(MpApp *app);

/** What the net tells, for the scripts. */
extern const MpNetHears mp_server_hears;

/** Runs until a signal or the scripts end it, and takes leave of the clients. */
void mp_server_run(MpServer *self);

#endif
