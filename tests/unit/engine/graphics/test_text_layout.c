#include "graphics/text_layout.h"
#include "support/stage.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static Stage stage;
static MpFont *font;

/* Letters of 2 x 3 pixels, 3 from one to the next; a space is 2, 'W' 6 wide. */
static void init(void)
{
    static const char list[] = "image white.png\nheight 5\n65 0 0 2 3 3\n66 0 0 2 3 3\n"
                               "87 0 0 5 3 6\n32 0 0 0 0 2\n";
    MpError error;
    stage_init(&stage);
    stage_write_picture(&stage, "white.png", 8, 3, stage_paint_white);
    scratch_write_text(&stage.scratch, "letters.txt", list);
    font = mp_graphics_load_font(stage.graphics, "letters.txt", &error);
    cr_assert(font, "%s", error.message);
}

static void finish(void) { stage_finish(&stage); }

TestSuite(text_layout, .init = init, .fini = finish);

/* The lines of a text, one after another, each between bars with its width and its gaps. */
static const char *lines_of(const char *text, int limit)
{
    static char all[512];
    MpTextLine line;
    all[0] = '\0';
    while (mp_text_next_line(font, limit, &text, &line)) {
        size_t length = strlen(all);
        snprintf(all + length, sizeof all - length, "|%.*s|%d,%d%s", (int)(line.end - line.text),
                 line.text, line.width, line.gaps, line.goes_on ? "+" : "");
    }
    return all;
}

