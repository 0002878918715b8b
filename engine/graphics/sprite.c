#include "sprite.gen.h"

#include "graphics.gen.h"
#include "graphics/pen.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

MpSpriteBatch *MP_NATIVE(mp_sprite_batch_new)(MpTexture *texture, MpError *error)
{
    MpSpriteBatch *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(error, MP_MEMORY, "no memory for a batch of sprites");
        return NULL;
    }
    self->texture = texture;
    mp_object_hold(&texture->object);
    mp_object_init(&self->object, &mp_class_MpSpriteBatch);
    return self;
}

static void free_sprite(MpSprite *sprite)
{
    mp_object_finish(&sprite->object);
    free(sprite);
}

static void clear(MpSpriteBatch *self)
{
    while (self->count > 0)
        free_sprite(self->sprites[--self->count]);
}

void MP_NATIVE(mp_sprite_batch_clear)(MpSpriteBatch *self) { clear(self); }

void MP_NATIVE(mp_sprite_batch_destroy)(MpSpriteBatch *self)
{
    mp_object_finish(&self->object);
    clear(self);
    mp_object_release(&self->texture->object);
    free(self->sprites);
    free(self);
}

static bool check_frame(const MpSpriteBatch *self, const MpFrame *frame, MpError *error)
{
    if (!frame || frame->atlas->texture == self->texture)
        return true;
    mp_error_set(error, MP_INVALID, "the frame '%s' is of '%s', and the batch of another picture",
                 frame->name, frame->atlas->asset.path);
    return false;
}

static bool make_room(MpSpriteBatch *self, MpError *error)
{
    if (self->count < self->capacity)
        return true;
    if (self->count == MP_SPRITE_LIMIT) {
        mp_error_set(error, MP_LIMIT, "a batch has at most %d sprites", MP_SPRITE_LIMIT);
        return false;
    }
    int capacity = self->capacity ? self->capacity * 2 : FIRST_CAPACITY;
    MpSprite **sprites = realloc(self->sprites, (size_t)capacity * sizeof *sprites);
    if (!sprites) {
        mp_error_set(error, MP_MEMORY, "no memory for %d sprites", capacity);
        return false;
    }
    self->sprites = sprites;
    self->capacity = capacity;
    return true;
}

MpSprite *MP_NATIVE(mp_sprite_batch_add)(MpSpriteBatch *self, const MpSpriteOptions *options,
                                         MpError *error)
{
    if (!check_frame(self, options->frame, error) || !make_room(self, error))
        return NULL;
    MpSprite *sprite = malloc(sizeof *sprite);
    if (!sprite) {
        mp_error_set(error, MP_MEMORY, "no memory for a sprite");
        return NULL;
    }
    *sprite = (MpSprite){
        .x = options->x,
        .y = options->y,
        .angle = options->angle,
        .scale_x = options->scale_x,
        .scale_y = options->scale_y,
        .origin_x = options->origin_x,
        .origin_y = options->origin_y,
        .color = {1, 1, 1, 1},
        .visible = true,
        .frame = options->frame,
        .batch = self,
        .place = self->count,
    };
    mp_object_init(&sprite->object, &mp_class_MpSprite);
    return self->sprites[self->count++] = sprite;
}

MpSprite *MP_NATIVE(mp_sprite_batch_at)(const MpSpriteBatch *self, int number)
{
    return number >= 1 && number <= self->count ? self->sprites[number - 1] : NULL;
}

bool MP_NATIVE(mp_sprite_show)(MpSprite *self, MpFrame *frame, MpError *error)
{
    if (!check_frame(self->batch, frame, error))
        return false;
    self->frame = frame;
    return true;
}

void MP_NATIVE(mp_sprite_destroy)(MpSprite *self)
{
    MpSpriteBatch *batch = self->batch;
    batch->count--;
    for (int i = self->place; i < batch->count; i++) {
        batch->sprites[i] = batch->sprites[i + 1];
        batch->sprites[i]->place = i;
    }
    free_sprite(self);
}

static void draw(const MpSprite *sprite, MpGraphics *graphics, float x, float y)
{
    const MpTexture *texture = sprite->batch->texture;
    MpFrame *frame = sprite->frame;
    if (frame && !frame->is_listed) {
        mp_frame_miss(frame);
        return;
    }
    MpRect source = {0, 0, (float)texture->width, (float)texture->height};
    MpPlacement place = {x + sprite->x,   y + sprite->y,    sprite->angle,   sprite->scale_x,
                         sprite->scale_y, sprite->origin_x, sprite->origin_y};
    if (frame) {
        source = frame->source;
        place.origin_x += frame->pivot_x - frame->left;
        place.origin_y += frame->pivot_y - frame->top;
    }
    mp_pen_region(graphics, texture, source, &place);
}

/* The native functions: drawing is a leaf, and what patches lie over them would run each time. */
void MP_NATIVE(mp_sprite_batch_draw)(const MpSpriteBatch *self, MpGraphics *graphics, float x,
                                     float y)
{
    const MpColor color = graphics->color;
    MpColor tint = {1, 1, 1, 1};
    for (int i = 0; i < self->count; i++) {
        const MpSprite *sprite = self->sprites[i];
        if (!sprite->visible)
            continue;
        if (memcmp(&tint, &sprite->color, sizeof tint) != 0) {
            tint = sprite->color;
            MP_NATIVE(mp_graphics_set_color)
            (graphics,
             (MpColor){color.r * tint.r, color.g * tint.g, color.b * tint.b, color.a * tint.a});
        }
        draw(sprite, graphics, x, y);
    }
    MP_NATIVE(mp_graphics_set_color)(graphics, color);
}
