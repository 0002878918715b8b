#include "update/tuf/date.h"

#include <ctype.h>
#include <stddef.h>

static bool has_form(const char *text)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
            return false;
    return true;
}

static int number(const char *digits, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = 10 * value + digits[i] - '0';
    return value;
}

static bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* From the first day of 1970. */
static int64_t days_before(int year, int month, int day)
{
    int past = year - 1;
    int64_t days = (year - 1970) * 365LL + (past / 4 - past / 100 + past / 400) - 477;
    for (int m = 1; m < month; m++)
        days += days_of(year, m);
    return days + day - 1;
}

bool mp_tuf_date_parse(const char *text, int64_t *seconds)
{
    if (!has_form(text))
        return false;
    int year = number(text, 4), month = number(text + 5, 2), day = number(text + 8, 2);
    int hour = number(text + 11, 2), minute = number(text + 14, 2), second = number(text + 17, 2);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_of(year, month) ||
        hour > 23 || minute > 59 || second > 59)
        return false;
    *seconds = ((days_before(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    return true;
}
