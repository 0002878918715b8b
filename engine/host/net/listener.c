#include "host/net/state.h"

#include "net.gen.h"

#include <stdlib.h>
#include <string.h>

enum { BACKLOG = 512, LONGEST_LIMIT = 1 << 24, CLIENTS_LIMIT = 1 << 16, UNSENT_LIMIT = 1 << 28 };

static bool check_number(const char *name, double value, double low, double high, MpError *error)
{
    if (value >= low && value <= high)
        return true;
    mp_error_set(error, MP_INVALID, "%s is %g; it must be from %g to %g", name, value, low, high);
    return false;
}

static bool check_options(const MpListenOptions *options, int port, MpError *error)
{
    return check_number("port", port, 0, UINT16_MAX, error) &&
           check_number("longest", options->longest, 1, LONGEST_LIMIT, error) &&
           check_number("clients", options->clients, 1, CLIENTS_LIMIT, error) &&
           check_number("unsent", options->unsent, 1024, UNSENT_LIMIT, error) &&
           check_number("silence", options->silence, 0, 1e9, error);
}

static bool read_address(const char *host, int port, struct sockaddr_storage *address,
                         MpError *error)
{
    if (uv_ip4_addr(host, port, (struct sockaddr_in *)address) == 0 ||
        uv_ip6_addr(host, port, (struct sockaddr_in6 *)address) == 0)
        return true;
    mp_error_set(error, MP_INVALID,
                 "'%s' is no address; give one such as 127.0.0.1 (this machine alone), 0.0.0.0 "
                 "(all of the network) or ::1",
                 host);
    return false;
}

static void on_connection(uv_stream_t *stream, int status)
{
    MpListenerState *self = stream->data;
    if (status == 0)
        mp_client_accept(self);
}

static int bound_port(const uv_tcp_t *tcp)
{
    struct sockaddr_storage address;
    int size = sizeof address;
    if (uv_tcp_getsockname(tcp, (struct sockaddr *)&address, &size) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? ((const struct sockaddr_in6 *)&address)->sin6_port
                                               : ((const struct sockaddr_in *)&address)->sin_port);
}

static bool open_port(MpListenerState *self, const struct sockaddr_storage *address,
                      const char *host, int port, MpError *error)
{
    int code = uv_tcp_bind(&self->tcp, (const struct sockaddr *)address, 0);
    if (code == 0)
        code = uv_listen((uv_stream_t *)&self->tcp, BACKLOG, on_connection);
    if (code == 0) {
        self->listener.port = bound_port(&self->tcp);
        return true;
    }
    mp_error_set(error, MP_IO, "cannot listen on %s port %d: %s%s", host, port, uv_strerror(code),
                 code == UV_EADDRINUSE ? "; stop the other program, or take another port" : "");
    return false;
}

static MpListenerState *create(struct MpNetState *net, const MpListenOptions *options,
                               MpError *error)
{
    MpListenerState *self = calloc(1, sizeof *self);
    if (!self || !mp_object_init(&self->listener.object, &mp_class_MpListener)) {
        free(self);
        mp_error_set(error, MP_MEMORY, "no memory to listen");
        return NULL;
    }
    self->listener.state = self;
    self->net = net;
    self->options = *options;
    LIST_INSERT_HEAD(&net->listeners, self, next);
    if (net->loop) {
        uv_tcp_init(net->loop, &self->tcp);
        self->tcp.data = self;
    }
    return self;
}

MpListener *MP_NATIVE(mp_net_listen)(MpNet *net, const char *host, int port,
                                     const MpListenOptions *options, MpError *error)
{
    struct sockaddr_storage address = {0};
    if (!check_options(options, port, error) || !read_address(host, port, &address, error))
        return NULL;
    MpListenerState *self = create(net->state, options, error);
    if (!self)
        return NULL;
    self->listener.port = port;
    if (!net->state->loop || open_port(self, &address, host, port, error))
        return &self->listener;
    mp_listener_close(&self->listener);
    return NULL;
}

static void free_if_over(MpListenerState *self)
{
    if (self->over && self->users == 0)
        mp_listener_free(self);
}

static void on_closed(uv_handle_t *handle)
{
    MpListenerState *self = handle->data;
    self->over = true;
    free_if_over(self);
}

void mp_listener_leave(MpListenerState *self)
{
    self->users--;
    free_if_over(self);
}

void MP_NATIVE(mp_listener_close)(MpListener *listener)
{
    MpListenerState *self = listener->state;
    MpClientState *client;
    if (self->closed)
        return;
    self->closed = true;
    LIST_FOREACH(client, &self->net->clients, next)
    {
        if (client->client.listener == listener)
            mp_client_end(client);
    }
    if (self->net->loop)
        uv_close((uv_handle_t *)&self->tcp, on_closed);
}

void mp_listener_free(MpListenerState *self)
{
    LIST_REMOVE(self, next);
    mp_object_finish(&self->listener.object);
    free(self);
}
