#include "update/fetch/transfer.h"

#include <signal.h>
#include <stdlib.h>

/* Kept for further requests; by curl's own measure there are few when few are under way. */
enum { IDLE_CONNECTIONS = 16 };

/* curl says which sockets and what time it waits for, and libuv waits. */
struct MpFetcher {
    uv_loop_t loop;
    uv_timer_t timer; /* curl's */
    uv_async_t wake;
    CURLM *multi;
    MpTransfer *transfers;
    atomic_bool is_cancelled;
};

typedef struct Socket {
    uv_poll_t poll;
    MpFetcher *fetcher;
    curl_socket_t socket;
} Socket;

/* ---- the end of transfers ------------------------------------------------------------------- */

static void on_transfer_closed(uv_handle_t *timer) { mp_transfer_destroy(timer->data); }

static void unlink_transfer(MpFetcher *self, const MpTransfer *transfer)
{
    MpTransfer **link = &self->transfers;
    while (*link != transfer)
        link = &(*link)->next;
    *link = transfer->next;
}

/* Not from within a callback of curl. */
static void end(MpTransfer *transfer, CURLcode code)
{
    MpFetcher *self = transfer->fetcher;
    mp_transfer_finish(transfer, code);
    if (transfer->is_running)
        curl_multi_remove_handle(self->multi, transfer->easy);
    unlink_transfer(self, transfer);
    uv_close((uv_handle_t *)&transfer->timer, on_transfer_closed);
    transfer->request.done(transfer->request.user, &transfer->result);
}

static void end_cancelled(MpTransfer *transfer)
{
    mp_transfer_judge(transfer, MP_FETCH_CANCELLED, MP_REFUSED, "cancelled");
    end(transfer, CURLE_ABORTED_BY_CALLBACK);
}

/* What is added on the way is ended when it starts. */
static void end_all(MpFetcher *self)
{
    for (MpTransfer *transfer = self->transfers, *next; transfer; transfer = next) {
        next = transfer->next;
        end_cancelled(transfer);
    }
}

static void end_finished(MpFetcher *self)
{
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(self->multi, &left));) {
        MpTransfer *transfer = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        end(transfer, code);
    }
}

/* ---- what curl waits for -------------------------------------------------------------------- */

static void act(MpFetcher *self, curl_socket_t socket, int events)
{
    int running;
    curl_multi_socket_action(self->multi, socket, events, &running);
    end_finished(self);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
    Socket *socket = poll->data;
    int flags = (status < 0 ? CURL_CSELECT_ERR : 0) | (events & UV_READABLE ? CURL_CSELECT_IN : 0) |
                (events & UV_WRITABLE ? CURL_CSELECT_OUT : 0);
    act(socket->fetcher, socket->socket, flags);
}

static void on_socket_closed(uv_handle_t *poll) { free(poll->data); }

static void close_socket(MpFetcher *self, Socket *socket)
{
    curl_multi_assign(self->multi, socket->socket, NULL);
    uv_close((uv_handle_t *)&socket->poll, on_socket_closed);
}

static Socket *open_socket(MpFetcher *self, curl_socket_t descriptor)
{
    Socket *socket = malloc(sizeof *socket);
    if (!socket || uv_poll_init_socket(&self->loop, &socket->poll, descriptor) < 0) {
        free(socket);
        return NULL;
    }
    socket->poll.data = socket;
    socket->fetcher = self;
    socket->socket = descriptor;
    curl_multi_assign(self->multi, descriptor, socket);
    return socket;
}

static int on_socket(CURL *easy, curl_socket_t descriptor, int what, void *user, void *assigned)
{
    MpFetcher *self = user;
    Socket *socket = assigned;
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        if (socket)
            close_socket(self, socket);
        return 0;
    }
    if (!socket)
        socket = open_socket(self, descriptor);
    if (!socket)
        return -1;
    int events = (what & CURL_POLL_IN ? UV_READABLE : 0) | (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
    return uv_poll_start(&socket->poll, events, on_ready) < 0 ? -1 : 0;
}

static void on_time(uv_timer_t *timer) { act(timer->data, CURL_SOCKET_TIMEOUT, 0); }

static int on_timeout(CURLM *multi, long milliseconds, void *user)
{
    MpFetcher *self = user;
    (void)multi;
    if (milliseconds < 0)
        uv_timer_stop(&self->timer);
    else
        uv_timer_start(&self->timer, on_time, (uint64_t)milliseconds, 0);
    return 0;
}

