#include "update/fetch/outcome.h"

static const char later[] = "try again later";
static const char missing[] = "upload what is missing, or correct the URL";

MpFailure mp_failure_of_status(int status)
{
    static const struct {
        int first, last;
        MpFailure failure;
    } rules[] = {
        {304,
         304,
         {MP_FETCH_REFUSED, MP_FORMAT,
          "nobody asked whether it has changed; correct the server, or the cache before it"}},
        {401,
         401,
         {MP_FETCH_REFUSED, MP_IO, "there is no password to give; let everybody read it"}},
        {403, 404, {MP_FETCH_NOT_FOUND, MP_NOT_FOUND, missing}},
        {408, 408, {MP_FETCH_RETRY, MP_IO, later}},
        {410, 410, {MP_FETCH_NOT_FOUND, MP_NOT_FOUND, missing}},
        {429, 429, {MP_FETCH_RETRY, MP_IO, later}},
        {500, 999, {MP_FETCH_RETRY, MP_IO, later}},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (status >= rules[i].first && status <= rules[i].last)
            return rules[i].failure;
    }
    return (MpFailure){MP_FETCH_REFUSED, MP_IO, "that is no file; correct the server or the URL"};
}

/* What a second try does not help. The rest is the network's. */
MpFailure mp_failure_of_code(CURLcode code)
{
    static const struct {
        CURLcode code;
        const char *advice;
    } refusals[] = {
        {CURLE_UNSUPPORTED_PROTOCOL,
         "only http (1.0 and newer) and https are fetched, and a redirect stays with "
         "the one it began with; give the URL that it leads to"},
        {CURLE_URL_MALFORMAT, "correct the URL"},
        {CURLE_TOO_MANY_REDIRECTS, "the server leads in a circle; correct the server or the URL"},
        {CURLE_LOGIN_DENIED, "there is no password to give; let everybody read it"},
        {CURLE_WEIRD_SERVER_REPLY, "that is no web server; correct the URL"},
        {CURLE_PEER_FAILED_VERIFICATION,
         "correct the server's certificate, or this machine's clock"},
        {CURLE_BAD_CONTENT_ENCODING, "let the server pack nothing"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        if (code == refusals[i].code)
            return (MpFailure){MP_FETCH_REFUSED, MP_IO, refusals[i].advice};
    }
    return (MpFailure){MP_FETCH_RETRY, MP_IO, later};
}