Test(text_layout, breaks_between_words)
{
    static const struct {
        const char *text;
        int limit;
        const char *lines;
    } cases[] = {
        {"", 10, "||0,0"},
        {"", 0, "||0,0"},
        {"AB AB", MP_TEXT_UNLIMITED, "|AB AB|14,0"},
        {"AB AB", 14, "|AB AB|14,1"},
        {"AB AB", 13, "|AB|6,0+|AB|6,0"},
        {"A B A B", 8, "|A B|8,1+|A B|8,1"},
        /* Blanks at which a line is broken take no room, however many they are. */
        {"AB    AB", 6, "|AB|6,0+|AB|6,0"},
        {"AB \t \tAB", 6, "|AB|6,0+|AB|6,0"},
        {"AB  ", 6, "|AB|6,0"},
        {"AB  ", MP_TEXT_UNLIMITED, "|AB  |10,0"},
        {"A  B", 30, "|A  B|10,2"},
        {"A\xE3\x80\x80"
         "B",
         5, "|A|3,0+|B|3,0"},
        /* Those that begin a line stay. */
        {"  A", 7, "|  A|7,2"},
        {"A\n  B", 9, "|A|3,0|  B|7,2"},
        {"  ABAB", 7, "|  A|7,2+|BA|6,0+|B|3,0"},
        {"   ", 30, "||0,0"},
        /* Line breaks of all systems; the one at the end begins another line. */
        {"A\nB", MP_TEXT_UNLIMITED, "|A|3,0|B|3,0"},
        {"A\r\nB\r\n", 30, "|A|3,0|B|3,0||0,0"},
        {"\n\n", 30, "||0,0||0,0||0,0"},
        {"AB \nA", 6, "|AB|6,0|A|3,0"},
        /* A word that is too long. */
        {"ABAB", 7, "|AB|6,0+|AB|6,0"},
        {"A ABAB", 8, "|A|3,0+|AB|6,0+|AB|6,0"},
        {"AWB", 3, "|A|3,0+|W|6,0+|B|3,0"},
        {"AB", 0, "|A|3,0+|B|3,0"},
        {"A\tB", MP_TEXT_UNLIMITED, "|A\tB|14,0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(lines_of(cases[i].text, cases[i].limit), cases[i].lines, "case %zu: %s", i,
                         lines_of(cases[i].text, cases[i].limit));
}

Test(text_layout, never_divides_a_character)
{
    /* No glyph at all: nothing is wide, but every byte is passed. */
    cr_expect_str_eq(lines_of("\xC3\xA4\xFF\xE2\x82", 0), "|\xC3\xA4\xFF\xE2\x82|0,0");
    const char *text = "\xC3\xA4"
                       "A\xC3\xA4"
                       "A";
    cr_expect_str_eq(lines_of(text, 3), "|\xC3\xA4"
                                        "A\xC3\xA4|3,0+|A|3,0");
}

static void expect_size(const char *text, float width, MpTextSize expected)
{
    MpTextSize size = mp_graphics_text_size(stage.graphics, font, text, width);
    cr_expect(size.width == expected.width && size.height == expected.height &&
                  size.lines == expected.lines,
              "'%s' in %g: %d x %d, %d lines", text, (double)width, size.width, size.height,
              size.lines);
}

Test(text_layout, measures)
{
    expect_size("", 10, (MpTextSize){0, 5, 1});
    expect_size("AB A W", 14.9f, (MpTextSize){11, 10, 2});
    expect_size("AB A W", INFINITY, (MpTextSize){19, 5, 1});
    expect_size("AB A W", NAN, (MpTextSize){19, 5, 1});
    expect_size("AB", -1, (MpTextSize){3, 10, 2});
    font->line_height = 1.5f;
    expect_size("A\nA\nA", INFINITY, (MpTextSize){3, 5 + 2 * 8, 3});
    font->line_height = NAN;
    expect_size("A\nA", INFINITY, (MpTextSize){3, 5, 2});
    font->line_height = INFINITY;
    expect_size("A\nA", INFINITY, (MpTextSize){3, 505, 2});
}

/* The columns of the row `y` that are lit, as a text of 'x' and '.'. */
static const char *row(int y)
{
    static char columns[STAGE_SIZE + 1];
    for (int x = 0; x < STAGE_SIZE; x++)
        columns[x] = stage_pixel(&stage, x, y) ? 'x' : '.';
    columns[24] = '\0';
    return columns;
}

static void write(const char *text, float width, MpAlign align, float scale)
{
    stage_begin_frame(&stage);
    mp_graphics_print_wrapped(stage.graphics, font, text, 2, 10, width, align, scale);
    stage_finish_frame(&stage);
}

Test(text_layout, aligns)
{
    static const struct {
        MpAlign align;
        const char *first, *last;
    } cases[] = {
        {MP_ALIGN_LEFT, "..xx...xx...xx..........", "..xx...xx..............."},
        {MP_ALIGN_CENTER, "...xx...xx...xx.........", "......xx...xx..........."},
        {MP_ALIGN_RIGHT, ".....xx...xx...xx.......", "..........xx...xx......."},
        {MP_ALIGN_JUSTIFY, "..xx....xx.....xx.......", "..xx...xx..............."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write("A A A B A", 16, cases[i].align, 1);
        cr_expect_str_eq(row(10), cases[i].first, "%zu: %s", i, row(10));
        cr_expect_str_eq(row(15), cases[i].last, "%zu: %s", i, row(15));
        cr_expect_eq(stage_count_lit(&stage), 5 * 6);
    }
}

Test(text_layout, wraps_what_is_enlarged_to_the_same_width)
{
    write("A B", 20, MP_ALIGN_RIGHT, 2);
    cr_expect_str_eq(row(10), "......xxxx......xxxx....", "%s", row(10));
    write("A B", 15, MP_ALIGN_LEFT, 2);
    cr_expect_str_eq(row(10), "..xxxx..................", "%s", row(10));
    cr_expect_str_eq(row(20), "..xxxx..................", "%s", row(20));
}

Test(text_layout, draws_nothing_where_nothing_can_be_seen)
{
    write("A A", 16, MP_ALIGN_CENTER, 0);
    cr_expect_eq(stage_count_lit(&stage), 0);
    write("A A", 16, MP_ALIGN_JUSTIFY, NAN);
    cr_expect_eq(stage_count_lit(&stage), 0);
    write("A A", INFINITY, MP_ALIGN_RIGHT, 1);
    cr_expect_eq(stage_count_lit(&stage), 0);
}
