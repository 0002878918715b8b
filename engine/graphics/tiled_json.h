/*
 * graphics/tiled_json.h - reads the JSON files of the map editor Tiled, which are not trusted.
 *
 *     const MpTiledPlace place = {"assets/maps/moon.tmj", "layer", "ground"};
 *     int width = 0;
 *     if (!mp_tiled_json_int(layer, "width", &(MpIntRange){1, 4096}, &width, &place, &error))
 *         "'assets/maps/moon.tmj': layer 'ground': 'width' is a whole number from 1 to 4096"
 */
#ifndef MP_TILED_JSON_H
#define MP_TILED_JSON_H

#include "moonpatch/error.h"
#include "vfs/vfs.h"

#include <jansson.h>
#include <stdbool.h>

/** Largest file, bytes: its tree takes up to twenty times as much while it is read. */
enum { MP_TILED_FILE_LIMIT = 8 << 20 };

/** Where the reader is, for messages; only `path` is needed. */
typedef struct MpTiledPlace {
    const char *path;
    const char *kind; /**< "layer", "tileset" */
    const char *name;
} MpTiledPlace;

typedef struct MpIntRange {
    int low, high;
} MpIntRange;

/** Writes a message that begins with the place; always false. */
MP_PRINTF(4, 5)
bool mp_tiled_fail(const MpTiledPlace *place, MpStatus status, MpError *error, const char *format,
                   ...);

/**
 * The JSON object in a file.
 * Ownership: the caller passes it to json_decref.
 * Errors: those of mp_vfs_read; MP_FORMAT.
 */
json_t *mp_tiled_load(const MpVfs *vfs, const char *path, MpError *error);

/** The same, of text that was read already. */
json_t *mp_tiled_parse(const char *text, size_t size, const char *path, MpError *error);

/** A member that is a whole number. Without it, `*value` stays. Errors: MP_FORMAT. */
bool mp_tiled_json_int(const json_t *object, const char *key, const MpIntRange *range, int *value,
                       const MpTiledPlace *place, MpError *error);

/** A member that is a number. Without it, `*value` stays. Errors: MP_FORMAT. */
bool mp_tiled_json_float(const json_t *object, const char *key, float *value,
                         const MpTiledPlace *place, MpError *error);

/** A member that is text; "" without it. The object's. */
const char *mp_tiled_json_string(const json_t *object, const char *key);

/**
 * The path of a file that another one names: relative to that one's folder.
 * `path` has room for MP_VFS_PATH_LIMIT + 1 bytes.
 * Errors: MP_REFUSED when it leads out of the game's files, MP_LIMIT when it is too long.
 */
bool mp_tiled_resolve(const char *base, const char *relative, char *path, MpError *error);

/* What a list of custom properties says; `properties` may be anything. See tiled.h. */
bool mp_tiled_json_flag(const json_t *properties, const char *name, bool otherwise);
double mp_tiled_json_number(const json_t *properties, const char *name, double otherwise);
const char *mp_tiled_json_text(const json_t *properties, const char *name, const char *otherwise);

#endif
