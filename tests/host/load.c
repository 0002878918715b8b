/*
 * load.c - clients that chat in the lobby while patches come and go, and look closely.
 *
 *     load PORT METRICS_PORT CLIENTS SECONDS PATCH_FOLDER GOOD.lua BAD.lua
 *
 * Every client says numbers that count up, and hears those of all others in its room: each must
 * come once and in order, and carry both tags of tests/host/tagged.lua or none. Prints how long a
 * message took to come back to who said it, before, during and after each commit. Fails when a
 * connection ends, a message is missing or out of place or of two versions, or when the server's
 * metrics do not tell of the roll-back.
 */
#include <arpa/inet.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum { ROOM = 10, CLIENTS_LIMIT = 1000, SAY_MS = 250, LOOK_MS = 10, SENT_KEPT = 256, LINE = 600 };
enum { DEADLINE_SECONDS = 120, LATENCIES_LIMIT = 1 << 20 };

/* What is done when a phase begins, and what is heard when it may end. */
typedef enum Action { NOTHING, PUT_GOOD, TAKE_GOOD, PUT_BAD, TAKE_BAD, STOP } Action;
typedef enum Until { TIME, TAGGED, PLAIN } Until;

static const struct Phase {
    const char *name;
    Action action;
    Until until;
} phases[] = {
    {"before", NOTHING, TIME},    {"commit", PUT_GOOD, TAGGED}, {"patched", NOTHING, TIME},
    {"revert", TAKE_GOOD, PLAIN}, {"bad patch", PUT_BAD, TIME}, {"after", TAKE_BAD, TIME},
    {"drain", STOP, TIME},
};

enum { PHASES = sizeof phases / sizeof *phases };

typedef struct Client {
    uv_tcp_t tcp;
    uv_connect_t connect;
    uv_timer_t timer;
    int number;
    int entered; /* rooms: the first one, and its own */
    char line[LINE];
    size_t line_length;
    unsigned said;        /* so far */
    unsigned heard[ROOM]; /* of each in the room */
    struct {
        uint64_t at;
        int phase;
    } sent[SENT_KEPT];
} Client;

static struct {
    uv_loop_t loop;
    uv_timer_t timer;
    const char *patches, *good, *bad;
    int count, phase;
    uint64_t phase_length, phase_began; /* nanoseconds */
    bool saying, tagged;                /* what was heard last */
    uint64_t tag_changed;
    Client *clients;
    float *latencies[PHASES];
    size_t latency_count[PHASES];
    unsigned long messages, lost, misplaced, mixed, dropped;
} test;

static void die(const char *what, const char *why)
{
    fprintf(stderr, "load: %s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

static void check(int code, const char *what)
{
    if (code < 0)
        die(what, uv_strerror(code));
}

/* ---- saying ------------------------------------------------------------------------------- */

static void on_written(uv_write_t *write, int status)
{
    check(status, "write");
    free(write);
}

static void say(Client *client, const char *line)
{
    size_t length = strlen(line);
    uv_write_t *write = malloc(sizeof *write + length);
    if (!write)
        die("write", "no memory");
    memcpy(write + 1, line, length);
    uv_buf_t buffer = uv_buf_init((char *)(write + 1), (unsigned)length);
    check(uv_write(write, (uv_stream_t *)&client->tcp, &buffer, 1, on_written), "write");
}

static void on_time_to_say(uv_timer_t *timer)
{
    Client *client = timer->data;
    char line[32];
    if (!test.saying)
        return;
    unsigned place = client->said % SENT_KEPT;
    client->sent[place].at = uv_hrtime();
    client->sent[place].phase = test.phase;
    snprintf(line, sizeof line, "say %u\n", ++client->said);
    say(client, line);
}

/* ---- hearing ------------------------------------------------------------------------------ */

static void note_latency(const Client *client, unsigned number)
{
    unsigned place = (number - 1) % SENT_KEPT;
    int phase = client->sent[place].phase;
    if (test.latency_count[phase] < LATENCIES_LIMIT)
        test.latencies[phase][test.latency_count[phase]++] =
            (float)(uv_hrtime() - client->sent[place].at) / 1e6F;
}

static void hear_said(Client *client, int sender, unsigned number, bool badge, bool wording)
{
    unsigned *heard = &client->heard[sender % ROOM];
    if (sender / ROOM != client->number / ROOM || number != *heard + 1)
        test.misplaced++;
    *heard = number;
    test.messages++;
    test.mixed += badge != wording;
    if (test.tagged != badge)
        test.tag_changed = uv_hrtime();
    test.tagged = badge;
    if (sender == client->number)
        note_latency(client, number);
}

static void hear_line(Client *client, const char *line)
{
    int sender = 0, end = 0;
    char name[32];
    snprintf(name, sizeof name, "entered p%d", client->number);
    if (strncmp(line, "error", 5) == 0)
        die("the server says", line);
    client->entered += strcmp(line, name) == 0;
    if (sscanf(line, "said p%d%n", &sender, &end) != 1)
        return;
    bool badge = line[end] == '+';
    char *rest;
    unsigned number = (unsigned)strtoul(line + end + badge, &rest, 10);
    hear_said(client, sender, number, badge, *rest == '+');
}

static void take(Client *client, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != '\n' && client->line_length < LINE - 1) {
            client->line[client->line_length++] = bytes[i];
            continue;
        }
        client->line[client->line_length] = '\0';
        client->line_length = 0;
        hear_line(client, client->line);
    }
}

