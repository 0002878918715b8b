/*
 * update/tuf/source.h - where metadata comes from: the border between the TUF workflow and the
 * network. A source over HTTP is in update/fetch/tuf_source.h.
 *
 * Whatever a source answers is checked; it may lie, stop short or go on for ever. It keeps to the
 * limit, and to time limits of its own.
 */
#ifndef MP_TUF_SOURCE_H
#define MP_TUF_SOURCE_H

#include "moonpatch/error.h"

#include <stddef.h>

typedef enum MpTufAnswer {
    MP_TUF_HAS,
    MP_TUF_HAS_NOT, /**< There is no such file: with HTTP 403, 404 and 410. */
    MP_TUF_FAILED,  /**< Whether there is one is not known; or it is longer than the limit. */
    MP_TUF_SAME,    /**< It is what is known of it. Only where something was said to be known. */
} MpTufAnswer;

typedef struct MpTufSource {
    void *context;
    /**
     * Gets a file of the repository, of at most `limit` bytes. `name` is a file name that others
     * chose in part ("3.snapshot.json", "1.a role?/.json"): a source quotes all but the bytes
     * A-Z a-z 0-9 _ . - ~ in it.
     * Ownership: HAS: `bytes` is the caller's, for free(). Errors: FAILED only.
     * Thread: that of the client.
     */
    MpTufAnswer (*get)(void *context, const char *name, size_t limit, unsigned char **bytes,
                       size_t *length, MpError *error);
    /**
     * The same for a file that is asked for again and again, of which `known`, borrowed, was what
     * there was last; NULL: nothing is known. May be NULL: then `get` is called.
     */
    MpTufAnswer (*renew)(void *context, const char *name, size_t limit, const void *known,
                         size_t known_size, unsigned char **bytes, size_t *length, MpError *error);
} MpTufSource;

#endif
