#include "graphics/canvas.h"
#include "support/stage.h"

#include <SDL_events.h>
#include <criterion/criterion.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(canvas, .init = init, .fini = finish);

enum { SIZE = 7 };

static MpCanvas *make(int width, int height)
{
    MpError error;
    MpCanvas *canvas = mp_canvas_new(stage.graphics, width, height, &error);
    cr_assert(canvas, "%s", error.message);
    return canvas;
}

static void release(MpCanvas *canvas) { mp_object_release(&canvas->texture.object); }

static void aim(MpCanvas *canvas)
{
    MpError error = {0};
    cr_assert(mp_graphics_set_target(stage.graphics, canvas, &error), "%s", error.message);
}

static void draw_canvas(const MpCanvas *canvas, float x, float y)
{
    mp_graphics_draw(stage.graphics, &canvas->texture, x, y, 0, 1, 1, 0, 0);
}

Test(canvas, shows_what_was_drawn_to_it)
{
    MpTexture *noise = stage_load(&stage, "noise.png", SIZE, SIZE, stage_paint_noise);
    MpCanvas *canvas = make(20, 10);
    stage_begin_frame(&stage);
    aim(canvas);
    mp_graphics_draw(stage.graphics, noise, 2, 1, 0, 1, 1, 0, 0);
    mp_graphics_rectangle_fill(stage.graphics, 15, -50, 500, 500);
    aim(NULL);
    draw_canvas(canvas, 30, 20);
    stage_finish_frame(&stage);
    for (int i = 0; i < SIZE; i++)
        cr_expect_eq(stage_pixel(&stage, 32 + i, 21 + i), stage_paint_noise(i, i) & 0xFFFFFF);
    cr_expect_eq(stage_count_lit(&stage), SIZE * SIZE + 5 * 10);
    stage_begin_frame(&stage);
    draw_canvas(canvas, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 3, 2), stage_paint_noise(1, 1) & 0xFFFFFF, "it is kept");
    release(canvas);
}

Test(canvas, may_be_larger_than_the_picture)
{
    MpCanvas *canvas = make(200, 100);
    stage_begin_frame(&stage);
    aim(canvas);
    mp_graphics_rectangle_fill(stage.graphics, 190, 90, 10, 10);
    aim(NULL);
    draw_canvas(canvas, -180, -80);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 100);
    cr_expect_neq(stage_pixel(&stage, 10, 10), 0);
    release(canvas);
}

Test(canvas, is_transparent_where_nothing_was_drawn)
{
    MpCanvas *canvas = make(8, 8);
    stage_begin_frame(&stage);
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 64, 64);
    aim(canvas);
    mp_graphics_clear(stage.graphics, (MpColor){1, 0, 0, 1});
    mp_graphics_set_blend(stage.graphics, MP_BLEND_REPLACE);
    mp_graphics_set_color(stage.graphics, (MpColor){0, 0, 0, 0});
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 4, 8);
    mp_graphics_reset(stage.graphics);
    draw_canvas(canvas, 10, 10);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 12, 12), 0xFFFFFF, "a hole was cut");
    cr_expect_eq(stage_pixel(&stage, 16, 12), 0xFF0000);
    stage_begin_frame(&stage);
    aim(canvas);
    mp_graphics_clear(stage.graphics, (MpColor){1, 0, 0, 0});
    aim(NULL);
    draw_canvas(canvas, 10, 10);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 0);
    release(canvas);
}

Test(canvas, ends_clip_and_layers_and_begins_with_none)
{
    MpGraphics *graphics = stage.graphics;
    MpCanvas *canvas = make(20, 20);
    stage_begin_frame(&stage);
    mp_graphics_set_layer(graphics, 5);
    mp_graphics_set_clip(graphics, (MpRect){0, 0, 2, 2});
    mp_graphics_rectangle_fill(graphics, 0, 0, 9, 9);
    aim(canvas);
    mp_graphics_rectangle_fill(graphics, 0, 0, 20, 20);
    mp_graphics_set_clip(graphics, (MpRect){0, 0, 1, 1});
    aim(NULL);
    mp_graphics_rectangle_fill(graphics, 10, 0, 5, 5);
    draw_canvas(canvas, 40, 40);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 4 + 25 + 400);
    release(canvas);
}

