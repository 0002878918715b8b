/*
 * update/fetch/fetch.h - HTTP GET within bounds, many at once.
 *
 * A server is not trusted: it may send for ever, slowly, something else, or lie about how much. So
 * a request says how many bytes are taken at most and how slow an answer may be; nothing is ever
 * decoded, so that what is counted is what arrives. Only http and https; at most MP_FETCH_REDIRECTS
 * redirects, none to another scheme; no cookies, no credentials; proxies from the environment if
 * they are http or https themselves.
 *
 *     MpFetcher *fetcher = mp_fetcher_create(&error);
 *     MpFetchResult result;
 *     mp_fetch_get(fetcher, &(MpFetchRequest){.url = url, .limit = 1 << 14}, &result);
 *     if (result.outcome == MP_FETCH_OK)
 *         use(result.bytes, result.length);
 *     free(result.bytes);
 *     mp_fetcher_destroy(fetcher);
 *
 * Glossary
 *   sink      where a body goes: memory, or a file from an offset on
 *   whole     the resource itself, of which a body may be the rest from an offset on
 *   window    the time in which a transfer must get on by some bytes
 *
 * Thread: all functions on the thread that made the fetcher, but for mp_fetcher_cancel(). They
 * block: a game calls them on a thread of their own.
 */
#ifndef MP_UPDATE_FETCH_H
#define MP_UPDATE_FETCH_H

#include "moonpatch/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MP_FETCH_REDIRECTS = 5,
    MP_FETCH_HEADER_LIMIT = 64 << 10, /* bytes of all headers of a transfer */
    MP_FETCH_WAIT_LIMIT = 3600,       /* seconds of a Retry-After that are believed */
    MP_FETCH_ETAG_SIZE = 128,
    MP_FETCH_DATE_SIZE = 40,
};

typedef struct MpFetcher MpFetcher;

/** What became of a request. */
typedef enum MpFetchOutcome {
    MP_FETCH_OK,
    MP_FETCH_NOT_MODIFIED, /**< It is still what `etag` or `modified` says. */
    MP_FETCH_NOT_FOUND,    /**< 403, 404 or 410. */
    MP_FETCH_RETRY,        /**< Later, or elsewhere: 408, 429, 5xx, too slow, no connection. */
    MP_FETCH_REFUSED,      /**< The server breaks a rule or a bound; the same again is no use. */
    MP_FETCH_BROKEN,       /**< This machine cannot: no memory, or nowhere to write. */
    MP_FETCH_CANCELLED,
} MpFetchOutcome;

/** How slow an answer may be, in milliseconds and bytes; a 0 stands for the value in brackets. */
typedef struct MpFetchPace {
    unsigned connect_ms;   /**< Until there is a connection (10,000). */
    unsigned window_ms;    /**< In each window (15,000) ... */
    unsigned window_bytes; /**< ... so much of the body must arrive (4,096); its end may be less. */
    unsigned deadline_ms;  /**< For all of it (600,000). */
} MpFetchPace;

/** Which fields are known of an answer is said at MpFetchOutcome and at each. */
typedef struct MpFetchResult {
    MpFetchOutcome outcome;
    int status;           /**< Of HTTP; 0: there was no answer. */
    unsigned retry_after; /**< MP_FETCH_RETRY: seconds, at most MP_FETCH_WAIT_LIMIT; 0: unknown. */
    uint64_t offset;      /**< Where in the whole the body begins: the one asked for, or 0. */
    uint64_t length;      /**< Bytes of the body that are in the sink, whatever the outcome. */
    unsigned char *bytes; /**< MP_FETCH_OK into memory: the caller's, for free(); never NULL. */
    char etag[MP_FETCH_ETAG_SIZE];     /**< Of the answer; "" if it has none, or one too long. */
    char modified[MP_FETCH_DATE_SIZE]; /**< When that was changed last; "" if it is not said. */
    bool settled;  /**< Not changed in the second of the answer, as far as is said: it may change
                      again in that second, and neither `etag` nor `modified` need tell. */
    MpError error; /**< MP_OK, or one line that names the URL. */
} MpFetchResult;

/** Hears of the end of a request; may add further ones. `result->bytes` is the callee's. */
typedef void MpFetchDone(void *user, const MpFetchResult *result);

typedef struct MpFetchRequest {
    const char *url;
    uint64_t limit; /**< The whole has at most so many bytes. */
    uint64_t whole; /**< If not 0: it has exactly so many; who says otherwise is refused at once. */
    uint64_t offset;  /**< If not 0: only what is from there on, if the server can do that. */
    const char *etag; /**< With an offset: of what is there already. Without: of what is known. */
    const char *modified; /**< Without an offset: the same by the time of its last change. */
    int file;             /**< A descriptor, written from the body's offset on and cut there first;
                             0: memory. Borrowed until the end. */
    MpFetchPace pace;
    unsigned delay_ms;       /**< Begins so much later. */
    atomic_ullong *received; /**< Grows by what comes into the sink; any thread reads. Or NULL. */
    MpFetchDone *done;
    void *user;
} MpFetchRequest;

/**
 * Blocks SIGPIPE on this thread, for good.
 * Ownership: the caller's, until mp_fetcher_destroy(). Errors: NULL; MP_MEMORY, MP_IO.
 */
MpFetcher *mp_fetcher_create(MpError *error);

/** Ends what is under way as cancelled. Takes NULL. */
void mp_fetcher_destroy(MpFetcher *fetcher);

/**
 * Adds a request, which is copied with its texts. `done` is called once, from mp_fetch_run().
 * Errors: false without memory; then `done` is not called.
 */
bool mp_fetch_add(MpFetcher *fetcher, const MpFetchRequest *request, MpError *error);

/** Returns when no request is left. Not to be called from a `done`. */
void mp_fetch_run(MpFetcher *fetcher);

/** Adds one request, runs, and gives its result; `done` and `user` are not looked at. */
void mp_fetch_get(MpFetcher *fetcher, const MpFetchRequest *request, MpFetchResult *result);

/** Ends all requests as cancelled, now and from now on. Returns at once. Thread: any. */
void mp_fetcher_cancel(MpFetcher *fetcher);

/** Whether mp_fetcher_cancel() was called. Thread: any. */
bool mp_fetcher_is_cancelled(const MpFetcher *fetcher);

#endif
