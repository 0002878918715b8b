/*
 * load.c - asks a web server for a channel's files, and believes nothing.
 *
 *     load URL FOLDER REQUESTS CONNECTIONS
 *
 * Every answer is compared with the file in FOLDER, byte by byte as it comes in. Most ask for a
 * whole file, some for a part of it, for what has changed of it, or for what is not there. Prints
 * how fast that was; exits with 1 if a single answer is wrong.
 */
#include <curl/curl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 4096, CONNECTIONS = 256, TOLD = 5, FOLDERS_OPEN = 16, SECONDS = 60 };

typedef enum Kind { WHOLE, PART, CHANGED, MISSING } Kind;

/* Of so many requests, these. */
static const Kind mix[] = {WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, PART, CHANGED, MISSING};

typedef struct File {
    char *path; /* "/targets/objects/..." */
    unsigned char *bytes;
    size_t size;
    char etag[64]; /* "": nobody has asked yet */
} File;

typedef struct Request {
    CURL *easy;
    struct curl_slist *headers;
    Kind kind;
    File *file;
    size_t from, got; /* of the file: where the answer begins, what has come in */
    bool wrong;       /* these are other bytes */
    char cache[64], etag[64];
} Request;

static struct {
    const char *url, *folder;
    File files[FILES];
    size_t file_count, total, begun, ended, wrong;
    uint64_t bytes, random;
    uint64_t *times; /* of each answer, microseconds */
    CURLM *multi;
} load = {.random = 1};

static void give_up(const char *why)
{
    fprintf(stderr, "load: %s\n", why);
    exit(2);
}

/* xorshift64: the same requests each time. */
static size_t draw(size_t count)
{
    load.random ^= load.random << 13;
    load.random ^= load.random >> 7;
    load.random ^= load.random << 17;
    return (size_t)(load.random % count);
}

/* ---- the files ------------------------------------------------------------------------------ */

static int read_file(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)place;
    if (type != FTW_F)
        return 0;
    FILE *stream = fopen(path, "rb");
    File *file = &load.files[load.file_count++];
    if (!stream || load.file_count == FILES)
        give_up(path);
    file->path = strdup(path + strlen(load.folder));
    file->size = (size_t)status->st_size;
    file->bytes = malloc(file->size + 1);
    if (!file->path || !file->bytes || fread(file->bytes, 1, file->size, stream) != file->size)
        give_up(path);
    fclose(stream);
    return 0;
}

static void read_files(void)
{
    char path[4096];
    for (const char *const *part = (const char *const[]){"metadata", "targets", NULL}; *part;
         part++) {
        snprintf(path, sizeof path, "%s/%s", load.folder, *part);
        if (nftw(path, read_file, FOLDERS_OPEN, FTW_PHYS) != 0)
            give_up(path);
    }
    if (!load.file_count)
        give_up("there are no files");
}

/* ---- an answer ------------------------------------------------------------------------------ */

static size_t take_body(char *bytes, size_t size, size_t count, void *user)
{
    Request *request = user;
    size_t length = size * count, at = request->from + request->got;
    request->got += length;
    load.bytes += length;
    if (request->kind != MISSING)
        request->wrong = request->wrong || length > request->file->size - at ||
                         memcmp(bytes, request->file->bytes + at, length) != 0;
    return request->wrong ? 0 : length;
}

static void take_value(char room[64], const char *name, const char *line, size_t length)
{
    size_t skip = strlen(name);
    if (length < skip || strncmp(line, name, skip) != 0)
        return;
    while (length > skip && (line[length - 1] == '\r' || line[length - 1] == '\n'))
        length--;
    snprintf(room, 64, "%.*s", (int)(length - skip), line + skip);
}

static size_t take_header(char *line, size_t size, size_t count, void *user)
{
    Request *request = user;
    take_value(request->cache, "Cache-Control: ", line, size * count);
    take_value(request->etag, "ETag: ", line, size * count);
    return size * count;
}

static const char *expected_cache(const Request *request)
{
    bool changes = strcmp(request->file->path, "/metadata/timestamp.json") == 0;
    return changes || request->kind == MISSING ? "no-cache" : "public, max-age=31536000, immutable";
}

static bool is_right(const Request *request, CURLcode code)
{
    static const long statuses[] = {[WHOLE] = 200, [PART] = 206, [CHANGED] = 304, [MISSING] = 404};
    long status = 0;
    curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &status);
    size_t length = request->kind == CHANGED ? 0 : request->file->size - request->from;
    return code == CURLE_OK && !request->wrong && status == statuses[request->kind] &&
           (request->kind == MISSING || request->got == length) &&
           strcmp(request->cache, expected_cache(request)) == 0;
}

