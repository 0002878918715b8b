#include "graphics/pen.h"

#include "graphics/batch.h"
#include "graphics/canvas.h"
#include "window/window.h"

#include <math.h>

static SDL_BlendMode blend_mode(MpBlend blend)
{
    switch (blend) {
    case MP_BLEND_ADD:
        return SDL_BLENDMODE_ADD;
    case MP_BLEND_MULTIPLY:
        return SDL_BLENDMODE_MUL;
    case MP_BLEND_REPLACE:
        return SDL_BLENDMODE_NONE;
    case MP_BLEND_ALPHA:
        break;
    }
    return SDL_BLENDMODE_BLEND;
}

/* The library's functions of these names are calls, a dozen for each sprite. What is not a number
   comes out as it went in, if it is `a`. */
static float lesser(float a, float b) { return b < a ? b : a; }

static float greater(float a, float b) { return b > a ? b : a; }

static float round_small(float number) { return (float)(int)(number + copysignf(0.5f, number)); }

static float to_whole(float number)
{
    static const float all_whole = 1 << 23;
    return fabsf(number) < all_whole ? round_small(number) : number;
}

/* False for what is not a number. Without branches, as is snap(): they take most of a sprite's
   time. */
static bool are_near(const MpCorners *corners)
{
    bool near = true;
    for (int i = 0; i < 4; i++) {
        near &= fabsf(corners->x[i]) < MP_GRAPHICS_FAR;
        near &= fabsf(corners->y[i]) < MP_GRAPHICS_FAR;
    }
    return near;
}

static bool can_be_seen(const MpGraphics *graphics, const MpCorners *corners)
{
    const float *x = corners->x, *y = corners->y;
    return are_near(corners) && greater(greater(x[0], x[1]), greater(x[2], x[3])) > 0 &&
           greater(greater(y[0], y[1]), greater(y[2], y[3])) > 0 &&
           lesser(lesser(x[0], x[1]), lesser(x[2], x[3])) < (float)graphics->target_width &&
           lesser(lesser(y[0], y[1]), lesser(y[2], y[3])) < (float)graphics->target_height;
}

/* `from` and `to` are opposite corners in the texture, from 0 to 1. */
static void add_quad(MpGraphics *graphics, SDL_Texture *texture, const MpCorners *corners,
                     SDL_FPoint from, SDL_FPoint to)
{
    SDL_Vertex *vertices = mp_batch_add(graphics->batch, texture, blend_mode(graphics->blend));
    const SDL_Color tint = {graphics->tint[0], graphics->tint[1], graphics->tint[2],
                            graphics->tint[3]};
    const SDL_FPoint in_texture[4] = {from, {to.x, from.y}, to, {from.x, to.y}};
    for (int i = 0; i < 4; i++)
        vertices[i] = (SDL_Vertex){{corners->x[i], corners->y[i]}, tint, in_texture[i]};
}

/* The software renderer cuts `u * size` to a whole pixel, so the quotient must not be the next
   number below the true one. Full size gives exactly 1: more is refused by the renderer. */
static float texture_coordinate(float pixel, int size)
{
    float u = pixel / (float)size;
    return u * (float)size < pixel ? nextafterf(u, 2) : u;
}

static MpCorners place_corners(const MpGraphics *graphics, const MpPlacement *place, MpRect local,
                               const MpTurn *turn)
{
    float left = (local.x - place->origin_x) * place->scale_x;
    float top = (local.y - place->origin_y) * place->scale_y;
    float right = (local.x + local.width - place->origin_x) * place->scale_x;
    float bottom = (local.y + local.height - place->origin_y) * place->scale_y;
    const MpPoint at = mp_transform_point(&graphics->transform, place->x, place->y);
    const float xs[4] = {left, right, right, left};
    const float ys[4] = {top, top, bottom, bottom};
    MpCorners corners;
    for (int i = 0; i < 4; i++) {
        const MpPoint turned = mp_turn_point(turn, xs[i], ys[i]);
        corners.x[i] = at.x + turned.x;
        corners.y[i] = at.y + turned.y;
    }
    return corners;
}

/* What is too far to be drawn stays there. */
static void snap(MpCorners *corners)
{
    if (!are_near(corners))
        return;
    for (int i = 0; i < 4; i++) {
        corners->x[i] = round_small(corners->x[i]);
        corners->y[i] = round_small(corners->y[i]);
    }
}

static bool is_mirrored(const MpCorners *corners)
{
    return corners->x[0] > corners->x[2] || corners->y[0] > corners->y[2];
}

/* The software renderer draws upright quads as copies, whichever way their texture lies: a quarter
   turn would be lost, and a mirrored copy loses a column. One corner that is off by less than can
   be seen makes it draw triangles. Those stop one texel short of the end they are given. */
static float force_triangles(MpCorners *corners)
{
    corners->x[0] += 1.0f / 1024;
    return 1;
}

/* Nobody can say what a canvas drawn into itself looks like. */
static bool is_target(const MpGraphics *graphics, const MpTexture *texture)
{
    return graphics->target && texture == &graphics->target->texture;
}

