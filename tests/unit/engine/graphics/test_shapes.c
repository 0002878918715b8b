#include "support/stage.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(shapes, .init = init, .fini = finish);

/* Compares the upper left corner with rows of '#' and '.'. */
static void expect_rows(const char *const *rows, const char *what)
{
    for (int y = 0; rows[y]; y++) {
        for (int x = 0; rows[y][x]; x++)
            cr_expect_eq(stage_pixel(&stage, x, y) != 0, rows[y][x] == '#', "%s: pixel %d,%d", what,
                         x, y);
    }
}

Test(shapes, fills_rectangles)
{
    stage_begin_frame(&stage);
    mp_graphics_rectangle_fill(stage.graphics, 1, 1, 3, 2);
    mp_graphics_rectangle_fill(stage.graphics, 5.6f, 0.4f, 1, 1);
    mp_graphics_rectangle_fill(stage.graphics, 0, 5, -3, 2);
    stage_finish_frame(&stage);
    expect_rows((const char *const[]){"......#.", ".###....", ".###....", "........", NULL},
                "rectangles");
    cr_expect_eq(stage_count_lit(&stage), 7);
}

Test(shapes, outlines_rectangles)
{
    stage_begin_frame(&stage);
    mp_graphics_set_color(stage.graphics, (MpColor){1, 1, 1, 0.5f});
    mp_graphics_rectangle_line(stage.graphics, 0, 0, 6, 5, 1);
    stage_finish_frame(&stage);
    expect_rows((const char *const[]){"######.", "#....#.", "#....#.", "#....#.", "######.",
                                      ".......", NULL},
                "outline");
    /* Corners would be brighter if the sides overlapped. */
    cr_expect_eq(stage_pixel(&stage, 0, 0), stage_pixel(&stage, 2, 0));
    stage_begin_frame(&stage);
    mp_graphics_rectangle_line(stage.graphics, 0, 0, 6, 5, 3);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 30, "a thick edge fills it");
}

Test(shapes, covers_the_picture_with_anything_huge)
{
    stage_begin_frame(&stage);
    mp_graphics_rectangle_fill(stage.graphics, -1e9f, -1e9f, 2e9f, 2e9f);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), STAGE_SIZE * STAGE_SIZE);
}

Test(shapes, fills_circles)
{
    stage_begin_frame(&stage);
    mp_graphics_circle_fill(stage.graphics, 4, 4, 4);
    stage_finish_frame(&stage);
    expect_rows((const char *const[]){"..####..", ".######.", "########", "########", "########",
                                      "########", ".######.", "..####..", "........", NULL},
                "disc");
}

Test(shapes, outlines_circles)
{
    stage_begin_frame(&stage);
    mp_graphics_circle_line(stage.graphics, 4, 4, 4, 1);
    mp_graphics_circle_line(stage.graphics, 40, 40, 10, 0);
    stage_finish_frame(&stage);
    expect_rows((const char *const[]){"..####..", ".#....#.", "#......#", "#......#", "#......#",
                                      "#......#", ".#....#.", "..####..", "........", NULL},
                "ring");
}

Test(shapes, draws_lines)
{
    stage_begin_frame(&stage);
    mp_graphics_line(stage.graphics, 1, 2.5f, 5, 2.5f, 1);
    mp_graphics_line(stage.graphics, 10, 10, 10, 10, 5);
    stage_finish_frame(&stage);
    expect_rows((const char *const[]){"......", "......", ".####.", "......", NULL}, "line");
    cr_expect_eq(stage_count_lit(&stage), 4);
    stage_begin_frame(&stage);
    mp_graphics_line(stage.graphics, 40, 20, 40, 50, 4);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 120);
    cr_expect_neq(stage_pixel(&stage, 38, 20), 0);
    cr_expect_neq(stage_pixel(&stage, 41, 49), 0);
}

typedef struct BlendCase {
    MpBlend blend;
    MpColor color;
    unsigned on_grey; /* over 0x808080 */
} BlendCase;

static const BlendCase blends[] = {
    {MP_BLEND_ALPHA, {1, 0, 0, 1}, 0xFF0000},
    {MP_BLEND_ALPHA, {1, 1, 1, 0}, 0x808080},
    {MP_BLEND_ADD, {0.25f, 0, 0, 1}, 0xC08080},
    {MP_BLEND_ADD, {1, 1, 1, 1}, 0xFFFFFF},
    {MP_BLEND_ADD, {1, 1, 1, 0}, 0x808080},
    {MP_BLEND_MULTIPLY, {1, 1, 1, 1}, 0x808080},
    {MP_BLEND_MULTIPLY, {0, 1, 0, 1}, 0x008000},
    {MP_BLEND_MULTIPLY, {0, 0, 0, 0.5f}, 0x404040},
    {MP_BLEND_MULTIPLY, {1, 0.5f, 0, 0.5f}, 0x806040},
    {MP_BLEND_MULTIPLY, {0, 0, 0, 0}, 0x808080},
    {MP_BLEND_REPLACE, {1, 0.5f, 0, 1}, 0xFF8000},
    {MP_BLEND_REPLACE, {0, 1, 0, 0.5f}, 0x00FF00},
};

static int distance(unsigned a, unsigned b, int shift)
{
    return abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF));
}

Test(shapes, blends)
{
    for (size_t i = 0; i < sizeof blends / sizeof blends[0]; i++) {
        mp_graphics_begin(stage.graphics);
        mp_graphics_clear(stage.graphics, (MpColor){128 / 255.0f, 128 / 255.0f, 128 / 255.0f, 1});
        /* In both orders: the colour depends on the blend mode. */
        if (i % 2)
            mp_graphics_set_blend(stage.graphics, blends[i].blend);
        mp_graphics_set_color(stage.graphics, blends[i].color);
        mp_graphics_set_blend(stage.graphics, blends[i].blend);
        mp_graphics_rectangle_fill(stage.graphics, 0, 0, 8, 8);
        mp_graphics_line(stage.graphics, 20, 20, 40, 40, 9);
        stage_finish_frame(&stage);
        static const int places[][2] = {{3, 3}, {30, 30}};
        for (size_t k = 0; k < 2; k++) {
            unsigned pixel = stage_pixel(&stage, places[k][0], places[k][1]);
            bool near = distance(pixel, blends[i].on_grey, 16) <= 2 &&
                        distance(pixel, blends[i].on_grey, 8) <= 2 &&
                        distance(pixel, blends[i].on_grey, 0) <= 2;
            cr_expect(near, "case %zu at %zu: %06x instead of %06x", i, k, pixel,
                      blends[i].on_grey);
        }
        cr_expect_eq(stage_pixel(&stage, 60, 3), 0x808080);
    }
}
