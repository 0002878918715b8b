#include "graphics.gen.h"

#include "graphics/pen.h"

void MP_NATIVE(mp_graphics_draw)(MpGraphics *self, const MpTexture *texture, float x, float y,
                                 float angle, float scale_x, float scale_y, float origin_x,
                                 float origin_y)
{
    const MpPlacement place = {x, y, angle, scale_x, scale_y, origin_x, origin_y};
    const MpRect whole = {0, 0, (float)texture->width, (float)texture->height};
    mp_pen_region(self, texture, whole, &place);
}

void MP_NATIVE(mp_graphics_draw_region)(MpGraphics *self, const MpTexture *texture, MpRect source,
                                        float x, float y, float angle, float scale_x, float scale_y,
                                        float origin_x, float origin_y)
{
    const MpPlacement place = {x, y, angle, scale_x, scale_y, origin_x, origin_y};
    mp_pen_region(self, texture, source, &place);
}
