#include "graphics.gen.h"

void MP_NATIVE(mp_graphics_set_offset)(MpGraphics *self, float x, float y)
{
    self->transform = MP_TRANSFORM_IDENTITY;
    self->transform.x = x;
    self->transform.y = y;
}

bool MP_NATIVE(mp_graphics_push)(MpGraphics *self)
{
    if (self->depth == MP_GRAPHICS_STACK_LIMIT)
        return false;
    self->stack[self->depth++] = self->transform;
    return true;
}

bool MP_NATIVE(mp_graphics_pop)(MpGraphics *self)
{
    if (self->depth == 0)
        return false;
    self->transform = self->stack[--self->depth];
    return true;
}

void MP_NATIVE(mp_graphics_translate)(MpGraphics *self, float x, float y)
{
    mp_transform_move(&self->transform, x, y);
}

void MP_NATIVE(mp_graphics_rotate)(MpGraphics *self, float angle)
{
    mp_transform_rotate(&self->transform, angle);
}

void MP_NATIVE(mp_graphics_scale)(MpGraphics *self, float x, float y)
{
    mp_transform_scale(&self->transform, x, y);
}
