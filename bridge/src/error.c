#include "moonpatch/error.h"

#include <stdio.h>

MpStatus mp_error_setv(MpError *error, MpStatus status, const char *format, va_list arguments)
{
    if (error) {
        error->status = status;
        vsnprintf(error->message, sizeof error->message, format, arguments);
    }
    return status;
}

MpStatus mp_error_set(MpError *error, MpStatus status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    mp_error_setv(error, status, format, arguments);
    va_end(arguments);
    return status;
}

const char *mp_status_text(MpStatus status)
{
    switch (status) {
#define MP_STATUS_CASE(name, text) \
    case MP_##name:                \
        return text;
        MP_STATUS_LIST(MP_STATUS_CASE)
#undef MP_STATUS_CASE
    }
    return "unknown status";
}
