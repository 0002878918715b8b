/*
 * read.c - parsing, and the walk through what was parsed.
 */
#include "json.gen.h"

#include "json/parts.h"

/* Beyond it not every whole number is a double. */
static const json_int_t exact_limit = (json_int_t)1 << 53;

/* ---- parsing ------------------------------------------------------------------------------ */

void mp_json_end_walk(MpJson *self)
{
    json_decref(self->text);
    self->text = NULL;
    self->value = NULL;
    self->key = NULL;
    self->walk_depth = 0;
    self->started = false;
}

typedef struct Position {
    int line, column, depth;
    bool in_text, escaped;
} Position;

static void pass(Position *at, char c)
{
    at->column++;
    if (c == '\n') {
        at->line++;
        at->column = 0;
    }
    if (at->escaped)
        at->escaped = false;
    else if (c == '\\')
        at->escaped = at->in_text;
    else if (c == '"')
        at->in_text = !at->in_text;
    else if (!at->in_text)
        at->depth += (c == '[' || c == '{') - (c == ']' || c == '}');
}

/* The parser recurses, and its own limit is far above that of a script that does. */
static bool check_depth(const char *text, size_t length, MpError *error)
{
    Position at = {.line = 1};
    for (size_t i = 0; i < length; i++) {
        pass(&at, text[i]);
        if (at.depth > MP_JSON_DEPTH_LIMIT) {
            mp_error_set(error, MP_LIMIT, "line %d, column %d: nested more than %d deep", at.line,
                         at.column, MP_JSON_DEPTH_LIMIT);
            return false;
        }
    }
    return true;
}

bool MP_NATIVE(mp_json_parse)(MpJson *self, const void *text, size_t length, MpError *error)
{
    mp_json_end_walk(self);
    if (length > MP_JSON_SIZE_LIMIT) {
        mp_error_set(error, MP_LIMIT, "the text has %zu bytes; at most %d are read", length,
                     MP_JSON_SIZE_LIMIT);
        return false;
    }
    if (!check_depth(text, length, error))
        return false;
    json_error_t where;
    self->text =
        json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &where);
    if (!self->text)
        mp_error_set(error, MP_FORMAT, "line %d, column %d: %s", where.line, where.column,
                     where.text);
    return self->text != NULL;
}

/* ---- walking ------------------------------------------------------------------------------ */

static bool step_object(MpJson *self, MpJsonLevel *level)
{
    level->entry = level->entry ? json_object_iter_next(level->container, level->entry)
                                : json_object_iter(level->container);
    if (!level->entry)
        return false;
    self->key = json_object_iter_key(level->entry);
    self->value = json_object_iter_value(level->entry);
    return true;
}

static bool step_array(MpJson *self, MpJsonLevel *level)
{
    self->value = json_array_get(level->container, level->index++);
    return self->value != NULL;
}

static bool step(MpJson *self)
{
    MpJsonLevel *level = &self->walk[self->walk_depth - 1];
    self->key = NULL;
    return json_is_object(level->container) ? step_object(self, level) : step_array(self, level);
}

/* The depth was checked before the text was parsed. */
static void enter(MpJson *self, json_t *container)
{
    self->walk[self->walk_depth++] = (MpJsonLevel){.container = container};
}

static MpJsonKind kind_of_integer(json_int_t integer)
{
    return integer >= -exact_limit && integer <= exact_limit ? MP_JSON_KIND_NUMBER
                                                             : MP_JSON_KIND_INTEGER;
}

static MpJsonKind arrive(MpJson *self)
{
    static const MpJsonKind kinds[] = {
        [JSON_OBJECT] = MP_JSON_KIND_OBJECT, [JSON_ARRAY] = MP_JSON_KIND_ARRAY,
        [JSON_STRING] = MP_JSON_KIND_TEXT,   [JSON_REAL] = MP_JSON_KIND_NUMBER,
        [JSON_TRUE] = MP_JSON_KIND_TRUE,     [JSON_FALSE] = MP_JSON_KIND_FALSE,
        [JSON_NULL] = MP_JSON_KIND_NULL,
    };
    if (json_is_integer(self->value))
        return kind_of_integer(json_integer_value(self->value));
    if (json_is_object(self->value) || json_is_array(self->value))
        enter(self, self->value);
    return kinds[json_typeof(self->value)];
}

MpJsonKind MP_NATIVE(mp_json_next)(MpJson *self)
{
    if (self->text && !self->started) {
        self->started = true;
        self->value = self->text;
        return arrive(self);
    }
    if (self->walk_depth == 0) {
        mp_json_end_walk(self);
        return MP_JSON_KIND_END;
    }
    if (step(self))
        return arrive(self);
    self->walk_depth--;
    self->value = NULL;
    return MP_JSON_KIND_CLOSE;
}

const char *MP_NATIVE(mp_json_key)(const MpJson *self) { return self->key; }

double MP_NATIVE(mp_json_number)(const MpJson *self) { return json_number_value(self->value); }

int64_t MP_NATIVE(mp_json_integer)(const MpJson *self) { return json_integer_value(self->value); }

const char *MP_NATIVE(mp_json_text)(const MpJson *self, size_t *length)
{
    const char *text = json_string_value(self->value);
    *length = text ? json_string_length(self->value) : 0;
    return text ? text : "";
}
