#include "graphics.gen.h"

#include "graphics/atlas.h"
#include "graphics/batch.h"
#include "graphics/canvas.h"
#include "graphics/pen.h"
#include "graphics/tile_map.h"
#include "log/log.h"
#include "window/window.h"

#include <SDL_events.h>
#include <math.h>
#include <stdlib.h>

static bool make_white(MpGraphics *self, MpError *error)
{
    static const uint32_t pixel = 0xFFFFFFFF;
    if (self->white)
        SDL_DestroyTexture(self->white);
    self->white = SDL_CreateTexture(mp_window_renderer(self->window), SDL_PIXELFORMAT_ARGB8888,
                                    SDL_TEXTUREACCESS_STATIC, 1, 1);
    if (self->white && SDL_UpdateTexture(self->white, NULL, &pixel, sizeof pixel) == 0)
        return true;
    mp_error_set(error, MP_DEVICE, "the renderer makes no textures: %s", SDL_GetError());
    return false;
}

MpGraphics *mp_graphics_create(MpWindow *window, MpAssets *assets, MpError *error)
{
    MpGraphics *self = calloc(1, sizeof *self);
    MpBatch *batch = calloc(1, sizeof *batch);
    if (!self || !batch) {
        mp_error_set(error, MP_MEMORY, "no memory for the graphics");
        free(self);
        free(batch);
        return NULL;
    }
    self->window = window;
    self->assets = assets;
    self->vfs = mp_assets_vfs(assets);
    self->batch = batch;
    self->software = mp_window_is_software(window);
    mp_window_size(window, &self->width, &self->height);
    if (!mp_batch_init(batch, mp_window_renderer(window), error) || !make_white(self, error)) {
        mp_graphics_destroy(self);
        return NULL;
    }
    mp_object_init(&self->object, &mp_class_MpGraphics);
    mp_graphics_begin(self);
    return self;
}

void mp_graphics_destroy(MpGraphics *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    mp_canvas_aim(self, NULL, NULL);
    for (MpAtlas *atlas = self->atlases; atlas;) {
        MpAtlas *next = atlas->next;
        mp_atlas_destroy(atlas);
        atlas = next;
    }
    for (MpTileMap *map = self->tile_maps; map;) {
        MpTileMap *next = map->next;
        mp_tile_map_destroy(map);
        map = next;
    }
    for (MpFont *font = self->fonts; font;) {
        MpFont *next = font->next;
        mp_font_destroy(font);
        font = next;
    }
    for (MpTexture *texture = self->textures; texture;) {
        MpTexture *next = texture->next;
        mp_texture_destroy(texture);
        texture = next;
    }
    for (MpCanvas *canvas = self->canvases; canvas; canvas = canvas->next)
        mp_canvas_orphan(canvas);
    if (self->white)
        SDL_DestroyTexture(self->white);
    mp_batch_finish(self->batch);
    free(self->batch);
    free(self);
}

static void restore_textures(MpGraphics *self, MpVfsProblem *problem, void *user)
{
    MpError error;
    if (!make_white(self, &error) && problem)
        problem(user, "", &error);
    for (MpTexture *texture = self->textures; texture; texture = texture->next) {
        if (!mp_texture_restore(texture, mp_window_renderer(self->window), &error) && problem)
            problem(user, texture->asset.path, &error);
    }
    for (MpFont *font = self->fonts; font; font = font->next) {
        if (!mp_font_restore(font, mp_window_renderer(self->window), &error) && problem)
            problem(user, font->asset.path, &error);
    }
}

static void restore_canvases(MpGraphics *self, MpVfsProblem *problem, void *user)
{
    MpError error;
    for (MpCanvas *canvas = self->canvases; canvas; canvas = canvas->next) {
        if (!mp_canvas_restore(canvas, &error) && problem)
            problem(user, "a canvas", &error);
    }
}

void mp_graphics_handle_event(MpGraphics *self, const SDL_Event *event, MpVfsProblem *problem,
                              void *user)
{
    if (event->type == SDL_RENDER_DEVICE_RESET)
        restore_textures(self, problem, user);
    /* The picture itself is painted anew by the next frame. */
    if (event->type == SDL_RENDER_DEVICE_RESET || event->type == SDL_RENDER_TARGETS_RESET)
        restore_canvases(self, problem, user);
}

