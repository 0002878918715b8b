/*
 * graphics/atlas.h - one picture with many sprites in it, and a list of what is where.
 *
 *     MpAtlas *ships = mp_graphics_load_atlas(graphics, "assets/ships.json", &error);
 *     const MpFrame *scout = mp_atlas_frame(ships, "scout", &error);
 *     each frame: mp_frame_draw(scout, graphics, x, y, angle, 1, 1);
 *
 * What is read is the JSON that TexturePacker and Aseprite export, as a hash or as an array: the
 * part of the picture, what was trimmed off, the pivot, and how long an animation shows it. Frames
 * that were turned in the picture are refused.
 *
 * When the list or the picture changes, frames whose names stay are the same objects with the new
 * content. Those that are no longer in the list draw nothing, and the first try of each is logged.
 *
 * Thread: all functions on the main thread, but mp_atlas_list_parse.
 */
#ifndef MP_ATLAS_H
#define MP_ATLAS_H

#include "graphics/graphics.h"
#include "graphics/texture.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stddef.h>

enum { MP_ATLAS_FRAME_LIMIT = 16384, MP_ATLAS_FILE_LIMIT = 8 << 20 };

/** One sprite of an atlas. */
typedef struct MP_CLASS MP_OPAQUE MpFrame {
    MpObject object;
    MP_READONLY const char *name; /**< As in the list. */
    MP_READONLY int width;        /**< As it was before it was trimmed, pixels. */
    MP_READONLY int height;       /**< The same. */
    MP_READONLY float pivot_x;    /**< What lands where it is drawn, pixels from its left edge. */
    MP_READONLY float pivot_y;    /**< The same from its upper edge. */
    MP_READONLY int milliseconds; /**< How long an animation shows it; 0: the list does not say. */
    MpRect source;                /**< In the picture; empty: not in the list any more. */
    float left, top;              /**< Where that part begins, from the untrimmed corner. */
    bool is_listed;
    bool is_missed; /**< It was drawn after it went, and the log has a line of it. */
    struct MpAtlas *atlas;
} MpFrame;

/** A picture and its frames. */
typedef struct MP_CLASS MP_OPAQUE MpAtlas {
    MpObject object;
    MP_READONLY MpTexture *texture; /**< The picture. */
    MP_READONLY int count;          /**< Frames in the list. */
    MpAsset asset;
    MpFrame **frames; /**< In the order of the list; from `count` on those that are gone. */
    int known;        /**< With those that are gone. */
    struct MpAtlas *next;
} MpAtlas;

/** A list that was read; zero means empty. Frames are not registered, and own their names. */
typedef struct MpAtlasList {
    char *image; /**< Path of the picture, from the top of the vfs. */
    MpFrame **frames;
    int count;
} MpAtlasList;

/**
 * Reads the text of a list. `path` is where it came from: its folder is the picture's.
 * Ownership: the caller passes `list` to mp_atlas_list_finish when this succeeded.
 * Errors: MP_FORMAT with the frame's name, MP_LIMIT, MP_REFUSED, MP_MEMORY. Thread: any.
 */
bool mp_atlas_list_parse(const char *text, size_t size, const char *path, MpAtlasList *list,
                         MpError *error);

/** Takes a list of zeroes. */
void mp_atlas_list_finish(MpAtlasList *list);

/**
 * Moves the list's content into the atlas; `texture` is the picture it names.
 * Errors: MP_FORMAT when a frame does not fit into the picture, MP_MEMORY; the atlas then stays.
 */
bool mp_atlas_set(MpAtlas *self, MpAtlasList *list, MpTexture *texture, MpError *error);

/** Somebody draws a frame that is not in the list any more: tells the log, once. */
void mp_frame_miss(MpFrame *self);

/** Frees the atlas, not its picture. Takes NULL and half-made ones. */
void mp_atlas_destroy(MpAtlas *self);

/**
 * The atlas of a JSON file; the same path gives the same atlas.
 * Ownership: graphics keeps it until the end.
 * Errors: no such file, a mistake in it, a frame that does not fit into the picture, or a picture
 * that cannot be loaded.
 */
MP_METHOD MpAtlas *mp_graphics_load_atlas(MpGraphics *self, const char *path, MpError *error);

/**
 * The frame of that name; the same name gives the same frame.
 * Ownership: the atlas's. Errors: MP_INVALID when there is none.
 */
MP_METHOD MpFrame *mp_atlas_frame(const MpAtlas *self, const char *name, MpError *error);

/** The frame with that number, from 1 in the order of the list; nil beyond it. */
MP_METHOD MpFrame *mp_atlas_at(const MpAtlas *self, int number);

/** The mount that the list came from: a folder or a bundle. */
MP_LEAF MP_GETTER const char *mp_atlas_get_source(const MpAtlas *self);

/**
 * Draws the frame with its pivot at `x`, `y`, turned by `angle` radians clockwise around it.
 * `scale_x` and `scale_y` stretch it, negative ones mirror it.
 */
MP_LEAF void mp_frame_draw(const MpFrame *self, MpGraphics *graphics, float x, float y, float angle,
                           float scale_x, float scale_y);

#endif
