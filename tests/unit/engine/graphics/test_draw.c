#include "support/stage.h"

#include <SDL_events.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(draw, .init = init, .fini = finish);

enum { SIZE = 7 };

static const float QUARTER = 1.57079633f;

typedef struct Case {
    float x, y, angle, scale_x, scale_y;
    /* Where a texel's x and y go: to x + column * tx + row * ... */
    int at_x, at_y, xx, xy, yx, yy;
} Case;

static const Case cases[] = {
    {10, 12, 0, 1, 1, 10, 12, 1, 0, 0, 1},
    /* partly outside */
    {-3, -2, 0, 1, 1, -3, -2, 1, 0, 0, 1},
    {60, 61, 0, 1, 1, 60, 61, 1, 0, 0, 1},
    /* between pixels */
    {10.4f, 11.6f, 0, 1, 1, 10, 12, 1, 0, 0, 1},
    {-2.6f, 11.6f, 0, 1, 1, -3, 12, 1, 0, 0, 1},
    /* enlarged and mirrored */
    {10, 12, 0, 3, 3, 10, 12, 3, 0, 0, 3},
    {10, 12, 0, 2, 4, 10, 12, 2, 0, 0, 4},
    {20, 12, 0, -1, 1, 20, 12, -1, 0, 0, 1},
    {20, 20, 0, 1, -1, 20, 20, 1, 0, 0, -1},
    {40, 40, 0, -2, -3, 40, 40, -2, 0, 0, -3},
    /* turned by quarters, clockwise */
    {30, 12, QUARTER, 1, 1, 30, 12, 0, -1, 1, 0},
    {30, 30, 2 * QUARTER, 1, 1, 30, 30, -1, 0, 0, -1},
    {30, 30, -QUARTER, 1, 1, 30, 30, 0, 1, -1, 0},
    {30, 12, QUARTER, 2, 2, 30, 12, 0, -2, 2, 0},
    {30, 30, QUARTER, -1, 1, 30, 30, 0, -1, -1, 0},
};

/* The texel that covers the pixel, found from the case's whole numbers alone; -1 for none. */
static int expected_texel(const Case *c, int x, int y)
{
    /* Doubled coordinates keep the pixels' middles whole. */
    int dx = 2 * (x - c->at_x) + 1, dy = 2 * (y - c->at_y) + 1;
    int determinant = c->xx * c->yy - c->xy * c->yx;
    double column = (double)(dx * c->yy - dy * c->xy) / determinant / 2;
    double row = (double)(dy * c->xx - dx * c->yx) / determinant / 2;
    bool inside = column >= 0 && row >= 0 && column < SIZE && row < SIZE;
    return inside ? (int)row * SIZE + (int)column : -1;
}

static int count_differences(const Case *c)
{
    int different = 0;
    for (int y = 0; y < STAGE_SIZE; y++) {
        for (int x = 0; x < STAGE_SIZE; x++) {
            int texel = expected_texel(c, x, y);
            unsigned expected =
                texel < 0 ? 0 : stage_paint_noise(texel % SIZE, texel / SIZE) & 0xFFFFFF;
            different += stage_pixel(&stage, x, y) != expected;
        }
    }
    return different;
}

Test(draw, puts_every_pixel_in_its_place)
{
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Case *c = &cases[i];
        stage_begin_frame(&stage);
        mp_graphics_draw(stage.graphics, noise, c->x, c->y, c->angle, c->scale_x, c->scale_y, 0, 0);
        stage_finish_frame(&stage);
        int different = count_differences(c);
        cr_expect_eq(different, 0, "case %zu: %d pixels differ", i, different);
    }
}

Test(draw, puts_the_origin_in_its_place)
{
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    stage_begin_frame(&stage);
    mp_graphics_draw(stage.graphics, noise, 30, 30, 0, 2, 2, 3, 4);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 24, 22), stage_paint_noise(0, 0) & 0xFFFFFF);
    cr_expect_eq(stage_pixel(&stage, 30, 30), stage_paint_noise(3, 4) & 0xFFFFFF);
}