/* ---- requests ------------------------------------------------------------------------------- */

static void on_window(uv_timer_t *timer)
{
    MpTransfer *transfer = timer->data;
    if (!mp_transfer_turn_window(transfer))
        end(transfer, CURLE_OPERATION_TIMEDOUT);
}

static void start(uv_timer_t *timer)
{
    MpTransfer *transfer = timer->data;
    MpFetcher *self = transfer->fetcher;
    uint64_t window = transfer->request.pace.window_ms;
    if (atomic_load(&self->is_cancelled)) {
        end_cancelled(transfer);
        return;
    }
    transfer->is_running = mp_transfer_check(transfer) &&
                           curl_multi_add_handle(self->multi, transfer->easy) == CURLM_OK;
    if (transfer->is_running)
        uv_timer_start(timer, on_window, window, window);
    else
        end(transfer, CURLE_FAILED_INIT);
}

bool mp_fetch_add(MpFetcher *self, const MpFetchRequest *request, MpError *error)
{
    MpTransfer *transfer = mp_transfer_create(request);
    if (!transfer) {
        mp_error_set(error, MP_MEMORY, "no memory to fetch '%.256s'", request->url);
        return false;
    }
    uv_timer_init(&self->loop, &transfer->timer);
    transfer->timer.data = transfer;
    transfer->fetcher = self;
    transfer->next = self->transfers;
    self->transfers = transfer;
    uv_timer_start(&transfer->timer, start, request->delay_ms, 0);
    return true;
}

void mp_fetch_run(MpFetcher *self)
{
    while (self->transfers)
        uv_run(&self->loop, UV_RUN_ONCE);
}

static void copy_result(void *user, const MpFetchResult *result)
{
    *(MpFetchResult *)user = *result;
}

void mp_fetch_get(MpFetcher *self, const MpFetchRequest *request, MpFetchResult *result)
{
    MpFetchRequest copy = *request;
    copy.done = copy_result;
    copy.user = result;
    *result = (MpFetchResult){.outcome = MP_FETCH_BROKEN};
    if (mp_fetch_add(self, &copy, &result->error))
        mp_fetch_run(self);
}

/* ---- the fetcher ---------------------------------------------------------------------------- */

static void on_wake(uv_async_t *wake) { end_all(wake->data); }

/* TLS writes to sockets that the other side may have closed. */
static void block_broken_pipes(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
}

static void init_curl(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

/* False when the system has no more handles to give. */
static bool open_loop(MpFetcher *self)
{
    if (uv_loop_init(&self->loop) < 0)
        return false;
    if (uv_async_init(&self->loop, &self->wake, on_wake) < 0) {
        uv_loop_close(&self->loop);
        return false;
    }
    self->wake.data = self;
    uv_timer_init(&self->loop, &self->timer);
    self->timer.data = self;
    return true;
}

MpFetcher *mp_fetcher_create(MpError *error)
{
    static uv_once_t once = UV_ONCE_INIT;
    uv_once(&once, init_curl);
    block_broken_pipes();
    MpFetcher *self = calloc(1, sizeof *self);
    CURLM *multi = curl_multi_init();
    if (!self || !multi || !open_loop(self)) {
        mp_error_set(error, self && multi ? MP_IO : MP_MEMORY,
                     "no memory or handles to fetch with");
        curl_multi_cleanup(multi);
        free(self);
        return NULL;
    }
    self->multi = multi;
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, self);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timeout);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, self);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)IDLE_CONNECTIONS);
    return self;
}

void mp_fetcher_destroy(MpFetcher *self)
{
    if (!self)
        return;
    mp_fetcher_cancel(self);
    mp_fetch_run(self);
    curl_multi_cleanup(self->multi); /* closes idle connections, which are waited for */
    uv_close((uv_handle_t *)&self->timer, NULL);
    uv_close((uv_handle_t *)&self->wake, NULL);
    uv_run(&self->loop, UV_RUN_DEFAULT);
    uv_loop_close(&self->loop);
    free(self);
}

void mp_fetcher_cancel(MpFetcher *self)
{
    atomic_store(&self->is_cancelled, true);
    uv_async_send(&self->wake);
}

bool mp_fetcher_is_cancelled(const MpFetcher *self) { return atomic_load(&self->is_cancelled); }