static void lend(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    static char bytes[65536];
    (void)handle, (void)suggested;
    *buffer = uv_buf_init(bytes, sizeof bytes);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
    if (count > 0) {
        take(stream->data, buffer->base, (size_t)count);
    } else if (count < 0) {
        test.dropped++;
        uv_read_stop(stream);
    }
}

/* ---- patches ------------------------------------------------------------------------------ */

static void put(const char *file)
{
    char hidden[1024], there[1024];
    uv_fs_t request;
    const char *slash = strrchr(file, '/');
    snprintf(hidden, sizeof hidden, "%s/.new", test.patches);
    snprintf(there, sizeof there, "%s/%s", test.patches, slash ? slash + 1 : file);
    check(uv_fs_copyfile(NULL, &request, file, hidden, 0, NULL), file);
    if (rename(hidden, there) != 0)
        die(there, "cannot be put there");
}

static void take_away(const char *file)
{
    char there[1024];
    const char *slash = strrchr(file, '/');
    snprintf(there, sizeof there, "%s/%s", test.patches, slash ? slash + 1 : file);
    unlink(there);
}

static void act(Action action)
{
    if (action == PUT_GOOD)
        put(test.good);
    else if (action == TAKE_GOOD)
        take_away(test.good);
    else if (action == PUT_BAD)
        put(test.bad);
    else if (action == TAKE_BAD)
        take_away(test.bad);
    test.saying = action != STOP;
}

static bool is_over(const struct Phase *phase)
{
    if (phase->until == TIME)
        return uv_hrtime() - test.phase_began > test.phase_length;
    return test.tagged == (phase->until == TAGGED) && test.tag_changed > test.phase_began;
}

static void next_phase(int phase)
{
    test.phase = phase;
    test.phase_began = uv_hrtime();
    act(phases[phase].action);
}

static bool are_all_there(void)
{
    int entered = 0;
    for (int i = 0; i < test.count; i++)
        entered += test.clients[i].entered == 2;
    return entered == test.count;
}

static void on_look(uv_timer_t *timer)
{
    if (uv_hrtime() / 1000000000 > *(uint64_t *)timer->data)
        die(phases[test.phase < 0 ? 0 : test.phase].name, "this phase does not end");
    if (test.phase < 0) {
        if (are_all_there())
            next_phase(0);
    } else if (is_over(&phases[test.phase])) {
        if (test.phase + 1 == PHASES)
            uv_stop(&test.loop);
        else
            next_phase(test.phase + 1);
    }
}

/* ---- the start ---------------------------------------------------------------------------- */

static void on_connected(uv_connect_t *connect, int status)
{
    Client *client = connect->data;
    char line[64];
    check(status, "connect");
    check(uv_read_start((uv_stream_t *)&client->tcp, lend, on_read), "read");
    snprintf(line, sizeof line, "join p%d\ngo room%d\n", client->number, client->number / ROOM);
    say(client, line);
    uv_timer_start(&client->timer, on_time_to_say, (uint64_t)(client->number % SAY_MS), SAY_MS);
}

static void start_client(int number, int port)
{
    Client *client = &test.clients[number];
    struct sockaddr_in address;
    client->number = number;
    client->tcp.data = client->timer.data = client->connect.data = client;
    uv_tcp_init(&test.loop, &client->tcp);
    uv_tcp_nodelay(&client->tcp, true);
    uv_timer_init(&test.loop, &client->timer);
    uv_ip4_addr("127.0.0.1", port, &address);
    check(uv_tcp_connect(&client->connect, &client->tcp, (struct sockaddr *)&address, on_connected),
          "connect");
}

