#include "update/tuf/canonical.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Writer {
    char *text;
    size_t length, room;
    int depth;
    MpError *error;
} Writer;

static bool put(Writer *self, const char *bytes, size_t length)
{
    if (self->room - self->length <= length) {
        size_t room = 2 * (self->room + length) + 256;
        char *text = realloc(self->text, room);
        if (!text) {
            mp_error_set(self->error, MP_MEMORY, "no memory for %zu bytes of metadata", room);
            return false;
        }
        self->text = text;
        self->room = room;
    }
    memcpy(self->text + self->length, bytes, length);
    self->length += length;
    self->text[self->length] = '\0';
    return true;
}

static bool put_words(Writer *self, const char *words) { return put(self, words, strlen(words)); }

static bool put_text(Writer *self, const char *text, size_t length)
{
    bool ok = put(self, "\"", 1);
    for (size_t i = 0; i < length && ok; i++) {
        if (text[i] == '"' || text[i] == '\\')
            ok = put(self, "\\", 1);
        ok = ok && put(self, &text[i], 1);
    }
    return ok && put(self, "\"", 1);
}

static bool put_integer(Writer *self, json_int_t integer)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, integer);
    return put_words(self, digits);
}

static bool put_value(Writer *self, const json_t *value);

static bool put_array(Writer *self, const json_t *array)
{
    bool ok = put(self, "[", 1);
    for (size_t i = 0; i < json_array_size(array) && ok; i++)
        ok = (i == 0 || put(self, ",", 1)) && put_value(self, json_array_get(array, i));
    return ok && put(self, "]", 1);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* For free(); NULL without memory. */
static const char **sorted_keys(const json_t *object)
{
    const char **keys = calloc(json_object_size(object) + 1, sizeof *keys);
    json_t *members = (json_t *)(uintptr_t)object; /* which are only read */
    size_t count = 0;
    const char *key;
    json_t *member;
    if (!keys)
        return NULL;
    json_object_foreach (members, key, member)
        keys[count++] = key;
    qsort(keys, count, sizeof *keys, compare_keys);
    return keys;
}

static bool put_object(Writer *self, const json_t *object)
{
    const char **keys = sorted_keys(object);
    if (!keys) {
        mp_error_set(self->error, MP_MEMORY, "no memory for the keys of metadata");
        return false;
    }
    bool ok = put(self, "{", 1);
    for (size_t i = 0; keys[i] && ok; i++)
        ok = (i == 0 || put(self, ",", 1)) && put_text(self, keys[i], strlen(keys[i])) &&
             put(self, ":", 1) && put_value(self, json_object_get(object, keys[i]));
    free(keys);
    return ok && put(self, "}", 1);
}

static bool put_container(Writer *self, const json_t *value)
{
    if (self->depth == MP_TUF_DEPTH_LIMIT) {
        mp_error_set(self->error, MP_LIMIT, "metadata is nested more than %d deep",
                     MP_TUF_DEPTH_LIMIT);
        return false;
    }
    self->depth++;
    bool ok = json_is_array(value) ? put_array(self, value) : put_object(self, value);
    self->depth--;
    return ok;
}

static bool put_value(Writer *self, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_NULL:
        return put_words(self, "null");
    case JSON_TRUE:
        return put_words(self, "true");
    case JSON_FALSE:
        return put_words(self, "false");
    case JSON_INTEGER:
        return put_integer(self, json_integer_value(value));
    case JSON_STRING:
        return put_text(self, json_string_value(value), json_string_length(value));
    case JSON_REAL:
        mp_error_set(self->error, MP_FORMAT, "metadata has the number %g; only integers are signed",
                     json_real_value(value));
        return false;
    default:
        return put_container(self, value);
    }
}

char *mp_tuf_canonical(const json_t *value, size_t *size, MpError *error)
{
    Writer writer = {.error = error};
    if (!put_value(&writer, value)) {
        free(writer.text);
        return NULL;
    }
    *size = writer.length;
    return writer.text;
}
