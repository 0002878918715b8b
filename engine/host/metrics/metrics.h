/*
 * host/metrics/metrics.h - figures of a running server, as Prometheus reads them.
 *
 *     MpMetrics *metrics = mp_metrics_create(&error);
 *     mp_metrics_serve(metrics, 0, &error);            // http://127.0.0.1:<port>/metrics
 *     metrics->now.commits++;                          // the script thread, at any time
 *     mp_metrics_observe_tick(metrics, seconds);
 *     mp_metrics_publish(metrics);                     // after each tick: others see it from now
 * on mp_metrics_destroy(metrics);
 *
 * They are served by a thread of their own, so that a server that hangs can still be asked.
 *
 * Thread: all functions on one thread.
 */
#ifndef MP_METRICS_H
#define MP_METRICS_H

#include "moonpatch/error.h"
#include "moonpatch/patch.h"

#include <stdint.h>

/** Name, type and meaning of each plain figure, as X(member, type, help). */
#define MP_METRICS_FIGURES(X)                                                                   \
    X(patch_commits_total, "counter", "Changes of patches or scripts that took effect.")        \
    X(patch_rollbacks_total, "counter", "Patches and scripts that were taken back for errors.") \
    X(patch_refusals_total, "counter", "Patches and scripts that never took effect.")           \
    X(script_errors_total, "counter", "Errors of scripts and patches that ran.")                \
    X(connections, "gauge", "Clients that are connected.")                                      \
    X(connections_total, "counter", "Clients that were accepted.")                              \
    X(connections_refused_total, "counter", "Clients that were turned away: too many.")         \
    X(protocol_errors_total, "counter", "Clients that did not keep to the protocol.")           \
    X(messages_received_total, "counter", "Messages of clients.")                               \
    X(messages_sent_total, "counter", "Messages to clients.")                                   \
    X(lua_bytes, "gauge", "Memory that scripts hold.")

enum { MP_METRICS_BUCKETS = 12, MP_METRICS_PATCHES = 64 };

/** A patch, or a loose script. */
typedef struct MpMetricsPatch {
    char id[128];
    double version;
    MpPatchState state;
} MpMetricsPatch;

typedef struct MpMetricsFigures {
#define MP_METRICS_MEMBER(name, type, help) uint64_t name;
    MP_METRICS_FIGURES(MP_METRICS_MEMBER)
#undef MP_METRICS_MEMBER
    uint64_t ticks[MP_METRICS_BUCKETS + 1];     /**< By how long they took; the last: longer. */
    double tick_seconds;                        /**< All of them. */
    MpMetricsPatch patches[MP_METRICS_PATCHES]; /**< More are not told of. */
    size_t patch_count;
} MpMetricsFigures;

typedef struct MpMetrics {
    MpMetricsFigures now;
    struct MpMetricsServer *server; /**< NULL: nobody asks. */
} MpMetrics;

/** Ownership: the caller's. Errors: NULL; MP_MEMORY. */
MpMetrics *mp_metrics_create(MpError *error);

/**
 * Serves them to this machine alone. `port` 0: one that is free. Returns the port; negative: it
 * cannot. Errors: MP_IO, MP_MEMORY.
 */
int mp_metrics_serve(MpMetrics *self, int port, MpError *error);

/** Takes NULL. */
void mp_metrics_destroy(MpMetrics *self);

void mp_metrics_observe_tick(MpMetrics *self, double seconds);

/** Notes what became of a patch. */
void mp_metrics_note_patch(MpMetrics *self, const MpPatchEvent *event);

/** Others see what was noted so far. */
void mp_metrics_publish(MpMetrics *self);

/** The figures in Prometheus' text format, for free(); NULL without memory. */
char *mp_metrics_text(const MpMetricsFigures *figures);

#endif
