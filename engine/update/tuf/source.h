/*
 * update/tuf/source.h - where TUF metadata comes from: a repository over HTTP, or one in memory.
 */
#ifndef MP_UPDATE_TUF_SOURCE_H
#define MP_UPDATE_TUF_SOURCE_H

#include "moonpatch/error.h"

#include <stddef.h>

typedef enum MpTufAnswer {
    MP_TUF_HAS,
    MP_TUF_HAS_NOT, /**< The repository says that there is no such file: 403, 404, 410. */
    MP_TUF_FAILED,
} MpTufAnswer;

typedef struct MpTufSource {
    void *context;
    /** At most `limit` bytes of metadata_url/name; bytes are the caller's (free()). A longer answer
     * is FAILED. */
    MpTufAnswer (*get)(void *context, const char *name, size_t limit, unsigned char **bytes,
                       size_t *length, MpError *error);
} MpTufSource;

#endif
