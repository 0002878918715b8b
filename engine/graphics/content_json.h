/*
 * graphics/content_json.h - reads the JSON files of editors (maps of Tiled, atlases), which are not
 * trusted.
 *
 *     const MpContentPlace place = {"assets/maps/moon.tmj", "layer", "ground"};
 *     int width = 0;
 *     if (!mp_content_int(layer, "width", &(MpIntRange){1, 4096}, &width, &place, &error))
 *         "'assets/maps/moon.tmj': layer 'ground': 'width' is a whole number from 1 to 4096"
 */
#ifndef MP_CONTENT_JSON_H
#define MP_CONTENT_JSON_H

#include "moonpatch/error.h"
#include "vfs/vfs.h"

#include <jansson.h>
#include <stdbool.h>

/** Largest file, bytes: its tree takes up to twenty times as much while it is read. */
enum { MP_CONTENT_FILE_LIMIT = 8 << 20 };

/** Where the reader is, for messages; only `path` is needed. */
typedef struct MpContentPlace {
    const char *path;
    const char *kind; /**< "layer", "tileset", "frame" */
    const char *name;
} MpContentPlace;

typedef struct MpIntRange {
    int low, high;
} MpIntRange;

/** Writes a message that begins with the place; always false. */
MP_PRINTF(4, 5)
bool mp_content_fail(const MpContentPlace *place, MpStatus status, MpError *error,
                     const char *format, ...);

/**
 * The JSON object in a file.
 * Ownership: the caller passes it to json_decref.
 * Errors: those of mp_vfs_read; MP_FORMAT.
 */
json_t *mp_content_load(const MpVfs *vfs, const char *path, MpError *error);

/** Whether it is not one of Tiled's older files by its name. Errors: MP_FORMAT. */
bool mp_content_check_name(const char *path, MpError *error);

/** The same as mp_content_load, of text that was read already. */
json_t *mp_content_parse(const char *text, size_t size, const char *path, MpError *error);

/** A member that is a whole number. Without it, `*value` stays. Errors: MP_FORMAT. */
bool mp_content_int(const json_t *object, const char *key, const MpIntRange *range, int *value,
                    const MpContentPlace *place, MpError *error);

/** A member that is a number. Without it, `*value` stays. Errors: MP_FORMAT. */
bool mp_content_float(const json_t *object, const char *key, float *value,
                      const MpContentPlace *place, MpError *error);

/** A member that is text; "" without it. The object's. */
const char *mp_content_string(const json_t *object, const char *key);

/**
 * The path of a file that another one names: relative to that one's folder.
 * `path` has room for MP_VFS_PATH_LIMIT + 1 bytes.
 * Errors: MP_REFUSED when it leads out of the game's files, MP_LIMIT when it is too long.
 */
bool mp_content_resolve(const char *base, const char *relative, char *path, MpError *error);

/* What a list of custom properties says; `properties` may be anything. See tiled.h. */
bool mp_content_property_flag(const json_t *properties, const char *name, bool otherwise);
double mp_content_property_number(const json_t *properties, const char *name, double otherwise);
const char *mp_content_property_text(const json_t *properties, const char *name,
                                     const char *otherwise);

#endif
