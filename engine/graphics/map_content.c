#include "graphics/map_content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the reader is. */
typedef struct Reader {
    MpMapContent *content;
    const MpVfs *vfs;
    MpMapFiles *files;
    MpContentPlace place;
    MpError *error;
} Reader;

void mp_map_files_add(MpMapFiles *files, const MpVfs *vfs, const char *path)
{
    MpMapFile *file = &files->list[files->count++];
    snprintf(file->path, sizeof file->path, "%s", path);
    file->stat = (MpVfsStat){0};
    mp_vfs_stat(vfs, path, &file->stat, NULL);
}

const MpTileset *mp_map_content_tile(const MpMapContent *content, int tile, int *id)
{
    if (tile < 1 || tile >= content->tile_count || content->owners[tile] == 0)
        return NULL;
    const MpTileset *tileset = &content->tilesets[content->owners[tile] - 1];
    *id = tile - tileset->first;
    return tileset;
}

static bool fail(const Reader *reader, const char *why)
{
    return mp_content_fail(&reader->place, MP_FORMAT, reader->error, "%s", why);
}

static bool check_kind(const Reader *reader)
{
    const json_t *document = reader->content->document;
    if (strcmp(mp_content_string(document, "type"), "map") != 0)
        return fail(reader, "it is not a map of Tiled");
    if (strcmp(mp_content_string(document, "orientation"), "orthogonal") != 0)
        return fail(reader, "only orthogonal maps are read: in Tiled, Map > Map Properties > "
                            "Orientation");
    if (json_is_true(json_object_get(document, "infinite")))
        return fail(reader, "infinite maps are not read: in Tiled, Map > Map Properties, untick "
                            "'Infinite'");
    return true;
}

static bool read_size(const Reader *reader)
{
    MpMapContent *content = reader->content;
    const MpIntRange side = {1, MP_TILE_MAP_SIDE_LIMIT}, pixels = {1, MP_TILE_SIZE_LIMIT};
    const json_t *document = content->document;
    if (!mp_content_int(document, "width", &side, &content->columns, &reader->place,
                        reader->error) ||
        !mp_content_int(document, "height", &side, &content->rows, &reader->place, reader->error) ||
        !mp_content_int(document, "tilewidth", &pixels, &content->tile_width, &reader->place,
                        reader->error) ||
        !mp_content_int(document, "tileheight", &pixels, &content->tile_height, &reader->place,
                        reader->error))
        return false;
    if (!content->columns || !content->rows || !content->tile_width || !content->tile_height)
        return fail(reader, "'width', 'height', 'tilewidth' and 'tileheight' are needed");
    return true;
}

static bool read_external(const Reader *reader, MpTileset *tileset, const char *source)
{
    char path[MP_VFS_PATH_LIMIT + 1];
    if (!mp_content_resolve(reader->place.path, source, path, reader->error))
        return false;
    mp_map_files_add(reader->files, reader->vfs, path);
    json_t *document = mp_content_load(reader->vfs, path, reader->error);
    bool done = document && mp_tileset_read(tileset, document, path, reader->error);
    json_decref(document);
    return done;
}

static int greater(int a, int b) { return a > b ? a : b; }

/* What of a tile lies outside of its cell, in whichever direction. */
static int reach_of(const MpMapContent *content, const MpTileset *tileset)
{
    int side = greater(tileset->tile_width, tileset->tile_height);
    int out = greater(side - content->tile_width, side - content->tile_height);
    return greater(out, 0) + greater(abs(tileset->offset_x), abs(tileset->offset_y));
}

static bool own_tiles(const Reader *reader, const MpTileset *tileset)
{
    MpMapContent *content = reader->content;
    int end = tileset->first + tileset->count;
    if (tileset->first < content->tile_count)
        return fail(reader, "the numbers of two tilesets overlap");
    uint8_t *owners = realloc(content->owners, (size_t)end);
    if (!owners)
        return mp_content_fail(&reader->place, MP_MEMORY, reader->error, "no memory");
    content->owners = owners;
    memset(owners + content->tile_count, 0, (size_t)(tileset->first - content->tile_count));
    memset(owners + tileset->first, content->tileset_count, (size_t)tileset->count);
    content->tile_count = end;
    content->reach = greater(content->reach, reach_of(content, tileset));
    return true;
}

static bool read_tileset(const Reader *reader, json_t *entry)
{
    MpMapContent *content = reader->content;
    if (content->tileset_count == MP_TILE_MAP_TILESET_LIMIT)
        return mp_content_fail(&reader->place, MP_LIMIT, reader->error, "more than %d tilesets",
                               MP_TILE_MAP_TILESET_LIMIT);
    MpTileset *tileset = &content->tilesets[content->tileset_count++];
    const char *source = mp_content_string(entry, "source");
    if (*source ? !read_external(reader, tileset, source)
                : !mp_tileset_read(tileset, entry, reader->place.path, reader->error))
        return false;
    const MpIntRange tiles = {1, MP_TILE_MAP_TILE_LIMIT - tileset->count};
    if (!mp_content_int(entry, "firstgid", &tiles, &tileset->first, &reader->place, reader->error))
        return false;
    if (tileset->first == 0)
        return fail(reader, "a tileset has no 'firstgid'");
    return own_tiles(reader, tileset);
}

static bool read_layer(const Reader *reader, json_t *layer)
{
    const char *type = mp_content_string(layer, "type");
    const MpContentPlace place = {reader->place.path, "layer", mp_content_string(layer, "name")};
    if (strcmp(type, "tilelayer") == 0)
        return mp_map_read_tile_layer(reader->content, layer, &place, reader->error);
    if (strcmp(type, "objectgroup") == 0)
        return mp_map_read_object_layer(reader->content, layer, &place, reader->error);
    if (strcmp(type, "group") == 0)
        return mp_content_fail(&place, MP_FORMAT, reader->error,
                               "groups are not read: in Tiled, Layer > Ungroup Layers");
    return mp_content_fail(&place, MP_FORMAT, reader->error,
                           "only layers of tiles and of objects are read; this one is of the type "
                           "'%s'",
                           type);
}

static bool read_all(const Reader *reader)
{
    size_t index;
    json_t *entry;
    if (!check_kind(reader) || !read_size(reader))
        return false;
    reader->content->tile_count = 0;
    json_array_foreach (json_object_get(reader->content->document, "tilesets"), index, entry) {
        if (!read_tileset(reader, entry))
            return false;
    }
    json_array_foreach (json_object_get(reader->content->document, "layers"), index, entry) {
        if (!read_layer(reader, entry))
            return false;
    }
    return true;
}

MpMapContent *mp_map_content_read(json_t *document, const MpVfs *vfs, const char *path,
                                  MpMapFiles *files, MpError *error)
{
    MpMapContent *content = calloc(1, sizeof *content);
    if (!content) {
        mp_error_set(error, MP_MEMORY, "no memory for the map '%s'", path);
        return NULL;
    }
    content->document = json_incref(document);
    if (read_all(&(Reader){content, vfs, files, {.path = path}, error}))
        return content;
    mp_map_content_destroy(content);
    return NULL;
}

void mp_map_content_destroy(MpMapContent *content)
{
    if (!content)
        return;
    for (int i = 0; i < content->layer_count; i++)
        mp_tile_layer_destroy(content->layers[i]);
    for (int i = 0; i < content->object_count; i++)
        mp_map_object_destroy(content->objects[i]);
    for (int i = 0; i < content->tileset_count; i++)
        mp_tileset_finish(&content->tilesets[i]);
    free(content->objects);
    free(content->owners);
    json_decref(content->document);
    free(content);
}