static uint8_t to_byte(float part) { return (uint8_t)lrintf(fminf(fmaxf(part, 0), 1) * 255); }

/* Multiplying takes colours that are mixed with their alpha already. */
static void update_tint(MpGraphics *self)
{
    MpColor color = self->color;
    float strength = self->blend == MP_BLEND_MULTIPLY ? fminf(fmaxf(color.a, 0), 1) : 1;
    self->tint[0] = to_byte(fminf(fmaxf(color.r, 0), 1) * strength);
    self->tint[1] = to_byte(fminf(fmaxf(color.g, 0), 1) * strength);
    self->tint[2] = to_byte(fminf(fmaxf(color.b, 0), 1) * strength);
    self->tint[3] = to_byte(color.a);
}

static void reset_settings(MpGraphics *self)
{
    self->color = (MpColor){1, 1, 1, 1};
    self->blend = MP_BLEND_ALPHA;
    self->transform = MP_TRANSFORM_IDENTITY;
    self->depth = 0;
    update_tint(self);
}

static void reset(MpGraphics *self)
{
    mp_canvas_aim(self, NULL, NULL);
    mp_batch_clear_layer(self->batch);
    mp_batch_set_clip(self->batch, &(MpClip){0});
    reset_settings(self);
}

void MP_NATIVE(mp_graphics_reset)(MpGraphics *self) { reset(self); }

void mp_graphics_begin(MpGraphics *self)
{
    mp_batch_begin(self->batch);
    mp_canvas_aim(self, NULL, NULL);
    mp_window_begin(self->window);
    self->target_width = self->width;
    self->target_height = self->height;
    reset_settings(self);
}

void mp_graphics_present(MpGraphics *self)
{
    reset(self);
    SDL_RenderSetClipRect(mp_window_renderer(self->window), NULL);
    self->draw_calls = self->batch->draw_calls;
    self->quads = self->batch->quads;
    mp_window_present(self->window);
}

void MP_NATIVE(mp_graphics_clear)(MpGraphics *self, MpColor color)
{
    SDL_Renderer *renderer = mp_window_renderer(self->window);
    mp_batch_flush(self->batch);
    SDL_SetRenderDrawColor(renderer, to_byte(color.r), to_byte(color.g), to_byte(color.b),
                           self->target ? to_byte(color.a) : 255);
    SDL_RenderClear(renderer);
}

void MP_NATIVE(mp_graphics_set_color)(MpGraphics *self, MpColor color)
{
    self->color = color;
    update_tint(self);
}

void MP_NATIVE(mp_graphics_set_blend)(MpGraphics *self, MpBlend blend)
{
    self->blend = blend;
    update_tint(self);
}

void MP_NATIVE(mp_graphics_set_layer)(MpGraphics *self, int layer)
{
    mp_batch_set_layer(self->batch, layer);
}

void MP_NATIVE(mp_graphics_clear_layer)(MpGraphics *self) { mp_batch_clear_layer(self->batch); }

static int to_pixel(float coordinate, int limit)
{
    return (int)lrintf(fminf(fmaxf(coordinate, 0), (float)limit));
}

void MP_NATIVE(mp_graphics_set_clip)(MpGraphics *self, MpRect area)
{
    int left = to_pixel(area.x, self->target_width);
    int top = to_pixel(area.y, self->target_height);
    int right = to_pixel(area.x + area.width, self->target_width);
    int bottom = to_pixel(area.y + area.height, self->target_height);
    const SDL_Rect inside = {left, top, right > left ? right - left : 0,
                             bottom > top ? bottom - top : 0};
    mp_batch_set_clip(self->batch, &(MpClip){inside, true});
}

void MP_NATIVE(mp_graphics_clear_clip)(MpGraphics *self)
{
    mp_batch_set_clip(self->batch, &(MpClip){0});
}

/* ---- the window ----------------------------------------------------------------------------- */

bool MP_NATIVE(mp_graphics_get_fullscreen)(const MpGraphics *self)
{
    return mp_window_is_fullscreen(self->window);
}

void MP_NATIVE(mp_graphics_set_fullscreen)(MpGraphics *self, bool fullscreen)
{
    MpError error;
    if (fullscreen != mp_window_is_fullscreen(self->window) &&
        !mp_window_set_fullscreen(self->window, fullscreen, &error))
        mp_log_warning("%s", error.message);
}
