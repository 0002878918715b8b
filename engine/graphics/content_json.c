#include "graphics/content_json.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Beyond that, a float does not tell pixels apart. */
static const double largest_number = 1 << 24;

bool mp_content_fail(const MpContentPlace *place, MpStatus status, MpError *error,
                     const char *format, ...)
{
    char what[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (place->kind)
        mp_error_set(error, status, "'%s': %s '%s': %s", place->path, place->kind, place->name,
                     what);
    else
        mp_error_set(error, status, "'%s': %s", place->path, what);
    return false;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

json_t *mp_content_parse(const char *text, size_t size, const char *path, MpError *error)
{
    json_error_t why;
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &why);
    if (json_is_object(root))
        return root;
    if (root)
        mp_error_set(error, MP_FORMAT, "'%s' is JSON, but not an object", path);
    else
        mp_error_set(error, MP_FORMAT, "'%s' is not JSON: line %d: %s", path, why.line, why.text);
    json_decref(root);
    return NULL;
}

bool mp_content_check_name(const char *path, MpError *error)
{
    bool is_map = ends_with(path, ".tmx");
    if (!is_map && !ends_with(path, ".tsx"))
        return true;
    mp_error_set(error, MP_FORMAT,
                 "'%s' is XML, which is not read: in Tiled, save it as %s file of JSON (%s)", path,
                 is_map ? "a map" : "a tileset", is_map ? ".tmj" : ".tsj");
    return false;
}

json_t *mp_content_load(const MpVfs *vfs, const char *path, MpError *error)
{
    size_t size;
    if (!mp_content_check_name(path, error))
        return NULL;
    char *text = mp_vfs_read(vfs, path, MP_CONTENT_FILE_LIMIT, &size, error);
    json_t *root = text ? mp_content_parse(text, size, path, error) : NULL;
    free(text);
    return root;
}

bool mp_content_int(const json_t *object, const char *key, const MpIntRange *range, int *value,
                    const MpContentPlace *place, MpError *error)
{
    const json_t *member = json_object_get(object, key);
    if (!member)
        return true;
    json_int_t number = json_integer_value(member);
    if (!json_is_integer(member) || number < range->low || number > range->high)
        return mp_content_fail(place, MP_FORMAT, error, "'%s' is a whole number from %d to %d", key,
                               range->low, range->high);
    *value = (int)number;
    return true;
}

bool mp_content_float(const json_t *object, const char *key, float *value,
                      const MpContentPlace *place, MpError *error)
{
    const json_t *member = json_object_get(object, key);
    if (!member)
        return true;
    double number = json_number_value(member);
    if (!json_is_number(member) || !(fabs(number) <= largest_number))
        return mp_content_fail(place, MP_FORMAT, error, "'%s' is a number up to %.0f", key,
                               largest_number);
    *value = (float)number;
    return true;
}

const char *mp_content_string(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* Takes the last part of a path away, with the slash before it; false if there is none. */
static bool climb(char *path)
{
    if (!*path)
        return false;
    char *slash = strrchr(path, '/');
    *(slash ? slash : path) = '\0';
    return true;
}

static bool append(char *path, const char *part, size_t length)
{
    size_t used = strlen(path);
    size_t slash = used > 0;
    if (used + slash + length > MP_VFS_PATH_LIMIT)
        return false;
    if (slash)
        path[used++] = '/';
    memcpy(path + used, part, length);
    path[used + length] = '\0';
    return true;
}

bool mp_content_resolve(const char *base, const char *relative, char *path, MpError *error)
{
    bool leads_out = !*relative || *relative == '/', is_long = strlen(base) > MP_VFS_PATH_LIMIT;
    snprintf(path, MP_VFS_PATH_LIMIT + 1, "%s", base);
    climb(path);
    for (const char *part = relative; *part && !leads_out && !is_long;) {
        size_t length = strcspn(part, "/");
        if (length == 2 && strncmp(part, "..", 2) == 0)
            leads_out = !climb(path);
        else if (length > 0 && !(length == 1 && *part == '.'))
            is_long = !append(path, part, length);
        part += length + (part[length] == '/');
    }
    if (leads_out)
        mp_error_set(error, MP_REFUSED, "'%s' names '%s', which is not among the game's files",
                     base, relative);
    else if (is_long)
        mp_error_set(error, MP_LIMIT, "'%s' names a file whose path is longer than %d bytes", base,
                     MP_VFS_PATH_LIMIT);
    return !leads_out && !is_long;
}

static const json_t *find(const json_t *properties, const char *name)
{
    size_t index;
    const json_t *property;
    json_array_foreach (properties, index, property) {
        if (strcmp(mp_content_string(property, "name"), name) == 0)
            return json_object_get(property, "value");
    }
    return NULL;
}

bool mp_content_property_flag(const json_t *properties, const char *name, bool otherwise)
{
    const json_t *value = find(properties, name);
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

double mp_content_property_number(const json_t *properties, const char *name, double otherwise)
{
    const json_t *value = find(properties, name);
    return json_is_number(value) ? json_number_value(value) : otherwise;
}

const char *mp_content_property_text(const json_t *properties, const char *name,
                                     const char *otherwise)
{
    const json_t *value = find(properties, name);
    return json_is_string(value) ? json_string_value(value) : otherwise;
}
