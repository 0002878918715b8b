#include "support/stage.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(transform, .init = init, .fini = finish);

enum { SIZE = 7, PIXELS = STAGE_SIZE * STAGE_SIZE * 4 };

static const float QUARTER = 1.57079633f;

typedef void Draw(MpGraphics *graphics, const MpTexture *noise);

static void draw_picture(Draw *draw, uint8_t pixels[PIXELS])
{
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    stage_begin_frame(&stage);
    draw(stage.graphics, noise);
    stage_finish_frame(&stage);
    memcpy(pixels, stage.pixels, PIXELS);
}

/* What a transform does and what the parameters do must be the same pixels. */
static void expect_same(Draw *transformed, Draw *plain, const char *what)
{
    static uint8_t a[PIXELS], b[PIXELS];
    draw_picture(transformed, a);
    draw_picture(plain, b);
    cr_expect_gt(stage_count_lit(&stage), 0, "%s", what);
    int different = 0;
    for (int i = 0; i < PIXELS; i++)
        different += a[i] != b[i];
    cr_expect_eq(different, 0, "%s: %d bytes differ", what, different);
}

static void moved(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_translate(graphics, 4, 5);
    mp_graphics_translate(graphics, 6, 7);
    mp_graphics_draw(graphics, noise, 0, 0, 0, 1, 1, 0, 0);
    mp_graphics_rectangle_fill(graphics, 20, 0, 5, 5);
}

static void at_10_12(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_draw(graphics, noise, 10, 12, 0, 1, 1, 0, 0);
    mp_graphics_rectangle_fill(graphics, 30, 12, 5, 5);
}

static void scaled(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_scale(graphics, 2, 3);
    mp_graphics_draw(graphics, noise, 5, 4, 0, 1, 1, 0, 0);
    mp_graphics_rectangle_fill(graphics, 15, 1, 2, 2);
}

static void large(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_draw(graphics, noise, 10, 12, 0, 2, 3, 0, 0);
    mp_graphics_rectangle_fill(graphics, 30, 3, 4, 6);
}

static void turned(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_translate(graphics, 30, 12);
    mp_graphics_rotate(graphics, QUARTER);
    mp_graphics_draw(graphics, noise, 0, 0, 0, 1, 1, 0, 0);
    mp_graphics_rectangle_fill(graphics, 20, 0, 2, 5);
}

static void by_a_quarter(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_draw(graphics, noise, 30, 12, QUARTER, 1, 1, 0, 0);
    mp_graphics_rectangle_fill(graphics, 25, 32, 5, 2);
}

static void turned_and_back(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_translate(graphics, 30, 30);
    mp_graphics_rotate(graphics, QUARTER);
    mp_graphics_draw(graphics, noise, 0, 0, -QUARTER, 2, 2, 3, 3);
}

static void upright(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_draw(graphics, noise, 30, 30, 0, 2, 2, 3, 3);
}

static void mirrored(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_translate(graphics, 40, 0);
    mp_graphics_scale(graphics, -1, 1);
    mp_graphics_draw(graphics, noise, 0, 8, 0, 1, 1, 0, 0);
    mp_graphics_rectangle_fill(graphics, 10, 30, 4, 4);
    mp_graphics_circle_fill(graphics, 10, 50, 5);
}

static void flipped(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_draw(graphics, noise, 40, 8, 0, -1, 1, 0, 0);
    mp_graphics_rectangle_fill(graphics, 26, 30, 4, 4);
    mp_graphics_circle_fill(graphics, 30, 50, 5);
}

static void popped(MpGraphics *graphics, const MpTexture *noise)
{
    mp_graphics_translate(graphics, 10, 12);
    cr_assert(mp_graphics_push(graphics));
    mp_graphics_rotate(graphics, 1);
    mp_graphics_scale(graphics, 5, 5);
    cr_assert(mp_graphics_pop(graphics));
    mp_graphics_draw(graphics, noise, 0, 0, 0, 1, 1, 0, 0);
    mp_graphics_rotate(graphics, 1);
    mp_graphics_set_offset(graphics, 0, 0);
    mp_graphics_rectangle_fill(graphics, 30, 12, 5, 5);
}

