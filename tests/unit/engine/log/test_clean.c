#include "log/clean.h"

#include <criterion/criterion.h>
#include <string.h>

typedef struct Case {
    const char *text;
    const char *clean;
} Case;

static const Case cases[] = {
    {"plain", "plain"},
    {"ends\n\r\n", "ends"},
    {"two\nlines", "two\n    lines"},
    {"a\tb", "a    b"},
    {"\x1b[31mred\x07", "?[31mred?"},
    {"bad \xFF byte", "bad ? byte"},
    {"c1 \xC2\x9B", "c1 ?"},
    {"turned \xE2\x80\xAE", "turned ?"},
    {"na\xC3\xAFve", "na\xC3\xAFve"},
    {"123456789012345678901234", "1234567890123456789012..."},
    /* is not cut in the middle of a character */
    {"123456789012345678901\xE2\x82\xAC", "123456789012345678901..."},
};

Test(log_clean, leaves_only_what_can_be_printed)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char clean[26];
        memset(clean, 'x', sizeof clean);
        mp_log_clean(clean, sizeof clean, cases[i].text);
        cr_expect_str_eq(clean, cases[i].clean, "case %zu", i);
    }
}
