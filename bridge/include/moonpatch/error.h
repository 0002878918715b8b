/*
 * moonpatch/error.h - how functions of Moonpatch report failure.
 *
 * A function that can fail takes an `MpError *error` as its last argument and returns MP_OK or
 * false/NULL. It writes the error only when it fails; a caller that does not care passes NULL.
 * Libraries return errors, programs log them.
 *
 *     MpError error;
 *     if (!mp_vfs_mount(vfs, path, "/", &error))
 *         mp_log_error("%s", error.message);
 */
#ifndef MOONPATCH_ERROR_H
#define MOONPATCH_ERROR_H

#include <stdarg.h>

/** Every cause of failure, with the words for it. X(name, text) */
#define MP_STATUS_LIST(X)          \
    X(OK, "no error")              \
    X(INVALID, "invalid argument") \
    X(NOT_FOUND, "not found")      \
    X(IO, "input/output error")    \
    X(FORMAT, "malformed data")    \
    X(LIMIT, "limit exceeded")     \
    X(MEMORY, "out of memory")     \
    X(SCRIPT, "script error")      \
    X(REFUSED, "refused")          \
    X(DEVICE, "device unavailable")

typedef enum MpStatus {
#define MP_STATUS_MEMBER(name, text) MP_##name,
    MP_STATUS_LIST(MP_STATUS_MEMBER)
#undef MP_STATUS_MEMBER
} MpStatus;

enum { MP_ERROR_MESSAGE_SIZE = 512 };

/** A failure: what kind, and a sentence for people that says what to do about it. */
typedef struct MpError {
    MpStatus status;
    char message[MP_ERROR_MESSAGE_SIZE]; /**< UTF-8, no line break at the end, cut if too long. */
} MpError;

#if defined(__GNUC__)
#define MP_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define MP_PRINTF(text, first)
#endif

/**
 * Fills `error` in printf style. Does nothing but return when `error` is NULL.
 * Returns `status`, so that a function can end in `return mp_error_set(...)`.
 * Thread: any.
 */
MpStatus mp_error_set(MpError *error, MpStatus status, const char *format, ...) MP_PRINTF(3, 4);

/** The same with a va_list. */
MpStatus mp_error_setv(MpError *error, MpStatus status, const char *format, va_list arguments)
    MP_PRINTF(3, 0);

/** The words for a status: a static string, never NULL. Thread: any. */
const char *mp_status_text(MpStatus status);

#endif
