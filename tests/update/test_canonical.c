#include "update/tuf/canonical.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect_canonical(const char *text, const char *expected)
{
    MpError error = {0};
    size_t size = 0;
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    cr_assert(value, "%s", text);
    char *canonical = mp_tuf_canonical(value, &size, &error);
    cr_assert(canonical, "%s: %s", text, error.message);
    cr_expect_str_eq(canonical, expected);
    cr_expect_eq(size, strlen(expected));
    free(canonical);
    json_decref(value);
}

Test(canonical, values_are_written_in_one_way)
{
    static const char *const cases[][2] = {
        {"{ }", "{}"},
        {"[ ]", "[]"},
        {"[ null , true , false ]", "[null,true,false]"},
        {"[-0, -12, 9223372036854775807]", "[0,-12,9223372036854775807]"},
        {"{\"b\": 1, \"a\": {\"d\": [], \"c\": \"\"}}", "{\"a\":{\"c\":\"\",\"d\":[]},\"b\":1}"},
        /* The order is that of the bytes: capitals first, and a name before a longer one. */
        {"{\"a1\": 1, \"a\": 2, \"B\": 3, \"é\": 4, \"\": 5}",
         "{\"\":5,\"B\":3,\"a\":2,\"a1\":1,\"é\":4}"},
        /* U+FF61 comes before U+1F680, which UTF-16 has the other way round. */
        {"{\"\\ud83d\\ude80\": 1, \"\\uff61\": 2}", "{\"\uff61\":2,\"\U0001f680\":1}"},
        {"\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\""},
        /* Nothing else is escaped: not what steers, not what is no ASCII. */
        {"\"\\n\\t\\u0001\\u007f\\u00e9\\/\"", "\"\n\t\x01\x7f\u00e9/\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_canonical(cases[i][0], cases[i][1]);
}

Test(canonical, long_texts_are_written_whole)
{
    char text[5003], expected[5003];
    memset(text, 'x', sizeof text);
    text[0] = text[5001] = '"';
    text[5002] = '\0';
    memcpy(expected, text, sizeof text);
    expect_canonical(text, expected);
}

Test(canonical, fractions_are_refused)
{
    MpError error = {0};
    size_t size;
    json_t *value = json_pack("{s:[f]}", "a", 1.5);
    cr_expect_null(mp_tuf_canonical(value, &size, &error));
    cr_expect_eq(error.status, MP_FORMAT);
    cr_expect(strstr(error.message, "1.5"), "%s", error.message);
    json_decref(value);
}

static json_t *nested(int depth)
{
    json_t *value = json_array();
    for (int i = 1; i < depth; i++)
        value = json_pack("[o]", value);
    return value;
}

Test(canonical, depth_is_limited)
{
    MpError error = {0};
    size_t size;
    json_t *deep = nested(MP_TUF_DEPTH_LIMIT), *too_deep = nested(MP_TUF_DEPTH_LIMIT + 1);
    char *text = mp_tuf_canonical(deep, &size, &error);
    cr_expect_eq(size, 2 * MP_TUF_DEPTH_LIMIT);
    free(text);
    cr_expect_null(mp_tuf_canonical(too_deep, &size, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    json_decref(deep);
    json_decref(too_deep);
}
