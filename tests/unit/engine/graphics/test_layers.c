#include "support/stage.h"

#include <criterion/criterion.h>
#include <stdio.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(layers, .init = init, .fini = finish);

enum { TEXTURES = 5 };

static MpTexture *textures[TEXTURES];

static void load_textures(void)
{
    for (int i = 0; i < TEXTURES; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d.png", i);
        textures[i] = stage_load(&stage, name, 1, 1, stage_paint_white);
    }
}

static void set_grey(float grey)
{
    mp_graphics_set_color(stage.graphics, (MpColor){grey, grey, grey, 1});
}

static void draw_at(const MpTexture *texture, float x, float y)
{
    mp_graphics_draw(stage.graphics, texture, x, y, 0, 1, 1, 0, 0);
}

Test(layers, need_one_draw_call_a_texture, .timeout = 60)
{
    enum { SPRITES = 20000, LAYERS = 3 };
    load_textures();
    stage_begin_frame(&stage);
    for (int i = 0; i < SPRITES; i++) {
        mp_graphics_set_layer(stage.graphics, i % LAYERS);
        draw_at(textures[i % TEXTURES], (float)(i % 64), (float)(i / 64 % 64));
    }
    stage_finish_frame(&stage);
    cr_expect_eq(stage.graphics->draw_calls, TEXTURES * LAYERS);
    cr_expect_eq(stage.graphics->quads, SPRITES);
    cr_expect_eq(stage_count_lit(&stage), STAGE_SIZE * STAGE_SIZE);
    stage_begin_frame(&stage);
    for (int i = 0; i < SPRITES; i++)
        draw_at(textures[i % TEXTURES], 0, 0);
    mp_graphics_present(stage.graphics);
    cr_expect_eq(stage.graphics->draw_calls, SPRITES, "without a layer the order is kept");
}

Test(layers, need_one_draw_call_however_many_sprites, .timeout = 60)
{
    load_textures();
    stage_begin_frame(&stage);
    mp_graphics_set_layer(stage.graphics, 1);
    for (int i = 0; i < 3 * 16384; i++)
        draw_at(textures[0], (float)(i % 64), 0);
    mp_graphics_present(stage.graphics);
    cr_expect_eq(stage.graphics->draw_calls, 1);
}

Test(layers, are_drawn_in_the_order_of_their_numbers)
{
    load_textures();
    stage_begin_frame(&stage);
    mp_graphics_set_layer(stage.graphics, 7);
    set_grey(1);
    draw_at(textures[0], 5, 5);
    mp_graphics_set_layer(stage.graphics, -2);
    set_grey(0.2f);
    draw_at(textures[0], 5, 5);
    draw_at(textures[0], 6, 6);
    mp_graphics_set_layer(stage.graphics, 3);
    set_grey(0.6f);
    draw_at(textures[1], 5, 5);
    draw_at(textures[1], 6, 6);
    mp_graphics_clear_layer(stage.graphics);
    set_grey(0.4f);
    draw_at(textures[2], 7, 7);
    mp_graphics_set_layer(stage.graphics, -9);
    set_grey(0.8f);
    draw_at(textures[2], 7, 7);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 5, 5), 0xFFFFFF);
    cr_expect_eq(stage_pixel(&stage, 6, 6), 0x999999);
    cr_expect_eq(stage_pixel(&stage, 7, 7), 0xCCCCCC, "layers lie on what was drawn before them");
    cr_expect_eq(stage.graphics->draw_calls, 5);
}

Test(layers, order_textures_by_their_first_use)
{
    load_textures();
    stage_begin_frame(&stage);
    mp_graphics_set_layer(stage.graphics, 0);
    draw_at(textures[0], 0, 0);
    set_grey(0.4f);
    draw_at(textures[1], 5, 5);
    set_grey(1);
    draw_at(textures[0], 5, 5);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 5, 5), 0x666666);
}

Test(layers, keep_clip_and_blend_mode_of_each_part)
{
    MpGraphics *graphics = stage.graphics;
    stage_begin_frame(&stage);
    mp_graphics_set_layer(graphics, 0);
    for (int i = 0; i < 2; i++) {
        mp_graphics_set_clip(graphics, (MpRect){0, 0, 10, 10});
        mp_graphics_rectangle_fill(graphics, 5, (float)(3 * i), 50, 2);
        mp_graphics_clear_clip(graphics);
        mp_graphics_rectangle_fill(graphics, 5, (float)(20 + 3 * i), 50, 2);
        mp_graphics_set_blend(graphics, MP_BLEND_ADD);
        mp_graphics_rectangle_fill(graphics, 5, (float)(40 + 3 * i), 50, 2);
        mp_graphics_set_blend(graphics, MP_BLEND_ALPHA);
    }
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 2 * (5 * 2 + 50 * 2 + 50 * 2));
    cr_expect_eq(graphics->draw_calls, 3);
}

Test(layers, are_told_apart_however_many_there_are)
{
    enum { LAYERS = 2000 };
    stage_begin_frame(&stage);
    for (int i = 0; i < 2 * LAYERS; i++) {
        mp_graphics_set_layer(stage.graphics, i % LAYERS);
        mp_graphics_rectangle_fill(stage.graphics, 0, 0, 1, 1);
    }
    mp_graphics_present(stage.graphics);
    cr_expect_eq(stage.graphics->draw_calls, LAYERS);
    stage_begin_frame(&stage);
    mp_graphics_set_layer(stage.graphics, 0);
    for (int size = 10; size > 0; size--) {
        mp_graphics_set_clip(stage.graphics, (MpRect){0, 0, (float)size, 10});
        mp_graphics_rectangle_fill(stage.graphics, 0, (float)size, 64, 1);
    }
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 9 * 10 / 2, "each keeps its clip: %d",
                 stage_count_lit(&stage));
}

Test(layers, end_with_the_frame)
{
    load_textures();
    stage_begin_frame(&stage);
    mp_graphics_set_layer(stage.graphics, 0);
    draw_at(textures[0], 5, 5);
    stage_begin_frame(&stage);
    draw_at(textures[0], 6, 6);
    draw_at(textures[1], 6, 6);
    draw_at(textures[0], 6, 6);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 5, 5), 0, "what was not presented is dropped");
    cr_expect_eq(stage.graphics->draw_calls, 3);
}
