#include "graphics/atlas.h"
#include "graphics/sprite.h"
#include "log/log.h"
#include "support/stage.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(atlas, .init = init, .fini = finish);

/* A hash, as TexturePacker writes it: "scout" is whole, "gunner" trimmed. */
static const char ships[] =
    "{\"frames\": {"
    "\"scout\": {\"frame\": {\"x\": 0, \"y\": 0, \"w\": 4, \"h\": 4}, \"duration\": 80},"
    "\"gunner\": {\"frame\": {\"x\": 4, \"y\": 0, \"w\": 2, \"h\": 3}, \"rotated\": false,"
    " \"spriteSourceSize\": {\"x\": 1, \"y\": 2, \"w\": 2, \"h\": 3},"
    " \"sourceSize\": {\"w\": 8, \"h\": 6}, \"pivot\": {\"x\": 0.5, \"y\": 0.5}}},"
    " \"meta\": {\"image\": \"ships.png\"}}";

static uint32_t halves(int x, int y)
{
    (void)y;
    return x < 4 ? 0xFFFF0000 : 0xFF00FF00;
}

static MpAtlas *load(const char *text)
{
    MpError error;
    stage_write_picture(&stage, "ships.png", 8, 4, halves);
    scratch_write_text(&stage.scratch, "ships.json", text);
    MpAtlas *atlas = mp_graphics_load_atlas(stage.graphics, "ships.json", &error);
    cr_assert(atlas, "%s", error.message);
    return atlas;
}

Test(atlas, knows_its_frames_by_name_and_number)
{
    MpError error;
    MpAtlas *atlas = load(ships);
    MpFrame *gunner = mp_atlas_frame(atlas, "gunner", &error);
    cr_assert_eq(atlas->count, 2);
    cr_expect_eq(mp_atlas_at(atlas, 2), gunner);
    cr_expect_eq(mp_atlas_at(atlas, 1)->milliseconds, 80);
    cr_expect_null(mp_atlas_at(atlas, 0));
    cr_expect_null(mp_atlas_at(atlas, 3));
    cr_expect(gunner->width == 8 && gunner->height == 6 && gunner->pivot_x == 4);
    cr_expect_null(mp_atlas_frame(atlas, "boss", &error));
    cr_expect_str_eq(error.message, "'ships.json' has no frame 'boss'");
    cr_expect_eq(mp_graphics_load_atlas(stage.graphics, "ships.json", &error), atlas);
    cr_expect_eq(atlas->texture, mp_graphics_load_texture(stage.graphics, "ships.png", &error));
}

Test(atlas, draws_frames_where_they_were_before_they_were_trimmed)
{
    MpAtlas *atlas = load(ships);
    stage_begin_frame(&stage);
    mp_frame_draw(mp_atlas_at(atlas, 1), stage.graphics, 40, 40, 0, 1, 1);
    mp_frame_draw(mp_atlas_at(atlas, 2), stage.graphics, 10, 10, 0, 1, 1);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 40, 40), 0xFF0000);
    cr_expect_eq(stage_pixel(&stage, 43, 43), 0xFF0000);
    /* 10 - pivot 4 + trimmed 1, 10 - pivot 3 + trimmed 2 */
    cr_expect_eq(stage_pixel(&stage, 7, 9), 0x00FF00);
    cr_expect_eq(stage_pixel(&stage, 8, 11), 0x00FF00);
    cr_expect_eq(stage_count_lit(&stage), 16 + 6);
}

Test(atlas, reads_arrays_in_their_order)
{
    MpAtlas *atlas =
        load("{\"frames\": ["
             "{\"filename\": \"walk 1\", \"frame\": {\"x\":0,\"y\":0,\"w\":1,\"h\":1}},"
             "{\"filename\": \"walk 0\", \"frame\": {\"x\":1,\"y\":0,\"w\":1,\"h\":1}}"
             "], \"meta\": {\"image\": \"ships.png\"}}");
    cr_expect_str_eq(mp_atlas_at(atlas, 1)->name, "walk 1");
    cr_expect_str_eq(mp_atlas_at(atlas, 2)->name, "walk 0");
}

Test(atlas, keeps_its_frames_when_the_list_changes)
{
    MpAtlas *atlas = load(ships);
    MpFrame *scout = mp_atlas_at(atlas, 1), *gunner = mp_atlas_at(atlas, 2);
    scratch_write_text(&stage.scratch, "ships.json",
                       "{\"frames\": {\"boss\": {\"frame\": {\"x\":1,\"y\":0,\"w\":2,\"h\":2}},"
                       "\"gunner\": {\"frame\": {\"x\":4,\"y\":0,\"w\":1,\"h\":1}}},"
                       "\"meta\": {\"image\": \"ships.png\"}}");
    cr_assert_eq(stage_reload(&stage, NULL, NULL), 1);
    cr_expect_eq(atlas->count, 2);
    cr_expect_eq(mp_atlas_at(atlas, 2), gunner);
    cr_expect_eq(gunner->width, 1);
    cr_expect_null(mp_atlas_frame(atlas, "scout", NULL));
    stage_begin_frame(&stage);
    mp_frame_draw(scout, stage.graphics, 40, 40, 0, 1, 1);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 0);
    scratch_write_text(&stage.scratch, "ships.json", ships);
    cr_assert_eq(stage_reload(&stage, NULL, NULL), 1);
    cr_expect_eq(mp_atlas_at(atlas, 1), scout);
    cr_expect_eq(scout->width, 4);
}

typedef struct Lines {
    int count;
    char last[200];
} Lines;

