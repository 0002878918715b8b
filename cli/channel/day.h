/*
 * cli/channel/day.h - metadata knows no times of day: it expires at midnight, so that what is
 * signed twice on one day is signed alike.
 */
#ifndef MP_CLI_CHANNEL_DAY_H
#define MP_CLI_CHANNEL_DAY_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { MP_DAY_TEXT_SIZE = 32 };

/**
 * Days since 1970, in UTC: `now`, which is a day ("2026-01-31"), or else what SOURCE_DATE_EPOCH
 * says in seconds, or else the clock. Errors: false; MP_INVALID.
 */
bool mp_day_today(const char *now, int64_t *day, MpError *error);

/**
 * Whether what is signed on `today` and good for so many days expires while years have four digits,
 * as clients expect. Errors: false; MP_INVALID.
 */
bool mp_day_can_expire(int64_t today, int64_t days, MpError *error);

/** "2026-01-31T00:00:00Z". */
void mp_day_write(int64_t day, char text[MP_DAY_TEXT_SIZE]);

/** Reads what mp_day_write() writes, and a day alone. */
bool mp_day_read(const char *text, int64_t *day);

#endif