Test(draw, leaves_out_what_is_not_in_the_texture)
{
    static const struct {
        MpRect source;
        int lit;
        int x, y; /* of the first texel */
    } regions[] = {
        {{1, 2, 3, 4}, 12, 0, 0},        {{-2, -2, 5, 5}, 9, 2, 2}, {{5, 5, 100, 100}, 4, 0, 0},
        {{0.4f, 0.6f, 2, 2}, 4, 0, 0},   {{7, 0, 5, 5}, 0, 0, 0},   {{0, 0, 0, 5}, 0, 0, 0},
        {{0, 0, 0.3f, 5}, 0, 0, 0},      {{3, 3, -2, -2}, 0, 0, 0}, {{NAN, 0, 5, 5}, 0, 0, 0},
        {{0, 0, INFINITY, 5}, 35, 0, 0},
    };
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    for (size_t i = 0; i < sizeof regions / sizeof regions[0]; i++) {
        stage_begin_frame(&stage);
        mp_graphics_draw_region(stage.graphics, noise, regions[i].source, 20, 20, 0, 1, 1, 0, 0);
        stage_finish_frame(&stage);
        cr_expect_eq(stage_count_lit(&stage), regions[i].lit, "case %zu", i);
        if (regions[i].lit)
            cr_expect_neq(stage_pixel(&stage, 20 + regions[i].x, 20 + regions[i].y), 0, "case %zu",
                          i);
    }
}

/* What is cut to whole pixels goes wrong first where x / width * width is less than x. */
Test(draw, knows_every_column_of_odd_textures)
{
    static const int widths[] = {43, 48, 49, 60, 61};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d.png", widths[i]);
        MpTexture *wide = stage_load(&stage, name, widths[i], 1, stage_paint_noise);
        stage_begin_frame(&stage);
        for (int x = 0; x < widths[i]; x++) {
            const MpRect column = {(float)x, 0, 1, 1};
            mp_graphics_draw_region(stage.graphics, wide, column, (float)x, 5, 0, 1, 1, 0, 0);
        }
        stage_finish_frame(&stage);
        for (int x = 0; x < widths[i]; x++)
            cr_expect_eq(stage_pixel(&stage, x, 5), stage_paint_noise(x, 0) & 0xFFFFFF,
                         "column %d of %d", x, widths[i]);
    }
}

Test(draw, survives_numbers_that_are_none)
{
    static const float bad[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 9000, -9000};
    MpGraphics *graphics = stage.graphics;
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    stage_begin_frame(&stage);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mp_graphics_draw(graphics, noise, bad[i], 0, 0, 1, 1, 0, 0);
        mp_graphics_draw(graphics, noise, 0, bad[i], 0, 1, 1, 0, 0);
        mp_graphics_draw(graphics, noise, 70, 70, 0, bad[i], 1, 0, 0);
        mp_graphics_line(graphics, 70, 70, bad[i], 90, 1);
        mp_graphics_circle_fill(graphics, bad[i], 5, 5);
        mp_graphics_circle_fill(graphics, 100, 100, -bad[i]);
        mp_graphics_rectangle_fill(graphics, bad[i], 100, 5, 5);
    }
    mp_graphics_draw(graphics, noise, 70, 70, NAN, 1, 1, 0, 0);
    /* These would be seen, but are too far for the renderers' arithmetic. */
    mp_graphics_line(graphics, 5, 5, 9000, 5, 1);
    mp_graphics_line(graphics, 5, 5, 5, -9000, 1);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 0);
}

Test(draw, tints_with_the_colour)
{
    MpTexture *white = stage_load(&stage, "white.png", 2, 2, stage_paint_white);
    stage_begin_frame(&stage);
    mp_graphics_set_color(stage.graphics, (MpColor){1, 0.5f, 0, 1});
    mp_graphics_draw(stage.graphics, white, 0, 0, 0, 1, 1, 0, 0);
    mp_graphics_set_color(stage.graphics, (MpColor){5, -1, 1, 0.5f});
    mp_graphics_draw(stage.graphics, white, 10, 0, 0, 1, 1, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 0, 0), 0xFF8000);
    unsigned half = stage_pixel(&stage, 10, 0);
    cr_expect(half >> 16 >= 0x7F && half >> 16 <= 0x81 && (half & 0xFF00) == 0, "%06x", half);
    stage_begin_frame(&stage);
    mp_graphics_draw(stage.graphics, white, 0, 0, 0, 1, 1, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 0, 0), 0xFFFFFF, "a new frame starts with white");
}

