/*
 * json/json.h - JSON for scripts, value by value: scripts/json.lua makes tables of it.
 *
 *     if (mp_json_parse(json, text, length, &error))
 *         for (MpJsonKind kind; (kind = mp_json_next(json)) != MP_JSON_KIND_END;)
 *             ...                                      // mp_json_key(), mp_json_text(), ...
 *
 *     mp_json_begin(json);
 *     mp_json_put_open(json, MP_JSON_KIND_OBJECT, &error);
 *     mp_json_put_key(json, "score"), mp_json_put_number(json, 4200, &error);
 *     mp_json_put_close(json);
 *     const char *text = mp_json_finish(json, 2, &length, &error);   // {"score": 4200}
 *
 * Texts come from players' folders, so they are as hostile as they like: parsing ends with one line
 * that says where and why.
 *
 * Glossary
 *   walk   mp_json_next() goes through a parsed text in its order: an array or object, what is in
 *          it, and CLOSE
 */
#ifndef MP_JSON_H
#define MP_JSON_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MP_JSON_DEPTH_LIMIT = 100,
    MP_JSON_SIZE_LIMIT = 4 << 20,
    MP_JSON_VALUE_LIMIT = 1 << 20,
    MP_JSON_KEY_LIMIT = 256,
};

/** What the walk through a text came to. */
typedef enum MP_ENUM MpJsonKind {
    MP_JSON_KIND_END,     /**< There is nothing more. */
    MP_JSON_KIND_NULL,    /**< `null`. */
    MP_JSON_KIND_TRUE,    /**< `true`. */
    MP_JSON_KIND_FALSE,   /**< `false`. */
    MP_JSON_KIND_NUMBER,  /**< See mp_json_number(). */
    MP_JSON_KIND_INTEGER, /**< One beyond 2^53: see mp_json_integer(). */
    MP_JSON_KIND_TEXT,    /**< See mp_json_text(). */
    MP_JSON_KIND_ARRAY,   /**< Its values follow, then CLOSE. */
    MP_JSON_KIND_OBJECT,  /**< Its values follow, each with a key, then CLOSE. */
    MP_JSON_KIND_CLOSE,   /**< The end of the innermost array or object. */
} MpJsonKind;

/** An array or object in the middle of which a walk, or the writing, is. */
typedef struct MpJsonLevel {
    json_t *container;
    void *entry;  /**< Of an object: where the walk is. */
    size_t index; /**< Of an array: the same. */
} MpJsonLevel;

/** Reads and writes JSON texts, one at a time each. */
typedef struct MP_CLASS MP_ROOT(json) MpJson {
    MpObject object;

    json_t *text; /**< What is walked through; NULL: nothing. */
    json_t *value;
    const char *key;
    MpJsonLevel walk[MP_JSON_DEPTH_LIMIT];
    int walk_depth;
    bool started;

    json_t *made; /**< What is written. */
    char *written;
    char put_key[MP_JSON_KEY_LIMIT + 1];
    json_t *open[MP_JSON_DEPTH_LIMIT];
    int open_depth;
    int put_count;
    bool needs_17_digits; /**< There is a number that 15 would change. */
} MpJson;

/** Ownership: the caller's, until mp_json_destroy. Errors: MP_MEMORY. */
MpJson *mp_json_create(MpError *error);

/** Takes NULL. */
void mp_json_destroy(MpJson *self);

/* ---- reading ------------------------------------------------------------------------------ */

/**
 * Parses a text of at most 4 MB, and starts a walk through it; the walk before ends. Arrays and
 * objects may be nested 100 deep.
 * Errors: MP_FORMAT with line and column, for two equal keys too; MP_LIMIT.
 */
MP_METHOD bool mp_json_parse(MpJson *self, MP_BYTES(length) const void *text, size_t length,
                             MpError *error);

/** Goes on to the next value. END: that was the last one, and the text's memory is free. */
MP_LEAF MpJsonKind mp_json_next(MpJson *self);

/** The key of the value; nil: it is in no object. */
MP_LEAF const char *mp_json_key(const MpJson *self);

/** The value, a number; 0 for others. */
MP_LEAF double mp_json_number(const MpJson *self);

/** The value, a whole number, exact; 0 for others. */
MP_LEAF int64_t mp_json_integer(const MpJson *self);

/** The value, a text; empty for others. Ownership: valid until the next mp_json_next. */
MP_METHOD MP_BYTES(length) const char *mp_json_text(const MpJson *self, MP_OUT size_t *length);

/* ---- writing ------------------------------------------------------------------------------ */

/** Starts a new text; what was put before is forgotten. */
MP_LEAF void mp_json_begin(MpJson *self);

/** Names the next value in an object, in at most 256 bytes. Errors: false for a longer name. */
MP_LEAF bool mp_json_put_key(MpJson *self, const char *key);

/**
 * Each of these puts one value; into an object, after its key.
 * Errors: MP_LIMIT beyond 100 levels, or 1048576 values; MP_FORMAT for what JSON cannot hold: text
 * and keys that are not UTF-8, numbers that are infinite or none; MP_MEMORY.
 */
MP_METHOD bool mp_json_put_null(MpJson *self, MpError *error);
/** Puts `value`. */
MP_METHOD bool mp_json_put_bool(MpJson *self, bool value, MpError *error);
/** Puts `value`, without a fraction if it has none. */
MP_METHOD bool mp_json_put_number(MpJson *self, double value, MpError *error);
/** Puts `value`, exact. */
MP_METHOD bool mp_json_put_integer(MpJson *self, int64_t value, MpError *error);
/** Puts `text`. */
MP_METHOD bool mp_json_put_text(MpJson *self, MP_BYTES(length) const void *text, size_t length,
                                MpError *error);
/** Puts an ARRAY or OBJECT; what follows is in it, until mp_json_put_close. */
MP_METHOD bool mp_json_put_open(MpJson *self, MpJsonKind kind, MpError *error);
/** Ends the array or object that was opened last. */
MP_LEAF void mp_json_put_close(MpJson *self);

/**
 * The text of what was put, at most 4 MB; keys in the order of the alphabet. `indent`: spaces a
 * level, 0 to 8; 0: all in one line.
 * Ownership: valid until the next one is written.
 * Errors: MP_INVALID when nothing was put, MP_LIMIT, MP_MEMORY.
 */
MP_METHOD MP_BYTES(length) const char *mp_json_finish(MpJson *self, MP_DEFAULT(0) int indent,
                                                      MP_OUT size_t *length, MpError *error);

#endif
