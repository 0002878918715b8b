/*
 * update/fetch/retry.h - when to ask again: ever later, not all at once, and not before the server
 * wants to be asked.
 *
 *     MpRetry retry = {0};
 *     while (ask(&result) == MP_FETCH_RETRY && mp_retry_next(&retry, result.retry_after,
 * &delay_ms)) wait(delay_ms);
 */
#ifndef MP_UPDATE_RETRY_H
#define MP_UPDATE_RETRY_H

#include <stdbool.h>

/** The times so far, and what to do about further ones; a 0 stands for the value in brackets. */
typedef struct MpRetry {
    unsigned times;    /**< How often it was asked again; counts up. */
    unsigned limit;    /**< As often at most (4). */
    unsigned first_ms; /**< Before the first time (1,000); doubles each time. */
    unsigned most_ms;  /**< No pause is longer (60,000). */
} MpRetry;

/**
 * Counts one more time and says how long to wait before it: between half of the pause and all of
 * it, by chance, so that those who failed together do not come back together; but `retry_after`
 * seconds at least.
 * Errors: false when it was enough, or the server asks for a longer pause than there are. Thread:
 * any.
 */
bool mp_retry_next(MpRetry *retry, unsigned retry_after, unsigned *delay_ms);

#endif
