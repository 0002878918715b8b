/*
 * server.c - the figures over HTTP: libmicrohttpd and its thread do all but the text.
 */
#include "host/metrics/metrics.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { CONNECTIONS = 16, TIMEOUT_SECONDS = 5 };

struct MpMetricsServer {
    struct MHD_Daemon *daemon;
    uv_mutex_t lock;
    MpMetricsFigures published;
};

static struct MHD_Response *make_response(unsigned status, struct MpMetricsServer *self)
{
    static char hint[] = "there is only /metrics, to GET\n";
    if (status != MHD_HTTP_OK)
        return MHD_create_response_from_buffer(strlen(hint), hint, MHD_RESPMEM_PERSISTENT);
    uv_mutex_lock(&self->lock);
    char *text = mp_metrics_text(&self->published);
    uv_mutex_unlock(&self->lock);
    if (!text)
        return NULL;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            "text/plain; version=0.0.4; charset=utf-8");
    return response;
}

static enum MHD_Result answer(void *user, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **request)
{
    (void)version, (void)upload, (void)upload_size, (void)request;
    bool is_read =
        strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    unsigned status = !is_read                       ? MHD_HTTP_METHOD_NOT_ALLOWED
                      : strcmp(url, "/metrics") != 0 ? MHD_HTTP_NOT_FOUND
                                                     : MHD_HTTP_OK;
    struct MHD_Response *response = make_response(status, user);
    if (!response)
        return MHD_NO;
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static struct MHD_Daemon *start(struct MpMetricsServer *self, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, (uint16_t)port, NULL, NULL, answer,
                            self, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_LIMIT,
                            (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)TIMEOUT_SECONDS, MHD_OPTION_END);
}

static void destroy(struct MpMetricsServer *self)
{
    if (!self)
        return;
    if (self->daemon)
        MHD_stop_daemon(self->daemon);
    uv_mutex_destroy(&self->lock);
    free(self);
}

int mp_metrics_serve(MpMetrics *metrics, int port, MpError *error)
{
    struct MpMetricsServer *self = calloc(1, sizeof *self);
    if (!self || uv_mutex_init(&self->lock) != 0) {
        free(self);
        mp_error_set(error, MP_MEMORY, "no memory to serve metrics");
        return -1;
    }
    errno = 0;
    self->daemon = start(self, port);
    if (!self->daemon) {
        mp_error_set(error, MP_IO, "--metrics-port: cannot serve on 127.0.0.1 port %d: %s", port,
                     errno ? strerror(errno) : "libmicrohttpd does not start");
        destroy(self);
        return -1;
    }
    metrics->server = self;
    return MHD_get_daemon_info(self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void mp_metrics_publish(MpMetrics *metrics)
{
    struct MpMetricsServer *self = metrics->server;
    if (!self)
        return;
    uv_mutex_lock(&self->lock);
    self->published = metrics->now;
    uv_mutex_unlock(&self->lock);
}

MpMetrics *mp_metrics_create(MpError *error)
{
    MpMetrics *self = calloc(1, sizeof *self);
    if (!self)
        mp_error_set(error, MP_MEMORY, "no memory for metrics");
    return self;
}

void mp_metrics_destroy(MpMetrics *self)
{
    if (self)
        destroy(self->server);
    free(self);
}