/* `inside` is a rectangle of whole texels. */
static void draw_texels(MpGraphics *graphics, const MpTexture *texture, const MpRect *inside,
                        MpCorners *corners, bool is_upright)
{
    float beyond = 0;
    /* Upright sprites cover whole pixels, with every renderer the same ones. The software renderer
       knows whole pixels only, and would cut off where others round. */
    if (is_upright || graphics->software)
        snap(corners);
    if (graphics->software && (!is_upright || is_mirrored(corners)))
        beyond = force_triangles(corners);
    int width = texture->width + texture->margin, height = texture->height + texture->margin;
    SDL_FPoint from = {texture_coordinate(inside->x, width), texture_coordinate(inside->y, height)};
    SDL_FPoint to = {texture_coordinate(inside->x + inside->width + beyond, width),
                     texture_coordinate(inside->y + inside->height + beyond, height)};
    if (can_be_seen(graphics, corners))
        add_quad(graphics, texture->handle, corners, from, to);
}

void mp_pen_region(MpGraphics *graphics, const MpTexture *texture, MpRect source,
                   const MpPlacement *place)
{
    float from_x = to_whole(source.x), from_y = to_whole(source.y);
    float left = greater(from_x, 0), top = greater(from_y, 0);
    float right = lesser(to_whole(source.x + source.width), (float)texture->width);
    float bottom = lesser(to_whole(source.y + source.height), (float)texture->height);
    /* Written so that what is not a number is left out too. */
    if (!(left < right && top < bottom) || is_target(graphics, texture))
        return;
    const MpRect inside = {left, top, right - left, bottom - top};
    const MpRect local = {left - from_x, top - from_y, right - left, bottom - top};
    MpTurn turn = mp_turn_by(place->angle);
    if (!graphics->transform.is_plain)
        turn = mp_turn_multiply(&graphics->transform.turn, &turn);
    MpCorners corners = place_corners(graphics, place, local, &turn);
    draw_texels(graphics, texture, &inside, &corners, turn.xy == 0 && turn.yx == 0);
}

/* Clockwise from the upper left. */
static void area_corners(const MpRect *area, MpPoint corners[4])
{
    float right = area->x + area->width, bottom = area->y + area->height;
    corners[0] = (MpPoint){area->x, area->y};
    corners[1] = (MpPoint){right, area->y};
    corners[2] = (MpPoint){right, bottom};
    corners[3] = (MpPoint){area->x, bottom};
}

void mp_pen_stretch(MpGraphics *graphics, const MpTexture *texture, MpRect source, MpRect area)
{
    if (!(source.width > 0 && source.height > 0 && area.width > 0 && area.height > 0) ||
        is_target(graphics, texture))
        return;
    const MpTurn *turn = &graphics->transform.turn;
    MpPoint points[4];
    area_corners(&area, points);
    MpCorners corners;
    for (int i = 0; i < 4; i++) {
        MpPoint point = mp_transform_point(&graphics->transform, points[i].x, points[i].y);
        corners.x[i] = point.x;
        corners.y[i] = point.y;
    }
    draw_texels(graphics, texture, &source, &corners, turn->xy == 0 && turn->yx == 0);
}

static void fill_quad(MpGraphics *graphics, const MpCorners *corners)
{
    /* Bare colour is fastest, but the software renderer does not blend it other than by alpha. */
    SDL_Texture *texture = graphics->blend == MP_BLEND_ALPHA ? NULL : graphics->white;
    add_quad(graphics, texture, corners, (SDL_FPoint){0, 0}, (SDL_FPoint){1, 1});
}

void mp_pen_quad(MpGraphics *graphics, const MpCorners *corners)
{
    if (can_be_seen(graphics, corners))
        fill_quad(graphics, corners);
}

/* Cut to the target: huge areas are common, and far corners are not drawn. */
static void fill_pixels(MpGraphics *graphics, float x1, float y1, float x2, float y2)
{
    float left = greater(to_whole(x1), 0);
    float top = greater(to_whole(y1), 0);
    float right = lesser(to_whole(x2), (float)graphics->target_width);
    float bottom = lesser(to_whole(y2), (float)graphics->target_height);
    if (!(left < right && top < bottom))
        return;
    const MpCorners corners = {{left, right, right, left}, {top, top, bottom, bottom}};
    fill_quad(graphics, &corners);
}

void mp_pen_pixels(MpGraphics *graphics, float x, float y, float width, float height)
{
    fill_pixels(graphics, x, y, x + width, y + height);
}

/* Through turns and stretches. */
static void transform_area(MpGraphics *graphics, const MpRect *area)
{
    if (!(area->width > 0 && area->height > 0))
        return;
    MpPoint corners[4];
    area_corners(area, corners);
    if (!mp_turn_is_upright(&graphics->transform.turn)) {
        mp_pen_convex(graphics, corners, 4);
        return;
    }
    MpPoint a = mp_transform_point(&graphics->transform, corners[0].x, corners[0].y);
    MpPoint b = mp_transform_point(&graphics->transform, corners[2].x, corners[2].y);
    fill_pixels(graphics, lesser(a.x, b.x), lesser(a.y, b.y), greater(a.x, b.x), greater(a.y, b.y));
}

void mp_pen_area(MpGraphics *graphics, float x, float y, float width, float height)
{
    const MpTransform *transform = &graphics->transform;
    if (transform->is_plain)
        mp_pen_pixels(graphics, x + transform->x, y + transform->y, width, height);
    else
        transform_area(graphics, &(MpRect){x, y, width, height});
}
