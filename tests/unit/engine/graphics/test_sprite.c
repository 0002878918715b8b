#include "graphics/sprite.h"
#include "support/stage.h"

#include <criterion/criterion.h>
#include <string.h>

static Stage stage;
static MpSpriteBatch *batch;

static void init(void)
{
    stage_init(&stage);
    batch = mp_sprite_batch_new(stage_load(&stage, "dot.png", 2, 2, stage_paint_white), NULL);
}

static void finish(void)
{
    mp_object_release(&batch->object);
    stage_finish(&stage);
}

TestSuite(sprite, .init = init, .fini = finish);

static MpSprite *add(float x, float y)
{
    MpError error;
    MpSprite *sprite = mp_sprite_batch_add(
        batch, &(MpSpriteOptions){.x = x, .y = y, .scale_x = 1, .scale_y = 1}, &error);
    cr_assert(sprite, "%s", error.message);
    return sprite;
}

static void draw(float x, float y)
{
    stage_begin_frame(&stage);
    mp_sprite_batch_draw(batch, stage.graphics, x, y);
    stage_finish_frame(&stage);
}

Test(sprite, is_drawn_where_it_is)
{
    MpSprite *sprite = add(10, 20);
    draw(3, 0);
    cr_expect_eq(stage_pixel(&stage, 13, 20), 0xFFFFFF);
    cr_expect_eq(stage_count_lit(&stage), 4);
    sprite->origin_x = sprite->origin_y = 1;
    sprite->scale_x = 2;
    draw(0, 0);
    cr_expect_eq(stage_pixel(&stage, 8, 19), 0xFFFFFF);
    cr_expect_eq(stage_pixel(&stage, 11, 20), 0xFFFFFF);
    cr_expect_eq(stage_count_lit(&stage), 8);
}

Test(sprite, is_hidden_and_tinted_by_itself)
{
    MpSprite *red = add(10, 10), *hidden = add(20, 20);
    add(30, 30);
    red->color = (MpColor){1, 0, 0, 1};
    hidden->visible = false;
    stage_begin_frame(&stage);
    mp_graphics_set_color(stage.graphics, (MpColor){1, 1, 0, 1});
    mp_sprite_batch_draw(batch, stage.graphics, 0, 0);
    mp_graphics_rectangle_fill(stage.graphics, 0, 0, 1, 1);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 10, 10), 0xFF0000);
    cr_expect_eq(stage_pixel(&stage, 20, 20), 0);
    cr_expect_eq(stage_pixel(&stage, 30, 30), 0xFFFF00);
    cr_expect_eq(stage_pixel(&stage, 0, 0), 0xFFFF00, "the colour stays as it was set");
}

Test(sprite, order_is_that_in_which_they_were_added)
{
    MpSprite *sprites[5];
    for (int i = 0; i < 5; i++)
        sprites[i] = add((float)i, 0);
    mp_sprite_destroy(sprites[1]);
    cr_expect_eq(batch->count, 4);
    cr_expect_eq(mp_sprite_batch_at(batch, 2), sprites[2]);
    cr_expect_eq(mp_sprite_batch_at(batch, 4), sprites[4]);
    cr_expect_null(mp_sprite_batch_at(batch, 5));
    mp_sprite_destroy(sprites[4]);
    mp_sprite_destroy(sprites[0]);
    cr_expect_eq(mp_sprite_batch_at(batch, 1), sprites[2]);
    mp_sprite_batch_clear(batch);
    cr_expect_eq(batch->count, 0);
}

Test(sprite, a_batch_is_one_draw_call)
{
    for (int i = 0; i < 2000; i++)
        add((float)(i % 60), (float)(i / 60))->color.g = (float)(i % 2);
    draw(0, 0);
    cr_expect_eq(stage.graphics->quads, 2000);
    cr_expect_eq(stage.graphics->draw_calls, 1);
}

Test(sprite, shows_frames_of_its_own_picture_only)
{
    MpError error;
    scratch_write_text(&stage.scratch, "dots.json",
                       "{\"frames\": {\"one\": {\"frame\": {\"x\":1,\"y\":1,\"w\":1,\"h\":1},"
                       "\"pivot\": {\"x\": 1, \"y\": 1}}}, \"meta\": {\"image\": \"dot.png\"}}");
    MpAtlas *atlas = mp_graphics_load_atlas(stage.graphics, "dots.json", &error);
    cr_assert(atlas, "%s", error.message);
    MpSprite *sprite = add(10, 10);
    cr_expect(mp_sprite_show(sprite, mp_atlas_at(atlas, 1), &error));
    draw(0, 0);
    cr_expect_eq(stage_pixel(&stage, 9, 9), 0xFFFFFF);
    cr_expect_eq(stage_count_lit(&stage), 1);
    cr_expect(mp_sprite_show(sprite, NULL, &error));
    draw(0, 0);
    cr_expect_eq(stage_count_lit(&stage), 4);

    MpSpriteBatch *other =
        mp_sprite_batch_new(stage_load(&stage, "other.png", 2, 2, stage_paint_white), &error);
    cr_expect_null(
        mp_sprite_batch_add(other, &(MpSpriteOptions){.frame = mp_atlas_at(atlas, 1)}, &error));
    cr_expect(strstr(error.message, "the frame 'one' is of 'dots.json'"), "%s", error.message);
    mp_object_release(&other->object);
}
