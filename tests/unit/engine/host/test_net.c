/* Clients that do not behave, on a loopback connection in one process. */
#include "host/net/net.h"

#include "moonpatch/glue.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

static uv_loop_t loop;
static MpNet *net;
static MpClient *newest;
static char heard[200], why[200];
static int connected, closed, drained;

static void hear_connected(void *user, MpClient *client)
{
    (void)user;
    newest = client;
    connected++;
}

static void hear_received(void *user, MpClient *client, const char *message, size_t length)
{
    (void)user, (void)client;
    snprintf(heard, sizeof heard, "%.*s", (int)length, message);
}

static void hear_drained(void *user, MpClient *client)
{
    (void)user, (void)client;
    drained++;
}

static void hear_closed(void *user, MpClient *client, const char *cause)
{
    (void)user, (void)client;
    closed++;
    snprintf(why, sizeof why, "%s", cause);
}

static const MpNetHears hears = {.connected = hear_connected,
                                 .received = hear_received,
                                 .drained = hear_drained,
                                 .closed = hear_closed};

static void setup(void)
{
    MpError error;
    uv_loop_init(&loop);
    net = mp_net_create(&loop, "server", &hears, &error);
    cr_assert(net);
}

static void teardown(void)
{
    mp_net_destroy(net);
    cr_assert_eq(uv_loop_close(&loop), 0, "a handle is still open");
}

TestSuite(net, .init = setup, .fini = teardown, .timeout = 30);

static const MpListenOptions plain = {.longest = 100, .clients = 2, .unsent = 2048};

static MpListener *listen_with(MpListenOptions options)
{
    MpError error = {.message = ""};
    MpListener *listener = mp_net_listen(net, "127.0.0.1", 0, &options, &error);
    cr_assert(listener, "%s", error.message);
    return listener;
}

static int join(const MpListener *listener)
{
    struct sockaddr_in address;
    int stream = socket(AF_INET, SOCK_STREAM, 0);
    uv_ip4_addr("127.0.0.1", listener->port, &address);
    cr_assert_eq(connect(stream, (struct sockaddr *)&address, sizeof address), 0);
    return stream;
}

static int join_6(const MpListener *listener)
{
    struct sockaddr_in6 address;
    int stream = socket(AF_INET6, SOCK_STREAM, 0);
    uv_ip6_addr("::1", listener->port, &address);
    cr_assert_eq(connect(stream, (struct sockaddr *)&address, sizeof address), 0);
    return stream;
}

/* Turns the loop until `*what` is `value`; the suite's timeout ends it otherwise. */
static void run_until(const int *what, int value)
{
    while (*what != value) {
        uv_run(&loop, UV_RUN_NOWAIT);
        mp_net_step(net);
    }
}

static void send_text(int stream, const char *text)
{
    cr_assert_eq(write(stream, text, strlen(text)), (ssize_t)strlen(text));
}

static bool has_ip_6(void)
{
    struct sockaddr_in6 address;
    int stream = socket(AF_INET6, SOCK_STREAM, 0);
    uv_ip6_addr("::1", 0, &address);
    bool has = stream >= 0 && bind(stream, (struct sockaddr *)&address, sizeof address) == 0;
    if (stream >= 0)
        close(stream);
    return has;
}

Test(net, clients_come_by_ip_6_as_well)
{
    if (!has_ip_6())
        cr_skip("this machine has no ::1");
    MpError error = {.message = ""};
    MpListener *listener = mp_net_listen(net, "::1", 0, &plain, &error);
    cr_assert(listener, "%s", error.message);
    cr_assert_gt(listener->port, 0);
    int stream = join_6(listener);
    run_until(&connected, 1);
    cr_assert_eq(strncmp(mp_client_get_peer(newest), "[::1]:", 6), 0, "%s",
                 mp_client_get_peer(newest));
    send_text(stream, "hello\n");
    while (strcmp(heard, "hello") != 0)
        uv_run(&loop, UV_RUN_NOWAIT);
    close(stream);
    run_until(&closed, 1);
}

Test(net, what_is_written_before_a_close_arrives)
{
    char got[16] = "";
    int stream = join(listen_with(plain));
    run_until(&connected, 1);
    cr_assert(mp_client_write(newest, "bye", 3, NULL));
    mp_client_close(newest);
    MpError error;
    cr_assert_not(mp_client_write(newest, "more", 4, &error));
    cr_assert_eq(error.status, MP_REFUSED);
    send_text(stream, "still talking\n");
    while (poll(&(struct pollfd){.fd = stream, .events = POLLIN}, 1, 0) == 0)
        uv_run(&loop, UV_RUN_NOWAIT);
    cr_assert_eq(read(stream, got, sizeof got), 4);
    cr_assert_str_eq(got, "bye\n");
    close(stream);
    run_until(&closed, 1);
    cr_assert_str_eq(heard, "", "it was heard after its end: %s", heard);
    cr_assert_str_eq(why, "closed by the server");
}

