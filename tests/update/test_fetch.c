#include "server.h"
#include "update/fetch/fetch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#define OK         "HTTP/1.1 200 OK\r\n"
#define TEN        "0123456789"
#define KIB        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define BODY(text) .body = text, .length = sizeof text - 1
#define PART       "HTTP/1.1 206 Part\r\nContent-Length: 5\r\nContent-Range: bytes "
#define REDIRECT   "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "

/* Some hundred milliseconds of patience, for servers that try it. */
static const MpFetchPace strict = {
    .connect_ms = 2000, .window_ms = 300, .window_bytes = 20, .deadline_ms = 3000};

static MpFetcher *fetcher;

static void init(void)
{
    static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                        "ALL_PROXY"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    fetcher = mp_fetcher_create(NULL);
    cr_assert(fetcher);
}

static void finish(void) { mp_fetcher_destroy(fetcher); }

TestSuite(fetch, .init = init, .fini = finish, .timeout = 60);

static MpFetchResult get(const Server *server, const char *path, MpFetchRequest request)
{
    char url[SERVER_URL_SIZE];
    MpFetchResult result;
    request.url = server_url(server, path, url);
    if (!request.limit)
        request.limit = 100;
    if (!request.pace.window_ms)
        request.pace = strict;
    mp_fetch_get(fetcher, &request, &result);
    return result;
}

/* ---- answers -------------------------------------------------------------------------------- */

typedef struct Case {
    Page page;
    MpFetchOutcome outcome;
    const char *words; /* in the message; NULL: there is none */
    const char *body;  /* what comes into the sink */
    unsigned retry_after;
} Case;

/* What is known of each of these answers is that it comes within the bounds: 100 bytes, and the
   patience above. */
