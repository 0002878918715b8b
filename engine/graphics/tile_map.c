#include "tile_map.gen.h"

#include "graphics/map_content.h"

#include <math.h>
#include <string.h>

/* Beyond that lies no map. */
static const float far = 1 << 24;

/* Which cell a point is in, from 0; somewhere outside for what is no number. */
static int cell_of(float pixels, int size)
{
    if (!(fabsf(pixels) < far))
        return -1;
    return (int)floorf(pixels / (float)size);
}

static uint32_t *cell_at(const MpTileLayer *layer, int column, int row)
{
    if (column < 0 || row < 0 || column >= layer->columns || row >= layer->rows)
        return NULL;
    return &layer->cells[row * layer->columns + column];
}

static bool is_solid(const MpMapContent *content, const uint32_t *cell)
{
    int id;
    const MpTileset *tileset =
        cell ? mp_map_content_tile(content, (int)(*cell & MP_CELL_TILE), &id) : NULL;
    return tileset && tileset->solid[id];
}

bool MP_NATIVE(mp_tile_map_solid_at)(const MpTileMap *self, float x, float y)
{
    const MpMapContent *content = self->content;
    for (int i = 0; i < content->layer_count; i++) {
        const MpTileLayer *layer = content->layers[i];
        int column = cell_of(x - layer->x, self->tile_width);
        int row = cell_of(y - layer->y, self->tile_height);
        if (is_solid(content, cell_at(layer, column, row)))
            return true;
    }
    return false;
}

int MP_NATIVE(mp_tile_map_cell_at)(const MpTileMap *self, float x, float y, int *row)
{
    *row = cell_of(y, self->tile_height) + 1;
    return cell_of(x, self->tile_width) + 1;
}

void MP_NATIVE(mp_tile_map_update)(MpTileMap *self, float seconds)
{
    if (!(seconds > 0 && seconds < far))
        return;
    self->milliseconds += (double)seconds * 1000;
    for (int i = 0; i < self->content->tileset_count; i++)
        mp_tileset_animate(&self->content->tilesets[i], self->milliseconds);
}

MpTileLayer *MP_NATIVE(mp_tile_map_layer)(const MpTileMap *self, const char *name, MpError *error)
{
    for (int i = 0; i < self->content->layer_count; i++) {
        if (strcmp(self->content->layers[i]->name, name) == 0)
            return self->content->layers[i];
    }
    mp_error_set(error, MP_INVALID, "'%s' has no layer of tiles that is called '%s'",
                 self->asset.path, name);
    return NULL;
}

MpTileLayer *const *MP_NATIVE(mp_tile_map_layers)(const MpTileMap *self, int *count)
{
    *count = self->content->layer_count;
    return self->content->layers;
}

MpMapObject *const *MP_NATIVE(mp_tile_map_objects)(const MpTileMap *self, const char *layer,
                                                   int *count, MpError *error)
{
    const MpMapContent *content = self->content;
    *count = content->object_count;
    if (!layer)
        return content->objects;
    for (int i = 0; i < content->object_layer_count; i++) {
        if (strcmp(content->object_layers[i].name, layer) == 0) {
            *count = content->object_layers[i].count;
            return content->objects + content->object_layers[i].first;
        }
    }
    *count = 0;
    mp_error_set(error, MP_INVALID, "'%s' has no layer of objects that is called '%s'",
                 self->asset.path, layer);
    return NULL;
}

MpMapObject *MP_NATIVE(mp_tile_map_object)(const MpTileMap *self, const char *name)
{
    for (int i = 0; i < self->content->object_count; i++) {
        if (strcmp(self->content->objects[i]->name, name) == 0)
            return self->content->objects[i];
    }
    return NULL;
}

static const json_t *properties_of(const MpTileMap *self, int tile)
{
    int id;
    const MpTileset *tileset = mp_map_content_tile(self->content, tile, &id);
    return tileset ? tileset->properties[id] : NULL;
}

bool MP_NATIVE(mp_tile_map_tile_flag)(const MpTileMap *self, int tile, const char *name,
                                      bool otherwise)
{
    return mp_content_property_flag(properties_of(self, tile), name, otherwise);
}

double MP_NATIVE(mp_tile_map_tile_number)(const MpTileMap *self, int tile, const char *name,
                                          double otherwise)
{
    return mp_content_property_number(properties_of(self, tile), name, otherwise);
}

const char *MP_NATIVE(mp_tile_map_tile_text)(const MpTileMap *self, int tile, const char *name,
                                             const char *otherwise)
{
    return mp_content_property_text(properties_of(self, tile), name, otherwise);
}

/* In Tiled's order, from the highest bit: across, down, diagonal. */
static const struct {
    uint32_t bit;
    MpTileFlip flip;
} flips[] = {
    {0x80000000u, MP_TILE_FLIP_ACROSS},
    {0x40000000u, MP_TILE_FLIP_DOWN},
    {0x20000000u, MP_TILE_FLIP_DIAGONAL},
};

MpTileFlip mp_cell_flip(uint32_t cell)
{
    unsigned flip = 0;
    for (int i = 0; i < 3; i++)
        flip |= cell & flips[i].bit ? (unsigned)flips[i].flip : 0;
    return (MpTileFlip)flip;
}

int MP_NATIVE(mp_tile_layer_get)(const MpTileLayer *self, int column, int row, MpTileFlip *flip)
{
    const uint32_t *cell = cell_at(self, column - 1, row - 1);
    *flip = mp_cell_flip(cell ? *cell : 0);
    return cell ? (int)(*cell & MP_CELL_TILE) : 0;
}

bool MP_NATIVE(mp_tile_layer_set)(MpTileLayer *self, int column, int row, int tile, MpTileFlip flip)
{
    int id;
    uint32_t *cell = cell_at(self, column - 1, row - 1);
    if (!cell || (tile != 0 && !mp_map_content_tile(self->map->content, tile, &id)))
        return false;
    *cell = (uint32_t)tile;
    for (int i = 0; i < 3; i++)
        *cell |= (unsigned)flip & (unsigned)flips[i].flip ? flips[i].bit : 0;
    return true;
}