Test(canvas, is_never_drawn_into_itself)
{
    MpCanvas *canvas = make(20, 20);
    stage_begin_frame(&stage);
    aim(canvas);
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 1, 1);
    draw_canvas(canvas, 5, 5);
    mp_graphics_draw_nine_patch(stage.graphics, &canvas->texture, (MpInsets){1, 1, 1, 1}, 5, 5, 9,
                                9);
    aim(NULL);
    draw_canvas(canvas, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 1);
    release(canvas);
}

Test(canvas, is_held_while_it_is_the_target_or_waits_to_be_drawn)
{
    MpCanvas *canvas = make(5, 5);
    stage_begin_frame(&stage);
    aim(canvas);
    size_t before = mp_object_count();
    release(canvas);
    cr_expect_eq(mp_object_count(), before, "the target lives");
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 5, 5);
    mp_graphics_present(stage.graphics);
    cr_expect_eq(mp_object_count(), before - 1, "and ends with the frame");

    canvas = make(5, 5);
    stage_begin_frame(&stage);
    aim(canvas);
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 5, 5);
    aim(NULL);
    mp_graphics_set_layer(stage.graphics, 1);
    draw_canvas(canvas, 0, 0);
    release(canvas);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 25);
}

Test(canvas, a_new_frame_draws_to_the_picture)
{
    MpCanvas *canvas = make(5, 5);
    stage_begin_frame(&stage);
    aim(canvas);
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 5, 5);
    stage_begin_frame(&stage);
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 64, 64);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 64 * 64);
    release(canvas);
}

Test(canvas, says_that_it_was_lost)
{
    static const Uint32 losses[] = {SDL_RENDER_TARGETS_RESET, SDL_RENDER_DEVICE_RESET};
    for (size_t i = 0; i < 2; i++) {
        MpCanvas *canvas = make(5, 5);
        stage_begin_frame(&stage);
        aim(canvas);
        mp_graphics_rectangle_fill(stage.graphics, 0, 0, 5, 5);
        stage_finish_frame(&stage);
        const SDL_Event event = {.type = losses[i]};
        cr_expect_not(canvas->lost);
        mp_window_handle_event(stage.window, &event);
        mp_graphics_handle_event(stage.graphics, &event, NULL, NULL);
        cr_expect(canvas->lost);
        stage_begin_frame(&stage);
        draw_canvas(canvas, 0, 0);
        stage_finish_frame(&stage);
        cr_expect_eq(stage_count_lit(&stage), 0);
        stage_begin_frame(&stage);
        aim(canvas);
        cr_expect_not(canvas->lost);
        mp_graphics_rectangle_fill(stage.graphics, 0, 0, 5, 5);
        aim(NULL);
        draw_canvas(canvas, 0, 0);
        stage_finish_frame(&stage);
        cr_expect_eq(stage_count_lit(&stage), 25);
        release(canvas);
    }
}

Test(canvas, has_sides_and_a_share_of_memory)
{
    static const int sizes[][2] = {{0, 1}, {1, 0}, {-5, 5}, {4097, 1}, {1, 1 << 30}};
    MpError error;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        cr_expect_null(mp_canvas_new(stage.graphics, sizes[i][0], sizes[i][1], &error));
        cr_expect_eq(error.status, MP_INVALID, "case %zu", i);
    }
    MpCanvas *large[4];
    for (int i = 0; i < 4; i++)
        large[i] = make(4096, 4096);
    cr_expect_null(mp_canvas_new(stage.graphics, 1, 1, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    release(large[0]);
    release(make(4096, 4096));
    for (int i = 1; i < 4; i++)
        release(large[i]);
}

Test(canvas, may_outlive_the_graphics)
{
    MpError error;
    MpGraphics *other = mp_graphics_create(stage.window, stage.assets, &error);
    cr_assert(other);
    MpCanvas *canvas = mp_canvas_new(other, 5, 5, &error);
    cr_assert(canvas);
    cr_expect_not(mp_graphics_set_target(stage.graphics, canvas, &error));
    cr_expect_eq(error.status, MP_INVALID);
    cr_assert(mp_graphics_set_target(other, canvas, &error));
    mp_graphics_destroy(other);
    cr_expect_eq(canvas->texture.width, 5);
    mp_graphics_begin(stage.graphics);
    mp_graphics_draw(stage.graphics, &canvas->texture, 0, 0, 0, 1, 1, 0, 0);
    mp_graphics_present(stage.graphics);
    release(canvas);
}
