/*
 * graphics/tile_map.h - maps of tiles, made in the map editor Tiled (https://www.mapeditor.org).
 *
 *     MpTileMap *map = mp_graphics_load_tile_map(graphics, "assets/maps/moon.tmj", &error);
 *     MpTileLayer *ground = mp_tile_map_layer(map, "ground", &error);
 *     each step:  mp_tile_map_update(map, 1 / 60.0f);
 *     each frame: mp_tile_map_draw(map, 0, 0);
 *     if (mp_tile_map_solid_at(map, rover->x, rover->y))
 *         mp_tile_layer_set(ground, 3, 4, 0, 0);
 *
 * What is read is Tiled's JSON (.tmj, .tsj): orthogonal maps of fixed size, layers of tiles as CSV,
 * layers of objects, tilesets of one picture in the map or in files of their own, animated tiles,
 * custom properties. What is not read is refused, with the setting in Tiled that helps; parallax
 * and the tints of layers are left out of account.
 *
 * When a file of the map changes, the same map has the new content, and so have layers whose names
 * stay. What was set in cells is then gone, objects are new ones, and `revision` has changed.
 *
 * Glossary
 *   tile    a number from 1, over all tilesets as Tiled counts them; 0 is none
 *   cell    a place for a tile: a column and a row, both from 1
 *   solid   a tile that has the custom property "solid" of the type bool, and ticked
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_TILE_MAP_H
#define MP_TILE_MAP_H

#include "graphics/graphics.h"
#include "graphics/tiled.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"

#include <stdbool.h>
#include <stdint.h>

struct MpMapContent;

enum {
    MP_TILE_MAP_SIDE_LIMIT = 4096,
    MP_TILE_MAP_CELL_LIMIT = 4 << 20, /**< Of all layers together. */
    MP_TILE_MAP_LAYER_LIMIT = 64,     /**< Of tiles and of objects. */
    MP_TILE_MAP_TILESET_LIMIT = 64,
    MP_TILE_MAP_TILE_LIMIT = 1 << 20, /**< Of all tilesets together. */
    MP_TILE_MAP_OBJECT_LIMIT = 65536,
    MP_TILE_MAP_POINT_LIMIT = 4096, /**< Of one object. */
};

/** How a tile lies in its cell: mirrored at the diagonal first, then across and down. */
typedef enum MP_FLAGS MpTileFlip {
    MP_TILE_FLIP_NONE = 0,     /**< As in the picture. */
    MP_TILE_FLIP_ACROSS = 1,   /**< Left and right change places. */
    MP_TILE_FLIP_DOWN = 2,     /**< Up and down change places. */
    MP_TILE_FLIP_DIAGONAL = 4, /**< Rows and columns of pixels change places. */
} MpTileFlip;

/** A layer of tiles. */
typedef struct MP_CLASS MpTileLayer {
    MpTiled tiled;
    MP_READONLY const char *name; /**< As in Tiled. */
    MP_READONLY int columns;      /**< Cells from left to right. */
    MP_READONLY int rows;         /**< Cells from the top down. */
    MP_PROPERTY bool visible;     /**< Whether the map draws it. */
    MP_PROPERTY float opacity;    /**< From 0 to 1. */
    MP_PROPERTY float x;          /**< Its offset in the map, pixels to the right. */
    MP_PROPERTY float y;          /**< Its offset in the map, pixels downwards. */
    const struct MpTileMap *map;
    uint32_t *cells; /**< As Tiled writes them: the tile, and flips in the highest bits. */
} MpTileLayer;

/** What an object is drawn as in Tiled. */
typedef enum MP_ENUM MpMapShape {
    MP_MAP_SHAPE_RECTANGLE, /**< By x, y, width and height. */
    MP_MAP_SHAPE_POINT,     /**< At x, y. */
    MP_MAP_SHAPE_ELLIPSE,   /**< In the rectangle of x, y, width and height. */
    MP_MAP_SHAPE_POLYGON,   /**< Of `points`; the last one is joined to the first. */
    MP_MAP_SHAPE_POLYLINE,  /**< Of `points`. */
    MP_MAP_SHAPE_TILE,      /**< `tile`, with its lower left corner at x, y. */
    MP_MAP_SHAPE_TEXT,      /**< In the rectangle of x, y, width and height. */
} MpMapShape;

/** An object of a map: a starting point, a door, a path. */
typedef struct MP_CLASS MP_OPAQUE MpMapObject {
    MpTiled tiled;
    MP_READONLY int id;                                    /**< Its number in the map. */
    MP_READONLY const char *name;                          /**< As in Tiled, maybe empty. */
    MP_READONLY const char *kind;                          /**< Its class in Tiled, maybe empty. */
    MP_READONLY const char *layer;                         /**< Name of its layer. */
    MP_READONLY MpMapShape shape;                          /**< What x, y, width, height mean. */
    MP_READONLY float x;                                   /**< Pixels from the map's left edge. */
    MP_READONLY float y;                                   /**< Pixels from the map's upper edge. */
    MP_READONLY float width;                               /**< Pixels. */
    MP_READONLY float height;                              /**< Pixels. */
    MP_READONLY float angle;                               /**< Around x, y, radians clockwise. */
    MP_READONLY int tile;                                  /**< 0: none. */
    MP_READONLY bool visible;                              /**< Whether Tiled shows it. */
    MP_READONLY MP_COUNT(point_count) const float *points; /**< x, y of each, from the object's. */
    int point_count;                                       /**< Numbers in `points`. */
} MpMapObject;

