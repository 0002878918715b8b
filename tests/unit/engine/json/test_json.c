#include "json/json.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static MpJson *json;

static void init(void)
{
    json = mp_json_create(NULL);
    cr_assert(json);
}

static void finish(void) { mp_json_destroy(json); }

TestSuite(json, .init = init, .fini = finish);

static bool parse(const char *text) { return mp_json_parse(json, text, strlen(text), NULL); }

static void expect_kinds(const MpJsonKind *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cr_expect_eq(mp_json_next(json), kinds[i], "step %zu", i);
}

Test(json, walks_through_a_text_in_its_order)
{
    cr_assert(parse("{\"b\": [1, null, {}], \"a\": true}"));
    static const MpJsonKind kinds[] = {
        MP_JSON_KIND_OBJECT, MP_JSON_KIND_ARRAY, MP_JSON_KIND_NUMBER, MP_JSON_KIND_NULL,
        MP_JSON_KIND_OBJECT, MP_JSON_KIND_CLOSE, MP_JSON_KIND_CLOSE,  MP_JSON_KIND_TRUE,
        MP_JSON_KIND_CLOSE,  MP_JSON_KIND_END,   MP_JSON_KIND_END,
    };
    expect_kinds(kinds, sizeof kinds / sizeof *kinds);
}

Test(json, gives_keys_and_values)
{
    size_t length;
    cr_assert(parse("{\"text\": \"a\\u0000b\", \"wide\": 9007199254740993, \"half\": 0.5}"));
    cr_expect_eq(mp_json_next(json), MP_JSON_KIND_OBJECT);
    cr_expect_null(mp_json_key(json));
    cr_expect_eq(mp_json_next(json), MP_JSON_KIND_TEXT);
    cr_expect_str_eq(mp_json_key(json), "text");
    cr_expect_arr_eq(mp_json_text(json, &length), "a\0b", 3);
    cr_expect_eq(length, 3);
    cr_expect_eq(mp_json_number(json), 0);
    cr_expect_eq(mp_json_next(json), MP_JSON_KIND_INTEGER);
    cr_expect_eq(mp_json_integer(json), 9007199254740993);
    cr_expect_str_eq(mp_json_text(json, &length), "");
    cr_expect_eq(mp_json_next(json), MP_JSON_KIND_NUMBER);
    cr_expect_eq(mp_json_number(json), 0.5);
}

Test(json, refuses_with_a_place_and_keeps_nothing)
{
    MpError error;
    cr_assert(parse("[1, 2]"));
    mp_json_next(json);
    cr_expect_not(mp_json_parse(json, "[1,\n 2", 6, &error));
    cr_expect_eq(error.status, MP_FORMAT);
    cr_expect(strstr(error.message, "line 2, column 2: "), "%s", error.message);
    cr_expect_eq(mp_json_next(json), MP_JSON_KIND_END);
}

Test(json, limits_depth_before_it_parses)
{
    MpError error;
    static char text[1 << 20];
    memset(text, '[', sizeof text);
    cr_expect_not(mp_json_parse(json, text, sizeof text, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    cr_expect_str_eq(error.message, "line 1, column 101: nested more than 100 deep");
    cr_expect_not(mp_json_parse(json, text, MP_JSON_SIZE_LIMIT + 1, &error));
    cr_expect_eq(error.status, MP_LIMIT);
}

static const char *finish_text(int indent)
{
    size_t length;
    const char *text = mp_json_finish(json, indent, &length, NULL);
    cr_assert(text);
    cr_assert_eq(strlen(text), length);
    return text;
}

Test(json, writes_what_was_put)
{
    mp_json_begin(json);
    cr_assert(mp_json_put_open(json, MP_JSON_KIND_OBJECT, NULL));
    cr_assert(mp_json_put_key(json, "b"));
    cr_assert(mp_json_put_open(json, MP_JSON_KIND_ARRAY, NULL));
    cr_assert(mp_json_put_number(json, 0.1, NULL));
    cr_assert(mp_json_put_integer(json, INT64_MIN, NULL));
    cr_assert(mp_json_put_null(json, NULL));
    mp_json_put_close(json);
    cr_assert(mp_json_put_key(json, "a"));
    cr_assert(mp_json_put_bool(json, false, NULL));
    mp_json_put_close(json);
    mp_json_put_close(json); /* one too many does no harm */
    cr_expect_str_eq(finish_text(0), "{\"a\":false,\"b\":[0.1,-9223372036854775808,null]}");
}

Test(json, refuses_what_json_cannot_hold)
{
    MpError error;
    size_t length;
    mp_json_begin(json);
    cr_expect_not(mp_json_put_number(json, NAN, &error));
    cr_expect_eq(error.status, MP_FORMAT);
    cr_expect_not(mp_json_put_text(json, "\xFF", 1, &error));
    cr_expect_eq(error.status, MP_FORMAT);
    cr_expect_null(mp_json_finish(json, 0, &length, &error));
    cr_expect_eq(error.status, MP_INVALID);
    mp_json_begin(json);
    for (int i = 0; i < MP_JSON_DEPTH_LIMIT; i++)
        cr_assert(mp_json_put_open(json, MP_JSON_KIND_ARRAY, NULL));
    cr_expect_not(mp_json_put_open(json, MP_JSON_KIND_ARRAY, &error));
    cr_expect_eq(error.status, MP_LIMIT);
}

Test(json, a_text_that_is_not_finished_is_forgotten)
{
    cr_assert(mp_json_put_open(json, MP_JSON_KIND_ARRAY, NULL));
    cr_assert(mp_json_put_number(json, 1.0 / 3, NULL));
    mp_json_begin(json);
    cr_assert(mp_json_put_number(json, 0.1, NULL));
    cr_expect_str_eq(finish_text(2), "0.1");
}
