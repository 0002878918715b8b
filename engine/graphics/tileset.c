#include "graphics/tileset.h"

#include <math.h>
#include <stdlib.h>

enum { LONGEST_FRAME_MS = 600000 };

typedef struct Number {
    const char *key;
    int *value;
    MpIntRange range;
} Number;

static bool read_numbers(MpTileset *tileset, const MpContentPlace *place, MpError *error)
{
    const MpIntRange size = {1, MP_TILE_SIZE_LIMIT}, gap = {0, MP_TILE_SIZE_LIMIT};
    const MpIntRange count = {1, MP_TILESET_TILE_LIMIT};
    const Number numbers[] = {
        {"tilewidth", &tileset->tile_width, size}, {"tileheight", &tileset->tile_height, size},
        {"tilecount", &tileset->count, count},     {"columns", &tileset->columns, count},
        {"margin", &tileset->margin, gap},         {"spacing", &tileset->spacing, gap},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const Number *number = &numbers[i];
        if (!mp_content_int(tileset->document, number->key, &number->range, number->value, place,
                            error))
            return false;
        if (*number->value < number->range.low)
            return mp_content_fail(place, MP_FORMAT, error, "'%s' is missing", number->key);
    }
    const MpIntRange offset = {-MP_TILE_SIZE_LIMIT, MP_TILE_SIZE_LIMIT};
    const json_t *shift = json_object_get(tileset->document, "tileoffset");
    return mp_content_int(shift, "x", &offset, &tileset->offset_x, place, error) &&
           mp_content_int(shift, "y", &offset, &tileset->offset_y, place, error);
}

static bool allocate(MpTileset *tileset, const MpContentPlace *place, MpError *error)
{
    size_t count = (size_t)tileset->count;
    tileset->properties = calloc(count, sizeof *tileset->properties);
    tileset->solid = calloc(count, sizeof *tileset->solid);
    tileset->shown = calloc(count, sizeof *tileset->shown);
    size_t described = json_array_size(json_object_get(tileset->document, "tiles"));
    tileset->animations = calloc(described + 1, sizeof *tileset->animations);
    if (!tileset->properties || !tileset->solid || !tileset->shown || !tileset->animations)
        return mp_content_fail(place, MP_MEMORY, error, "no memory");
    for (int id = 0; id < tileset->count; id++)
        tileset->shown[id] = id;
    return true;
}

/* The id that `object` names; -1 after the error was told. */
static int read_id(const MpTileset *tileset, const json_t *object, const char *key,
                   const MpContentPlace *place, MpError *error)
{
    int id = -1;
    const MpIntRange ids = {0, tileset->count - 1};
    if (mp_content_int(object, key, &ids, &id, place, error) && id < 0)
        mp_content_fail(place, MP_FORMAT, error, "a tile has no '%s'", key);
    return id;
}

static bool read_frame(const MpTileset *tileset, const json_t *object, int start,
                       MpTileFrame *frame, const MpContentPlace *place, MpError *error)
{
    int duration = 0;
    const MpIntRange durations = {1, LONGEST_FRAME_MS};
    frame->id = read_id(tileset, object, "tileid", place, error);
    if (frame->id < 0 || !mp_content_int(object, "duration", &durations, &duration, place, error))
        return false;
    if (duration == 0)
        return mp_content_fail(place, MP_FORMAT, error, "a frame has no 'duration'");
    frame->end = start + duration;
    return true;
}

static bool read_animation(MpTileset *tileset, int id, const json_t *list,
                           const MpContentPlace *place, MpError *error)
{
    size_t count = json_array_size(list);
    if (count == 0)
        return true;
    if (count > MP_TILESET_FRAME_LIMIT)
        return mp_content_fail(place, MP_LIMIT, error, "tile %d has more than %d frames", id,
                               MP_TILESET_FRAME_LIMIT);
    MpTileFrame *frames = calloc(count, sizeof *frames);
    if (!frames)
        return mp_content_fail(place, MP_MEMORY, error, "no memory");
    tileset->animations[tileset->animation_count++] = (MpTileAnimation){id, (int)count, frames};
    for (size_t i = 0; i < count; i++) {
        int start = i > 0 ? frames[i - 1].end : 0;
        if (!read_frame(tileset, json_array_get(list, i), start, &frames[i], place, error))
            return false;
    }
    return true;
}

static bool read_tiles(MpTileset *tileset, const MpContentPlace *place, MpError *error)
{
    size_t index;
    json_t *tile;
    json_array_foreach (json_object_get(tileset->document, "tiles"), index, tile) {
        int id = read_id(tileset, tile, "id", place, error);
        if (id < 0 ||
            !read_animation(tileset, id, json_object_get(tile, "animation"), place, error))
            return false;
        tileset->properties[id] = json_object_get(tile, "properties");
        tileset->solid[id] = mp_content_property_flag(tileset->properties[id], "solid", false);
    }
    return true;
}

bool mp_tileset_read(MpTileset *tileset, json_t *document, const char *path, MpError *error)
{
    const MpContentPlace place = {path, "tileset", mp_content_string(document, "name")};
    const char *image = mp_content_string(document, "image");
    tileset->document = json_incref(document);
    if (!*image)
        return mp_content_fail(&place, MP_FORMAT, error,
                               "it is not of one picture: in Tiled, make a tileset of the type "
                               "'Based on Tileset Image'");
    return mp_content_resolve(path, image, tileset->image, error) &&
           read_numbers(tileset, &place, error) && allocate(tileset, &place, error) &&
           read_tiles(tileset, &place, error);
}

void mp_tileset_finish(MpTileset *tileset)
{
    for (int i = 0; i < tileset->animation_count; i++)
        free(tileset->animations[i].frames);
    free(tileset->animations);
    free(tileset->properties);
    free(tileset->solid);
    free(tileset->shown);
    json_decref(tileset->document);
    *tileset = (MpTileset){0};
}

void mp_tileset_animate(MpTileset *tileset, double milliseconds)
{
    for (int i = 0; i < tileset->animation_count; i++) {
        const MpTileAnimation *animation = &tileset->animations[i];
        int now = (int)fmod(milliseconds, animation->frames[animation->count - 1].end);
        const MpTileFrame *frame = animation->frames;
        while (now >= frame->end)
            frame++;
        tileset->shown[animation->id] = frame->id;
    }
}

MpRect mp_tileset_source(const MpTileset *tileset, int id)
{
    int column = id % tileset->columns, row = id / tileset->columns;
    int x = tileset->margin + column * (tileset->tile_width + tileset->spacing);
    int y = tileset->margin + row * (tileset->tile_height + tileset->spacing);
    return (MpRect){(float)x, (float)y, (float)tileset->tile_width, (float)tileset->tile_height};
}