/* ---- the end ------------------------------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
    float one = *(const float *)a, other = *(const float *)b;
    return (one > other) - (one < other);
}

static void print_phase(int phase)
{
    size_t count = test.latency_count[phase];
    float *list = test.latencies[phase];
    if (!count)
        return;
    qsort(list, count, sizeof *list, compare);
    printf("%-10s %7zu messages  p50 %7.2f ms  p99 %7.2f ms  max %7.2f ms\n", phases[phase].name,
           count, (double)list[count / 2], (double)list[count * 99 / 100], (double)list[count - 1]);
}

static void count_lost(void)
{
    for (int i = 0; i < test.count; i++) {
        for (int other = i / ROOM * ROOM; other < i / ROOM * ROOM + ROOM; other++)
            test.lost += test.clients[other].said - test.clients[i].heard[other % ROOM];
    }
}

/* What the server's metrics say of `name`, or -1. */
static double ask_metrics(int port, const char *name)
{
    static const char request[] = "GET /metrics HTTP/1.0\r\n\r\n";
    static char answer[65536];
    struct sockaddr_in address;
    size_t length = 0;
    ssize_t count = 0;
    int socket_number = socket(AF_INET, SOCK_STREAM, 0);
    uv_ip4_addr("127.0.0.1", port, &address);
    if (connect(socket_number, (struct sockaddr *)&address, sizeof address) != 0 ||
        write(socket_number, request, strlen(request)) < 0)
        die("metrics", "nobody answers");
    while ((count = read(socket_number, answer + length, sizeof answer - 1 - length)) > 0)
        length += (size_t)count;
    close(socket_number);
    answer[length] = '\0';
    char line[128];
    snprintf(line, sizeof line, "\n%s ", name);
    const char *found = strstr(answer, line);
    return found ? strtod(found + strlen(line), NULL) : -1;
}

static bool judge(int metrics_port)
{
    double commits = ask_metrics(metrics_port, "moonpatch_patch_commits_total");
    double rollbacks = ask_metrics(metrics_port, "moonpatch_patch_rollbacks_total");
    double clients = ask_metrics(metrics_port, "moonpatch_connections");
    for (int phase = 0; phase < PHASES; phase++)
        print_phase(phase);
    count_lost();
    printf("%d clients, %lu messages heard: %lu lost, %lu out of place, %lu of two versions, %lu "
           "connections dropped\nmetrics: %g commits, %g roll-backs, %g connections\n",
           test.count, test.messages, test.lost, test.misplaced, test.mixed, test.dropped, commits,
           rollbacks, clients);
    return test.lost + test.misplaced + test.mixed + test.dropped == 0 && commits >= 3 &&
           rollbacks == 1 && clients == test.count && test.messages > 0;
}

int main(int argc, char **argv)
{
    if (argc != 8)
        die("usage", "load PORT METRICS_PORT CLIENTS SECONDS PATCH_FOLDER GOOD.lua BAD.lua");
    uint64_t deadline = uv_hrtime() / 1000000000 + DEADLINE_SECONDS;
    test.count = atoi(argv[3]);
    if (test.count < ROOM || test.count > CLIENTS_LIMIT || test.count % ROOM)
        die("usage", "CLIENTS are a multiple of 10, up to 1000");
    test.phase_length = (uint64_t)(atof(argv[4]) * 1e9);
    test.patches = argv[5];
    test.good = argv[6];
    test.bad = argv[7];
    test.phase = -1;
    uv_loop_init(&test.loop);
    test.clients = calloc((size_t)test.count, sizeof *test.clients);
    for (int i = 0; i < PHASES; i++)
        test.latencies[i] = malloc(LATENCIES_LIMIT * sizeof(float));
    for (int i = 0; i < test.count; i++)
        start_client(i, atoi(argv[1]));
    uv_timer_init(&test.loop, &test.timer);
    test.timer.data = &deadline;
    uv_timer_start(&test.timer, on_look, LOOK_MS, LOOK_MS);
    uv_run(&test.loop, UV_RUN_DEFAULT);
    return judge(atoi(argv[2])) ? EXIT_SUCCESS : EXIT_FAILURE;
}
