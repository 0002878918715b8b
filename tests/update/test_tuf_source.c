#include "server.h"
#include "update/fetch/tuf_source.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define EMPTY  "Content-Length: 0\r\n"
#define HEAD_3 "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"

static const Page pages[] = {
    {.path = "/m/1.root.json", .head = HEAD_3, .body = "one", .length = 3},
    {.path = "/m/busy.json", .head = "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\n" EMPTY},
    {.path = "/m/busy.json", .head = HEAD_3, .body = "two", .length = 3},
    {.path = "/m/later.json", .head = "HTTP/1.1 503 Busy\r\nRetry-After: 600\r\n" EMPTY},
    {.path = "/m/broken.json", .head = "HTTP/1.1 500 Broken\r\n" EMPTY},
    {.path = "/m/1.a%20b%3F%23%2F..%2Fc.json", .head = HEAD_3, .body = "odd", .length = 3},
};

static const struct {
    const char *name;
    size_t limit;
    MpTufAnswer answer;
    const char *content;
    size_t requests;
    unsigned retry_after;
} cases[] = {
    {"1.root.json", 3, MP_TUF_HAS, "one", 1, 0},
    {"1.root.json", 2, MP_TUF_FAILED, NULL, 1, 0},
    {"2.root.json", 3, MP_TUF_HAS_NOT, NULL, 1, 0},
    {"busy.json", 3, MP_TUF_HAS, "two", 2, 0},
    {"later.json", 3, MP_TUF_FAILED, NULL, 1, 600},
    {"broken.json", 3, MP_TUF_FAILED, NULL, 2, 0},
    {"1.a b?#/../c.json", 3, MP_TUF_HAS, "odd", 1, 0},
    {"../../x", 3, MP_TUF_HAS_NOT, NULL, 1, 0},
};

Test(tuf_source, answers_what_the_server_says, .timeout = 60)
{
    char url[SERVER_URL_SIZE];
    Server *server = server_start(pages, sizeof pages / sizeof *pages);
    MpFetcher *fetcher = mp_fetcher_create(NULL);
    MpHttpSource http;
    mp_http_source_init(&http, fetcher, server_url(server, "/m/", url));
    http.retry.first_ms = 1;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char *bytes = NULL;
        size_t length = 0, before = server_count(server);
        MpError error = {.message = ""};
        cr_expect_eq(http.source.get(http.source.context, cases[i].name, cases[i].limit, &bytes,
                                     &length, &error),
                     cases[i].answer, "%s: %s", cases[i].name, error.message);
        cr_expect_eq(server_count(server) - before, cases[i].requests, "%s", cases[i].name);
        cr_expect_eq(http.retry_after, cases[i].retry_after, "%s", cases[i].name);
        if (cases[i].content)
            cr_expect(bytes && length == 3 && memcmp(bytes, cases[i].content, 3) == 0, "%s",
                      cases[i].name);
        else
            cr_expect(!bytes && error.message[0], "%s", cases[i].name);
        free(bytes);
    }
    mp_fetcher_destroy(fetcher);
    server_stop(server);
}
