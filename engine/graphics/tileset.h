/*
 * graphics/tileset.h - the tiles of a map: parts of one picture, in rows, with what Tiled says of
 * each.
 *
 * Glossary
 *   id     a tile's number within its tileset, from 0
 *   tile   a tile's number within its map, from 1: the tileset's `first` plus its id
 */
#ifndef MP_TILESET_H
#define MP_TILESET_H

#include "graphics/content_json.h"
#include "graphics/graphics.h"

enum {
    MP_TILESET_TILE_LIMIT = 65536,
    MP_TILESET_FRAME_LIMIT = 256,
    MP_TILE_SIZE_LIMIT = 1024, /**< Pixels to a side. */
};

typedef struct MpTileFrame {
    int id;
    int end; /**< When it ends, milliseconds from the animation's start. */
} MpTileFrame;

/** What `id` shows in turn. */
typedef struct MpTileAnimation {
    int id;
    int count;
    MpTileFrame *frames;
} MpTileAnimation;

/** A tileset; zeroes are none. */
typedef struct MpTileset {
    json_t *document; /**< Held. */
    char image[MP_VFS_PATH_LIMIT + 1];
    MpTexture *texture; /**< The one of `image`; graphics'. */
    int first;
    int count;
    int columns;
    int tile_width, tile_height;
    int margin, spacing; /**< Pixels around all tiles, and between two. */
    int offset_x, offset_y;
    json_t **properties; /**< Of each id, NULL for most; the document's. */
    bool *solid;         /**< Of each id. */
    int *shown;          /**< Which id each id shows now. */
    MpTileAnimation *animations;
    int animation_count;
} MpTileset;

/**
 * Reads a tileset's description. `path` is the file that it is in. The texture is the caller's
 * business.
 * Ownership: the caller passes it to mp_tileset_finish, also when it fails.
 * Errors: MP_FORMAT, MP_LIMIT, MP_REFUSED, MP_MEMORY.
 */
bool mp_tileset_read(MpTileset *tileset, json_t *document, const char *path, MpError *error);

/** Takes zeroes and half-read ones. */
void mp_tileset_finish(MpTileset *tileset);

/** Shows what animated tiles show `milliseconds` after their start. */
void mp_tileset_animate(MpTileset *tileset, double milliseconds);

/** Where an id is in the picture, pixels. */
MpRect mp_tileset_source(const MpTileset *tileset, int id);

#endif
