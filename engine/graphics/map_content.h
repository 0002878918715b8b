/*
 * graphics/map_content.h - what the files of a map say, read and checked.
 */
#ifndef MP_MAP_CONTENT_H
#define MP_MAP_CONTENT_H

#include "graphics/tile_map.h"
#include "graphics/tileset.h"

/** The bits of a cell that name a tile; above it are flips, and one bit of hexagonal maps. */
enum { MP_CELL_TILE = 0x0FFFFFFF };
#define MP_CELL_FLIPS 0xE0000000u

/** A file that was looked at. */
typedef struct MpMapFile {
    char path[MP_VFS_PATH_LIMIT + 1];
    MpVfsStat stat;
} MpMapFile;

/** Files of a map beside its own: when one is not what it was, the map is read again. */
typedef struct MpMapFiles {
    int count;
    MpMapFile list[2 * MP_TILE_MAP_TILESET_LIMIT];
} MpMapFiles;

typedef struct MpMapContent {
    json_t *document; /**< Held: names and properties are its. Without the cells. */
    int columns, rows;
    int tile_width, tile_height;
    int reach; /**< How far a tile may reach out of its cell, pixels. */
    int tileset_count;
    MpTileset tilesets[MP_TILE_MAP_TILESET_LIMIT]; /**< In the order of their tiles. */
    uint8_t *owners; /**< Of each tile, which tileset it is in, from 1; 0: none. */
    int tile_count;  /**< Of `owners`; its first one is of no tile. */
    int layer_count;
    MpTileLayer *layers[MP_TILE_MAP_LAYER_LIMIT]; /**< Those of tiles. */
    int object_layer_count;
    struct {
        const char *name;
        int first, count;
    } object_layers[MP_TILE_MAP_LAYER_LIMIT];
    int object_count;
    MpMapObject **objects;
} MpMapContent;

/**
 * Reads a map's document, and takes cells out of it. Its tilesets have no textures yet; `files`
 * gets what was looked at, also when it fails. Nothing is registered with the bridge. Ownership:
 * the caller passes the result to mp_map_content_destroy. Errors: those of mp_vfs_read, MP_FORMAT,
 * MP_LIMIT, MP_REFUSED, MP_MEMORY.
 */
MpMapContent *mp_map_content_read(json_t *document, const MpVfs *vfs, const char *path,
                                  MpMapFiles *files, MpError *error);

/** Unregisters layers and objects. Takes NULL and half-read content. */
void mp_map_content_destroy(MpMapContent *content);

/** Remembers a file as it is now. */
void mp_map_files_add(MpMapFiles *files, const MpVfs *vfs, const char *path);

/** The tileset of a tile, and its id there; NULL when there is none. */
const MpTileset *mp_map_content_tile(const MpMapContent *content, int tile, int *id);

/** How a cell's tile lies in it. */
MpTileFlip mp_cell_flip(uint32_t cell);

/* The readers of its parts, one file each. */

/** Adds a layer of tiles. `place` names it. */
bool mp_map_read_tile_layer(MpMapContent *content, json_t *layer, const MpContentPlace *place,
                            MpError *error);

/** Adds a layer of objects. */
bool mp_map_read_object_layer(MpMapContent *content, json_t *layer, const MpContentPlace *place,
                              MpError *error);

/* Both take NULL and what could not be read whole. */
void mp_tile_layer_destroy(MpTileLayer *layer);
void mp_map_object_destroy(MpMapObject *object);

#endif