static const Case cases[] = {
    {.page = {.path = "/good", .head = OK "Content-Length: 10\r\n", BODY(TEN)}, .body = TEN},
    {.page = {.path = "/empty", .head = OK "Content-Length: 0\r\n"}, .body = ""},
    {.page = {.path = "/no-length", .head = OK, BODY(TEN), .end = PAGE_CLOSES}, .body = TEN},
    {.page = {.path = "/chunks",
              .head = OK "Transfer-Encoding: chunked\r\n",
              BODY("5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n")},
     .body = TEN},
    {.page = {.path = "/moved", .head = REDIRECT "/good\r\n"}, .body = TEN},

    /* too much */
    {.page = {.path = "/endless", .head = OK, BODY(KIB), .end = PAGE_GOES_ON},
     .outcome = MP_FETCH_REFUSED,
     .words = "100 are expected at most"},
    {.page = {.path = "/endless-chunks",
              .head = OK "Transfer-Encoding: chunked\r\n",
              BODY("5\r\n01234\r\n"),
              .end = PAGE_GOES_ON},
     .outcome = MP_FETCH_REFUSED,
     .words = "100 are expected at most"},
    {.page =
         {.path = "/announces", .head = OK "Content-Length: 101\r\n", BODY(TEN), .end = PAGE_HANGS},
     .outcome = MP_FETCH_REFUSED,
     .words = "the server has 101 bytes, 100 are expected at most"},
    {.page = {.path = "/announces-a-lot",
              .head = OK "Content-Length: 9223372036854775807\r\n",
              BODY(TEN)},
     .outcome = MP_FETCH_REFUSED,
     .words = "100 are expected at most"},
    {.page = {.path = "/endless-head",
              .head = OK,
              BODY("X-Long: " KIB "\r\n"),
              .end = PAGE_GOES_ON,
              .open_head = true},
     .outcome = MP_FETCH_REFUSED,
     .words = "headers"},
    {.page = {.path = "/long-redirect",
              .head = "HTTP/1.1 302 Found\r\nTransfer-Encoding: chunked\r\nLocation: /good\r\n",
              BODY("40\r\n" KIB "\r\n"),
              .end = PAGE_GOES_ON},
     .outcome = MP_FETCH_REFUSED,
     .words = "a redirect has more than"},
    {.page = {.path = "/long-error",
              .head = "HTTP/1.1 404 Not Found\r\n",
              BODY(KIB),
              .end = PAGE_GOES_ON},
     .outcome = MP_FETCH_NOT_FOUND,
     .words = "404"},

    /* packed */
    {.page = {.path = "/gzip",
              .head = OK "Content-Encoding: gzip\r\nContent-Length: 10\r\n",
              BODY(TEN)},
     .outcome = MP_FETCH_REFUSED,
     .words = "packs it"},
    {.page = {.path = "/gzip-transfer",
              .head = OK "Transfer-Encoding: gzip, chunked\r\n",
              BODY("5\r\n01234\r\n0\r\n\r\n")},
     .outcome = MP_FETCH_REFUSED,
     .words = "packs it"},

    /* too slow */
    {.page = {.path = "/drips", .head = OK "Content-Length: 10\r\n", BODY(TEN), .body_ms = 100},
     .outcome = MP_FETCH_RETRY,
     .words = "too slow"},
    {.page = {.path = "/slow-head", .head = OK "Content-Length: 10\r\n", BODY(TEN), .head_ms = 100},
     .outcome = MP_FETCH_RETRY,
     .words = "too slow"},
    {.page = {.path = "/silent", .head = "HTTP/", .open_head = true, .end = PAGE_HANGS},
     .outcome = MP_FETCH_RETRY,
     .words = "too slow"},

    /* broken */
    {.page =
         {.path = "/reset", .head = OK "Content-Length: 10\r\n", BODY("01234"), .end = PAGE_RESETS},
     .outcome = MP_FETCH_RETRY,
     .words = "reset"},
    {.page =
         {.path = "/short", .head = OK "Content-Length: 10\r\n", BODY("01234"), .end = PAGE_CLOSES},
     .outcome = MP_FETCH_RETRY,
     .words = "5 bytes"},
    {.page = {.path = "/nothing", .head = "", .open_head = true, .end = PAGE_CLOSES},
     .outcome = MP_FETCH_RETRY,
     .words = ""},
    {.page = {.path = "/bad-chunks",
              .head = OK "Transfer-Encoding: chunked\r\n",
              BODY("zz\r\n01234\r\n0\r\n\r\n")},
     .outcome = MP_FETCH_RETRY,
     .words = ""},
    {.page = {.path = "/cut-chunks",
              .head = OK "Transfer-Encoding: chunked\r\n",
              BODY("f\r\n01234"),
              .end = PAGE_CLOSES},
     .outcome = MP_FETCH_RETRY,
     .words = ""},
    {.page = {.path = "/no-http", .head = "SSH-2.0-OpenSSH_9.2\r\n", BODY(TEN), .end = PAGE_CLOSES},
     .outcome = MP_FETCH_REFUSED,
     .words = ""},
    {.page = {.path = "/two-lengths",
              .head = OK "Content-Length: 10\r\nContent-Length: x\r\n",
              BODY(TEN)},
     .outcome = MP_FETCH_REFUSED,
     .words = ""},

    /* refused, and not found */
    {.page = {.path = "/403", .head = "HTTP/1.1 403 No\r\nContent-Length: 2\r\n", BODY("no")},
     .outcome = MP_FETCH_NOT_FOUND,
     .words = "answers 403"},
    {.page = {.path = "/404", .head = "HTTP/1.1 404 No\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_NOT_FOUND,
     .words = "answers 404; upload what is missing, or correct the URL"},
    {.page = {.path = "/410", .head = "HTTP/1.1 410 No\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_NOT_FOUND,
     .words = "answers 410"},
    {.page = {.path = "/401", .head = "HTTP/1.1 401 No\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = "answers 401; there is no password to give; let everybody read it"},
    {.page = {.path = "/204", .head = "HTTP/1.1 204 No\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = "answers 204"},
    {.page = {.path = "/304", .head = "HTTP/1.1 304 No\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = "answers 304"},
    {.page = {.path = "/206",
              .head = "HTTP/1.1 206 Part\r\nContent-Range: bytes 0-9/10\r\nContent-Length: 10\r\n",
              BODY(TEN)},
     .outcome = MP_FETCH_REFUSED,
     .words = "another part"},

    /* later */
    {.page = {.path = "/500", .head = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_RETRY,
     .words = "answers 500"},
    {.page = {.path = "/503", .head = "HTTP/1.1 503 No\r\nRetry-After: 7\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_RETRY,
     .words = "answers 503; try again in 7 seconds",
     .retry_after = 7},
    {.page = {.path = "/429",
              .head = "HTTP/1.1 429 No\r\nRetry-After: 99999999\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_RETRY,
     .words = "answers 429",
     .retry_after = MP_FETCH_WAIT_LIMIT},
    {.page = {.path = "/503-always",
              .head = "HTTP/1.1 503 No\r\nRetry-After: -7\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_RETRY,
     .words = "answers 503; try again later"},

    /* redirects */
    {.page = {.path = "/loop", .head = REDIRECT "/loop\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = "redirects"},
    {.page = {.path = "/to-file", .head = REDIRECT "file:///etc/passwd\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = "file"},
    {.page = {.path = "/to-ftp", .head = REDIRECT "ftp://127.0.0.1/x\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = "ftp"},
    {.page = {.path = "/to-https", .head = REDIRECT "https://127.0.0.1:1/x\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = "https"},
    {.page = {.path = "/to-gopher", .head = REDIRECT "gopher://127.0.0.1:1/x\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = "gopher"},
    {.page = {.path = "/to-someone", .head = REDIRECT "http://me:secret@127.0.0.1:1/x\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .words = ""},

};
enum { CASES = sizeof cases / sizeof *cases };

static void expect_case(const Case *expected, const MpFetchResult *result)
{
    const char *path = expected->page.path;
    cr_expect_eq(result->outcome, expected->outcome, "%s: %d, %s", path, result->outcome,
                 result->error.message);
    cr_expect_eq(result->retry_after, expected->retry_after, "%s: %u", path, result->retry_after);
    cr_expect_leq(result->length, 100, "%s", path);
    if (expected->words) {
        cr_expect(strstr(result->error.message, expected->words), "%s: %s", path,
                  result->error.message);
        cr_expect(strstr(result->error.message, path), "%s: %s", path, result->error.message);
        cr_expect_null(result->bytes, "%s", path);
    } else {
        cr_assert(result->bytes, "%s", path);
        cr_expect_eq(result->length, strlen(expected->body), "%s", path);
        cr_expect_eq(memcmp(result->bytes, expected->body, strlen(expected->body)), 0, "%s", path);
    }
}

static Server *start_with_cases(void)
{
    static Page pages[CASES];
    for (size_t i = 0; i < CASES; i++)
        pages[i] = cases[i].page;
    return server_start(pages, CASES);
}

Test(fetch, ends_every_answer_within_its_bounds)
{
    Server *server = start_with_cases();
    for (size_t i = 0; i < CASES; i++) {
        MpFetchResult result = get(server, cases[i].page.path, (MpFetchRequest){0});
        expect_case(&cases[i], &result);
        free(result.bytes);
    }
    server_stop(server);
}

static MpFetchResult results[CASES];

static void note_result(void *user, const MpFetchResult *result)
{
    *(MpFetchResult *)user = *result;
}

Test(fetch, takes_many_at_once)
{
    Server *server = start_with_cases();
    for (size_t i = 0; i < CASES; i++) {
        char url[SERVER_URL_SIZE];
        MpFetchRequest request = {.url = server_url(server, cases[i].page.path, url),
                                  .limit = 100,
                                  .pace = strict,
                                  .done = note_result,
                                  .user = &results[i]};
        cr_assert(mp_fetch_add(fetcher, &request, NULL));
    }
    mp_fetch_run(fetcher);
    for (size_t i = 0; i < CASES; i++) {
        expect_case(&cases[i], &results[i]);
        free(results[i].bytes);
    }
    server_stop(server);
}

/* ---- requests ------------------------------------------------------------------------------- */

Test(fetch, refuses_other_urls_and_proxies)
{
    static const struct {
        const char *url, *variable, *proxy;
    } refused[] = {
        {"file:///etc/passwd", NULL, NULL},
        {"ftp://127.0.0.1/x", NULL, NULL},
        {"127.0.0.1/x", NULL, NULL},
        {"", NULL, NULL},
        {"http://", NULL, NULL},
        {"http://me:secret@127.0.0.1:1/x", NULL, NULL},
        {"http://127.0.0.1:1/x", "http_proxy", "socks5://127.0.0.1:1"},
        {"http://127.0.0.1:1/x", "ALL_PROXY", "socks4a://127.0.0.1:1"},
        {"https://127.0.0.1:1/x", "HTTPS_PROXY", "ftp://127.0.0.1:1"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        MpFetchResult result;
        if (refused[i].variable)
            setenv(refused[i].variable, refused[i].proxy, 1);
        mp_fetch_get(fetcher, &(MpFetchRequest){.url = refused[i].url, .limit = 100}, &result);
        cr_expect_eq(result.outcome, MP_FETCH_REFUSED, "%s: %d", refused[i].url, result.outcome);
        cr_expect(strstr(result.error.message, refused[i].url), "%s", result.error.message);
        if (refused[i].variable)
            unsetenv(refused[i].variable);
    }
}

Test(fetch, a_server_that_is_away_is_tried_again_later)
{
    char url[SERVER_URL_SIZE];
    MpFetchResult result;
    Server *server = server_start(NULL, 0);
    server_url(server, "/x", url);
    server_stop(server);
    mp_fetch_get(fetcher, &(MpFetchRequest){.url = url, .limit = 100}, &result);
    cr_expect_eq(result.outcome, MP_FETCH_RETRY, "%d", result.outcome);
    cr_expect_eq(result.status, 0);
}

Test(fetch, sends_nothing_of_the_machine)
{
    static const Page pages[] = {
        {.path = "/", .head = OK "Set-Cookie: id=7\r\nContent-Length: 0\r\n"},
    };
    Server *server = server_start(pages, 1);
    for (int i = 0; i < 2; i++) {
        char expected[512], url[SERVER_URL_SIZE];
        MpFetchResult result = get(server, "/", (MpFetchRequest){0});
        char *request = server_request(server, (size_t)i);
        server_url(server, "", url);
        snprintf(expected, sizeof expected,
                 "GET / HTTP/1.1\r\nHost: %s\r\nUser-Agent: moonpatch/" MP_VERSION
                 "\r\nAccept: */*\r\n"
                 "Accept-Encoding: identity\r\n\r\n",
                 url + strlen("http://"));
        cr_expect_str_eq(request, expected);
        free(request);
        free(result.bytes);
    }
    server_stop(server);
}

Test(fetch, asks_whether_anything_is_new)
{
    static const Page pages[] = {
        {.path = "/x", BODY("old"), .etag = "\"1\""},
        {.path = "/x", BODY("old"), .etag = "\"1\""},
        {.path = "/x", BODY("new"), .etag = "\"2\""},
    };
    Server *server = server_start(pages, 3);
    MpFetchResult first = get(server, "/x", (MpFetchRequest){0});
    MpFetchResult second = get(server, "/x", (MpFetchRequest){.etag = first.etag});
    MpFetchResult third = get(server, "/x", (MpFetchRequest){.etag = first.etag});
    cr_assert_eq(first.outcome, MP_FETCH_OK);
    cr_expect_str_eq(first.etag, "\"1\"");
    cr_expect_eq(second.outcome, MP_FETCH_NOT_MODIFIED, "%s", second.error.message);
    cr_assert_eq(third.outcome, MP_FETCH_OK);
    cr_expect_eq(memcmp(third.bytes, "new", 3), 0);
    free(first.bytes);
    free(third.bytes);
    server_stop(server);
}

Test(fetch, follows_few_redirects)
{
    static const Page pages[] = {{.path = "/loop", .head = REDIRECT "/loop\r\n"}};
    Server *server = server_start(pages, 1);
    MpFetchResult result = get(server, "/loop", (MpFetchRequest){0});
    cr_expect_eq(result.outcome, MP_FETCH_REFUSED);
    cr_expect(strstr(result.error.message, "redirects followed; the server leads in a circle"));
    cr_expect_eq(server_count(server), 1 + MP_FETCH_REDIRECTS);
    server_stop(server);
}

/* The last five of ten bytes are asked for, into memory. */
Test(fetch, takes_the_part_that_was_asked_for_and_no_other)
{
    static const struct {
        Page page;
        MpFetchOutcome outcome;
        const char *body;
        uint64_t offset;
    } parts[] = {
        {{.path = "/honest", BODY(TEN)}, MP_FETCH_OK, "56789", 5},
        {{.path = "/whole", .head = OK "Content-Length: 10\r\n", BODY(TEN)}, MP_FETCH_OK, TEN, 0},
        {{.path = "/open", .head = PART "5-9/*\r\n", BODY("56789")}, MP_FETCH_OK, "56789", 5},
        {{.path = "/other", .head = PART "4-8/10\r\n", BODY("45678")}, MP_FETCH_REFUSED, NULL, 0},
        {{.path = "/longer", .head = PART "5-9/11\r\n", BODY("56789")}, MP_FETCH_REFUSED, NULL, 0},
        {{.path = "/none", .head = PART "\r\n", BODY("56789")}, MP_FETCH_REFUSED, NULL, 0},
        {{.path = "/minus", .head = PART "-5-9/10\r\n", BODY("56789")}, MP_FETCH_REFUSED, NULL, 0},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        Server *server = server_start(&parts[i].page, 1);
        const char *path = parts[i].page.path;
        MpFetchResult result =
            get(server, path, (MpFetchRequest){.limit = 10, .whole = 10, .offset = 5});
        cr_expect_eq(result.outcome, parts[i].outcome, "%s: %s", path, result.error.message);
        if (parts[i].body) {
            cr_assert_eq(result.length, strlen(parts[i].body), "%s", path);
            cr_expect_eq(memcmp(result.bytes, parts[i].body, result.length), 0, "%s", path);
            cr_expect_eq(result.offset, parts[i].offset, "%s", path);
        }
        free(result.bytes);
        server_stop(server);
    }
}

Test(fetch, connections_are_used_again_and_may_be_closed)
{
    static const Page pages[] = {
        {.path = "/missing", .head = "HTTP/1.1 404 No\r\nContent-Length: 2\r\n", BODY("no")},
        {.path = "/x", BODY(TEN)},
        {.path = "/closes", .head = OK "Content-Length: 10\r\n", BODY(TEN), .end = PAGE_CLOSES},
    };
    static const struct {
        const char *path;
        size_t connections; /* there were by then, at most */
    } steps[] = {{"/missing", 1}, {"/x", 1}, {"/closes", 1}, {"/closes", 2}, {"/x", 3}, {"/x", 3}};
    Server *server = server_start(pages, 3);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        MpFetchResult result = get(server, steps[i].path, (MpFetchRequest){0});
        cr_expect_eq(result.status, i ? 200 : 404, "%zu: %s", i, result.error.message);
        cr_expect_leq(server_connections(server), steps[i].connections, "%zu", i);
        free(result.bytes);
    }
    server_stop(server);
}

Test(fetch, all_of_it_has_a_deadline)
{
    static const Page pages[] = {
        {.path = "/", .head = OK, BODY(TEN), .body_ms = 10, .end = PAGE_GOES_ON},
    };
    Server *server = server_start(pages, 1);
    MpFetchPace pace = {.window_ms = 500, .window_bytes = 1, .deadline_ms = 300};
    MpFetchResult result = get(server, "/", (MpFetchRequest){.limit = 1 << 20, .pace = pace});
    cr_expect_eq(result.outcome, MP_FETCH_RETRY);
    cr_expect(strstr(result.error.message, "imed out"), "%s", result.error.message);
    server_stop(server);
}

/* ---- cancelling ----------------------------------------------------------------------------- */

static atomic_ullong received;

/* Cancels as soon as the first byte is there. */
static void cancel_soon(void *user)
{
    while (atomic_load(&received) == 0)
        uv_sleep(1);
    mp_fetcher_cancel(user);
}

Test(fetch, another_thread_watches_and_cancels)
{
    static const Page pages[] = {
        {.path = "/hangs", .head = OK "Content-Length: 10\r\n", BODY("0"), .end = PAGE_HANGS},
    };
    uv_thread_t thread;
    Server *server = server_start(pages, 1);
    MpFetchPace patient = {.window_ms = 50000};
    cr_assert_eq(uv_thread_create(&thread, cancel_soon, fetcher), 0);
    MpFetchResult result =
        get(server, "/hangs", (MpFetchRequest){.pace = patient, .received = &received});
    cr_expect_eq(result.outcome, MP_FETCH_CANCELLED);
    cr_expect_eq(result.length, 1);
    uv_thread_join(&thread);

    result = get(server, "/hangs", (MpFetchRequest){.delay_ms = 0});
    cr_expect_eq(result.outcome, MP_FETCH_CANCELLED, "it stays so");
    cr_expect(mp_fetcher_is_cancelled(fetcher));
    cr_expect_eq(server_count(server), 1);
    server_stop(server);
}
