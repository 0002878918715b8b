#include "update/fetch/tuf_source.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For free(); NULL without memory. */
static char *url_of(const MpHttpSource *self, const char *name)
{
    size_t base = strlen(self->url);
    while (base && self->url[base - 1] == '/')
        base--;
    char *encoded = curl_easy_escape(NULL, name, (int)strlen(name));
    size_t room = base + 1 + (encoded ? strlen(encoded) : 0) + 1;
    char *url = encoded ? malloc(room) : NULL;
    if (url)
        snprintf(url, room, "%.*s/%s", (int)base, self->url, encoded);
    curl_free(encoded);
    return url;
}

static void fetch(MpHttpSource *self, const char *url, size_t limit, MpFetchResult *result)
{
    MpFetchRequest request = {.url = url, .limit = limit, .pace = self->pace};
    MpRetry retry = self->retry;
    do {
        mp_fetch_get(self->fetcher, &request, result);
    } while (result->outcome == MP_FETCH_RETRY &&
             mp_retry_next(&retry, result->retry_after, &request.delay_ms));
    self->retry_after = result->retry_after;
}

static MpTufAnswer get(void *context, const char *name, size_t limit, unsigned char **bytes,
                       size_t *length, MpError *error)
{
    MpFetchResult result;
    char *url = url_of(context, name);
    if (!url) {
        mp_error_set(error, MP_MEMORY, "no memory to fetch '%s'", name);
        return MP_TUF_FAILED;
    }
    fetch(context, url, limit, &result);
    free(url);
    if (result.outcome == MP_FETCH_OK) {
        *bytes = result.bytes;
        *length = (size_t)result.length;
        return MP_TUF_HAS;
    }
    mp_error_set(error, result.error.status, "%s", result.error.message);
    return result.outcome == MP_FETCH_NOT_FOUND ? MP_TUF_HAS_NOT : MP_TUF_FAILED;
}

void mp_http_source_init(MpHttpSource *self, MpFetcher *fetcher, const char *url)
{
    *self = (MpHttpSource){
        .source = {.context = self, .get = get},
        .fetcher = fetcher,
        .url = url,
        .pace = {.deadline_ms = 15000},
        .retry = {.limit = 1, .first_ms = 500, .most_ms = 2000},
    };
}
