#include "graphics/atlas.h"

#include "graphics/content_json.h"

#include <stdlib.h>
#include <string.h>

/* Where the reader is. */
typedef struct Reader {
    const char *path;
    MpAtlasList *list;
    MpError *error;
} Reader;

static const MpIntRange pixels = {0, MP_TEXTURE_SIZE_LIMIT};

typedef struct Area {
    int x, y, w, h;
} Area;

/* The members of `entry`'s `key`; without it, `area` stays. */
static bool read_area(const json_t *entry, const char *key, Area *area, const MpContentPlace *place,
                      MpError *error)
{
    const json_t *object = json_object_get(entry, key);
    return mp_content_int(object, "x", &pixels, &area->x, place, error) &&
           mp_content_int(object, "y", &pixels, &area->y, place, error) &&
           mp_content_int(object, "w", &pixels, &area->w, place, error) &&
           mp_content_int(object, "h", &pixels, &area->h, place, error);
}

static bool read_pivot(const json_t *entry, MpFrame *frame, const MpContentPlace *place,
                       MpError *error)
{
    const json_t *pivot = json_object_get(entry, "pivot");
    float x = 0, y = 0;
    if (!mp_content_float(pivot, "x", &x, place, error) ||
        !mp_content_float(pivot, "y", &y, place, error))
        return false;
    frame->pivot_x = x * (float)frame->width;
    frame->pivot_y = y * (float)frame->height;
    return true;
}

static bool fill_frame(const json_t *entry, MpFrame *frame, const MpContentPlace *place,
                       MpError *error)
{
    static const MpIntRange milliseconds = {0, 1 << 30};
    Area inside = {0}, trimmed = {0}, whole;
    if (json_is_true(json_object_get(entry, "rotated")))
        return mp_content_fail(place, MP_FORMAT, error,
                               "it is turned in the picture: export without rotation");
    if (!read_area(entry, "frame", &inside, place, error))
        return false;
    if (inside.w == 0 || inside.h == 0)
        return mp_content_fail(place, MP_FORMAT, error, "a 'frame' with x, y, w and h is expected");
    whole = inside;
    if (!read_area(entry, "spriteSourceSize", &trimmed, place, error) ||
        !read_area(entry, "sourceSize", &whole, place, error) ||
        !mp_content_int(entry, "duration", &milliseconds, &frame->milliseconds, place, error))
        return false;
    frame->source = (MpRect){(float)inside.x, (float)inside.y, (float)inside.w, (float)inside.h};
    frame->left = (float)trimmed.x;
    frame->top = (float)trimmed.y;
    frame->width = whole.w;
    frame->height = whole.h;
    return read_pivot(entry, frame, place, error);
}

static void free_frame(MpFrame *frame)
{
    if (frame)
        free((char *)frame->name);
    free(frame);
}

static bool add_frame(Reader *reader, const char *name, const json_t *entry)
{
    const MpContentPlace place = {reader->path, "frame", name};
    MpFrame *frame = calloc(1, sizeof *frame);
    char *copy = strdup(name);
    if (!frame || !copy) {
        free(frame);
        free(copy);
        return mp_content_fail(&place, MP_MEMORY, reader->error, "no memory");
    }
    frame->name = copy;
    reader->list->frames[reader->list->count++] = frame;
    return fill_frame(entry, frame, &place, reader->error);
}

static bool add_all(Reader *reader, const json_t *frames)
{
    const char *name;
    size_t index;
    json_t *entry;
    if (json_is_array(frames)) {
        json_array_foreach (frames, index, entry) {
            if (!add_frame(reader, mp_content_string(entry, "filename"), entry))
                return false;
        }
        return true;
    }
    json_object_foreach ((json_t *)frames, name, entry) {
        if (!add_frame(reader, name, entry))
            return false;
    }
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp((*(MpFrame *const *)a)->name, (*(MpFrame *const *)b)->name);
}

/* Only an array can name a frame twice. */
static bool check_names(Reader *reader)
{
    const MpAtlasList *list = reader->list;
    MpFrame **sorted = malloc((size_t)list->count * sizeof *sorted);
    if (!sorted) {
        mp_error_set(reader->error, MP_MEMORY, "no memory for the atlas '%s'", reader->path);
        return false;
    }
    memcpy(sorted, list->frames, (size_t)list->count * sizeof *sorted);
    qsort(sorted, (size_t)list->count, sizeof *sorted, compare_names);
    const MpFrame *twice = NULL;
    for (int i = 1; i < list->count && !twice; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            twice = sorted[i];
    }
    free(sorted);
    if (twice)
        mp_error_set(reader->error, MP_FORMAT, "'%s': frame '%s' is there twice", reader->path,
                     twice->name);
    return !twice;
}

static bool read_image(Reader *reader, const json_t *root)
{
    const char *image = mp_content_string(json_object_get(root, "meta"), "image");
    char path[MP_VFS_PATH_LIMIT + 1];
    if (!*image) {
        mp_error_set(reader->error, MP_FORMAT, "'%s': 'meta' does not name an 'image'",
                     reader->path);
        return false;
    }
    if (!mp_content_resolve(reader->path, image, path, reader->error))
        return false;
    reader->list->image = strdup(path);
    if (!reader->list->image)
        mp_error_set(reader->error, MP_MEMORY, "no memory for the atlas '%s'", reader->path);
    return reader->list->image != NULL;
}

static bool read_frames(Reader *reader, const json_t *root)
{
    const json_t *frames = json_object_get(root, "frames");
    size_t count = json_is_array(frames) ? json_array_size(frames) : json_object_size(frames);
    if (count == 0 || count > MP_ATLAS_FRAME_LIMIT) {
        mp_error_set(reader->error, count ? MP_LIMIT : MP_FORMAT,
                     "'%s': 'frames' is a list of 1 to %d frames", reader->path,
                     MP_ATLAS_FRAME_LIMIT);
        return false;
    }
    reader->list->frames = calloc(count, sizeof(MpFrame *));
    if (!reader->list->frames) {
        mp_error_set(reader->error, MP_MEMORY, "no memory for the atlas '%s'", reader->path);
        return false;
    }
    return add_all(reader, frames) && check_names(reader);
}

bool mp_atlas_list_parse(const char *text, size_t size, const char *path, MpAtlasList *list,
                         MpError *error)
{
    MpAtlasList fresh = {0};
    Reader reader = {path, &fresh, error};
    json_t *root = mp_content_parse(text, size, path, error);
    bool is_good = root && read_image(&reader, root) && read_frames(&reader, root);
    json_decref(root);
    if (is_good)
        *list = fresh;
    else
        mp_atlas_list_finish(&fresh);
    return is_good;
}

void mp_atlas_list_finish(MpAtlasList *list)
{
    for (int i = 0; i < list->count; i++)
        free_frame(list->frames[i]);
    free(list->frames);
    free(list->image);
    *list = (MpAtlasList){0};
}
