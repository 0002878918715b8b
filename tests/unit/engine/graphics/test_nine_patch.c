#include "support/stage.h"

#include <criterion/criterion.h>
#include <math.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(nine_patch, .init = init, .fini = finish);

enum { SIZE = 7 };

static MpTexture *begin(void)
{
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    stage_begin_frame(&stage);
    return noise;
}

static void expect_texel(int x, int y, int column, int row)
{
    cr_expect_eq(stage_pixel(&stage, x, y), stage_paint_noise(column, row) & 0xFFFFFF,
                 "at %d,%d: %06x", x, y, stage_pixel(&stage, x, y));
}

Test(nine_patch, keeps_corners_and_stretches_the_rest)
{
    MpTexture *noise = begin();
    mp_graphics_draw_nine_patch(stage.graphics, noise, (MpInsets){2, 1, 3, 2}, 10, 20, 40, 30);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 40 * 30);
    expect_texel(10, 20, 0, 0);
    expect_texel(11, 20, 1, 0);
    expect_texel(47, 20, 4, 0);
    expect_texel(49, 20, 6, 0);
    expect_texel(10, 49, 0, 6);
    expect_texel(49, 49, 6, 6);
    expect_texel(49, 48, 6, 5);
    expect_texel(12, 20, 2, 0);
    expect_texel(46, 20, 3, 0);
    expect_texel(11, 21, 1, 1);
    expect_texel(11, 47, 1, 4);
}

Test(nine_patch, shrinks_corners_that_have_no_room)
{
    MpTexture *noise = begin();
    mp_graphics_draw_nine_patch(stage.graphics, noise, (MpInsets){3, 3, 3, 3}, 10, 10, 2, 40);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 80);
    expect_texel(10, 11, 1, 1);
    expect_texel(11, 11, 5, 1);
}

Test(nine_patch, parts_meet_wherever_they_are)
{
    for (int i = 0; i < 40; i++) {
        MpTexture *noise = begin();
        mp_graphics_scale(stage.graphics, 1 + (float)i / 37, 1);
        mp_graphics_draw_nine_patch(stage.graphics, noise, (MpInsets){2, 2, 2, 2}, 3, 3,
                                    15 + (float)i / 9, 15);
        stage_finish_frame(&stage);
        float scale = 1 + (float)i / 37;
        int width = (int)roundf((18 + (float)i / 9) * scale) - (int)roundf(3 * scale);
        cr_expect_eq(stage_count_lit(&stage), width * 15, "case %d", i);
    }
}

Test(nine_patch, survives_any_numbers)
{
    static const MpInsets odd[] = {{NAN, NAN, NAN, NAN}, {-5, -5, -5, -5}, {99, 99, 99, 99},
                                   {INFINITY, 0, 0, 0},  {7, 7, 0, 0},     {0, 0, 0, 0}};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        MpTexture *noise = begin();
        mp_graphics_draw_nine_patch(stage.graphics, noise, odd[i], 10, 10, 20, 20);
        mp_graphics_draw_nine_patch(stage.graphics, noise, odd[i], NAN, 10, 20, 20);
        mp_graphics_draw_nine_patch(stage.graphics, noise, odd[i], 10, 10, INFINITY, 20);
        mp_graphics_draw_nine_patch(stage.graphics, noise, odd[i], 40, 40, -20, 20);
        stage_finish_frame(&stage);
        cr_expect_eq(stage_count_lit(&stage), 400, "case %zu: %d", i, stage_count_lit(&stage));
    }
}
