#include "server.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { REQUEST_LIMIT = 8 << 10, REQUESTS = 4096 };

struct Server {
    uv_loop_t loop;
    uv_tcp_t socket;
    uv_async_t stop;
    uv_thread_t thread;
    int port;
    const Page *pages;
    size_t page_count;
    uv_mutex_t lock; /* for what follows */
    char *requests[REQUESTS];
    size_t request_count, connections;
};

typedef struct Connection {
    uv_tcp_t socket;
    uv_timer_t timer;
    uv_write_t write;
    Server *server;
    char request[REQUEST_LIMIT + 1];
    size_t request_length;
    const Page *page;
    char *answer;
    size_t answer_length, head_length, sent;
    int open_handles;
} Connection;

static void expect(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "server: %s\n", what);
    abort();
}

/* ---- connections ---------------------------------------------------------------------------- */

static void on_handle_closed(uv_handle_t *handle)
{
    Connection *self = handle->data;
    if (--self->open_handles > 0)
        return;
    free(self->answer);
    free(self);
}

static void hang_up(Connection *self, bool reset)
{
    if (uv_is_closing((uv_handle_t *)&self->socket))
        return;
    uv_close((uv_handle_t *)&self->timer, on_handle_closed);
    if (!reset || uv_tcp_close_reset(&self->socket, on_handle_closed) < 0)
        uv_close((uv_handle_t *)&self->socket, on_handle_closed);
}

static void send_more(Connection *self);

static void finish(Connection *self)
{
    switch (self->page->end) {
    case PAGE_CLOSES:
        hang_up(self, false);
        break;
    case PAGE_RESETS:
        hang_up(self, true);
        break;
    case PAGE_GOES_ON:
        self->sent = self->head_length;
        send_more(self);
        break;
    case PAGE_KEEPS:
    case PAGE_HANGS:
        break;
    }
}

static void on_written(uv_write_t *write, int status)
{
    Connection *self = write->data;
    if (status < 0)
        hang_up(self, false);
    else if (self->sent < self->answer_length)
        send_more(self);
    else
        finish(self);
}

static void send_bytes(Connection *self, size_t count)
{
    uv_buf_t buffer = uv_buf_init(self->answer + self->sent, (unsigned)count);
    self->sent += count;
    self->write.data = self;
    if (uv_write(&self->write, (uv_stream_t *)&self->socket, &buffer, 1, on_written) < 0)
        hang_up(self, false);
}

static void on_pause_over(uv_timer_t *timer) { send_bytes(timer->data, 1); }

/* The rest of the head or of the body, or the next byte of it. */
static void send_more(Connection *self)
{
    bool in_head = self->sent < self->head_length;
    unsigned pause = in_head ? self->page->head_ms : self->page->body_ms;
    size_t until = in_head ? self->head_length : self->answer_length;
    if (pause)
        uv_timer_start(&self->timer, on_pause_over, pause, 0);
    else
        send_bytes(self, until - self->sent);
}

/* ---- answers -------------------------------------------------------------------------------- */

/* The value of a header, cut at the line's end, for free(); "" without such a header. */
static char *header_of(const char *request, const char *name)
{
    const char *at = strcasestr(request, name);
    at = at ? at + strlen(name) : "";
    return strndup(at, strcspn(at, "\r"));
}

/* The first byte that is asked for, if there is nothing against giving a part. */
static size_t range_of(const Page *page, const char *request)
{
    char *range = header_of(request, "\r\nRange: bytes="),
         *tag = header_of(request, "\r\nIf-Range: ");
    bool same = !*tag || (page->etag && strcmp(tag, page->etag) == 0);
    size_t from = same ? strtoul(range, NULL, 10) : 0;
    free(range);
    free(tag);
    return from;
}

static bool is_unchanged(const Page *page, const char *request)
{
    char *tag = header_of(request, "\r\nIf-None-Match: ");
    bool unchanged = page->etag && strcmp(tag, page->etag) == 0;
    free(tag);
    return unchanged;
}

static void set_answer(Connection *self, const char *head, const char *body, size_t length)
{
    const Page *page = self->page;
    self->head_length = strlen(head) + (page->open_head ? 0 : 2);
    self->answer_length = self->head_length + length;
    self->sent = 0;
    free(self->answer);
    self->answer = malloc(self->answer_length + 1);
    expect(self->answer, "no memory");
    snprintf(self->answer, self->answer_length + 1, "%s%s", head, page->open_head ? "" : "\r\n");
    if (length)
        memcpy(self->answer + self->head_length, body, length);
    if (page->sent && page->sent < length)
        self->answer_length = self->head_length + page->sent;
}

static void set_honest_answer(Connection *self)
{
    const Page *page = self->page;
    char head[512], tag[128] = "";
    size_t from = range_of(page, self->request), length = page->length;
    if (page->etag)
        snprintf(tag, sizeof tag, "ETag: %s\r\n", page->etag);
    if (is_unchanged(page, self->request)) {
        from = length;
        snprintf(head, sizeof head, "HTTP/1.1 304 Not Modified\r\n%s", tag);
    } else if (from && from >= length) {
        from = length;
        snprintf(head, sizeof head,
                 "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */%zu\r\n"
                 "Content-Length: 0\r\n",
                 length);
    } else if (from) {
        snprintf(head, sizeof head,
                 "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %zu-%zu/%zu\r\n"
                 "Content-Length: %zu\r\n%s",
                 from, length - 1, length, length - from, tag);
    } else {
        snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n%s", length, tag);
    }
    set_answer(self, head, page->body + from, length - from);
}

