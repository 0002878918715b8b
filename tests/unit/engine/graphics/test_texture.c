#include "support/stage.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(texture, .init = init, .fini = finish);

typedef struct Report {
    int count;
    char path[64];
    MpStatus status;
} Report;

static void report(void *user, const MpAsset *asset, const MpError *problem)
{
    Report *last = user;
    if (!problem)
        return;
    last->count++;
    snprintf(last->path, sizeof last->path, "%s", asset->path);
    last->status = problem->status;
}

Test(texture, is_one_per_path)
{
    MpTexture *a = stage_load(&stage, "a.png", 5, 3, stage_paint_noise);
    cr_expect_eq(a->width, 5);
    cr_expect_eq(a->height, 3);
    cr_expect_eq(mp_graphics_load_texture(stage.graphics, "a.png", NULL), a);
}

Test(texture, refuses_what_is_no_picture)
{
    MpError error;
    cr_expect_null(mp_graphics_load_texture(stage.graphics, "none.png", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    scratch_write_text(&stage.scratch, "text.png", "this is long enough, but it is text only");
    cr_expect_null(mp_graphics_load_texture(stage.graphics, "text.png", &error));
    cr_expect_eq(error.status, MP_FORMAT);
    scratch_write_text(&stage.scratch, "empty.png", "");
    cr_expect_null(mp_graphics_load_texture(stage.graphics, "empty.png", &error));
    cr_expect_eq(error.status, MP_FORMAT);
    cr_expect_null(mp_graphics_load_texture(stage.graphics, "../up.png", &error));
    cr_expect_eq(error.status, MP_REFUSED);
}

static size_t read_file(const char *path, char *data, size_t size)
{
    FILE *file = fopen(path, "rb");
    cr_assert(file);
    size_t length = fread(data, 1, size, file);
    fclose(file);
    return length;
}

Test(texture, looks_at_the_size_before_it_decodes)
{
    static const unsigned char header[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x10\x01\0\0\0\x01";
    MpError error;
    scratch_write(&stage.scratch, "wide.png", header, sizeof header - 1);
    cr_expect_null(mp_graphics_load_texture(stage.graphics, "wide.png", &error));
    cr_expect_eq(error.status, MP_LIMIT, "%s", error.message);
}

Test(texture, survives_every_length)
{
    static char data[4096];
    stage_write_picture(&stage, "good.png", 5, 5, stage_paint_noise);
    size_t size = read_file(scratch_path(&stage.scratch, "good.png"), data, sizeof data);
    /* What goes wrong in a library is told in the error, and nowhere else. */
    cr_assert(freopen(scratch_path(&stage.scratch, "told"), "wb", stderr));
    for (size_t length = 0; length + 12 < size; length++) {
        MpError error;
        scratch_write(&stage.scratch, "part.png", data, length);
        /* The last chunk is only a mark: a file without it may be read. */
        cr_expect_null(mp_graphics_load_texture(stage.graphics, "part.png", &error), "%zu", length);
        cr_expect(strstr(error.message, "part.png"), "%s", error.message);
    }
    fflush(stderr);
    cr_expect_eq(read_file(scratch_path(&stage.scratch, "told"), data, sizeof data), 0, "%s", data);
}

Test(texture, shows_a_changed_file)
{
    Report last = {0};
    MpTexture *texture = stage_load(&stage, "a.png", 5, 5, stage_paint_noise);
    cr_expect_eq(stage_reload(&stage, report, &last), 0);
    stage_write_picture(&stage, "a.png", 8, 3, stage_paint_white);
    cr_expect_eq(stage_reload(&stage, report, &last), 1);
    cr_expect_eq(texture->width, 8);
    cr_expect_eq(texture->height, 3);
    stage_begin_frame(&stage);
    mp_graphics_draw(stage.graphics, texture, 0, 0, 0, 1, 1, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 24);
    cr_expect_eq(stage_pixel(&stage, 7, 2), 0xFFFFFF);
    cr_expect_eq(last.count, 0);
}

Test(texture, keeps_its_picture_when_the_new_one_is_broken)
{
    Report last = {0};
    MpTexture *texture = stage_load(&stage, "a.png", 5, 5, stage_paint_white);
    scratch_write_text(&stage.scratch, "a.png", "broken");
    cr_expect_eq(stage_reload(&stage, report, &last), 0);
    cr_expect_eq(last.count, 1);
    cr_expect_str_eq(last.path, "a.png");
    cr_expect_eq(last.status, MP_FORMAT);
    stage_reload(&stage, report, &last);
    cr_expect_eq(last.count, 1, "told once");
    scratch_remove(&stage.scratch, "a.png");
    stage_reload(&stage, report, &last);
    cr_expect_eq(last.count, 2);
    cr_expect_eq(last.status, MP_NOT_FOUND);
    stage_reload(&stage, report, &last);
    cr_expect_eq(last.count, 2, "told once");
    stage_begin_frame(&stage);
    mp_graphics_draw(stage.graphics, texture, 0, 0, 0, 1, 1, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 25);
    stage_write_picture(&stage, "a.png", 2, 2, stage_paint_white);
    cr_expect_eq(stage_reload(&stage, report, &last), 1);
    cr_expect_eq(texture->width, 2);
}

Test(texture, follows_mounts)
{
    scratch_make_folder(&stage.scratch, "patch");
    scratch_make_folder(&stage.scratch, "patch/assets");
    scratch_make_folder(&stage.scratch, "assets");
    MpTexture *texture = stage_load(&stage, "assets/a.png", 5, 5, stage_paint_white);
    cr_expect_str_eq(mp_texture_get_source(texture), stage.scratch.path);
    stage_write_picture(&stage, "patch/assets/a.png", 9, 9, stage_paint_white);
    const char *patch = scratch_path(&stage.scratch, "patch");
    cr_assert(mp_vfs_mount_directory(stage.vfs, patch, "/", NULL));
    cr_expect_eq(stage_reload(&stage, NULL, NULL), 1);
    cr_expect_eq(texture->width, 9);
    cr_expect_str_eq(mp_texture_get_source(texture), patch);
    cr_assert(mp_vfs_unmount(stage.vfs, patch, NULL));
    cr_expect_eq(stage_reload(&stage, NULL, NULL), 1);
    cr_expect_eq(texture->width, 5);
    cr_expect_str_eq(mp_texture_get_source(texture), stage.scratch.path);
    cr_assert(mp_vfs_unmount(stage.vfs, stage.scratch.path, NULL));
    Report last = {0};
    cr_expect_eq(stage_reload(&stage, report, &last), 0);
    cr_expect_eq(last.status, MP_NOT_FOUND, "there is none left to fall back to");
    cr_expect_eq(texture->width, 5);
}

/* What the process has in memory, in KiB. */
static long memory_used(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    cr_assert(file && fscanf(file, "%*d %ld", &pages) == 1);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE) / 1024;
}

/* A picture of 256 KiB: if one in ten of them leaked, that would be 25 MiB. */
Test(texture, stays_through_a_thousand_reloads, .timeout = 60)
{
    MpTexture *texture = stage_load(&stage, "a.png", 256, 256, stage_paint_white);
    long before = 0;
    for (int i = 0; i < 1000; i++) {
        mp_asset_try_again(&texture->asset);
        cr_assert_eq(stage_reload(&stage, NULL, NULL), 1);
        if (i == 50)
            before = memory_used();
    }
    long grown = memory_used() - before;
    cr_expect_lt(grown, 20 << 10, "%ld KiB", grown);
}

static uint32_t paint_unseen(int x, int y)
{
    (void)y;
    return x == 0 ? 0x00FFFFFF : 0xFF808080;
}

Test(texture, does_not_add_what_cannot_be_seen)
{
    MpTexture *texture = stage_load(&stage, "a.png", 2, 1, paint_unseen);
    static const MpBlend blends[] = {MP_BLEND_ALPHA, MP_BLEND_ADD, MP_BLEND_MULTIPLY};
    for (size_t i = 0; i < 3; i++) {
        stage_begin_frame(&stage);
        mp_graphics_clear(stage.graphics, (MpColor){0.2f, 0.2f, 0.2f, 1});
        mp_graphics_set_blend(stage.graphics, blends[i]);
        mp_graphics_draw(stage.graphics, texture, 0, 0, 0, 1, 1, 0, 0);
        stage_finish_frame(&stage);
        cr_expect_eq(stage_pixel(&stage, 0, 0), 0x333333, "blend %zu", i);
        cr_expect_neq(stage_pixel(&stage, 1, 0), 0x333333, "blend %zu", i);
    }
}
