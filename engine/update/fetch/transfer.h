/*
 * update/fetch/transfer.h - one request under way: what is asked of curl, and what its answer is
 * found to be. Private to this folder: fetcher.c moves it.
 */
#ifndef MP_UPDATE_TRANSFER_H
#define MP_UPDATE_TRANSFER_H

#include "update/fetch/fetch.h"
#include "update/fetch/head.h"

#include <curl/curl.h>
#include <uv.h>

typedef struct MpTransfer {
    struct MpTransfer *next;
    MpFetcher *fetcher;
    MpFetchRequest request; /* its url is the transfer's, its etag is in `headers` */
    CURL *easy;
    struct curl_slist *headers;
    char reason[CURL_ERROR_SIZE]; /* curl's words */
    uv_timer_t timer;             /* until it starts; then the window */
    bool is_conditional;          /* "not modified" is an answer */
    bool is_running;              /* curl has it */
    uint64_t window_length;       /* of the body when the window began */
    MpHead head;
    bool has_begun;  /* the head was judged */
    bool is_drained; /* the body is of no interest, and read for the connection's sake */
    uint64_t drained;
    bool is_judged; /* result.outcome and result.error are final */
    size_t room;    /* of result.bytes */
    MpFetchResult result;
} MpTransfer;

/** Ready to be given to curl, but for its timer. Errors: NULL without memory. */
MpTransfer *mp_transfer_create(const MpFetchRequest *request);

/** Frees it; its timer must be closed, and curl must not have it. */
void mp_transfer_destroy(MpTransfer *transfer);

/** The first verdict counts. Always false. */
bool mp_transfer_judge(MpTransfer *transfer, MpFetchOutcome outcome, MpStatus status,
                       const char *format, ...) MP_PRINTF(4, 5);

/** Whether URL and proxy may be used at all; judges if not. */
bool mp_transfer_check(MpTransfer *transfer);

/** Completes the result of what curl is done with. */
void mp_transfer_finish(MpTransfer *transfer, CURLcode code);

/** Begins the next window; judges and is false when too little came in the one before. */
bool mp_transfer_turn_window(MpTransfer *transfer);

#endif
