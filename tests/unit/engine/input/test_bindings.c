#include "input/input.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MpWindow *window;
static MpInput *input;

static void init(void)
{
    window = mp_window_create(&(MpWindowConfig){.headless = true}, NULL);
    input = window ? mp_input_create(window, false, NULL) : NULL;
    cr_assert(input);
    cr_assert(mp_input_bind(input, "fire", "key:space", NULL));
    cr_assert(mp_input_bind(input, "fire", "pad:a", NULL));
    cr_assert(mp_input_bind(input, "jump", "key:w", NULL));
}

static void finish(void)
{
    mp_input_destroy(input);
    mp_window_destroy(window);
}

TestSuite(bindings, .init = init, .fini = finish);

/* "key:space pad:a" */
static void expect_bound(const char *action, const char *expected)
{
    char bound[400] = "";
    for (int place = 1; *mp_input_bound(input, action, place); place++) {
        strcat(bound, place > 1 ? " " : "");
        strcat(bound, mp_input_bound(input, action, place));
    }
    cr_expect_str_eq(bound, expected);
}

static void choose(const char *action, const char *control)
{
    cr_assert(mp_input_clear(input, action, NULL));
    cr_assert(mp_input_add(input, action, control, NULL));
}

Test(bindings, are_listed_in_order)
{
    expect_bound("fire", "key:space pad:a");
    expect_bound("dance", "");
    cr_expect_str_eq(mp_input_bound(input, "fire", 0), "");
    cr_expect_str_eq(mp_input_bound(input, "fire", -1), "");
    cr_expect_str_eq(mp_input_bound(input, "fire", 1000000), "");
    cr_expect(mp_input_has_control(input, "mouse:wheelup"));
    cr_expect_not(mp_input_has_control(input, "mouse:wheel"));
}

Test(bindings, of_the_player_go_before_those_of_the_game)
{
    choose("fire", "key:x");
    expect_bound("fire", "key:x");
    cr_assert(mp_input_bind(input, "fire", "mouse:left", NULL));
    expect_bound("fire", "key:x");
    mp_input_restore(input, "fire");
    expect_bound("fire", "key:space pad:a mouse:left");
    mp_input_unbind(input, "fire");
    expect_bound("fire", "");
    mp_input_restore(input, "dance");
}

Test(bindings, refuse_nonsense)
{
    MpError error;
    cr_expect_not(mp_input_clear(input, "dance", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect_not(mp_input_add(input, "dance", "key:x", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect_not(mp_input_add(input, "fire", "key:nonsense", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    for (int i = 1; i <= MP_INPUT_CONTROL_LIMIT - 2; i++) {
        char key[8];
        snprintf(key, sizeof key, "key:f%d", i);
        cr_expect(mp_input_add(input, "fire", key, NULL));
    }
    cr_expect_not(mp_input_add(input, "fire", "key:x", &error));
    cr_expect_eq(error.status, MP_LIMIT);
}

Test(bindings, that_the_player_chose_are_kept)
{
    choose("fire", "key:x");
    cr_assert(mp_input_add(input, "fire", "pad:leftx-", NULL));
    char *text = strdup(mp_input_encode(input, NULL));
    cr_expect_not(strstr(text, "jump"), "only what was chosen: %s", text);
    finish();
    init();
    cr_expect(mp_input_decode(input, text, NULL));
    expect_bound("fire", "key:x pad:leftx-");
    expect_bound("jump", "key:w");
    cr_expect_str_eq(mp_input_encode(input, NULL), text);
    free(text);
}

Test(bindings, that_are_unknown_are_left_out)
{
    cr_expect(mp_input_decode(input,
                              "{\"version\": 1, \"bindings\": {\"dance\": [\"key:a\"], \"fire\": "
                              "[\"key:hyper\", \"key:b\", \"key:b\"], \"jump\": []}}",
                              NULL));
    expect_bound("fire", "key:b");
    expect_bound("jump", "");
    expect_bound("dance", "");
}

Test(bindings, that_are_damaged_change_nothing)
{
    static const char *const texts[] = {
        "",
        "{",
        "[]",
        "null",
        "{\"version\": 1}",
        "{\"bindings\": {\"fire\": []}}",
        "{\"version\": 2, \"bindings\": {\"fire\": []}}",
        "{\"version\": 1, \"bindings\": {\"fire\": [], \"jump\": \"key:a\"}}",
        "{\"version\": 1, \"bindings\": {\"fire\": [], \"jump\": [1]}}",
        "{\"version\": 1, \"bindings\": {\"fire\": [], \"fire\": []}}",
        "{\"version\":1,\"bindings\":{\"fire\":[\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"]}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        MpError error = {.status = MP_OK};
        cr_expect_not(mp_input_decode(input, texts[i], &error), "%s", texts[i]);
        cr_expect_eq(error.status, MP_FORMAT, "%s", texts[i]);
        cr_expect(error.message[0]);
    }
    char *long_text = malloc(70000);
    memset(long_text, ' ', 69999);
    long_text[69999] = '\0';
    MpError error;
    cr_expect_not(mp_input_decode(input, long_text, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    free(long_text);
    expect_bound("fire", "key:space pad:a");
}
