/*
 * Any bytes as a map of Tiled, and as a tileset. What is read holds only tiles that there are, in
 * layers of the map's size, and animations that end; what is not must say why.
 */
#include "fuzz.h"

#include "graphics/map_content.h"

#include <stdlib.h>

static void check_tileset(MpTileset *tileset)
{
    static const double moments[] = {0, 99, 1e12};
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        mp_tileset_animate(tileset, moments[i]);
        for (int id = 0; id < tileset->count; id++)
            fuzz_expect(tileset->shown[id] >= 0 && tileset->shown[id] < tileset->count,
                        "a tile shows what there is not");
    }
    MpRect last = mp_tileset_source(tileset, tileset->count - 1);
    fuzz_expect(last.x >= 0 && last.y >= 0 && last.width > 0 && last.height > 0,
                "a tile has no place in the picture");
}

static void check_map(const MpMapContent *map)
{
    for (int i = 0; i < map->layer_count; i++) {
        const MpTileLayer *layer = map->layers[i];
        fuzz_expect(layer->columns == map->columns && layer->rows == map->rows && layer->name,
                    "a layer is not of the map's size");
        for (int cell = 0; cell < layer->columns * layer->rows; cell++) {
            int id, tile = (int)(layer->cells[cell] & MP_CELL_TILE);
            const MpTileset *tileset = mp_map_content_tile(map, tile, &id);
            fuzz_expect(tile == 0 || (tileset && id >= 0 && id < tileset->count),
                        "a cell holds what no tileset has");
        }
    }
    for (int i = 0; i < map->object_count; i++)
        fuzz_expect(map->objects[i]->name && map->objects[i]->points, "an object is not whole");
}

/* Without a mount: maps name tilesets, but there are none. */
static const MpVfs *empty_vfs(void)
{
    static MpVfs *vfs;
    if (!vfs)
        vfs = mp_vfs_create(NULL, NULL);
    fuzz_expect(vfs != NULL, "no vfs");
    return vfs;
}

static void read_map(json_t *document)
{
    MpError error = {.status = MP_OK};
    MpMapFiles files = {0};
    MpMapContent *map = mp_map_content_read(document, empty_vfs(), "maps/a.tmj", &files, &error);
    fuzz_expect(map || (error.status != MP_OK && error.message[0]), "a refusal without a reason");
    if (!map)
        return;
    check_map(map);
    for (int i = 0; i < map->tileset_count; i++)
        check_tileset(&map->tilesets[i]);
    mp_map_content_destroy(map);
}

static void read_tileset(json_t *document)
{
    MpError error = {.status = MP_OK};
    MpTileset tileset = {0};
    if (mp_tileset_read(&tileset, document, "maps/a.tsj", &error))
        check_tileset(&tileset);
    else
        fuzz_expect(error.status != MP_OK && error.message[0], "a refusal without a reason");
    mp_tileset_finish(&tileset);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MpError error = {.status = MP_OK};
    char *text = fuzz_copy(data, size);
    json_t *document = mp_content_parse(text, size, "maps/a.tmj", &error);
    fuzz_expect(document || (error.status != MP_OK && error.message[0]),
                "a refusal without a reason");
    if (document) {
        read_tileset(document);
        read_map(document);
    }
    json_decref(document);
    free(text);
    return 0;
}
