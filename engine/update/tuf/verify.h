/*
 * update/tuf/verify.h - whether enough keys signed a file of metadata.
 */
#ifndef MP_TUF_VERIFY_H
#define MP_TUF_VERIFY_H

#include "update/tuf/metadata.h"

/**
 * Whether at least as many different keys signed `metadata` as `delegator` demands for `role`.
 * A key counts once, however often and under however many ids it is there; one whose id is not that
 * of mp_tuf_key_id() does not count.
 * Errors: MP_REFUSED, with how many are missing. Thread: any.
 */
bool mp_tuf_verify(const MpTufMetadata *metadata, const MpTufMetadata *delegator, const char *role,
                   MpError *error);

#endif
