#include "file/file.h"
#include "server.h"
#include "support/scratch.h"
#include "update/fetch/download.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define BODY(text) .body = text, .length = sizeof text - 1
#define CONTENT    "0123456789"
#define PORTAL     "<html>Welcome! Please log in.</html>"
#define PART       "HTTP/1.1 206 Part\r\nContent-Length: 5\r\nContent-Range: bytes "
#define LENGTH     10

static const MpDownloadRules quick = {
    .pace = {.window_ms = 300, .window_bytes = 1, .deadline_ms = 3000},
    .retry = {.limit = 1, .first_ms = 1, .most_ms = 2000},
};

static Scratch scratch;
static MpFetcher *fetcher;
static MpHash content_hash;

static void init(void)
{
    scratch_init(&scratch);
    scratch_make_folder(&scratch, "partial");
    fetcher = mp_fetcher_create(NULL);
    content_hash = mp_hash_of(CONTENT, LENGTH);
    cr_assert(fetcher);
}

static void finish(void)
{
    mp_fetcher_destroy(fetcher);
    scratch_finish(&scratch);
}

TestSuite(download, .init = init, .fini = finish, .timeout = 60);

/* CONTENT into the file "x", by mirrors that are paths of the server. */
static MpDownload download(const Server *server, const char *const *mirrors,
                           atomic_ullong *received)
{
    char room[4][SERVER_URL_SIZE];
    const char *urls[5] = {NULL};
    for (size_t i = 0; mirrors[i]; i++)
        urls[i] = server_url(server, mirrors[i], room[i]);
    MpDownload one = {.urls = urls,
                      .length = LENGTH,
                      .sha256 = content_hash,
                      .path = scratch_path(&scratch, "x")};
    MpDownloadRules rules = quick;
    rules.partial = scratch_path(&scratch, "partial");
    rules.received = received;
    bool all = mp_download(fetcher, &one, 1, &rules);
    cr_expect_eq(all, one.outcome == MP_FETCH_OK);
    one.urls = NULL;
    return one;
}

/* The text of a file, for free(); NULL if there is none. */
static char *read_file(const char *name)
{
    return mp_file_read(scratch_path(&scratch, name), 1 << 20, NULL, NULL);
}

static const char *partial_name(const char *ending)
{
    static char name[128];
    snprintf(name, sizeof name, "partial/%s%s", content_hash.text, ending);
    return name;
}

static void expect_done(const char *what)
{
    char *text = read_file("x");
    cr_assert(text, "%s", what);
    cr_expect_str_eq(text, CONTENT, "%s", what);
    cr_expect_not(mp_file_exists(scratch_path(&scratch, partial_name(""))), "%s", what);
    cr_expect_not(mp_file_exists(scratch_path(&scratch, partial_name(".json"))), "%s", what);
    free(text);
}

/* What an earlier run left. */
static void leave_part(const char *url, int length, const char *hash, const char *text)
{
    char note[512];
    snprintf(note, sizeof note,
             "{\"url\": \"%s\", \"length\": %d, \"sha256\": \"%s\", \"etag\": \"\\\"1\\\"\"}", url,
             length, hash);
    scratch_write_text(&scratch, partial_name(".json"), note);
    scratch_write_text(&scratch, partial_name(""), text);
}

/* ---- going on ------------------------------------------------------------------------------- */

static bool asked_for_part(Server *server, size_t index)
{
    char *request = server_request(server, index);
    bool part = request && strstr(request, "\r\nRange: bytes=5-\r\n") &&
                strstr(request, "\r\nIf-Range: \"1\"\r\n");
    free(request);
    return part;
}

Test(download, goes_on_where_the_connection_broke)
{
    static const Page pages[] = {
        {.path = "/x", BODY(CONTENT), .etag = "\"1\"", .sent = 5, .end = PAGE_CLOSES},
        {.path = "/x", BODY(CONTENT), .etag = "\"1\""},
    };
    atomic_ullong received = 0;
    Server *server = server_start(pages, 2);
    MpDownload one = download(server, (const char *const[]){"/x", NULL}, &received);
    cr_expect_eq(one.outcome, MP_FETCH_OK, "%s", one.error.message);
    expect_done("x");
    cr_expect(asked_for_part(server, 1));
    cr_expect_eq(received, LENGTH);
    server_stop(server);
}

