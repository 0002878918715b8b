#include "host/net/state.h"

#include "clock/clock.h"
#include "net.gen.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A client that is to go has so long to read the last words, seconds. */
enum { PATIENCE = 2, KEEP_ALIVE = 60 };

/* ---- its end ------------------------------------------------------------------------------ */

static void set_busy(MpClientState *self)
{
    if (self->busy)
        return;
    self->busy = true;
    LIST_INSERT_HEAD(&self->net->busy, self, next_busy);
}

void mp_client_give_up(MpClientState *self, const char *format, ...)
{
    if (self->why[0])
        return; /* the first reason counts */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(self->why, sizeof self->why, format, arguments);
    va_end(arguments);
    self->ending = true;
    set_busy(self);
}

static void on_closed(uv_handle_t *handle)
{
    MpClientState *self = handle->data;
    mp_frames_finish(&self->frames);
    free(self->waiting.bytes);
    free(self->flying.bytes);
    free(self);
}

/* Nothing of it is in the list of busy ones when it is freed: that happens here alone. */
static void close_now(MpClientState *self)
{
    struct MpNetState *net = self->net;
    if (self->accepted) {
        net->hears.closed(net->hears.user, &self->client, self->why);
        self->client.listener->clients--;
        net->counts.clients--;
    }
    mp_object_finish(&self->client.object);
    if (self->busy)
        LIST_REMOVE(self, next_busy);
    LIST_REMOVE(self, next);
    mp_listener_leave(self->client.listener->state);
    uv_close((uv_handle_t *)&self->tcp, on_closed);
}

void mp_client_end(MpClientState *self)
{
    if (self->ending)
        return;
    self->ending = true;
    self->heard = mp_clock_seconds();
    set_busy(self);
}

void mp_client_check_time(MpClientState *self, double now)
{
    double silent = now - self->heard, allowed = self->client.listener->state->options.silence;
    if (self->ending && silent > PATIENCE)
        mp_client_give_up(self, "closed by the server");
    else if (!self->ending && allowed > 0 && silent > allowed)
        mp_client_give_up(self, "it was silent for %g seconds", allowed);
}

/* ---- sending ------------------------------------------------------------------------------ */

static void note_unsent(MpClientState *self)
{
    self->client.unsent = (double)(self->waiting.count + self->flying.count);
}

static void on_written(uv_write_t *write, int status)
{
    MpClientState *self = write->data;
    self->flying.count = 0;
    note_unsent(self);
    if (status == UV_ECANCELED)
        return;
    if (status < 0)
        mp_client_give_up(self, "the connection is lost: %s", uv_strerror(status));
    set_busy(self);
}

static void on_shut(uv_shutdown_t *shutdown, int status)
{
    MpClientState *self = shutdown->data;
    if (status < 0 && status != UV_ECANCELED)
        mp_client_give_up(self, "closed by the server");
}

/* All that was written since the loop came round goes out at once. */
static void send_waiting(MpClientState *self)
{
    MpOutbox empty = self->flying;
    self->flying = self->waiting;
    self->waiting = empty;
    uv_buf_t buffer = uv_buf_init(self->flying.bytes, (unsigned)self->flying.count);
    self->write.data = self;
    int code = uv_write(&self->write, (uv_stream_t *)&self->tcp, &buffer, 1, on_written);
    if (code < 0)
        mp_client_give_up(self, "the connection is lost: %s", uv_strerror(code));
}

static void tell_drained(MpClientState *self)
{
    self->told_full = false;
    if (!self->ending)
        self->net->hears.drained(self->net->hears.user, &self->client);
}

void mp_client_look(MpClientState *self)
{
    self->busy = false;
    LIST_REMOVE(self, next_busy);
    if (self->why[0]) {
        close_now(self);
        return;
    }
    if (self->flying.count)
        return; /* on_written() comes back to it */
    if (self->waiting.count) {
        send_waiting(self);
        return;
    }
    if (self->told_full)
        tell_drained(self);
    else if (self->ending && !self->shutdown.data) {
        self->shutdown.data = self;
        if (uv_shutdown(&self->shutdown, (uv_stream_t *)&self->tcp, on_shut) < 0)
            mp_client_give_up(self, "closed by the server");
    }
}

static bool append(MpOutbox *box, const void *bytes, size_t count)
{
    size_t needed = box->count + count;
    if (needed > box->capacity) {
        char *grown = realloc(box->bytes, 2 * needed);
        if (!grown)
            return false;
        box->bytes = grown;
        box->capacity = 2 * needed;
    }
    if (count)
        memcpy(box->bytes + box->count, bytes, count);
    box->count = needed;
    return true;
}

static bool append_message(MpClientState *self, const void *message, size_t length)
{
    const unsigned char header[MP_FRAMES_HEADER] = {
        (unsigned char)(length >> 24), (unsigned char)(length >> 16), (unsigned char)(length >> 8),
        (unsigned char)length};
    bool is_line = self->frames.framing == MP_FRAMING_LINES;
    return (is_line || append(&self->waiting, header, sizeof header)) &&
           append(&self->waiting, message, length) && (!is_line || append(&self->waiting, "\n", 1));
}

