#include "graphics/font.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Test(font_list, reads_glyphs_in_any_order)
{
    static const char text[] = "# a font\r\n"
                               "66 8 0 7 9 8  # B\n"
                               "\n"
                               "baseline 9\n"
                               "  65 0 0 7 9 8\n"
                               "image\tmoon.png \r\n"
                               "height 12";
    MpFontList list;
    MpError error;
    cr_assert(mp_font_list_parse(text, "assets/fonts/moon.txt", &list, &error), "%s",
              error.message);
    cr_expect_str_eq(list.image, "assets/fonts/moon.png");
    cr_expect_eq(list.height, 12);
    cr_expect_eq(list.baseline, 9);
    cr_assert_eq(list.count, 2);
    cr_expect_eq(list.glyphs[0].point, 65);
    cr_expect_eq(list.glyphs[1].x, 8);
    cr_expect_eq(list.glyphs[1].advance, 8);
    mp_font_list_finish(&list);
    cr_expect_null(list.glyphs);
}

Test(font_list, finds_pictures_beside_it)
{
    MpFontList list;
    cr_assert(mp_font_list_parse("image a.png\nheight 1\n1 0 0 0 0 0\n", "b.txt", &list, NULL));
    cr_expect_str_eq(list.image, "a.png");
    mp_font_list_finish(&list);
}

#define START "image a.png\nheight 5\n"

typedef struct Case {
    const char *text;
    const char *complaint; /* part of the message */
} Case;

static const Case cases[] = {
    {"", "needed"},
    {"image a.png\nheight 5\n", "needed"},
    {"height 5\n65 0 0 1 1 1\n", "needed"},
    {"image a.png\n65 0 0 1 1 1\n", "needed"},
    {START "65 0 0 1 1\n", "f.txt:3"},
    {START "65 0 0 1 1 1 1\n", "f.txt:3"},
    {START "65 0 0 1 1 -1\n", "f.txt:3"},
    {START "65 0 0 1 1 x\n", "f.txt:3"},
    {START "65 0 0 1 1 1x\n", "f.txt:3"},
    {START "65 0 0 1 1 99999999999999999999\n", "f.txt:3"},
    {START "65 0 0 4097 1 1\n", "larger"},
    {START "0 0 0 1 1 1\n", "code point"},
    {START "1114112 0 0 1 1 1\n", "code point"},
    {START "65 0 0 1 1 1\n65 0 0 1 1 1\n", "twice"},
    {START "hello\n", "f.txt:3"},
    {START "heights 5\n", "f.txt:3"},
    {"height\n", "f.txt:1"},
    {"height x\n", "f.txt:1"},
    {"height 5 6\n", "f.txt:1"},
    {"height 5000\n", "f.txt:1"},
    {"\n\nimage ../a.png\n", "f.txt:3"},
    {"image \n", "f.txt:1"},
};

Test(font_list, says_where_a_mistake_is)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        MpFontList list;
        MpError error = {0};
        cr_expect_not(mp_font_list_parse(cases[i].text, "f.txt", &list, &error), "case %zu", i);
        cr_expect_eq(error.status, MP_FORMAT, "case %zu", i);
        cr_expect(strstr(error.message, cases[i].complaint), "case %zu: %s", i, error.message);
    }
}

Test(font_list, has_limits)
{
    enum { LINES = MP_FONT_GLYPH_LIMIT + 1, LINE_SIZE = 32 };
    char *text = malloc((size_t)LINES * LINE_SIZE + sizeof START);
    cr_assert(text);
    size_t length = (size_t)sprintf(text, START);
    for (int i = 1; i <= LINES; i++)
        length += (size_t)sprintf(text + length, "%d 0 0 1 1 1\n", i);
    MpFontList list;
    MpError error;
    cr_expect_not(mp_font_list_parse(text, "f.txt", &list, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    free(text);
    char line[MP_FONT_LINE_LIMIT + 1];
    memset(line, ' ', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    cr_expect_not(mp_font_list_parse(line, "f.txt", &list, &error));
    cr_expect_eq(error.status, MP_LIMIT);
}