Test(download, goes_on_only_with_the_same_file)
{
    static const struct {
        const char *what, *path;
        int length;
        bool same_hash;
        const char *text;
        bool goes_on;
    } cases[] = {
        {"same", "/x", LENGTH, true, "01234", true},
        {"other URL", "/y", LENGTH, true, "01234", false},
        {"other length", "/x", 11, true, "01234", false},
        {"other hash", "/x", LENGTH, false, "01234", false},
        {"too long", "/x", LENGTH, true, "0123456789a", false},
        {"all there, and wrong", "/x", LENGTH, true, "0123456788", false},
    };
    static const Page pages[] = {{.path = "/x", BODY(CONTENT), .etag = "\"1\""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char url[SERVER_URL_SIZE];
        Server *server = server_start(pages, 1);
        leave_part(server_url(server, cases[i].path, url), cases[i].length,
                   cases[i].same_hash ? content_hash.text : "00", cases[i].text);
        MpDownload one = download(server, (const char *const[]){"/x", NULL}, NULL);
        cr_expect_eq(one.outcome, MP_FETCH_OK, "%s: %s", cases[i].what, one.error.message);
        expect_done(cases[i].what);
        char *request = server_request(server, 0);
        cr_expect_eq(asked_for_part(server, 0), cases[i].goes_on, "%s", cases[i].what);
        cr_expect_eq(strstr(request, "Range") != NULL, cases[i].goes_on, "%s", cases[i].what);
        free(request);
        server_stop(server);
    }
}

Test(download, what_is_all_there_needs_no_server)
{
    char url[SERVER_URL_SIZE];
    Server *server = server_start(NULL, 0);
    leave_part(server_url(server, "/x", url), LENGTH, content_hash.text, CONTENT);
    MpDownload one = download(server, (const char *const[]){"/x", NULL}, NULL);
    cr_expect_eq(one.outcome, MP_FETCH_OK, "%s", one.error.message);
    expect_done("x");
    cr_expect_eq(server_count(server), 0);
    server_stop(server);
}

/* ---- answers to a request for a part -------------------------------------------------------- */

typedef struct Case {
    const char *what;
    Page first; /* then comes the whole, honestly */
    MpFetchOutcome outcome;
    bool keeps_part; /* after a failure */
} Case;

static const Case cases[] = {
    {.what = "whole for a part",
     .first = {.head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n", BODY(CONTENT)}},
    {.what = "another part", .first = {.head = PART "4-8/10\r\n", BODY("45678")}},
    {.what = "a part of another", .first = {.head = PART "5-9/11\r\n", BODY("56789")}},
    {.what = "a part of what", .first = {.head = PART "five\r\n", BODY("56789")}},
    {.what = "a short part",
     .first = {.head = "HTTP/1.1 206 Part\r\nContent-Length: 4\r\n"
                       "Content-Range: bytes 5-8/10\r\n",
               BODY("5678")}},
    {.what = "wrong bytes", .first = {.head = PART "5-9/10\r\n", BODY("56780")}},
    {.what = "no such part", .first = {.head = "HTTP/1.1 416 No\r\nContent-Length: 0\r\n"}},
    {.what = "later",
     .first = {.head = "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n"}},
    {.what = "a long part",
     .first = {.head = "HTTP/1.1 206 Part\r\nContent-Range: bytes 5-9/10\r\n",
               BODY("56789abc"),
               .end = PAGE_CLOSES}},
    {.what = "portal",
     .first = {.head = "HTTP/1.1 200 OK\r\nContent-Length: 36\r\n", BODY(PORTAL)},
     .outcome = MP_FETCH_REFUSED,
     .keeps_part = true},
    {.what = "short portal",
     .first = {.head = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n", BODY("log in")},
     .outcome = MP_FETCH_REFUSED,
     .keeps_part = true},
    {.what = "endless portal",
     .first = {.head = "HTTP/1.1 200 OK\r\n", BODY(PORTAL), .end = PAGE_GOES_ON},
     .outcome = MP_FETCH_REFUSED},
    {.what = "portal by redirect",
     .first = {.head =
                   "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:1/\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_REFUSED,
     .keeps_part = true},
    {.what = "gone",
     .first = {.head = "HTTP/1.1 404 No\r\nContent-Length: 0\r\n"},
     .outcome = MP_FETCH_NOT_FOUND,
     .keeps_part = true},
};

static void expect_case(const Case *expected)
{
    char url[SERVER_URL_SIZE];
    Page pages[] = {expected->first, {.path = "/x", BODY(CONTENT)}};
    pages[0].path = "/x";
    Server *server = server_start(pages, 2);
    atomic_ullong received = 0;
    leave_part(server_url(server, "/x", url), LENGTH, content_hash.text, "01234");
    MpDownload one = download(server, (const char *const[]){"/x", NULL}, &received);
    cr_expect(asked_for_part(server, 0), "%s", expected->what);
    cr_expect_eq(one.outcome, expected->outcome, "%s: %d, %s", expected->what, one.outcome,
                 one.error.message);
    if (one.outcome == MP_FETCH_OK) {
        expect_done(expected->what);
        cr_expect_eq(received, LENGTH, "%s: %llu", expected->what, received);
    } else {
        char *part = read_file(partial_name(""));
        cr_expect_leq(strlen(part), LENGTH);
        cr_expect_eq(strcmp(part, "01234") == 0, expected->keeps_part, "%s: '%s'", expected->what,
                     part);
        cr_expect_not(mp_file_exists(scratch_path(&scratch, "x")), "%s", expected->what);
        free(part);
    }
    server_stop(server);
    remove(scratch_path(&scratch, "x"));
}

Test(download, survives_every_answer_to_a_part)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_case(&cases[i]);
}

/* ---- mirrors -------------------------------------------------------------------------------- */

Test(download, passes_over_bad_mirrors)
{
    static const Page pages[] = {
        {.path = "/wrong", BODY("9876543210")},
        {.path = "/slow", .head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n", .end = PAGE_HANGS},
        {.path = "/good", BODY(CONTENT)},
    };
    Server *server = server_start(pages, 3);
    MpDownload one =
        download(server, (const char *const[]){"/missing", "/wrong", "/slow", "/good", NULL}, NULL);
    cr_expect_eq(one.outcome, MP_FETCH_OK, "%s", one.error.message);
    expect_done("x");
    cr_expect_eq(server_count(server), 4);
    server_stop(server);
}

Test(download, says_the_best_there_is_of_bad_mirrors)
{
    static const Page pages[] = {
        {.path = "/wrong", BODY("9876543210")},
        {.path = "/busy", .head = "HTTP/1.1 503 Busy\r\nRetry-After: 60\r\nContent-Length: 0\r\n"},
        {.path = "/broken", .head = "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n"},
    };
    static const struct {
        const char *const mirrors[4];
        MpFetchOutcome outcome;
        unsigned retry_after;
        size_t requests;
    } mirrors[] = {
        {{"/missing", "/gone", NULL}, MP_FETCH_NOT_FOUND, 0, 2},
        {{"/missing", "/wrong", NULL}, MP_FETCH_REFUSED, 0, 2},
        {{"/broken", "/wrong", NULL}, MP_FETCH_RETRY, 0, 4},
        {{"/wrong", "/busy", "/missing", NULL}, MP_FETCH_RETRY, 60, 3},
    };
    Server *server = server_start(pages, 3);
    for (size_t i = 0; i < sizeof mirrors / sizeof *mirrors; i++) {
        size_t before = server_count(server);
        MpDownload one = download(server, mirrors[i].mirrors, NULL);
        cr_expect_eq(one.outcome, mirrors[i].outcome, "%zu: %d, %s", i, one.outcome,
                     one.error.message);
        cr_expect_eq(one.retry_after, mirrors[i].retry_after, "%zu", i);
        cr_expect_eq(server_count(server) - before, mirrors[i].requests, "%zu", i);
    }
    server_stop(server);
}

Test(download, a_file_that_cannot_be_written_is_said_so)
{
    static const Page pages[] = {{.path = "/x", BODY(CONTENT)}};
    Server *server = server_start(pages, 1);
    scratch_make_folder(&scratch, "x");
    scratch_make_folder(&scratch, "x/in the way");
    MpDownload one = download(server, (const char *const[]){"/x", "/x", NULL}, NULL);
    cr_expect_eq(one.outcome, MP_FETCH_BROKEN);
    cr_expect_eq(one.error.status, MP_IO, "%s", one.error.message);
    cr_expect_eq(server_count(server), 1);
    server_stop(server);
}

/* The next mirror has no room either, and what is there is good for another day. */
Test(download, a_full_disk_is_no_fault_of_the_server)
{
    static const Page pages[] = {{.path = "/x", BODY(CONTENT), .etag = "\"1\""}};
    char url[SERVER_URL_SIZE];
    Server *server = server_start(pages, 1);
    leave_part(server_url(server, "/x", url), LENGTH, content_hash.text, "01234");
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){.rlim_cur = 7, .rlim_max = RLIM_INFINITY});
    MpDownload one = download(server, (const char *const[]){"/x", "/x", NULL}, NULL);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
    cr_expect_eq(one.outcome, MP_FETCH_BROKEN, "%d: %s", one.outcome, one.error.message);
    cr_expect_eq(server_count(server), 1);
    char *part = read_file(partial_name(""));
    cr_expect_eq(strncmp(part, "0123456", strlen(part)), 0, "'%s'", part);
    cr_expect_geq(strlen(part), 5, "'%s'", part);
    free(part);
    server_stop(server);
}

/* ---- many ----------------------------------------------------------------------------------- */

enum { MANY = 60 };

Test(download, takes_many_and_counts_them)
{
    static Page pages[MANY];
    static MpDownload many[MANY];
    static char texts[MANY][16], paths[MANY][16], files[MANY][SCRATCH_PATH_SIZE],
        urls[MANY][SERVER_URL_SIZE];
    static const char *mirrors[MANY][2];
    atomic_ullong received = 0;
    size_t expected = 0;
    for (size_t i = 0; i < MANY; i++) {
        int length = i ? snprintf(texts[i], sizeof texts[i], "text %zu", i) : 0;
        snprintf(paths[i], sizeof paths[i], "/%zu", i);
        pages[i] = (Page){.path = paths[i], .body = texts[i], .length = (size_t)length};
        expected += (size_t)length;
    }
    Server *server = server_start(pages, MANY);
    for (size_t i = 0; i < MANY; i++) {
        mirrors[i][0] = server_url(server, paths[i], urls[i]);
        snprintf(files[i], sizeof files[i], "%s", scratch_path(&scratch, paths[i] + 1));
        many[i] = (MpDownload){.urls = mirrors[i],
                               .length = pages[i].length,
                               .path = files[i],
                               .sha256 = mp_hash_of(texts[i], pages[i].length)};
    }
    MpDownloadRules rules = quick;
    rules.partial = scratch_path(&scratch, "partial");
    rules.received = &received;
    rules.at_once = 7;
    cr_expect(mp_download(fetcher, many, MANY, &rules));
    for (size_t i = 0; i < MANY; i++) {
        char *text = read_file(paths[i] + 1);
        cr_expect(text && strcmp(text, texts[i]) == 0, "%zu: %s", i, many[i].error.message);
        free(text);
    }
    cr_expect_eq(received, expected);
    cr_expect_leq(server_connections(server), 7, "%zu", server_connections(server));
    cr_expect_eq(server_count(server), MANY - 1, "what is empty needs no server");
    server_stop(server);
}