static bool check_message(const MpClientState *self, const void *message, size_t length,
                          MpError *error)
{
    if (self->ending)
        mp_error_set(error, MP_REFUSED, "the connection is closing");
    else if (length > self->frames.longest)
        mp_error_set(error, MP_INVALID,
                     "a message of %zu bytes; the listener's `longest` allows %zu", length,
                     self->frames.longest);
    else if (self->frames.framing == MP_FRAMING_LINES && length && memchr(message, '\n', length))
        mp_error_set(error, MP_INVALID,
                     "a line break in a line; write two, or listen with framing = \"LENGTHS\"");
    else
        return true;
    return false;
}

bool MP_NATIVE(mp_client_write)(MpClient *client, const void *message, size_t length,
                                MpError *error)
{
    MpClientState *self = client->state;
    size_t bound = (size_t)client->listener->state->options.unsent;
    if (!check_message(self, message, length, error))
        return false;
    if (self->waiting.count + self->flying.count + length + MP_FRAMES_HEADER > bound) {
        mp_client_give_up(self, "it reads too slowly: %zu bytes wait", (size_t)client->unsent);
        return false;
    }
    if (!append_message(self, message, length)) {
        mp_client_give_up(self, "no memory for what is written to it");
        return false;
    }
    self->net->counts.sent++;
    note_unsent(self);
    set_busy(self);
    self->told_full = self->told_full || client->unsent > (double)bound / 2;
    return !self->told_full;
}

void MP_NATIVE(mp_client_close)(MpClient *client) { mp_client_end(client->state); }

const char *MP_NATIVE(mp_client_get_peer)(const MpClient *client) { return client->state->peer; }

MpListener *MP_NATIVE(mp_client_get_listener)(const MpClient *client) { return client->listener; }

/* ---- receiving ---------------------------------------------------------------------------- */

static bool hear_message(void *user, const char *message, size_t length)
{
    MpClientState *self = user;
    self->net->counts.received++;
    self->net->hears.received(self->net->hears.user, &self->client, message, length);
    return !self->ending;
}

/* Everything that is read is taken before anything else is. */
static void lend_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    (void)suggested;
    const MpClientState *self = handle->data;
    *buffer = uv_buf_init(self->net->read, MP_NET_READ_SIZE);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
    MpClientState *self = stream->data;
    MpError error;
    if (count == UV_EOF)
        mp_client_give_up(self, self->ending ? "closed by the server" : "the client went");
    else if (count < 0)
        mp_client_give_up(self, "the connection is lost: %s", uv_strerror((int)count));
    if (count <= 0 || self->ending)
        return; /* what an ending client still says is read, or it would not hear our last words */
    self->heard = mp_clock_seconds();
    if (!mp_frames_take(&self->frames, buffer->base, (size_t)count, hear_message, self, &error)) {
        self->net->counts.given_up++;
        mp_client_give_up(self, "%s", error.message);
    }
}

static void note_peer(MpClientState *self)
{
    struct sockaddr_storage address;
    int size = sizeof address, port = 0;
    char host[MP_NET_PEER_SIZE - 16] = "?";
    bool is_6 = false;
    if (uv_tcp_getpeername(&self->tcp, (struct sockaddr *)&address, &size) == 0) {
        is_6 = address.ss_family == AF_INET6;
        uv_ip_name((const struct sockaddr *)&address, host, sizeof host);
        port = ntohs(is_6 ? ((const struct sockaddr_in6 *)&address)->sin6_port
                          : ((const struct sockaddr_in *)&address)->sin_port);
    }
    snprintf(self->peer, sizeof self->peer, is_6 ? "[%s]:%d" : "%s:%d", host, port);
}

static bool begin(MpClientState *self)
{
    MpListener *listener = self->client.listener;
    if (listener->clients >= listener->state->options.clients) {
        self->net->counts.turned_away++;
        return false;
    }
    if (!mp_object_init(&self->client.object, &mp_class_MpClient))
        return false;
    uv_tcp_nodelay(&self->tcp, true);
    uv_tcp_keepalive(&self->tcp, true, KEEP_ALIVE);
    note_peer(self);
    self->accepted = true;
    self->client.number = (int)(++self->net->counts.accepted & INT32_MAX);
    self->net->counts.clients++;
    listener->clients++;
    return uv_read_start((uv_stream_t *)&self->tcp, lend_buffer, on_read) == 0;
}

void mp_client_accept(MpListenerState *listener)
{
    MpClientState *self = calloc(1, sizeof *self);
    if (!self)
        return; /* libuv asks again when the next one comes */
    self->client.state = self;
    self->client.listener = &listener->listener;
    listener->users++;
    self->net = listener->net;
    self->frames = (MpFrames){.framing = listener->options.framing,
                              .longest = (size_t)listener->options.longest};
    self->heard = mp_clock_seconds();
    uv_tcp_init(self->net->loop, &self->tcp);
    self->tcp.data = self;
    LIST_INSERT_HEAD(&self->net->clients, self, next);
    if (uv_accept((uv_stream_t *)&listener->tcp, (uv_stream_t *)&self->tcp) != 0 || !begin(self))
        mp_client_give_up(self, "turned away");
    else
        self->net->hears.connected(self->net->hears.user, &self->client);
}
