#include "support/stage.h"

#include <SDL_image.h>
#include <criterion/criterion.h>
#include <stdlib.h>

void stage_init(Stage *stage)
{
    MpError error;
    *stage = (Stage){0};
    scratch_init(&stage->scratch);
    stage->vfs = mp_vfs_create(NULL, &error);
    cr_assert(stage->vfs, "%s", error.message);
    cr_assert(mp_vfs_mount_directory(stage->vfs, stage->scratch.path, "/", NULL));
    stage->assets = mp_assets_create(stage->vfs, &error);
    cr_assert(stage->assets, "%s", error.message);
    stage->window = mp_window_create(
        &(MpWindowConfig){.width = STAGE_SIZE, .height = STAGE_SIZE, .headless = true}, &error);
    cr_assert(stage->window, "%s", error.message);
    stage->graphics = mp_graphics_create(stage->window, stage->assets, &error);
    cr_assert(stage->graphics, "%s", error.message);
}

void stage_finish(Stage *stage)
{
    free(stage->pixels);
    mp_graphics_destroy(stage->graphics);
    mp_assets_destroy(stage->assets);
    mp_window_destroy(stage->window);
    mp_vfs_destroy(stage->vfs);
    scratch_finish(&stage->scratch);
}

void stage_write_picture(Stage *stage, const char *name, int width, int height, StagePaint *paint)
{
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
    cr_assert(surface);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++)
            ((uint32_t *)((uint8_t *)surface->pixels + y * surface->pitch))[x] = paint(x, y);
    }
    cr_assert_eq(IMG_SavePNG(surface, scratch_path(&stage->scratch, name)), 0);
    SDL_FreeSurface(surface);
}

MpTexture *stage_load(Stage *stage, const char *name, int width, int height, StagePaint *paint)
{
    MpError error;
    stage_write_picture(stage, name, width, height, paint);
    MpTexture *texture = mp_graphics_load_texture(stage->graphics, name, &error);
    cr_assert(texture, "%s", error.message);
    return texture;
}

int stage_reload(Stage *stage, MpAssetHear *hear, void *user)
{
    mp_assets_check(stage->assets);
    mp_assets_wait(stage->assets);
    int replaced = mp_assets_poll(stage->assets, hear, user);
    mp_assets_wait(stage->assets); /* for a second look at what failed */
    return replaced + mp_assets_poll(stage->assets, hear, user);
}

void stage_begin_frame(Stage *stage)
{
    mp_graphics_begin(stage->graphics);
    mp_graphics_clear(stage->graphics, (MpColor){0, 0, 0, 1});
}

void stage_finish_frame(Stage *stage)
{
    mp_graphics_present(stage->graphics);
    free(stage->pixels);
    stage->pixels = mp_window_pixels(stage->window, NULL);
    cr_assert(stage->pixels);
}

unsigned stage_pixel(const Stage *stage, int x, int y)
{
    const uint8_t *pixel = stage->pixels + 4 * (y * STAGE_SIZE + x);
    return (unsigned)pixel[0] << 16 | (unsigned)pixel[1] << 8 | pixel[2];
}

int stage_count_lit(const Stage *stage)
{
    int count = 0;
    for (int i = 0; i < STAGE_SIZE * STAGE_SIZE; i++)
        count += stage_pixel(stage, i % STAGE_SIZE, i / STAGE_SIZE) != 0;
    return count;
}

uint32_t stage_paint_noise(int x, int y)
{
    return 0xFF000000 | (uint32_t)(x * 16 + 15) << 16 | (uint32_t)(y * 16 + 15) << 8 |
           (uint32_t)((x * 7 + y * 13) % 256);
}

uint32_t stage_paint_white(int x, int y)
{
    (void)x, (void)y;
    return 0xFFFFFFFF;
}
