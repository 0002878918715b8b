#include "update/fetch/tuf_source.h"

#include "update/fetch/validators.h"

#include <ctype.h>
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

static void fetch(MpHttpSource *self, MpFetchRequest request, MpFetchResult *result)
{
    MpRetry retry = self->retry;
    request.pace = self->pace;
    do {
        mp_fetch_get(self->fetcher, &request, result);
    } while (result->outcome == MP_FETCH_RETRY &&
             mp_retry_next(&retry, result->retry_after, &request.delay_ms));
    self->retry_after = result->retry_after;
}

/* Of a network that wants a login, or of a server that has a page for whatever is asked for. */
static bool is_web_page(const MpFetchResult *result)
{
    size_t at = 0;
    while (at < result->length && isspace(result->bytes[at]))
        at++;
    return at < result->length && result->bytes[at] == '<';
}

static MpTufAnswer refuse_web_page(MpFetchResult *result, const char *url, MpError *error)
{
    free(result->bytes);
    mp_error_set(error, MP_IO,
                 "cannot fetch '%.256s': a web page came in its place; log in where this network "
                 "wants it, or let the server answer 404 for what it has not",
                 url);
    return MP_TUF_FAILED;
}

static MpTufAnswer read_answer(MpFetchResult *result, const char *url, unsigned char **bytes,
                               size_t *length, MpError *error)
{
    if (result->outcome == MP_FETCH_OK && is_web_page(result))
        return refuse_web_page(result, url, error);
    if (result->outcome == MP_FETCH_OK) {
        *bytes = result->bytes;
        *length = (size_t)result->length;
        return MP_TUF_HAS;
    }
    if (result->outcome == MP_FETCH_NOT_MODIFIED)
        return MP_TUF_SAME;
    mp_error_set(error, result->error.status, "%s", result->error.message);
    return result->outcome == MP_FETCH_NOT_FOUND ? MP_TUF_HAS_NOT : MP_TUF_FAILED;
}

static MpTufAnswer fail_to_ask(const char *name, MpError *error)
{
    mp_error_set(error, MP_MEMORY, "no memory to fetch '%s'", name);
    return MP_TUF_FAILED;
}

static MpTufAnswer get(void *context, const char *name, size_t limit, unsigned char **bytes,
                       size_t *length, MpError *error)
{
    MpFetchResult result;
    char *url = url_of(context, name);
    if (!url)
        return fail_to_ask(name, error);
    fetch(context, (MpFetchRequest){.url = url, .limit = limit}, &result);
    MpTufAnswer answer = read_answer(&result, url, bytes, length, error);
    free(url);
    return answer;
}

/* ---- what is asked for again ---------------------------------------------------------------- */

static MpValidators recall(const MpHttpSource *self, const char *url, const void *known,
                           size_t known_size)
{
    if (!self->validators || !known)
        return (MpValidators){"", ""};
    MpHash subject = mp_validators_subject(url, known, known_size);
    return mp_validators_load(self->validators, &subject);
}

/* Whether these bytes are any good is not known yet; if they are not, nobody asks for them. */
static void remember(const MpHttpSource *self, const char *url, const MpFetchResult *result)
{
    MpValidators validators;
    if (!self->validators || result->outcome != MP_FETCH_OK || !result->settled)
        return;
    MpHash subject = mp_validators_subject(url, result->bytes, (size_t)result->length);
    strcpy(validators.etag, result->etag);
    strcpy(validators.modified, result->modified);
    mp_validators_save(self->validators, &subject, &validators);
}

static MpTufAnswer renew(void *context, const char *name, size_t limit, const void *known,
                         size_t known_size, unsigned char **bytes, size_t *length, MpError *error)
{
    MpFetchResult result;
    char *url = url_of(context, name);
    if (!url)
        return fail_to_ask(name, error);
    MpValidators validators = recall(context, url, known, known_size);
    fetch(context,
          (MpFetchRequest){
              .url = url, .limit = limit, .etag = validators.etag, .modified = validators.modified},
          &result);
    remember(context, url, &result);
    MpTufAnswer answer = read_answer(&result, url, bytes, length, error);
    free(url);
    return answer;
}

void mp_http_source_init(MpHttpSource *self, MpFetcher *fetcher, const char *url)
{
    *self = (MpHttpSource){
        .source = {.context = self, .get = get, .renew = renew},
        .fetcher = fetcher,
        .url = url,
        .pace = {.deadline_ms = 15000},
        .retry = {.limit = 1, .first_ms = 500, .most_ms = 2000},
    };
}
