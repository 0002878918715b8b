#include "channel/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SECONDS = 24 * 60 * 60, LAST_DAY = 2932896 /* 9999-12-31 */ };

void mp_day_write(int64_t day, char text[MP_DAY_TEXT_SIZE])
{
    time_t time = (time_t)day * SECONDS;
    struct tm parts;
    if (!gmtime_r(&time, &parts) || !strftime(text, MP_DAY_TEXT_SIZE, "%Y-%m-%dT00:00:00Z", &parts))
        text[0] = '\0';
}

bool mp_day_read(const char *text, int64_t *day)
{
    struct tm parts = {0};
    char again[MP_DAY_TEXT_SIZE];
    const char *end = strptime(text, "%Y-%m-%d", &parts);
    if (!end || (*end && strcmp(end, "T00:00:00Z") != 0))
        return false;
    int64_t read = (int64_t)timegm(&parts) / SECONDS;
    mp_day_write(read, again);
    if (strncmp(again, text, strlen("2026-01-31")) != 0)
        return false;
    *day = read;
    return true;
}

static bool read_epoch(const char *text, int64_t *day)
{
    char *end;
    long long seconds = strtoll(text, &end, 10);
    if (end == text || *end || seconds < 0 || seconds > 253402300799)
        return false;
    *day = seconds / SECONDS;
    return true;
}

bool mp_day_today(const char *now, int64_t *day, MpError *error)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    bool given = epoch && *epoch;
    if (now && !mp_day_read(now, day)) {
        mp_error_set(error, MP_INVALID, "--now: a day such as 2026-01-31 expected, not '%s'", now);
        return false;
    }
    if (!now && given && !read_epoch(epoch, day)) {
        mp_error_set(error, MP_INVALID, "SOURCE_DATE_EPOCH: seconds since 1970 expected, not '%s'",
                     epoch);
        return false;
    }
    if (!now && !given)
        *day = (int64_t)time(NULL) / SECONDS;
    return true;
}

bool mp_day_can_expire(int64_t today, int64_t days, MpError *error)
{
    char text[MP_DAY_TEXT_SIZE];
    if (today <= LAST_DAY - days)
        return true;
    mp_day_write(today, text);
    mp_error_set(error, MP_INVALID,
                 "what is signed on %.10s for %lld days expires after the year 9999, and games "
                 "could not read it: see --now",
                 text, (long long)days);
    return false;
}
