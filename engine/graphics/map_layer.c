#include "graphics/map_content.h"

#include <stdlib.h>

void mp_tile_layer_destroy(MpTileLayer *layer)
{
    if (!layer)
        return;
    mp_object_finish(&layer->tiled.object);
    free(layer->cells);
    free(layer);
}

static bool check_encoding(const json_t *layer, const MpContentPlace *place, MpError *error)
{
    if (json_is_array(json_object_get(layer, "data")))
        return true;
    return mp_content_fail(
        place, MP_FORMAT, error,
        "its tiles are %s: in Tiled, Map > Map Properties > Tile Layer Format: CSV",
        json_is_string(json_object_get(layer, "data")) ? "base64" : "missing");
}

static bool check_size(const MpMapContent *content, const json_t *layer,
                       const MpContentPlace *place, MpError *error)
{
    size_t cells = (size_t)content->columns * (size_t)content->rows;
    size_t given = json_array_size(json_object_get(layer, "data"));
    if (given != cells)
        return mp_content_fail(place, MP_FORMAT, error, "it has %zu cells, but the map has %zu",
                               given, cells);
    if (cells * (size_t)(content->layer_count + 1) > MP_TILE_MAP_CELL_LIMIT)
        return mp_content_fail(place, MP_LIMIT, error,
                               "the map has more than %d cells in all layers",
                               MP_TILE_MAP_CELL_LIMIT);
    return true;
}

static bool read_cells(const MpMapContent *content, MpTileLayer *layer, const json_t *data,
                       const MpContentPlace *place, MpError *error)
{
    size_t index;
    const json_t *number;
    json_array_foreach (data, index, number) {
        json_int_t cell = json_integer_value(number);
        int id, tile = (int)(cell & MP_CELL_TILE);
        if (!json_is_integer(number) || cell < 0 || cell > UINT32_MAX ||
            (tile && !mp_map_content_tile(content, tile, &id)))
            return mp_content_fail(
                place, MP_FORMAT, error, "column %zu of row %zu holds what no tileset has",
                index % (size_t)content->columns + 1, index / (size_t)content->columns + 1);
        layer->cells[index] = (uint32_t)cell;
    }
    return true;
}

/* Adds an empty layer. */
static MpTileLayer *add_layer(MpMapContent *content, const MpContentPlace *place, MpError *error)
{
    MpTileLayer *layer = calloc(1, sizeof *layer);
    uint32_t *cells = calloc((size_t)content->columns * (size_t)content->rows, sizeof *cells);
    if (!layer || !cells) {
        mp_content_fail(place, MP_MEMORY, error, "no memory");
        free(layer);
        free(cells);
        return NULL;
    }
    layer->cells = cells;
    content->layers[content->layer_count++] = layer;
    return layer;
}

bool mp_map_read_tile_layer(MpMapContent *content, json_t *source, const MpContentPlace *place,
                            MpError *error)
{
    if (content->layer_count == MP_TILE_MAP_LAYER_LIMIT)
        return mp_content_fail(place, MP_LIMIT, error, "more than %d layers",
                               MP_TILE_MAP_LAYER_LIMIT);
    if (!check_encoding(source, place, error) || !check_size(content, source, place, error))
        return false;
    MpTileLayer *layer = add_layer(content, place, error);
    if (!layer)
        return false;
    layer->tiled.properties = json_object_get(source, "properties");
    layer->name = mp_content_string(source, "name");
    layer->columns = content->columns;
    layer->rows = content->rows;
    layer->visible = !json_is_false(json_object_get(source, "visible"));
    layer->opacity = 1;
    if (!mp_content_float(source, "opacity", &layer->opacity, place, error) ||
        !mp_content_float(source, "offsetx", &layer->x, place, error) ||
        !mp_content_float(source, "offsety", &layer->y, place, error) ||
        !read_cells(content, layer, json_object_get(source, "data"), place, error))
        return false;
    /* Thirty bytes a cell that nobody needs any more. */
    json_object_del(source, "data");
    return true;
}
