#include "tile_map.gen.h"

#include "graphics.gen.h"
#include "graphics/map_content.h"

#include <stdlib.h>
#include <string.h>

/* The native function: a map that is read again must not run scripts. */
static bool load_textures(MpTileMap *self, MpMapContent *content, MpError *error)
{
    for (int i = 0; i < content->tileset_count; i++) {
        MpTileset *tileset = &content->tilesets[i];
        tileset->texture =
            MP_NATIVE(mp_graphics_load_texture)(self->graphics, tileset->image, error);
        if (!tileset->texture) {
            /* The map may be good, and will not change when its picture comes. */
            mp_map_files_add(self->files, self->graphics->vfs, tileset->image);
            return false;
        }
        MpRect last = mp_tileset_source(tileset, tileset->count - 1);
        if (last.x + last.width > (float)tileset->texture->width ||
            last.y + last.height > (float)tileset->texture->height) {
            mp_map_files_add(self->files, self->graphics->vfs, tileset->image);
            mp_error_set(error, MP_FORMAT, "'%s': its %d tiles do not fit into '%s'",
                         self->asset.path, tileset->count, tileset->image);
            return false;
        }
    }
    return true;
}

/* The layer of that name among the old ones, taken out of them. */
static MpTileLayer *take_layer(MpMapContent *old, const char *name)
{
    for (int i = 0; old && i < old->layer_count; i++) {
        MpTileLayer *layer = old->layers[i];
        if (layer && strcmp(layer->name, name) == 0) {
            old->layers[i] = NULL;
            return layer;
        }
    }
    return NULL;
}

/* Scripts may hold the old layer: it gets what the new one has. */
static MpTileLayer *become(MpTileLayer *old, MpTileLayer *fresh)
{
    MpTileLayer content = *fresh;
    content.tiled.object = old->tiled.object;
    fresh->cells = old->cells;
    *old = content;
    mp_tile_layer_destroy(fresh);
    return old;
}

static void adopt(MpTileMap *self, MpMapContent *content)
{
    MpMapContent *old = self->content;
    for (int i = 0; i < content->layer_count; i++) {
        MpTileLayer *layer = content->layers[i], *known = take_layer(old, layer->name);
        if (known)
            content->layers[i] = become(known, layer);
        else
            mp_object_init(&layer->tiled.object, &mp_class_MpTileLayer);
        content->layers[i]->map = self;
    }
    for (int i = 0; i < content->object_count; i++)
        mp_object_init(&content->objects[i]->tiled.object, &mp_class_MpMapObject);
    mp_map_content_destroy(old);
    self->content = content;
}

/* What takes long of a map is to make numbers of its text. */
static bool decode_map(void *owner, const char *path, MpAssetFile *file, void **decoded,
                       MpError *error)
{
    (void)owner;
    *decoded = mp_content_parse(file->bytes, file->size, path, error);
    return *decoded != NULL;
}

static void discard_map(void *owner, void *decoded)
{
    (void)owner;
    json_decref(decoded);
}

/* Also for a map that is loaded already: on failure it keeps what it has. */
static bool swap_map(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)file;
    MpTileMap *self = asset->object;
    json_t *document = decoded;
    self->files->count = 0;
    MpMapContent *content =
        mp_map_content_read(document, self->graphics->vfs, asset->path, self->files, error);
    json_decref(document);
    if (!content || !load_textures(self, content, error)) {
        mp_map_content_destroy(content);
        return false;
    }
    adopt(self, content);
    self->tiled.properties = json_object_get(content->document, "properties");
    self->columns = content->columns;
    self->rows = content->rows;
    self->tile_width = content->tile_width;
    self->tile_height = content->tile_height;
    self->revision++;
    for (int i = 0; i < content->tileset_count; i++)
        mp_tileset_animate(&content->tilesets[i], self->milliseconds);
    return true;
}

static const MpAssetKind map_kind = {
    .limit = MP_CONTENT_FILE_LIMIT,
    .decode = decode_map,
    .swap = swap_map,
    .discard = discard_map,
    .is_last = true,
};

void mp_tile_map_destroy(MpTileMap *self)
{
    if (!self)
        return;
    mp_object_finish(&self->tiled.object);
    mp_asset_finish(&self->asset);
    mp_map_content_destroy(self->content);
    free(self->files);
    free(self);
}

static MpTileMap *create(MpGraphics *graphics, const char *path, MpError *error)
{
    MpTileMap *self = calloc(1, sizeof *self);
    MpMapFiles *files = calloc(1, sizeof *files);
    if (!self || !files) {
        mp_error_set(error, MP_MEMORY, "no memory for the map '%s'", path);
        free(self);
        free(files);
        return NULL;
    }
    self->graphics = graphics;
    self->files = files;
    if (!mp_asset_load(graphics->assets, &self->asset, &map_kind, self, graphics, path, error)) {
        mp_tile_map_destroy(self);
        return NULL;
    }
    mp_object_init(&self->tiled.object, &mp_class_MpTileMap);
    return self;
}

MpTileMap *MP_NATIVE(mp_graphics_load_tile_map)(MpGraphics *self, const char *path, MpError *error)
{
    for (MpTileMap *map = self->tile_maps; map; map = map->next) {
        if (strcmp(map->asset.path, path) == 0)
            return map;
    }
    MpTileMap *map = mp_content_check_name(path, error) ? create(self, path, error) : NULL;
    if (map) {
        map->next = self->tile_maps;
        self->tile_maps = map;
    }
    return map;
}

void mp_tile_maps_check(MpGraphics *graphics)
{
    for (MpTileMap *map = graphics->tile_maps; map; map = map->next) {
        for (int i = 0; i < map->files->count; i++) {
            MpMapFile *file = &map->files->list[i];
            MpVfsStat now = {0};
            mp_vfs_stat(graphics->vfs, file->path, &now, NULL);
            if (!mp_vfs_stat_same(&file->stat, &now))
                mp_asset_try_again(&map->asset);
            file->stat = now;
        }
    }
}