Test(draw, moves_by_the_offset)
{
    MpTexture *white = stage_load(&stage, "white.png", 1, 1, stage_paint_white);
    stage_begin_frame(&stage);
    mp_graphics_set_offset(stage.graphics, 5, -3);
    mp_graphics_draw(stage.graphics, white, 10, 10, 0, 1, 1, 0, 0);
    mp_graphics_rectangle_fill(stage.graphics, 20, 10, 1, 1);
    mp_graphics_line(stage.graphics, 30, 10.5f, 31, 10.5f, 1);
    mp_graphics_circle_fill(stage.graphics, 40, 10, 1);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 15, 7), 0xFFFFFF);
    cr_expect_eq(stage_pixel(&stage, 25, 7), 0xFFFFFF);
    cr_expect_eq(stage_pixel(&stage, 35, 7), 0xFFFFFF);
    cr_expect_eq(stage_pixel(&stage, 45, 7), 0xFFFFFF);
    cr_expect_eq(stage_count_lit(&stage), 3 + 4);
}

Test(draw, stays_in_the_clip)
{
    static const struct {
        MpRect clip;
        int lit;
    } clips[] = {{{10, 10, 5, 6}, 30}, {{-5, -5, 10, 10}, 25}, {{60, 60, 100, 100}, 16},
                 {{10, 10, 0, 5}, 0},  {{10, 10, -5, 5}, 0},   {{100, 0, 5, 5}, 0},
                 {{9.6f, 0, 1, 1}, 1}, {{NAN, 0, 5, 5}, 0}};
    for (size_t i = 0; i < sizeof clips / sizeof clips[0]; i++) {
        stage_begin_frame(&stage);
        mp_graphics_set_clip(stage.graphics, clips[i].clip);
        mp_graphics_rectangle_fill(stage.graphics, 0, 0, 64, 64);
        stage_finish_frame(&stage);
        cr_expect_eq(stage_count_lit(&stage), clips[i].lit, "case %zu: %d", i,
                     stage_count_lit(&stage));
    }
    stage_begin_frame(&stage);
    mp_graphics_set_clip(stage.graphics, (MpRect){0, 0, 1, 1});
    mp_graphics_clear_clip(stage.graphics);
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 64, 64);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 64 * 64);
}

Test(draw, groups_what_can_go_together)
{
    MpTexture *a = stage_load(&stage, "a.png", 1, 1, stage_paint_white);
    MpTexture *b = stage_load(&stage, "b.png", 1, 1, stage_paint_white);
    MpGraphics *graphics = stage.graphics;
    stage_begin_frame(&stage);
    for (int i = 0; i < 30; i++)
        mp_graphics_draw(graphics, a, (float)i, 0, 0, 1, 1, 0, 0);
    for (int i = 0; i < 30; i++)
        mp_graphics_draw(graphics, b, (float)i, 0, 0, 1, 1, 0, 0);
    mp_graphics_set_blend(graphics, MP_BLEND_ADD);
    mp_graphics_draw(graphics, b, 0, 0, 0, 1, 1, 0, 0);
    mp_graphics_draw(graphics, b, -100, 0, 0, 1, 1, 0, 0);
    mp_graphics_present(graphics);
    cr_expect_eq(graphics->draw_calls, 3);
    cr_expect_eq(graphics->quads, 61, "what cannot be seen does not count");
    stage_begin_frame(&stage);
    mp_graphics_present(graphics);
    cr_expect_eq(graphics->draw_calls, 0);
}

Test(draw, draws_more_than_a_batch_holds, .timeout = 30)
{
    MpTexture *white = stage_load(&stage, "white.png", 1, 1, stage_paint_white);
    stage_begin_frame(&stage);
    for (int i = 0; i < 40000; i++)
        mp_graphics_draw(stage.graphics, white, (float)(i % 64), (float)(i / 64 % 64), 0, 1, 1, 0,
                         0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage.graphics->quads, 40000);
    cr_expect_eq(stage.graphics->draw_calls, 3);
    cr_expect_eq(stage_count_lit(&stage), 64 * 64);
}

Test(draw, survives_a_lost_device)
{
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    const SDL_Event event = {.type = SDL_RENDER_DEVICE_RESET};
    mp_window_handle_event(stage.window, &event);
    mp_graphics_handle_event(stage.graphics, &event, NULL, NULL);
    stage_begin_frame(&stage);
    mp_graphics_draw(stage.graphics, noise, 0, 0, 0, 1, 1, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 3, 4), stage_paint_noise(3, 4) & 0xFFFFFF);
}
