#include "text/utf8.h"

#include <criterion/criterion.h>
#include <stdlib.h>

typedef struct Case {
    const char *text;
    uint32_t points[8];
} Case;

static const Case cases[] = {
    {"", {0}},
    {"A~", {'A', '~'}},
    {"\xC3\xA4", {0xE4}},
    {"\xE2\x82\xAC", {0x20AC}},
    {"\xF0\x9F\x8C\x99", {0x1F319}},
    {"\xF4\x8F\xBF\xBF", {0x10FFFF}},
    /* beyond the last code point */
    {"\xF4\x90\x80\x80", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}},
    /* a continuation that continues nothing */
    {"\x80x", {0xFFFD, 'x'}},
    /* cut short at the end and in the middle */
    {"\xE2\x82", {0xFFFD, 0xFFFD}},
    {"\xE2\x82x", {0xFFFD, 0xFFFD, 'x'}},
    /* overlong: "/" in two and three bytes */
    {"\xC0\xAF", {0xFFFD, 0xFFFD}},
    {"\xE0\x80\xAF", {0xFFFD, 0xFFFD, 0xFFFD}},
    /* a surrogate */
    {"\xED\xA0\x80", {0xFFFD, 0xFFFD, 0xFFFD}},
    {"\xFF\xFE", {0xFFFD, 0xFFFD}},
};

Test(utf8_next, reads_any_bytes)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *text = cases[i].text;
        const uint32_t *expected = cases[i].points;
        do {
            uint32_t point = mp_utf8_next(&text);
            cr_expect_eq(point, *expected, "case %zu: U+%04X instead of U+%04X", i, point,
                         *expected);
        } while (*expected++);
        cr_expect_eq(*text, '\0', "case %zu: did not stop at the end", i);
    }
}

Test(utf8, repairs_what_is_not_well_formed)
{
    static const char *const texts[][2] = {
        {"", ""},
        {"plain \xC3\xA9 \xF0\x9F\x8C\x99", "plain \xC3\xA9 \xF0\x9F\x8C\x99"},
        {"caf\xE9.lua", "caf\xEF\xBF\xBD.lua"},
        {"\xFF\xFE", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"cut \xE2\x80", "cut \xEF\xBF\xBD\xEF\xBF\xBD"},
        {"was \xEF\xBF\xBD before", "was \xEF\xBF\xBD before"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *repaired = mp_utf8_repair(texts[i][0]);
        cr_assert(repaired);
        cr_expect_str_eq(repaired, texts[i][1]);
        free(repaired);
    }
}

Test(utf8_put, writes_what_is_read)
{
    static const uint32_t points[] = {1,      0x7F,   0x80,   0x7FF,   0x800,
                                      0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    char text[MP_UTF8_LONGEST + 1];
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        const char *at = text;
        mp_utf8_put(text, points[i]);
        cr_expect_eq(mp_utf8_next(&at), points[i], "U+%04X", points[i]);
        cr_expect_eq(*at, '\0');
    }
    mp_utf8_put(text, 0xD800);
    cr_expect_str_eq(text, "\xEF\xBF\xBD");
    mp_utf8_put(text, 0x110000);
    cr_expect_str_eq(text, "\xEF\xBF\xBD");
}
