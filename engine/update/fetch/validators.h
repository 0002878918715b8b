/*
 * update/fetch/validators.h - what a server said of a file, from one request to the next: with it
 * it is asked whether there is a newer one.
 *
 *     MpHash of = mp_validators_subject(url, bytes, size);         of what is on this disk
 *     MpValidators validators = mp_validators_load(path, &of);
 *     ... request with validators.etag and validators.modified, and with what it answers: ...
 *     mp_validators_save(path, &of, &validators);
 *
 * They are believed of exactly these bytes from exactly that place, and of nothing else. A file
 * that is missing, damaged or about others is as good as none: then the request has no condition.
 *
 * Thread: any, one at a time per file.
 */
#ifndef MP_UPDATE_VALIDATORS_H
#define MP_UPDATE_VALIDATORS_H

#include "patches/hash.h"
#include "update/fetch/fetch.h"

typedef struct MpValidators {
    char etag[MP_FETCH_ETAG_SIZE];     /**< "": none. */
    char modified[MP_FETCH_DATE_SIZE]; /**< "": none. */
} MpValidators;

/** What validators are about. */
MpHash mp_validators_subject(const char *url, const void *bytes, size_t size);

/** Empty ones if there are none of that subject. */
MpValidators mp_validators_load(const char *path, const MpHash *subject);

/** Takes the place of what was there; if that fails, there is none next time. */
void mp_validators_save(const char *path, const MpHash *subject, const MpValidators *validators);

#endif
