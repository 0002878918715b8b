#include "particles.gen.h"

#include "graphics.gen.h"
#include "graphics/pen.h"

static float mix(float from, float to, float part) { return from + (to - from) * part; }

/* Multiplied with `tint`, the colour that is set. */
static MpColor mix_colors(const MpParticles *self, MpColor tint, float part)
{
    const MpColor *from = &self->start_color, *to = &self->end_color;
    return (MpColor){mix(from->r, to->r, part) * tint.r, mix(from->g, to->g, part) * tint.g,
                     mix(from->b, to->b, part) * tint.b, mix(from->a, to->a, part) * tint.a};
}

static void draw_picture(const MpParticles *self, MpGraphics *graphics, const MpParticle *particle,
                         float x, float y, float size)
{
    float width = (float)self->texture->width, height = (float)self->texture->height;
    float scale = size / width;
    const MpPlacement place = {x, y, particle->angle, scale, scale, width / 2, height / 2};
    mp_pen_region(graphics, self->texture, (MpRect){0, 0, width, height}, &place);
}

/* The native functions: drawing is a leaf, and what patches lie over them would run each time. */
void MP_NATIVE(mp_particles_draw)(const MpParticles *self, MpGraphics *graphics, float x, float y)
{
    const MpColor color = graphics->color;
    const MpBlend blend = graphics->blend;
    MP_NATIVE(mp_graphics_set_blend)(graphics, self->blend);
    for (int i = 0; i < self->count; i++) {
        const MpParticle *particle = &self->particles[i];
        float size = mix(self->size[0], self->size[1], particle->age);
        MP_NATIVE(mp_graphics_set_color)(graphics, mix_colors(self, color, particle->age));
        if (self->texture)
            draw_picture(self, graphics, particle, x + particle->x, y + particle->y, size);
        else
            mp_pen_area(graphics, x + particle->x - size / 2, y + particle->y - size / 2, size,
                        size);
    }
    MP_NATIVE(mp_graphics_set_blend)(graphics, blend);
    MP_NATIVE(mp_graphics_set_color)(graphics, color);
}
