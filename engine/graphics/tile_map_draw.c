#include "tile_map.gen.h"

#include "graphics.gen.h"
#include "graphics/map_content.h"
#include "graphics/pen.h"

#include <math.h>

static const float quarter = 1.5707963268f;

/* The cells that may be seen, from 0; the last ones are not among them. */
typedef struct Range {
    int left, top, right, bottom;
} Range;

static float lesser(float a, float b) { return b < a ? b : a; }

static float greater(float a, float b) { return b > a ? b : a; }

/* Where a point of the target comes from. */
static MpPoint origin_of(const MpTransform *transform, float determinant, float x, float y)
{
    const MpTurn *turn = &transform->turn;
    float right = x - transform->x, down = y - transform->y;
    return (MpPoint){(right * turn->yy - down * turn->xy) / determinant,
                     (down * turn->xx - right * turn->yx) / determinant};
}

/* The part of the world that is drawn; false when nothing can be seen. */
static bool find_view(const MpGraphics *graphics, MpRect *view)
{
    const MpTransform *transform = &graphics->transform;
    const MpTurn *turn = &transform->turn;
    float determinant = turn->xx * turn->yy - turn->xy * turn->yx;
    float left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (int corner = 0; corner < 4; corner++) {
        float x = corner & 1 ? (float)graphics->target_width : 0;
        float y = corner & 2 ? (float)graphics->target_height : 0;
        MpPoint point = origin_of(transform, determinant, x, y);
        left = lesser(left, point.x);
        top = lesser(top, point.y);
        right = greater(right, point.x);
        bottom = greater(bottom, point.y);
    }
    *view = (MpRect){left, top, right - left, bottom - top};
    return isfinite(view->width) && isfinite(view->height);
}

static int clamp(float cell, int count)
{
    return (int)lesser(greater(floorf(cell), 0), (float)count);
}

/* `x` and `y` are where the layer's first cell is drawn. */
static bool find_range(const MpTileLayer *layer, float x, float y, Range *range)
{
    MpRect view;
    const MpTileMap *map = layer->map;
    float reach = (float)map->content->reach;
    if (!find_view(map->graphics, &view) || !isfinite(x) || !isfinite(y))
        return false;
    float left = view.x - x - reach, right = view.x + view.width - x + reach;
    float top = view.y - y - reach, bottom = view.y + view.height - y + reach;
    float width = (float)map->tile_width, height = (float)map->tile_height;
    *range =
        (Range){clamp(left / width, layer->columns), clamp(top / height, layer->rows),
                clamp(right / width + 1, layer->columns), clamp(bottom / height + 1, layer->rows)};
    return true;
}

static bool is_inside(const MpRect *source, const MpTexture *texture)
{
    return source->x + source->width <= (float)texture->width &&
           source->y + source->height <= (float)texture->height;
}

/* Mirroring at the diagonal is a quarter turn and a mirroring across. */
static void draw_flipped(MpGraphics *graphics, const MpTileset *tileset, MpRect source,
                         MpTileFlip flip, float x, float bottom)
{
    bool across = flip & MP_TILE_FLIP_ACROSS, down = flip & MP_TILE_FLIP_DOWN;
    bool diagonal = flip & MP_TILE_FLIP_DIAGONAL;
    float width = diagonal ? source.height : source.width;
    float height = diagonal ? source.width : source.height;
    const MpPlacement place = {
        .x = x + width / 2,
        .y = bottom - height / 2,
        .angle = diagonal ? quarter : 0,
        .scale_x = (diagonal ? down : across) ? -1 : 1,
        .scale_y = (diagonal ? !across : down) ? -1 : 1,
        .origin_x = source.width / 2,
        .origin_y = source.height / 2,
    };
    mp_pen_region(graphics, tileset->texture, source, &place);
}

/* `x` and `bottom` are the cell's: tiles of other sizes stand on its lower left corner. */
static void draw_tile(MpGraphics *graphics, const MpTileset *tileset, uint32_t cell, float x,
                      float bottom)
{
    int id = (int)(cell & MP_CELL_TILE) - tileset->first;
    MpRect source = mp_tileset_source(tileset, tileset->shown[id]);
    /* The picture may have become smaller since. */
    if (!is_inside(&source, tileset->texture))
        return;
    x += (float)tileset->offset_x;
    bottom += (float)tileset->offset_y;
    const MpRect area = {x, bottom - source.height, source.width, source.height};
    if (cell & MP_CELL_FLIPS)
        draw_flipped(graphics, tileset, source, mp_cell_flip(cell), x, bottom);
    else
        mp_pen_stretch(graphics, tileset->texture, source, area);
}

static void draw_cells(const MpTileLayer *layer, int tileset, const Range *range, float x, float y)
{
    const MpTileMap *map = layer->map;
    const MpMapContent *content = map->content;
    for (int row = range->top; row < range->bottom; row++) {
        const uint32_t *cells = &layer->cells[row * layer->columns];
        float bottom = y + (float)((row + 1) * map->tile_height);
        for (int column = range->left; column < range->right; column++) {
            uint32_t cell = cells[column];
            if (cell & MP_CELL_TILE && content->owners[cell & MP_CELL_TILE] == tileset + 1)
                draw_tile(map->graphics, &content->tilesets[tileset], cell,
                          x + (float)(column * map->tile_width), bottom);
        }
    }
}

/* Tileset by tileset: one draw call each. */
static void draw_layer(const MpTileLayer *self, float x, float y)
{
    MpGraphics *graphics = self->map->graphics;
    const MpColor color = graphics->color;
    Range range;
    x += self->x;
    y += self->y;
    if (!find_range(self, x, y, &range))
        return;
    /* The native function: drawing is a leaf. */
    MP_NATIVE(mp_graphics_set_color)
    (graphics, (MpColor){color.r, color.g, color.b, color.a * self->opacity});
    for (int tileset = 0; tileset < self->map->content->tileset_count; tileset++)
        draw_cells(self, tileset, &range, x, y);
    MP_NATIVE(mp_graphics_set_color)(graphics, color);
}

void MP_NATIVE(mp_tile_layer_draw)(const MpTileLayer *self, float x, float y)
{
    draw_layer(self, x, y);
}

void MP_NATIVE(mp_tile_map_draw)(const MpTileMap *self, float x, float y)
{
    for (int i = 0; i < self->content->layer_count; i++) {
        if (self->content->layers[i]->visible)
            draw_layer(self->content->layers[i], x, y);
    }
}
