/*
 * graphics/tiled.h - what was made in the map editor Tiled and has custom properties there.
 *
 * Maps, their layers and their objects are derived from it (tile_map.h). Properties of the types
 * bool, int, float, object, string, color and file can be asked for by name; an object is its id,
 * a colour is text such as "#ff8000c0".
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_TILED_H
#define MP_TILED_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

#include <stdbool.h>

struct json_t;

/** Something with custom properties. */
typedef struct MP_CLASS MpTiled {
    MpObject object;
    struct json_t *properties; /**< Tiled's list of them; the map's. NULL: none. */
} MpTiled;

/** A property that is true or false; `otherwise` when there is none of that name and kind. */
MP_LEAF bool mp_tiled_flag(const MpTiled *self, const char *name, MP_DEFAULT(false) bool otherwise);

/** A property that is a number; `otherwise` when there is none of that name and kind. */
MP_LEAF double mp_tiled_number(const MpTiled *self, const char *name,
                               MP_DEFAULT(0) double otherwise);

/**
 * A property that is text; `otherwise` when there is none of that name and kind.
 * Ownership: the map's; valid until its file is read again.
 */
MP_LEAF const char *mp_tiled_text(const MpTiled *self, const char *name,
                                  MP_DEFAULT("") const char *otherwise);

#endif
