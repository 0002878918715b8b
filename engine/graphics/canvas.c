#include "canvas.gen.h"

#include "graphics/batch.h"

#include <SDL_render.h>
#include <assert.h>
#include <stdlib.h>

static SDL_Texture *make_handle(SDL_Renderer *renderer, int width, int height, MpError *error)
{
    SDL_Texture *handle = SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ARGB8888,
                                            SDL_TEXTUREACCESS_TARGET, width, height);
    uint32_t *nothing = calloc((size_t)width * (size_t)height, sizeof *nothing);
    if (!handle || !nothing || SDL_UpdateTexture(handle, NULL, nothing, width * 4)) {
        mp_error_set(error, MP_DEVICE, "the renderer refuses a canvas of %d x %d: %s", width,
                     height, SDL_GetError());
        if (handle)
            SDL_DestroyTexture(handle);
        handle = NULL;
    }
    free(nothing);
    if (handle)
        SDL_SetTextureScaleMode(handle, SDL_ScaleModeNearest);
    return handle;
}

static bool check_size(const MpGraphics *graphics, int width, int height, MpError *error)
{
    if (width < 1 || height < 1 || width > MP_TEXTURE_SIZE_LIMIT ||
        height > MP_TEXTURE_SIZE_LIMIT) {
        mp_error_set(error, MP_INVALID,
                     "a canvas of %d x %d: each side must be from 1 to %d pixels", width, height,
                     MP_TEXTURE_SIZE_LIMIT);
        return false;
    }
    int64_t pixels = (int64_t)width * height;
    for (const MpCanvas *canvas = graphics->canvases; canvas; canvas = canvas->next)
        pixels += (int64_t)canvas->texture.width * canvas->texture.height;
    if (pixels <= MP_CANVAS_PIXEL_LIMIT)
        return true;
    mp_error_set(error, MP_LIMIT,
                 "no room for a canvas of %d x %d: all together may have %d pixels; keep canvases, "
                 "or destroy() those that are done with",
                 width, height, MP_CANVAS_PIXEL_LIMIT);
    return false;
}

MpCanvas *MP_NATIVE(mp_canvas_new)(MpGraphics *graphics, int width, int height, MpError *error)
{
    if (!check_size(graphics, width, height, error))
        return NULL;
    MpCanvas *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(error, MP_MEMORY, "no memory for a canvas");
        return NULL;
    }
    self->texture.width = width;
    self->texture.height = height;
    /* The software renderer needs texture coordinates one beyond a picture's end; see pen.c. */
    self->texture.margin = graphics->software;
    self->graphics = graphics;
    if (!mp_canvas_restore(self, error)) {
        free(self);
        return NULL;
    }
    self->lost = false;
    self->next = graphics->canvases;
    graphics->canvases = self;
    mp_object_init(&self->texture.object, &mp_class_MpCanvas);
    return self;
}

static void unlink_canvas(MpCanvas *self)
{
    MpCanvas **link = &self->graphics->canvases;
    while (*link != self)
        link = &(*link)->next;
    *link = self->next;
}

void MP_NATIVE(mp_canvas_destroy)(MpCanvas *self)
{
    mp_object_finish(&self->texture.object);
    if (self->graphics) {
        assert(self->graphics->target != self && "the target is held");
        /* What waits to be drawn may be this canvas. */
        mp_batch_flush(self->graphics->batch);
        unlink_canvas(self);
        mp_canvas_orphan(self);
    }
    free(self);
}

void mp_canvas_orphan(MpCanvas *self)
{
    SDL_DestroyTexture(self->texture.handle);
    self->texture.handle = NULL;
    self->graphics = NULL;
}

bool mp_canvas_restore(MpCanvas *self, MpError *error)
{
    self->lost = true;
    MpTexture *texture = &self->texture;
    SDL_Texture *handle =
        make_handle(mp_window_renderer(self->graphics->window), texture->width + texture->margin,
                    texture->height + texture->margin, error);
    if (!handle)
        return false;
    if (texture->handle)
        SDL_DestroyTexture(texture->handle);
    texture->handle = handle;
    return true;
}

static bool switch_target(MpGraphics *self, MpCanvas *canvas, MpError *error)
{
    SDL_Renderer *renderer = mp_window_renderer(self->window);
    bool is_aimed = !canvas || SDL_SetRenderTarget(renderer, canvas->texture.handle) == 0;
    if (!is_aimed) {
        mp_error_set(error, MP_DEVICE, "the renderer does not draw to the canvas: %s",
                     SDL_GetError());
        canvas = NULL;
    }
    if (!canvas)
        mp_window_begin(self->window);
    self->target = canvas;
    self->target_width = canvas ? canvas->texture.width : self->width;
    self->target_height = canvas ? canvas->texture.height : self->height;
    return is_aimed;
}

bool mp_canvas_aim(MpGraphics *self, MpCanvas *canvas, MpError *error)
{
    MpCanvas *old = self->target;
    if (canvas == old)
        return true;
    if (canvas && canvas->graphics != self) {
        mp_error_set(error, MP_INVALID, "a canvas of other graphics cannot be the target");
        return false;
    }
    mp_batch_clear_layer(self->batch);
    mp_batch_leave_target(self->batch);
    bool is_aimed = switch_target(self, canvas, error);
    if (self->target) {
        self->target->lost = false;
        mp_object_hold(&self->target->texture.object);
    }
    if (old)
        mp_object_release(&old->texture.object);
    return is_aimed;
}

bool MP_NATIVE(mp_graphics_set_target)(MpGraphics *self, MpCanvas *canvas, MpError *error)
{
    return mp_canvas_aim(self, canvas, error);
}
