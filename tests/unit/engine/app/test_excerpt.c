/* The lines of a script around an error, and the story as text. */
#include "app/halt.h"

#include <criterion/criterion.h>
#include <string.h>

Test(excerpt, has_three_lines_before_and_after)
{
    static const struct {
        const char *text;
        int line, first;
        const char *excerpt;
    } cases[] = {
        {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", 5, 2, "2\n3\n4\n5\n6\n7\n8"},
        {"1\n2\n3\n4\n5\n6\n", 1, 1, "1\n2\n3\n4"},
        {"1\n2\n3\n4\n5\n", 5, 2, "2\n3\n4\n5"},
        {"1\n2\n3", 3, 1, "1\n2\n3"},
        {"return {\n", 2, 1, "return {\n"}, /* where the end of a file is unexpected */
        {"a\r\n\tb\r\n", 1, 1, "a\n   b"},
        {"", 1, 1, ""},
        {"1\n2", 3, 0, ""},
        {"1", 0, 0, ""},
        {"1", -5, 0, ""},
    };
    char excerpt[MP_HALT_EXCERPT_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int first = mp_excerpt(cases[i].text, cases[i].line, excerpt, sizeof excerpt);
        cr_expect_eq(first, cases[i].first, "case %zu: %d", i, first);
        cr_expect_str_eq(excerpt, cases[i].excerpt, "case %zu: '%s'", i, excerpt);
    }
}

Test(excerpt, long_lines_are_cut_between_characters)
{
    char text[2000], excerpt[MP_HALT_EXCERPT_SIZE];
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA4", 2);
    memcpy(text + sizeof text - 4, "\nx", 3);
    cr_expect_eq(mp_excerpt(text, 2, excerpt, sizeof excerpt), 1);
    const char *end = strchr(excerpt, '\n');
    cr_assert_not_null(end);
    cr_expect_eq(end - excerpt, 240);
    cr_expect_str_eq(end, "\nx");
}

Test(excerpt, fills_no_more_than_there_is)
{
    char excerpt[16];
    memset(excerpt, '!', sizeof excerpt);
    mp_excerpt("12345678\n12345678\n12345678\n", 2, excerpt, 12);
    cr_expect_lt(strlen(excerpt), 12);
    cr_expect_eq(excerpt[12], '!');
}

Test(excerpt, the_story_has_all_of_it)
{
    static MpHalt halt = {.where = "in update",
                          .first_line = 9,
                          .excerpt = "a\nb",
                          .failure = {.message = "scripts/main.lua:10: oops",
                                      .source = "scripts/main.lua",
                                      .line = 10,
                                      .trace = "scripts/main.lua:10: in f\n    x = 1\n"}};
    char text[MP_HALT_TEXT_SIZE];
    mp_excerpt_tell(&halt, text, sizeof text);
    cr_expect_str_eq(text, "scripts/main.lua:10: oops\n"
                           "in update, scripts/main.lua:10\n"
                           "     9  a\n"
                           ">   10  b\n"
                           "calls, innermost first:\n"
                           "scripts/main.lua:10: in f\n"
                           "    x = 1\n");
    mp_excerpt_tell(&halt, text, 40);
    cr_expect_eq(strlen(text), 39);
}
