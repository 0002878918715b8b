#include "update/channel/telemetry.h"

#include <curl/curl.h>
#include <stdlib.h>

/* A game that ends waits for it. */
enum { SECONDS = 5 };

/* Causes name files and lines, and may hold bytes that are no text. */
static json_t *pack_text(const char *text)
{
    json_t *string = json_string(text);
    return string ? string : json_string("");
}

char *mp_telemetry_text(const MpVerdict *verdict)
{
    json_t *root = json_pack("{s:s, s:s, s:s, s:I, s:s, s:o}", "app", verdict->app, "channel",
                             verdict->channel, "program", verdict->program, "release",
                             (json_int_t)verdict->release, "verdict", verdict->verdict, "cause",
                             pack_text(verdict->cause));
    char *text = root ? json_dumps(root, JSON_COMPACT) : NULL;
    json_decref(root);
    return text;
}

/* The answer is of no interest. */
static size_t drop(char *bytes, size_t size, size_t count, void *user)
{
    (void)bytes;
    (void)user;
    return size * count;
}

static CURLcode post(CURL *curl, const char *url, const char *text)
{
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "moonpatch");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, 64L << 10);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    CURLcode code = headers ? curl_easy_perform(curl) : CURLE_OUT_OF_MEMORY;
    curl_slist_free_all(headers);
    return code;
}

bool mp_telemetry_post(const char *url, const MpVerdict *verdict, MpError *error)
{
    char *text = mp_telemetry_text(verdict);
    CURL *curl = text ? curl_easy_init() : NULL;
    CURLcode code = curl ? post(curl, url, text) : CURLE_OUT_OF_MEMORY;
    if (code != CURLE_OK)
        mp_error_set(error, MP_IO, "telemetry: %s", curl_easy_strerror(code));
    curl_easy_cleanup(curl);
    free(text);
    return code == CURLE_OK;
}