/** A map of tiles. */
typedef struct MP_CLASS MpTileMap {
    MpTiled tiled;
    MP_READONLY int columns;     /**< Cells from left to right. */
    MP_READONLY int rows;        /**< Cells from the top down. */
    MP_READONLY int tile_width;  /**< Of a cell, pixels. */
    MP_READONLY int tile_height; /**< Of a cell, pixels. */
    MP_READONLY int revision;    /**< How often its files were read, from 1. */
    MpAsset asset;
    MpGraphics *graphics; /**< Owns the map. */
    double milliseconds;  /**< Of its animations. */
    struct MpMapContent *content;
    struct MpMapFiles *files; /**< Of tilesets and missing pictures, as they were read last. */
    struct MpTileMap *next;
} MpTileMap;

/**
 * The map of a .tmj file; the same path gives the same map.
 * Ownership: graphics keeps it until the end.
 * Errors: no such file, a mistake in it, something that is not read, or a picture that cannot be
 * loaded.
 */
MP_METHOD MpTileMap *mp_graphics_load_tile_map(MpGraphics *self, const char *path, MpError *error);

/** Draws the layers of tiles that can be seen, the map's upper left corner at `x`, `y`. */
MP_LEAF void mp_tile_map_draw(const MpTileMap *self, MP_DEFAULT(0) float x, MP_DEFAULT(0) float y);

/** Lets `seconds` pass for animated tiles. */
MP_LEAF void mp_tile_map_update(MpTileMap *self, float seconds);

/** Whether a solid tile of any layer is at a point of the map, pixels. Flips do not matter. */
MP_LEAF bool mp_tile_map_solid_at(const MpTileMap *self, float x, float y);

/** The cell at a point of the map, pixels; it may lie outside of the map. */
MP_LEAF int mp_tile_map_cell_at(const MpTileMap *self, float x, float y, MP_OUT int *row);

/**
 * A layer of tiles by its name. It lives until a changed file has no layer of that name.
 * Errors: MP_INVALID when there is none.
 */
MP_METHOD MpTileLayer *mp_tile_map_layer(const MpTileMap *self, const char *name, MpError *error);

/** All layers of tiles, those that are drawn first first. */
MP_METHOD MP_COUNT(count)
MpTileLayer *const *mp_tile_map_layers(const MpTileMap *self, MP_OUT int *count);

/**
 * The objects of a layer, or of all without a name. They live until a file of the map has changed.
 * Errors: MP_INVALID when there is no layer of objects of that name.
 */
MP_METHOD MP_COUNT(count)
MpMapObject *const *mp_tile_map_objects(const MpTileMap *self, MP_OPTIONAL const char *layer,
                                        MP_OUT int *count, MpError *error);

/** The first object of that name; nil: there is none. */
MP_LEAF MpMapObject *mp_tile_map_object(const MpTileMap *self, const char *name);

/** A tile's custom property that is true or false; `otherwise` when there is none such. */
MP_LEAF bool mp_tile_map_tile_flag(const MpTileMap *self, int tile, const char *name,
                                   MP_DEFAULT(false) bool otherwise);

/** A tile's custom property that is a number; `otherwise` when there is none such. */
MP_LEAF double mp_tile_map_tile_number(const MpTileMap *self, int tile, const char *name,
                                       MP_DEFAULT(0) double otherwise);

/** A tile's custom property that is text; `otherwise` when there is none such. */
MP_LEAF const char *mp_tile_map_tile_text(const MpTileMap *self, int tile, const char *name,
                                          MP_DEFAULT("") const char *otherwise);

/** Draws the layer, visible or not, the map's upper left corner at `x`, `y`. */
MP_LEAF void mp_tile_layer_draw(const MpTileLayer *self, MP_DEFAULT(0) float x,
                                MP_DEFAULT(0) float y);

/** The tile in a cell, 0 in an empty one and outside of the map; and how it lies there. */
MP_LEAF int mp_tile_layer_get(const MpTileLayer *self, int column, int row,
                              MP_OUT MpTileFlip *flip);

/** Puts a tile into a cell. False: no such cell, or no tileset has such a tile. */
MP_LEAF bool mp_tile_layer_set(MpTileLayer *self, int column, int row, int tile,
                               MP_DEFAULT(MP_TILE_FLIP_NONE) MpTileFlip flip);

/* ---- for graphics ---------------------------------------------------------------------------- */

/** Takes NULL. */
void mp_tile_map_destroy(MpTileMap *self);

/**
 * Has the next mp_assets_check load those again of which another file than the map's own has
 * changed.
 */
void mp_tile_maps_check(MpGraphics *graphics);

#endif
