/* A file that is asked for again and again: only what is new is sent. */
#include "server.h"
#include "support/scratch.h"
#include "update/fetch/tuf_source.h"
#include "update/fetch/validators.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BODY(text) .body = (text), .length = sizeof(text) - 1
#define DATED(date) \
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nDate: " SENT "\r\nLast-Modified: " date "\r\n"
#define TEN    "0123456789"
#define SENT   "Thu, 01 Jan 2026 00:00:10 GMT"
#define BEFORE "Thu, 01 Jan 2026 00:00:09 GMT"

static Scratch scratch;
static Server *server;
static MpFetcher *fetcher;
static MpHttpSource http;
static MpError why;
static char url[SERVER_URL_SIZE];

static void init(void)
{
    scratch_init(&scratch);
    fetcher = mp_fetcher_create(NULL);
    why = (MpError){0};
}

static void serve(const Page *pages, size_t count)
{
    server = server_start(pages, count);
    mp_http_source_init(&http, fetcher, server_url(server, "/m", url));
    http.validators = scratch_path(&scratch, "validators");
}

static void finish(void)
{
    mp_fetcher_destroy(fetcher);
    server_stop(server);
    scratch_finish(&scratch);
}

TestSuite(renew, .init = init, .fini = finish, .timeout = 60);

/* `content`: what must have come; NULL: nothing. */
static void expect(MpTufAnswer answer, const char *known, const char *content)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    cr_expect_eq(http.source.renew(http.source.context, "t.json", 100, known,
                                   known ? strlen(known) : 0, &bytes, &length, &why),
                 answer, "%s", why.message);
    cr_expect_eq(bytes != NULL, content != NULL);
    cr_expect(!content || (length == strlen(content) && memcmp(bytes, content, length) == 0));
    free(bytes);
}

static bool last_request_says(const char *words)
{
    char *request = server_request(server, server_count(server) - 1);
    bool says = strstr(request, words);
    free(request);
    return says;
}

Test(renew, a_tag_is_sent_back_for_the_bytes_that_it_came_with)
{
    static const Page pages[] = {
        {.path = "/m/t.json", BODY("old"), .etag = "\"1\""},
        {.path = "/m/t.json", BODY("old"), .etag = "\"1\""},
        {.path = "/m/t.json", BODY("new"), .etag = "\"2\""},
    };
    serve(pages, 3);
    expect(MP_TUF_HAS, NULL, "old");
    expect(MP_TUF_SAME, "old", NULL);
    cr_expect(last_request_says("If-None-Match: \"1\"\r\n"));
    expect(MP_TUF_HAS, "old", "new");
    expect(MP_TUF_SAME, "new", NULL);
    cr_expect(last_request_says("If-None-Match: \"2\"\r\n"));
    expect(MP_TUF_HAS, "old", "new");
    cr_expect_not(last_request_says("If-None-Match"), "that was of other bytes");
}

Test(renew, a_tag_is_not_sent_to_another_place)
{
    static const Page pages[] = {{BODY("old"), .etag = "\"1\""}};
    char other[SERVER_URL_SIZE];
    serve(pages, 1);
    expect(MP_TUF_HAS, NULL, "old");
    http.url = server_url(server, "/mirror", other);
    expect(MP_TUF_HAS, "old", "old");
    cr_expect_not(last_request_says("If-None-Match"));
}

/* Servers make tags of dates, too. */
Test(renew, date_and_tag_are_sent_back_if_what_they_are_of_is_older_than_a_second)
{
    static const Page pages[] = {
        {.path = "/m/t.json", .head = DATED(SENT) "ETag: \"1\"\r\n", BODY("old")},
        {.path = "/m/t.json", .head = DATED(BEFORE) "ETag: \"1\"\r\n", BODY("old")},
        {.path = "/m/t.json", .head = "HTTP/1.1 304 Not Modified\r\n"},
    };
    serve(pages, 3);
    expect(MP_TUF_HAS, NULL, "old");
    expect(MP_TUF_HAS, "old", "old");
    cr_expect_not(last_request_says("If-"), "it may change in that second");
    expect(MP_TUF_SAME, "old", NULL);
    cr_expect(last_request_says("If-Modified-Since: " BEFORE "\r\n"));
    cr_expect(last_request_says("If-None-Match: \"1\"\r\n"));
}

static const struct Damage {
    bool of; /* with the right beginning */
    const char *text;
} damages[] = {
    {false, ""},
    {false, "{"},
    {false, "[]"},
    {false, "{\"etag\": \"\\\"1\\\"\"}"},
    {false, "{\"of\": 1, \"etag\": \"\\\"1\\\"\"}"},
    {true, "\"etag\": 1, \"modified\": null}"},
    {true, "\"etag\": \"a\\r\\nX-Evil: 1\", \"modified\": \"b\\r\\nX-Evil: 1\"}"},
    {true, "\"etag\": \"" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "\"}"},
    {true, "\"modified\": \"" TEN TEN TEN TEN "\"}"},
    {true, "\"etag\": \"\\\"1\\\"\"} {}"},
};

Test(renew, what_was_remembered_and_damaged_is_no_condition)
{
    static const Page pages[] = {{.path = "/m/t.json", BODY("old"), .etag = "\"1\""}};
    serve(pages, 1);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        char text[512], place[SERVER_URL_SIZE];
        MpHash subject =
            mp_validators_subject(server_url(server, "/m/t.json", place), "old", strlen("old"));
        const char *of = damages[i].of ? subject.text : "";
        snprintf(text, sizeof text, "%s%s%s%s", *of ? "{\"of\": \"" : "", of, *of ? "\", " : "",
                 damages[i].text);
        scratch_write_text(&scratch, "validators", text);
        expect(MP_TUF_HAS, "old", "old");
        cr_expect_not(last_request_says("If-") || last_request_says("X-Evil"), "%s", text);
    }
    expect(MP_TUF_SAME, "old", NULL);
}

Test(renew, without_a_file_to_remember_in_there_is_no_condition)
{
    static const Page pages[] = {{.path = "/m/t.json", BODY("old"), .etag = "\"1\""}};
    serve(pages, 1);
    http.validators = NULL;
    expect(MP_TUF_HAS, NULL, "old");
    expect(MP_TUF_HAS, "old", "old");
}

Test(renew, not_modified_is_no_answer_where_nobody_asked)
{
    static const Page pages[] = {{.path = "/m/t.json", .head = "HTTP/1.1 304 Not Modified\r\n"}};
    serve(pages, 1);
    expect(MP_TUF_FAILED, "old", NULL);
    cr_expect(strstr(why.message, "/m/t.json': the server answers 304; nobody asked whether it has "
                                  "changed; correct the server"),
              "%s", why.message);
}
