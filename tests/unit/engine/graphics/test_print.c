#include "support/stage.h"

#include <criterion/criterion.h>
#include <string.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(print, .init = init, .fini = finish);

/* 'A' is red, 'B' green, '?' blue, the a with dots white; 2 x 3 pixels each. */
static uint32_t paint_letters(int x, int y)
{
    static const uint32_t colors[] = {0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFFFF};
    (void)y;
    return colors[x / 2];
}

static const char list[] =
    "image letters.png\nheight 5\nbaseline 3\n"
    "65 0 0 2 3 3\n66 2 0 2 3 3\n63 4 0 2 3 4\n228 6 0 2 3 3\n32 0 0 0 0 2\n";

static MpFont *load(void)
{
    MpError error;
    stage_write_picture(&stage, "letters.png", 8, 3, paint_letters);
    scratch_write_text(&stage.scratch, "letters.txt", list);
    MpFont *font = mp_graphics_load_font(stage.graphics, "letters.txt", &error);
    cr_assert(font, "%s", error.message);
    return font;
}

Test(print, measures_the_longest_line)
{
    static const struct {
        const char *text;
        int width;
    } cases[] = {{"", 0},   {"A", 3},        {"AB", 6}, {"A B", 8},      {"A\nAB\nA", 6},
                 {"\n", 0}, {"\xC3\xA4", 3}, {"x", 4},  {"\xFF\xFF", 8}, {"AAAA\n", 12}};
    MpFont *font = load();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq(mp_graphics_text_width(stage.graphics, font, cases[i].text), cases[i].width,
                     "case %zu", i);
    cr_expect_eq(font->height, 5);
    cr_expect_eq(font->baseline, 3);
}

Test(print, places_glyphs)
{
    MpFont *font = load();
    stage_begin_frame(&stage);
    mp_graphics_print(stage.graphics, font, "AB\n\xC3\xA4 x", 10, 20, 1);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 10, 20), 0xFF0000);
    cr_expect_eq(stage_pixel(&stage, 11, 22), 0xFF0000);
    cr_expect_eq(stage_pixel(&stage, 12, 20), 0);
    cr_expect_eq(stage_pixel(&stage, 13, 20), 0x00FF00);
    cr_expect_eq(stage_pixel(&stage, 10, 25), 0xFFFFFF);
    cr_expect_eq(stage_pixel(&stage, 15, 25), 0x0000FF, "an unknown character");
    cr_expect_eq(stage_count_lit(&stage), 4 * 6);
    stage_begin_frame(&stage);
    mp_graphics_print(stage.graphics, font, "A\nB", 0, 0, 3);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 5, 8), 0xFF0000);
    cr_expect_eq(stage_pixel(&stage, 0, 15), 0x00FF00);
    cr_expect_eq(stage_count_lit(&stage), 2 * 6 * 9);
}

Test(print, keeps_one_font_per_path)
{
    MpFont *font = load();
    cr_expect_eq(mp_graphics_load_font(stage.graphics, "letters.txt", NULL), font);
}

Test(print, refuses_broken_fonts)
{
    MpError error;
    stage_write_picture(&stage, "letters.png", 8, 3, paint_letters);
    scratch_write_text(&stage.scratch, "far.txt", "image letters.png\nheight 5\n65 7 0 2 3 3\n");
    cr_expect_null(mp_graphics_load_font(stage.graphics, "far.txt", &error));
    cr_expect(strstr(error.message, "65"), "%s", error.message);
    scratch_write_text(&stage.scratch, "none.txt", "image none.png\nheight 5\n65 0 0 2 3 3\n");
    cr_expect_null(mp_graphics_load_font(stage.graphics, "none.txt", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect_null(mp_graphics_load_font(stage.graphics, "gone.txt", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
}

Test(print, reloads_lists_and_pictures)
{
    MpFont *font = load();
    scratch_write_text(&stage.scratch, "letters.txt",
                       "image letters.png\nheight 9\n65 0 0 2 3 30\n");
    cr_expect_eq(stage_reload(&stage, NULL, NULL), 1);
    cr_expect_eq(font->height, 9);
    cr_expect_eq(mp_graphics_text_width(stage.graphics, font, "A"), 30);
    scratch_write_text(&stage.scratch, "letters.txt", "broken");
    cr_expect_eq(stage_reload(&stage, NULL, NULL), 0);
    cr_expect_eq(mp_graphics_text_width(stage.graphics, font, "A"), 30);
    /* A list that comes before its picture. */
    scratch_write_text(&stage.scratch, "letters.txt", "image later.png\nheight 7\n65 0 0 2 3 3\n");
    cr_expect_eq(stage_reload(&stage, NULL, NULL), 0);
    cr_expect_eq(font->height, 9);
    stage_write_picture(&stage, "later.png", 8, 3, paint_letters);
    cr_expect_eq(stage_reload(&stage, NULL, NULL), 1);
    cr_expect_eq(font->height, 7);
}