static void judge(Request *request, CURLcode code)
{
    if (is_right(request, code)) {
        snprintf(request->file->etag, sizeof request->file->etag, "%s",
                 request->kind == MISSING ? request->file->etag : request->etag);
        return;
    }
    long status = 0;
    curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &status);
    if (load.wrong++ < TOLD)
        fprintf(stderr, "load: wrong: %s, kind %d: status %ld, %zu bytes from %zu, '%s', %s\n",
                request->file->path, (int)request->kind, status, request->got, request->from,
                request->cache, curl_easy_strerror(code));
}

/* ---- requests ------------------------------------------------------------------------------- */

static void begin(Request *request)
{
    char url[4096], header[128];
    *request = (Request){.easy = request->easy, .headers = request->headers};
    request->file = &load.files[draw(load.file_count)];
    request->kind = mix[draw(sizeof mix / sizeof *mix)];
    if (request->kind == CHANGED && !request->file->etag[0])
        request->kind = WHOLE;
    if (request->kind == PART)
        request->from = draw(request->file->size);
    if (request->kind == PART && !request->from)
        request->kind = WHOLE;
    curl_slist_free_all(request->headers);
    request->headers = NULL;
    if (request->kind == CHANGED) {
        snprintf(header, sizeof header, "If-None-Match: %s", request->file->etag);
        request->headers = curl_slist_append(NULL, header);
    }
    snprintf(url, sizeof url, "%s%s%s", load.url, request->file->path,
             request->kind == MISSING ? ".gone" : "");
    curl_easy_setopt(request->easy, CURLOPT_URL, url);
    curl_easy_setopt(request->easy, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)request->from);
    curl_easy_setopt(request->easy, CURLOPT_HTTPHEADER, request->headers);
    curl_multi_add_handle(load.multi, request->easy);
    load.begun++;
}

static void prepare(Request *request)
{
    request->easy = curl_easy_init();
    if (!request->easy)
        give_up("no memory");
    curl_easy_setopt(request->easy, CURLOPT_PRIVATE, request);
    curl_easy_setopt(request->easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(request->easy, CURLOPT_WRITEDATA, request);
    curl_easy_setopt(request->easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(request->easy, CURLOPT_HEADERDATA, request);
    curl_easy_setopt(request->easy, CURLOPT_TIMEOUT, (long)SECONDS);
    curl_easy_setopt(request->easy, CURLOPT_PROXY, "");
}

static void end(Request *request, CURLcode code)
{
    curl_off_t time = 0;
    curl_easy_getinfo(request->easy, CURLINFO_TOTAL_TIME_T, &time);
    load.times[load.ended++] = (uint64_t)time;
    judge(request, code);
    curl_multi_remove_handle(load.multi, request->easy);
    if (load.begun < load.total)
        begin(request);
}

static void run(void)
{
    while (load.ended < load.total) {
        int running, left;
        curl_multi_perform(load.multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(load.multi, &left));) {
            Request *request;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&request);
            end(request, message->data.result);
        }
        if (load.ended < load.total)
            curl_multi_poll(load.multi, NULL, 0, 1000, NULL);
    }
}

/* ---- figures -------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void report(double seconds)
{
    qsort(load.times, load.total, sizeof *load.times, compare);
    printf("%zu requests, %zu wrong: %.0f requests/s, %" PRIu64 " bytes in %.1f s, "
           "p50 %.2f ms, p99 %.2f ms\n",
           load.total, load.wrong, (double)load.total / seconds, load.bytes, seconds,
           (double)load.times[load.total / 2] / 1e3,
           (double)load.times[load.total - 1 - load.total / 100] / 1e3);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        give_up("usage: load URL FOLDER REQUESTS CONNECTIONS");
    load.url = argv[1], load.folder = argv[2], load.total = strtoul(argv[3], NULL, 10);
    size_t connections = strtoul(argv[4], NULL, 10);
    load.times = calloc(load.total + 1, sizeof *load.times);
    load.multi = curl_multi_init();
    if (!load.times || !load.multi || !load.total || !connections || connections > CONNECTIONS)
        give_up("the numbers do not do");
    read_files();
    static Request requests[CONNECTIONS];
    double start = now();
    for (size_t i = 0; i < connections && load.begun < load.total; i++) {
        prepare(&requests[i]);
        begin(&requests[i]);
    }
    run();
    report(now() - start);
    for (size_t i = 0; i < connections; i++) {
        curl_slist_free_all(requests[i].headers);
        curl_easy_cleanup(requests[i].easy);
    }
    curl_multi_cleanup(load.multi);
    for (size_t i = 0; i < load.file_count; i++) {
        free(load.files[i].path);
        free(load.files[i].bytes);
    }
    free(load.times);
    return load.wrong ? 1 : 0;
}
