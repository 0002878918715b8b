#include "update/channel/telemetry.h"

#include <curl/curl.h>
#include <stdlib.h>

enum { SECONDS = 5, ASKS_MS = 50 };

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

static void prepare(CURL *curl, const char *url, const char *text, const struct curl_slist *headers)
{
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "moonpatch");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, 64L << 10);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
#if CURL_AT_LEAST_VERSION(7, 87, 0)
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L); /* no waiting for a name server */
#endif
}

/* curl itself looks up from waiting but once a second. */
static CURLcode perform(CURLM *multi, bool (*goes_on)(void *user), void *user)
{
    int running = 1, left;
    while (running && goes_on(user) && curl_multi_perform(multi, &running) == CURLM_OK && running)
        curl_multi_poll(multi, NULL, 0, ASKS_MS, NULL);
    const CURLMsg *message = curl_multi_info_read(multi, &left);
    return message ? message->data.result : CURLE_ABORTED_BY_CALLBACK;
}

bool mp_telemetry_post(const char *url, const MpVerdict *verdict, bool (*goes_on)(void *user),
                       void *user, MpError *error)
{
    char *text = mp_telemetry_text(verdict);
    CURL *curl = curl_easy_init();
    CURLM *multi = curl_multi_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    CURLcode code = CURLE_OUT_OF_MEMORY;
    if (text && curl && multi && headers) {
        prepare(curl, url, text, headers);
        curl_multi_add_handle(multi, curl);
        code = perform(multi, goes_on, user);
        curl_multi_remove_handle(multi, curl);
    }
    if (code != CURLE_OK)
        mp_error_set(error, MP_IO, "telemetry: %s", curl_easy_strerror(code));
    curl_easy_cleanup(curl);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    free(text);
    return code == CURLE_OK;
}
