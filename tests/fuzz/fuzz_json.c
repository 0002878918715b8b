/*
 * Any bytes as JSON. What is accepted must come back the same when it is written and read again;
 * what is not must say where and why.
 */
#include "fuzz.h"

#include "json/json.h"

#include <stdlib.h>
#include <string.h>

static bool put_value(MpJson *json, MpJsonKind kind)
{
    size_t length;
    const char *text;
    switch (kind) {
    case MP_JSON_KIND_NULL:
        return mp_json_put_null(json, NULL);
    case MP_JSON_KIND_TRUE:
    case MP_JSON_KIND_FALSE:
        return mp_json_put_bool(json, kind == MP_JSON_KIND_TRUE, NULL);
    case MP_JSON_KIND_NUMBER:
        return mp_json_put_number(json, mp_json_number(json), NULL);
    case MP_JSON_KIND_INTEGER:
        return mp_json_put_integer(json, mp_json_integer(json), NULL);
    case MP_JSON_KIND_TEXT:
        text = mp_json_text(json, &length);
        return mp_json_put_text(json, text, length, NULL);
    case MP_JSON_KIND_ARRAY:
    case MP_JSON_KIND_OBJECT:
        return mp_json_put_open(json, kind, NULL);
    default:
        mp_json_put_close(json);
        return true;
    }
}

/* Walks through what was parsed and writes it; NULL: a key is too long for that. For free(). */
static char *write_again(MpJson *json)
{
    mp_json_begin(json);
    for (MpJsonKind kind; (kind = mp_json_next(json)) != MP_JSON_KIND_END;) {
        const char *key = mp_json_key(json);
        if (key && !mp_json_put_key(json, key))
            return NULL;
        fuzz_expect(put_value(json, kind), "a value that was read cannot be written");
    }
    size_t length;
    const char *text = mp_json_finish(json, 0, &length, NULL);
    fuzz_expect(text && strlen(text) == length, "what was put gives no text");
    return strdup(text);
}

static void expect_same_again(MpJson *json)
{
    char *first = write_again(json);
    if (!first)
        return;
    fuzz_expect(mp_json_parse(json, first, strlen(first), NULL), "what was written is refused");
    char *second = write_again(json);
    fuzz_expect(second && strcmp(first, second) == 0, "it changes when it is read");
    free(first);
    free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MpError error = {0};
    MpJson *json = mp_json_create(NULL);
    char *copy = fuzz_copy(data, size);
    if (mp_json_parse(json, copy, size, &error))
        expect_same_again(json);
    else
        fuzz_expect(strncmp(error.message, "line ", 5) == 0, "a refusal without a place");
    free(copy);
    mp_json_destroy(json);
    return 0;
}
