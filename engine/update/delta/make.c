#include "update/delta/decode.h"
#include "update/delta/delta.h"

#include <stdlib.h>
#include <zstd.h>

enum { LEVEL = 19, WINDOW_LOG_LEAST = 10 };

/* The least power of two that is not below `size`. */
static int log_of(uint64_t size)
{
    int log = WINDOW_LOG_LEAST;
    while (((uint64_t)1 << log) < size)
        log++;
    return log;
}

/* So much that all of the base is seen from all of the result, if there may be as much memory. */
static int window_log_for(uint64_t base_size, uint64_t result_size)
{
    uint64_t allowed = mp_delta_memory_limit(base_size) - base_size - MP_DELTA_MEMORY_FIXED;
    int log = log_of(result_size > base_size ? result_size : base_size);
    bool is_single_segment = result_size <= allowed; /* then the window is the result itself */
    while (!is_single_segment && ((uint64_t)1 << log) > allowed)
        log--;
    return log;
}

static bool set_up(ZSTD_CCtx *context, const void *base, size_t base_size, int window_log)
{
    return !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, 1)) &&
           !ZSTD_isError(ZSTD_CCtx_refPrefix(context, base, base_size));
}

/* For free(); NULL without memory. */
static unsigned char *compress(const void *base, size_t base_size, const void *result,
                               size_t result_size, size_t *size)
{
    size_t room = ZSTD_compressBound(result_size);
    unsigned char *bytes = malloc(room);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    bool ok = bytes && context &&
              set_up(context, base, base_size, window_log_for(base_size, result_size));
    *size = ok ? ZSTD_compress2(context, bytes, room, result, result_size) : 0;
    ZSTD_freeCCtx(context);
    if (ok && !ZSTD_isError(*size))
        return bytes;
    free(bytes);
    return NULL;
}

bool mp_delta_make(const void *base, size_t base_size, const void *result, size_t result_size,
                   MpDeltaBytes *delta, MpError *error)
{
    uint64_t length;
    if (base_size > MP_DELTA_FILE_LIMIT || result_size > MP_DELTA_FILE_LIMIT) {
        mp_error_set(error, MP_LIMIT, "no delta of files with more than %d bytes",
                     MP_DELTA_FILE_LIMIT);
        return false;
    }
    MpDeltaBytes made;
    made.bytes = compress(base, base_size, result, result_size, &made.size);
    if (!made.bytes || !mp_delta_need(made.bytes, made.size, base_size, &made.memory, &length)) {
        free(made.bytes);
        mp_error_set(error, MP_MEMORY, "no memory to find what changed in %zu bytes", result_size);
        return false;
    }
    *delta = made;
    return true;
}
