/*
 * update/tuf/date.h - dates as metadata has them: "2030-01-31T23:59:59Z".
 */
#ifndef MP_TUF_DATE_H
#define MP_TUF_DATE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Takes seconds since 1970, UTC, from a text of exactly that form, of the years 1970 to 9999.
 * Errors: false for any other text, and for days that are in no calendar. Thread: any.
 */
bool mp_tuf_date_parse(const char *text, int64_t *seconds);

#endif
