/*
 * write.c - putting values together, and the text of them.
 */
#include "json.gen.h"

#include "json/parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT_LIMIT = 8 };

static const double exact_limit = 9007199254740992.0; /* 2^53 */

void mp_json_end_writing(MpJson *self)
{
    json_decref(self->made);
    self->made = NULL;
    self->open_depth = 0;
    self->put_count = 0;
    self->put_key[0] = '\0';
    self->needs_17_digits = false;
}

void MP_NATIVE(mp_json_begin)(MpJson *self) { mp_json_end_writing(self); }

bool MP_NATIVE(mp_json_put_key)(MpJson *self, const char *key)
{
    size_t length = strlen(key);
    if (length > MP_JSON_KEY_LIMIT)
        return false;
    memcpy(self->put_key, key, length + 1);
    return true;
}

/* Where the next value belongs: the container keeps it from then on. 0: it is there. */
static int place(MpJson *self, json_t *value)
{
    if (self->open_depth == 0) {
        json_decref(self->made);
        self->made = value;
        return 0;
    }
    json_t *container = self->open[self->open_depth - 1];
    return json_is_array(container) ? json_array_append_new(container, value)
                                    : json_object_set_new(container, self->put_key, value);
}

/* `value` NULL: `cause` is why there is none. */
static bool put(MpJson *self, json_t *value, const char *cause, MpError *error)
{
    if (!value) {
        mp_error_set(error, MP_FORMAT, "%s", cause);
        return false;
    }
    if (++self->put_count > MP_JSON_VALUE_LIMIT) {
        json_decref(value);
        mp_error_set(error, MP_LIMIT, "more than %d values", MP_JSON_VALUE_LIMIT);
        return false;
    }
    if (place(self, value) == 0)
        return true;
    mp_error_set(error, MP_FORMAT, "a key that is not UTF-8");
    return false;
}

bool MP_NATIVE(mp_json_put_null)(MpJson *self, MpError *error)
{
    return put(self, json_null(), "", error);
}

bool MP_NATIVE(mp_json_put_bool)(MpJson *self, bool value, MpError *error)
{
    return put(self, json_boolean(value), "", error);
}

/* 0.1 should not become 0.10000000000000001 where that says no more. */
static bool fits_15_digits(double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.15g", value);
    return strtod(text, NULL) == value;
}

bool MP_NATIVE(mp_json_put_number)(MpJson *self, double value, MpError *error)
{
    bool whole = fabs(value) <= exact_limit && floor(value) == value;
    if (whole && !(value == 0 && signbit(value)))
        return put(self, json_integer((json_int_t)value), "no memory for a number", error);
    if (isfinite(value) && !fits_15_digits(value))
        self->needs_17_digits = true;
    return put(self, json_real(value), "a number that is infinite or none", error);
}

bool MP_NATIVE(mp_json_put_integer)(MpJson *self, int64_t value, MpError *error)
{
    return put(self, json_integer(value), "no memory for a number", error);
}

bool MP_NATIVE(mp_json_put_text)(MpJson *self, const void *text, size_t length, MpError *error)
{
    return put(self, json_stringn(text, length), "a text that is not UTF-8", error);
}

bool MP_NATIVE(mp_json_put_open)(MpJson *self, MpJsonKind kind, MpError *error)
{
    if (self->open_depth == MP_JSON_DEPTH_LIMIT) {
        mp_error_set(error, MP_LIMIT, "nested more than %d deep", MP_JSON_DEPTH_LIMIT);
        return false;
    }
    json_t *container = kind == MP_JSON_KIND_ARRAY ? json_array() : json_object();
    if (!put(self, container, "no memory for a table", error))
        return false;
    self->open[self->open_depth++] = container;
    return true;
}

void MP_NATIVE(mp_json_put_close)(MpJson *self)
{
    if (self->open_depth > 0)
        self->open_depth--;
}

static char *dump(const MpJson *self, int indent)
{
    int limited = indent < 0 ? 0 : indent > INDENT_LIMIT ? INDENT_LIMIT : indent;
    size_t spacing = limited ? JSON_INDENT((size_t)limited) : JSON_COMPACT;
    size_t digits = JSON_REAL_PRECISION((size_t)(self->needs_17_digits ? 17 : 15));
    return json_dumps(self->made, JSON_ENCODE_ANY | JSON_SORT_KEYS | spacing | digits);
}

const char *MP_NATIVE(mp_json_finish)(MpJson *self, int indent, size_t *length, MpError *error)
{
    if (!self->made) {
        mp_error_set(error, MP_INVALID, "there is no value to write");
        return NULL;
    }
    free(self->written);
    self->written = dump(self, indent);
    mp_json_end_writing(self);
    if (!self->written) {
        mp_error_set(error, MP_MEMORY, "no memory for the text");
        return NULL;
    }
    size_t size = strlen(self->written);
    if (size > MP_JSON_SIZE_LIMIT) {
        mp_error_set(error, MP_LIMIT, "the text would have %zu bytes; at most %d are written", size,
                     MP_JSON_SIZE_LIMIT);
        return NULL;
    }
    *length = size;
    return self->written;
}
