#include "graphics/map_content.h"

#include <stdlib.h>

static const float degree = 0.01745329252f;

void mp_map_object_destroy(MpMapObject *object)
{
    if (!object)
        return;
    mp_object_finish(&object->tiled.object);
    free((float *)object->points);
    free(object);
}

static bool read_points(MpMapObject *object, const json_t *list, const MpContentPlace *place,
                        MpError *error)
{
    size_t index, count = json_array_size(list);
    if (count > MP_TILE_MAP_POINT_LIMIT)
        return mp_content_fail(place, MP_LIMIT, error, "object %d has more than %d points",
                               object->id, MP_TILE_MAP_POINT_LIMIT);
    float *points = calloc(2 * count + 1, sizeof *points);
    if (!points)
        return mp_content_fail(place, MP_MEMORY, error, "no memory");
    object->points = points;
    object->point_count = (int)(2 * count);
    const json_t *point;
    json_array_foreach (list, index, point) {
        if (!mp_content_float(point, "x", &points[2 * index], place, error) ||
            !mp_content_float(point, "y", &points[2 * index + 1], place, error))
            return false;
    }
    return true;
}

static bool read_shape(MpMapObject *object, const json_t *source, const MpContentPlace *place,
                       MpError *error)
{
    static const struct {
        const char *key;
        MpMapShape shape;
    } shapes[] = {
        {"point", MP_MAP_SHAPE_POINT},     {"ellipse", MP_MAP_SHAPE_ELLIPSE},
        {"polygon", MP_MAP_SHAPE_POLYGON}, {"polyline", MP_MAP_SHAPE_POLYLINE},
        {"gid", MP_MAP_SHAPE_TILE},        {"text", MP_MAP_SHAPE_TEXT},
    };
    const json_t *list = NULL;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        const json_t *member = json_object_get(source, shapes[i].key);
        if (!member || json_is_false(member))
            continue;
        object->shape = shapes[i].shape;
        list = json_is_array(member) ? member : list;
    }
    return read_points(object, list, place, error);
}

static bool read_tile(const MpMapContent *content, MpMapObject *object, const json_t *source,
                      const MpContentPlace *place, MpError *error)
{
    int id;
    const json_t *number = json_object_get(source, "gid");
    if (!number)
        return true;
    object->tile = (int)(json_integer_value(number) & MP_CELL_TILE);
    if (!mp_map_content_tile(content, object->tile, &id))
        return mp_content_fail(place, MP_FORMAT, error, "object %d is a tile that no tileset has",
                               object->id);
    return true;
}

static bool read_object(const MpMapContent *content, MpMapObject *object, json_t *source,
                        const MpContentPlace *place, MpError *error)
{
    const MpIntRange ids = {0, INT32_MAX};
    float rotation = 0;
    if (!mp_content_int(source, "id", &ids, &object->id, place, error))
        return false;
    if (json_object_get(source, "template"))
        return mp_content_fail(place, MP_FORMAT, error,
                               "object %d is from a template: in Tiled, detach it", object->id);
    const char *kind = mp_content_string(source, "type");
    object->tiled.properties = json_object_get(source, "properties");
    object->name = mp_content_string(source, "name");
    /* The name of "type" in files of Tiled 1.9. */
    object->kind = *kind ? kind : mp_content_string(source, "class");
    object->layer = place->name;
    object->visible = !json_is_false(json_object_get(source, "visible"));
    if (!mp_content_float(source, "x", &object->x, place, error) ||
        !mp_content_float(source, "y", &object->y, place, error) ||
        !mp_content_float(source, "width", &object->width, place, error) ||
        !mp_content_float(source, "height", &object->height, place, error) ||
        !mp_content_float(source, "rotation", &rotation, place, error))
        return false;
    object->angle = rotation * degree;
    return read_tile(content, object, source, place, error) &&
           read_shape(object, source, place, error);
}

static bool make_room(MpMapContent *content, size_t more, const MpContentPlace *place,
                      MpError *error)
{
    size_t count = (size_t)content->object_count + more;
    if (content->object_layer_count == MP_TILE_MAP_LAYER_LIMIT)
        return mp_content_fail(place, MP_LIMIT, error, "more than %d layers of objects",
                               MP_TILE_MAP_LAYER_LIMIT);
    if (count > MP_TILE_MAP_OBJECT_LIMIT)
        return mp_content_fail(place, MP_LIMIT, error, "the map has more than %d objects",
                               MP_TILE_MAP_OBJECT_LIMIT);
    MpMapObject **objects = realloc(content->objects, (count + 1) * sizeof *objects);
    if (!objects)
        return mp_content_fail(place, MP_MEMORY, error, "no memory");
    content->objects = objects;
    return true;
}

bool mp_map_read_object_layer(MpMapContent *content, json_t *layer, const MpContentPlace *place,
                              MpError *error)
{
    size_t index;
    json_t *source;
    const json_t *list = json_object_get(layer, "objects");
    if (!make_room(content, json_array_size(list), place, error))
        return false;
    int number = content->object_layer_count++;
    content->object_layers[number].name = place->name;
    content->object_layers[number].first = content->object_count;
    json_array_foreach (list, index, source) {
        MpMapObject *object = calloc(1, sizeof *object);
        if (!object)
            return mp_content_fail(place, MP_MEMORY, error, "no memory");
        content->objects[content->object_count++] = object;
        if (!read_object(content, object, source, place, error))
            return false;
    }
    content->object_layers[number].count =
        content->object_count - content->object_layers[number].first;
    return true;
}
