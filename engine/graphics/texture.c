#include "texture.gen.h"

#include <SDL_render.h>
#include <stdlib.h>

/* The software renderer needs texture coordinates one beyond a picture's end; see pen.c. */
static int margin_for(SDL_Renderer *renderer)
{
    SDL_RendererInfo info;
    return SDL_GetRendererInfo(renderer, &info) == 0 && (info.flags & SDL_RENDERER_SOFTWARE) != 0;
}

static SDL_Texture *upload(SDL_Renderer *renderer, SDL_Surface *pixels, MpError *error)
{
    int margin = margin_for(renderer);
    SDL_Rect area = {0, 0, pixels->w, pixels->h};
    SDL_Texture *handle =
        SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC,
                          pixels->w + margin, pixels->h + margin);
    if (!handle || SDL_UpdateTexture(handle, &area, pixels->pixels, pixels->pitch)) {
        mp_error_set(error, MP_DEVICE, "the renderer refuses a picture of %d x %d: %s", pixels->w,
                     pixels->h, SDL_GetError());
        if (handle)
            SDL_DestroyTexture(handle);
        return NULL;
    }
    SDL_SetTextureScaleMode(handle, SDL_ScaleModeNearest);
    return handle;
}

static void replace(MpTexture *self, SDL_Surface *pixels, SDL_Texture *handle,
                    SDL_Renderer *renderer)
{
    if (self->handle)
        SDL_DestroyTexture(self->handle);
    if (self->pixels != pixels)
        SDL_FreeSurface(self->pixels);
    self->pixels = pixels;
    self->handle = handle;
    self->width = pixels->w;
    self->height = pixels->h;
    self->margin = margin_for(renderer);
}

bool mp_texture_set(MpTexture *self, SDL_Surface *pixels, SDL_Renderer *renderer, MpError *error)
{
    SDL_Texture *handle = upload(renderer, pixels, error);
    if (handle)
        replace(self, pixels, handle, renderer);
    else
        SDL_FreeSurface(pixels);
    return handle != NULL;
}

MpTexture *mp_texture_create_blank(SDL_Renderer *renderer, int width, int height, MpError *error)
{
    MpTexture *self = calloc(1, sizeof *self);
    SDL_Surface *pixels =
        SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!self || !pixels)
        mp_error_set(error, MP_MEMORY, "no memory for a texture of %d x %d", width, height);
    SDL_Texture *handle = self && pixels ? upload(renderer, pixels, error) : NULL;
    if (!handle) {
        SDL_FreeSurface(pixels);
        free(self);
        return NULL;
    }
    replace(self, pixels, handle, renderer);
    return self;
}

static uint32_t *row_of(const SDL_Surface *pixels, int x, int y)
{
    return (uint32_t *)((uint8_t *)pixels->pixels + y * pixels->pitch) + x;
}

bool mp_texture_stamp(MpTexture *self, const SDL_Surface *picture, const SDL_Rect *part, int x,
                      int y)
{
    const SDL_Rect place = {x, y, part->w, part->h};
    for (int line = 0; line < part->h; line++) {
        const uint32_t *from = row_of(picture, part->x, part->y + line);
        uint32_t *to = row_of(self->pixels, x, y + line);
        /* Nothing is black and not white: multiplying would take it for light. */
        for (int i = 0; i < part->w; i++)
            to[i] = from[i] >> 24 ? from[i] | 0xFFFFFF : 0;
    }
    return SDL_UpdateTexture(self->handle, &place, row_of(self->pixels, x, y),
                             self->pixels->pitch) == 0;
}

void mp_texture_destroy(MpTexture *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    if (self->handle)
        SDL_DestroyTexture(self->handle);
    SDL_FreeSurface(self->pixels);
    mp_asset_finish(&self->asset);
    free(self);
}

bool mp_texture_restore(MpTexture *self, SDL_Renderer *renderer, MpError *error)
{
    SDL_Texture *handle = upload(renderer, self->pixels, error);
    if (!handle)
        return false;
    replace(self, self->pixels, handle, renderer);
    return true;
}

const char *MP_NATIVE(mp_texture_get_source)(const MpTexture *self) { return self->asset.source; }