/* The page of a path whose turn it is when `earlier` others were given. */
static const Page *find_page(const Server *server, const char *path, size_t earlier)
{
    static const Page none = {.head = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n"};
    const Page *found = &none;
    for (size_t i = 0; i < server->page_count; i++) {
        if (server->pages[i].path && strcmp(server->pages[i].path, path) != 0)
            continue;
        found = &server->pages[i];
        if (earlier-- == 0)
            break;
    }
    return found;
}

static char *path_of(const char *request)
{
    const char *at = strchr(request, ' ');
    at = at ? at + 1 : "";
    return strndup(at, strcspn(at, " \r"));
}

/* Notes a request, and finds how many of its path there were before. */
static size_t note_request(Server *server, const char *request, const char *path)
{
    size_t earlier = 0;
    uv_mutex_lock(&server->lock);
    for (size_t i = 0; i < server->request_count; i++) {
        char *other = path_of(server->requests[i]);
        earlier += strcmp(other, path) == 0;
        free(other);
    }
    expect(server->request_count < REQUESTS, "too many requests");
    server->requests[server->request_count++] = strdup(request);
    uv_mutex_unlock(&server->lock);
    return earlier;
}

static void answer(Connection *self)
{
    char *path = path_of(self->request);
    self->page = find_page(self->server, path, note_request(self->server, self->request, path));
    free(path);
    if (self->page->head)
        set_answer(self, self->page->head, self->page->body, self->page->length);
    else
        set_honest_answer(self);
    self->request_length = 0;
    send_more(self);
}

/* ---- the server ----------------------------------------------------------------------------- */

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buffer)
{
    Connection *self = handle->data;
    (void)wanted;
    *buffer = uv_buf_init(self->request + self->request_length,
                          (unsigned)(REQUEST_LIMIT - self->request_length));
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
    Connection *self = stream->data;
    (void)buffer;
    if (count < 0) {
        hang_up(self, false);
        return;
    }
    self->request_length += (size_t)count;
    self->request[self->request_length] = '\0';
    if (strstr(self->request, "\r\n\r\n"))
        answer(self);
}

static void on_connection(uv_stream_t *listener, int status)
{
    Server *server = listener->data;
    Connection *self = calloc(1, sizeof *self);
    expect(self && status == 0, "no connection");
    self->server = server;
    self->open_handles = 2;
    self->socket.data = self->timer.data = self;
    uv_tcp_init(&server->loop, &self->socket);
    uv_timer_init(&server->loop, &self->timer);
    expect(uv_accept(listener, (uv_stream_t *)&self->socket) == 0, "cannot accept");
    uv_mutex_lock(&server->lock);
    server->connections++;
    uv_mutex_unlock(&server->lock);
    uv_read_start((uv_stream_t *)&self->socket, give_room, on_read);
}

static void close_handle(uv_handle_t *handle, void *server)
{
    if (uv_is_closing(handle))
        return;
    if (handle == (uv_handle_t *)&((Server *)server)->socket ||
        handle == (uv_handle_t *)&((Server *)server)->stop)
        uv_close(handle, NULL);
    else
        hang_up(handle->data, false);
}

static void on_stop(uv_async_t *stop) { uv_walk(stop->loop, close_handle, stop->data); }

static void run(void *server) { uv_run(&((Server *)server)->loop, UV_RUN_DEFAULT); }

static int bind_port(Server *self)
{
    struct sockaddr_in address;
    int size = sizeof address;
    uv_ip4_addr("127.0.0.1", 0, &address);
    expect(uv_tcp_bind(&self->socket, (struct sockaddr *)&address, 0) == 0 &&
               uv_listen((uv_stream_t *)&self->socket, 128, on_connection) == 0 &&
               uv_tcp_getsockname(&self->socket, (struct sockaddr *)&address, &size) == 0,
           "no port");
    return (address.sin_port & 0xff) << 8 | address.sin_port >> 8;
}

Server *server_start(const Page *pages, size_t count)
{
    Server *self = calloc(1, sizeof *self);
    expect(self, "no memory");
    signal(SIGPIPE, SIG_IGN);
    self->pages = pages;
    self->page_count = count;
    uv_mutex_init(&self->lock);
    uv_loop_init(&self->loop);
    uv_tcp_init(&self->loop, &self->socket);
    uv_async_init(&self->loop, &self->stop, on_stop);
    self->socket.data = self->stop.data = self;
    self->port = bind_port(self);
    expect(uv_thread_create(&self->thread, run, self) == 0, "no thread");
    return self;
}

void server_stop(Server *self)
{
    uv_async_send(&self->stop);
    uv_thread_join(&self->thread);
    expect(uv_loop_close(&self->loop) == 0, "handles are left");
    for (size_t i = 0; i < self->request_count; i++)
        free(self->requests[i]);
    uv_mutex_destroy(&self->lock);
    free(self);
}

const char *server_url(const Server *self, const char *path, char url[static SERVER_URL_SIZE])
{
    snprintf(url, SERVER_URL_SIZE, "http://127.0.0.1:%d%s", self->port, path);
    return url;
}

size_t server_count(Server *self)
{
    uv_mutex_lock(&self->lock);
    size_t count = self->request_count;
    uv_mutex_unlock(&self->lock);
    return count;
}

size_t server_connections(Server *self)
{
    uv_mutex_lock(&self->lock);
    size_t count = self->connections;
    uv_mutex_unlock(&self->lock);
    return count;
}

char *server_request(Server *self, size_t index)
{
    uv_mutex_lock(&self->lock);
    char *copy = index < self->request_count ? strdup(self->requests[index]) : NULL;
    uv_mutex_unlock(&self->lock);
    return copy;
}