Test(transform, does_what_the_parameters_would)
{
    expect_same(moved, at_10_12, "translate");
    expect_same(scaled, large, "scale");
    expect_same(turned, by_a_quarter, "rotate");
    expect_same(turned_and_back, upright, "rotate and back");
    expect_same(mirrored, flipped, "mirror");
    expect_same(popped, at_10_12, "push, pop and offset");
}

Test(transform, turns_areas_by_any_angle)
{
    stage_begin_frame(&stage);
    mp_graphics_translate(stage.graphics, 32, 32);
    mp_graphics_rotate(stage.graphics, QUARTER / 2);
    mp_graphics_rectangle_fill(stage.graphics, -10, -10, 20, 20);
    stage_finish_frame(&stage);
    int lit = stage_count_lit(&stage);
    cr_expect(lit > 380 && lit <= 420, "%d", lit);
    cr_expect_neq(stage_pixel(&stage, 32, 19), 0, "the corner points upwards");
    cr_expect_eq(stage_pixel(&stage, 23, 23), 0);
    stage_begin_frame(&stage);
    mp_graphics_rotate(stage.graphics, 0.3f);
    mp_graphics_rectangle_fill(stage.graphics, -1e6f, -1e6f, 2e6f, 2e6f);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), STAGE_SIZE * STAGE_SIZE, "however huge it is");
}

Test(transform, stretches_circles)
{
    stage_begin_frame(&stage);
    mp_graphics_scale(stage.graphics, 2, 2);
    mp_graphics_circle_fill(stage.graphics, 16, 16, 2);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 52, "a circle of radius 4");
    stage_begin_frame(&stage);
    mp_graphics_scale(stage.graphics, 2, 1);
    mp_graphics_circle_fill(stage.graphics, 16, 32, 10);
    mp_graphics_circle_line(stage.graphics, 16, 32, 14, 1);
    stage_finish_frame(&stage);
    cr_expect_neq(stage_pixel(&stage, 15, 32), 0);
    cr_expect_eq(stage_pixel(&stage, 32, 20), 0);
    cr_expect_neq(stage_pixel(&stage, 5, 32), 0, "the edge is twice as wide there");
    cr_expect_neq(stage_pixel(&stage, 32, 18), 0);
}

Test(transform, has_a_stack_with_two_ends)
{
    MpGraphics *graphics = stage.graphics;
    mp_graphics_begin(graphics);
    cr_expect_not(mp_graphics_pop(graphics));
    for (int i = 0; i < MP_GRAPHICS_STACK_LIMIT; i++)
        cr_expect(mp_graphics_push(graphics));
    cr_expect_not(mp_graphics_push(graphics));
    mp_graphics_present(graphics);
    mp_graphics_begin(graphics);
    cr_expect_not(mp_graphics_pop(graphics), "a new frame starts with nothing saved");
}

Test(transform, survives_numbers_that_are_none)
{
    static const float bad[] = {NAN, INFINITY, -INFINITY, 3e38f, -3e38f, 1e30f};
    static const float triangle[] = {0, 0, 60, 0, 0, 60};
    MpGraphics *graphics = stage.graphics;
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    stage_begin_frame(&stage);
    for (size_t i = 0; i < 3 * sizeof bad / sizeof bad[0]; i++) {
        float number = bad[i / 3];
        mp_graphics_set_offset(graphics, 0, 0);
        if (i % 3 == 0)
            mp_graphics_translate(graphics, number, number);
        if (i % 3 == 1)
            mp_graphics_rotate(graphics, isfinite(number) ? NAN : number);
        if (i % 3 == 2)
            mp_graphics_scale(graphics, number, 0);
        mp_graphics_rotate(graphics, 0.5f);
        mp_graphics_draw(graphics, noise, 1, 1, 0, 1, 1, 0, 0);
        mp_graphics_rectangle_fill(graphics, 1, 1, 9, 9);
        mp_graphics_circle_fill(graphics, 9, 9, 5);
        mp_graphics_circle_line(graphics, 9, 9, 5, 1);
        mp_graphics_line(graphics, 1, 1, 9, 9, 3);
        mp_graphics_polygon_fill(graphics, triangle, 6);
        mp_graphics_polygon_line(graphics, triangle, 6, 2);
    }
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 0);
}
