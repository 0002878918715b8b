/*
 * update/fetch/tuf_source.h - TUF metadata from a web server.
 *
 *     MpHttpSource http;
 *     mp_http_source_init(&http, fetcher, "https://patches.example/moonbase/metadata");
 *     ... http.source is a MpTufSource for mp_tuf_...()
 */
#ifndef MP_UPDATE_FETCH_TUF_SOURCE_H
#define MP_UPDATE_FETCH_TUF_SOURCE_H

#include "update/fetch/fetch.h"
#include "update/fetch/retry.h"
#include "update/tuf/source.h"

/** All members but `source` may be changed before it is used. */
typedef struct MpHttpSource {
    MpTufSource source; /**< Its context is this struct, which must stay where it is. */
    MpFetcher *fetcher;
    const char *url;        /**< Of the folder, with or without a slash at its end. */
    MpFetchPace pace;       /**< Of each request; 15 seconds for all of it at first. */
    MpRetry retry;          /**< Of each file; once more, within two seconds, at first. */
    const char *validators; /**< The file that remembers the ETag and the date of what is asked for
                               again and again; it need not exist. NULL, as at first: none does. */
    unsigned retry_after;   /**< Seconds that the server asked to be left alone at last, or 0. */
} MpHttpSource;

/**
 * `fetcher` and `url` are borrowed while the source is used. File names are percent-encoded, so
 * that none leads out of the folder.
 * Thread: the fetcher's, here and in `source.get`.
 */
void mp_http_source_init(MpHttpSource *source, MpFetcher *fetcher, const char *url);

#endif