Test(net, a_line_that_is_too_long_is_the_end_of_its_client_alone)
{
    MpListener *listener = listen_with(plain);
    int good = join(listener), bad = join(listener);
    char line[120];
    run_until(&connected, 2);
    memset(line, 'x', sizeof line);
    cr_assert_eq(write(bad, line, sizeof line), (ssize_t)sizeof line);
    run_until(&closed, 1);
    cr_assert_str_eq(why, "it sent a message of more than 100 bytes");
    send_text(good, "hello\n");
    while (strcmp(heard, "hello") != 0)
        uv_run(&loop, UV_RUN_NOWAIT);
    cr_assert_eq(listener->clients, 1);
    close(good);
    close(bad);
}

Test(net, one_client_too_many_is_turned_away)
{
    MpListener *listener = listen_with(plain);
    int streams[] = {join(listener), join(listener), join(listener)};
    char byte;
    run_until(&connected, 2);
    while (mp_net_counts(net).turned_away == 0 ||
           poll(&(struct pollfd){.fd = streams[2], .events = POLLIN}, 1, 0) == 0)
        uv_run(&loop, UV_RUN_NOWAIT);
    cr_assert_leq(read(streams[2], &byte, 1), 0);
    cr_assert_eq(listener->clients, 2);
    cr_assert_eq(closed, 0, "the scripts heard of the end of a client they never knew");
    for (int i = 0; i < 3; i++)
        close(streams[i]);
}

Test(net, a_client_that_reads_nothing_is_given_up)
{
    int stream = join(listen_with(plain));
    char line[100];
    bool said_wait = false;
    run_until(&connected, 1);
    memset(line, 'x', sizeof line);
    while (closed == 0) {
        said_wait |= !mp_client_write(newest, line, sizeof line, NULL);
        cr_assert_leq(newest->unsent, plain.unsent);
        if (newest->unsent > 1900)
            uv_run(&loop, UV_RUN_NOWAIT);
    }
    cr_assert(said_wait);
    cr_assert(strstr(why, "it reads too slowly"), "%s", why);
    close(stream);
}

Test(net, who_was_told_to_wait_hears_when_it_is_over)
{
    int stream = join(listen_with(plain));
    char line[100];
    run_until(&connected, 1);
    memset(line, 'x', sizeof line);
    while (mp_client_write(newest, line, sizeof line, NULL))
        ;
    cr_assert_eq(drained, 0);
    run_until(&drained, 1);
    cr_assert_eq(newest->unsent, 0);
    close(stream);
}

Test(net, a_silent_client_is_given_up)
{
    MpListenOptions options = plain;
    options.silence = 0.05;
    int stream = join(listen_with(options));
    run_until(&closed, 1);
    cr_assert_str_eq(why, "it was silent for 0.05 seconds");
    close(stream);
}

Test(net, a_closed_listener_lasts_as_long_as_its_clients)
{
    MpListener *listener = listen_with(plain);
    MpHandle identity = mp_identity(&listener->object);
    int stream = join(listener);
    run_until(&connected, 1);
    mp_listener_close(listener);
    cr_assert(mp_handle_resolve(identity), "it is gone, and its client is still there");
    run_until(&closed, 1);
    uv_run(&loop, UV_RUN_NOWAIT);
    cr_assert_null(mp_handle_resolve(identity), "it is there for nobody");
    close(stream);
}

Test(net, what_can_be_wrong_is_said)
{
    static const struct {
        const char *host;
        int port, longest, clients;
        const char *message;
    } cases[] = {
        {"example", 0, 10, 1, "'example' is no address; give one such as 127.0.0.1"},
        {"::1", 70000, 10, 1, "port is 70000; it must be from 0 to 65535"},
        {"::1", 0, 0, 1, "longest is 0; it must be from 1 to"},
        {"::1", 0, 10, 0, "clients is 0; it must be from 1 to"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpListenOptions options = {
            .longest = cases[i].longest, .clients = cases[i].clients, .unsent = 2048};
        MpError error = {.message = ""};
        cr_assert_not(mp_net_listen(net, cases[i].host, cases[i].port, &options, &error));
        cr_assert_eq(error.status, MP_INVALID);
        cr_assert(strstr(error.message, cases[i].message), "%s", error.message);
    }
    MpError error;
    int port = listen_with(plain)->port;
    cr_assert_not(mp_net_listen(net, "127.0.0.1", port, &plain, &error));
    cr_assert_eq(error.status, MP_IO);
    cr_assert(strstr(error.message, "stop the other program"), "%s", error.message);
}

Test(net, a_line_break_in_a_line_is_refused)
{
    MpError error;
    int stream = join(listen_with(plain));
    run_until(&connected, 1);
    cr_assert_not(mp_client_write(newest, "a\nb", 3, &error));
    cr_assert_eq(error.status, MP_INVALID);
    close(stream);
}
