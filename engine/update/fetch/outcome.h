/*
 * update/fetch/outcome.h - what becomes of a request that got no file: whether a second try may
 * help, and what a person can do about it. Private to this folder.
 */
#ifndef MP_UPDATE_OUTCOME_H
#define MP_UPDATE_OUTCOME_H

#include "update/fetch/fetch.h"

#include <curl/curl.h>

typedef struct MpFailure {
    MpFetchOutcome outcome;
    MpStatus status;
    const char *advice; /* the end of a message; a static string */
} MpFailure;

/** Of an answer that is no file. */
MpFailure mp_failure_of_status(int status);

/** Of what curl calls an error. */
MpFailure mp_failure_of_code(CURLcode code);

#endif