static void note_line(void *user, MpLogLevel level, const char *line)
{
    Lines *lines = user;
    lines->count += level == MP_LOG_WARNING;
    snprintf(lines->last, sizeof lines->last, "%s", line);
}

static void list_one_frame(const char *name)
{
    char text[200];
    snprintf(text, sizeof text,
             "{\"frames\": {\"%s\": {\"frame\": {\"x\":0,\"y\":0,\"w\":2,\"h\":2}}},"
             "\"meta\": {\"image\": \"ships.png\"}}",
             name);
    scratch_write_text(&stage.scratch, "ships.json", text);
    cr_assert_eq(stage_reload(&stage, NULL, NULL), 1);
}

static void draw_sprites(const MpSpriteBatch *batch)
{
    stage_begin_frame(&stage);
    mp_sprite_batch_draw(batch, stage.graphics, 40, 40);
    stage_finish_frame(&stage);
}

Test(atlas, tells_once_of_each_frame_that_is_drawn_and_gone)
{
    MpError error;
    Lines lines = {0};
    MpAtlas *atlas = load(ships);
    MpSpriteBatch *batch = mp_sprite_batch_new(atlas->texture, &error);
    MpSpriteOptions scout = {.frame = mp_atlas_at(atlas, 1), .scale_x = 1, .scale_y = 1};
    cr_assert(mp_sprite_batch_add(batch, &scout, &error));
    mp_log_add_sink(note_line, &lines);
    list_one_frame("scuot");
    cr_expect_eq(lines.count, 0, "a frame that nobody draws is of no interest: %s", lines.last);
    draw_sprites(batch);
    cr_expect_eq(stage_count_lit(&stage), 0);
    cr_expect_str_eq(lines.last,
                     "ships.json has no frame 'scout' any more, which is drawn: nothing "
                     "is seen of it; did you mean 'scuot'?");
    draw_sprites(batch);
    mp_frame_draw(scout.frame, stage.graphics, 40, 40, 0, 1, 1);
    cr_expect_eq(lines.count, 1);
    list_one_frame("scout");
    draw_sprites(batch);
    cr_expect_eq(stage_count_lit(&stage), 4);
    cr_expect_eq(lines.count, 1);
    list_one_frame("boss");
    mp_frame_draw(scout.frame, stage.graphics, 40, 40, 0, 1, 1);
    cr_expect_str_eq(lines.last,
                     "ships.json has no frame 'scout' any more, which is drawn: nothing "
                     "is seen of it");
    cr_expect_eq(lines.count, 2);
    mp_log_remove_sink(note_line, &lines);
    mp_sprite_batch_destroy(batch);
}

static void hear(void *user, const MpAsset *asset, const MpError *problem)
{
    (void)asset;
    if (problem)
        *(MpError *)user = *problem;
}

Test(atlas, stays_when_the_new_list_is_bad)
{
    MpError heard = {.status = MP_OK};
    MpAtlas *atlas = load(ships);
    scratch_write_text(&stage.scratch, "ships.json",
                       "{\"frames\": {\"far\": {\"frame\": {\"x\":7,\"y\":0,\"w\":2,\"h\":2}}},"
                       "\"meta\": {\"image\": \"ships.png\"}}");
    cr_expect_eq(stage_reload(&stage, hear, &heard), 0);
    cr_expect_str_eq(heard.message, "'ships.json': frame 'far' lies outside of 'ships.png'");
    cr_expect_str_eq(mp_atlas_at(atlas, 1)->name, "scout");
    cr_expect_eq(atlas->count, 2);
}

#define IMAGE "\"meta\": {\"image\": \"ships.png\"}}"

Test(atlas, says_what_is_wrong_with_a_list)
{
    static const struct {
        const char *text, *why;
    } bad[] = {
        {"{\"frames\": {}, " IMAGE, "'frames' is a list of 1 to 16384 frames"},
        {"{" IMAGE, "'frames' is a list of 1 to 16384 frames"},
        {"{\"frames\": {\"a\": 1}}", "'meta' does not name an 'image'"},
        {"{\"frames\": {\"a\": 1}, " IMAGE, "frame 'a': a 'frame' with x, y, w and h is expected"},
        {"{\"frames\": {\"a\": {\"frame\": {\"x\": -1, \"w\": 1, \"h\": 1}}}, " IMAGE,
         "frame 'a': 'x' is a whole number from 0 to 4096"},
        {"{\"frames\": {\"a\": {\"rotated\": true}}, " IMAGE, "export without rotation"},
        {"{\"frames\": [{\"frame\": {\"w\":1,\"h\":1}}, {\"frame\": {\"w\":1,\"h\":1}}], " IMAGE,
         "frame '' is there twice"},
        {"{\"frames\": {\"a\": 1, \"a\": 1}, " IMAGE, "duplicate object key"},
        {"{\"frames\": {\"a\": 1}, \"meta\": {\"image\": \"../up.png\"}}", "not among the game's"},
        {"{\"frames\": {\"a\": {\"frame\": {\"w\":1,\"h\":1}}}, \"meta\": {\"image\": \"no.png\"}}",
         "no.png"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        MpError error = {.status = MP_OK};
        stage_write_picture(&stage, "ships.png", 8, 4, halves);
        scratch_write_text(&stage.scratch, "bad.json", bad[i].text);
        cr_expect_null(mp_graphics_load_atlas(stage.graphics, "bad.json", &error));
        cr_expect(strstr(error.message, bad[i].why), "%s", error.message);
    }
}
