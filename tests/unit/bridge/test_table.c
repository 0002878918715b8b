/* C reads and writes Lua tables: what there is, and what is of another type. */
#include "animal.gen.h"
#include "harness.h"
#include "lion.gen.h"
#include "moonpatch/glue.h"
#include "moonpatch/table.h"
#include "table_readers.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MpError error;

/* ---- there and back ----------------------------------------------------------------------- */

Test(table, what_c_writes_lua_and_c_read)
{
    MpVm *vm = harness_open();
    MpTable *table =
        harness_table(vm, "local T = {}\n"
                          "function T.check()\n"
                          "   assert(T.on == true and T.count == 7 and T.ratio == 0.5)\n"
                          "   assert(T.name == 'Leo' and #T.bytes == 3 and T[1] == 'first')\n"
                          "   assert(T.inner.answer == 42 and T.gone == nil)\n"
                          "   return 1\n"
                          "end\n"
                          "T.gone = 1\n"
                          "return T");
    MpTable *inner = mp_table_create(vm, &error);
    cr_assert(mp_table_set_bool(table, mp_key("on"), true, &error));
    cr_assert(mp_table_set_integer(table, mp_key("count"), 7, &error));
    cr_assert(mp_table_set_number(table, mp_key("ratio"), 0.5, &error));
    cr_assert(mp_table_set_string(table, mp_key("name"), "Leo", &error));
    cr_assert(mp_table_set_bytes(table, mp_key("bytes"), "a\0b", 3, &error));
    cr_assert(mp_table_set_string(table, mp_at(1), "first", &error));
    cr_assert(mp_table_set_integer(inner, mp_key("answer"), 42, &error));
    cr_assert(mp_table_set_table(table, mp_key("inner"), inner, &error));
    cr_assert(mp_table_remove(table, mp_key("gone"), &error));
    mp_table_free(inner);
    cr_expect_eq(harness_number(vm, "check"), 1);

    bool on = false;
    int count = 0;
    double ratio = 0;
    const char *text = NULL;
    size_t size = 0;
    cr_expect(mp_table_get_bool(table, mp_key("on"), &on, &error) && on);
    cr_expect(mp_table_get_int(table, mp_key("count"), &count, &error) && count == 7);
    cr_expect(mp_table_get_number(table, mp_key("ratio"), &ratio, &error) && ratio == 0.5);
    cr_expect(mp_table_get_string(table, mp_key("name"), &text, &error));
    cr_expect_str_eq(text, "Leo");
    cr_expect(mp_table_get_bytes(table, mp_key("bytes"), &text, &size, &error));
    cr_expect(size == 3 && memcmp(text, "a\0b", 4) == 0);
    inner = mp_table_get_table(table, mp_key("inner"), &error);
    cr_expect(mp_table_get_int(inner, mp_key("answer"), &count, &error) && count == 42);
    cr_expect_eq(mp_table_length(table), 1);
    mp_table_free(inner);
    mp_table_free(table);
    mp_vm_destroy(vm);
}

Test(table, sixty_four_bits_are_exact)
{
    static const long long values[] = {0,
                                       -1,
                                       INT32_MAX,
                                       1LL << 32,
                                       (1LL << 53) - 1,
                                       1LL << 53,
                                       (1LL << 53) + 1,
                                       -(1LL << 53),
                                       -(1LL << 53) - 1,
                                       INT64_MAX,
                                       INT64_MAX - 1,
                                       INT64_MIN,
                                       INT64_MIN + 1};
    MpVm *vm = harness_open();
    MpTable *table = harness_table(
        vm, "local T = { big = 9223372036854775807LL, unsigned = 9223372036854775807ULL,\n"
            "   over = 9223372036854775808ULL, half = 0.5, power = 2^62, far = 2^63, last = 2^63 - "
            "1024, nan = 0/0 }\n"
            "function T.number() return type(T.v) == 'number' and 1 or 0 end\n"
            "function T.echo(v, type_expected) assert(type(v) == type_expected) return v end\n"
            "return T");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        long long back = 7;
        bool plain = -(1LL << 53) <= values[i] && values[i] <= 1LL << 53;
        cr_assert(mp_table_set_integer(table, mp_key("v"), values[i], &error));
        cr_expect(mp_table_get_integer(table, mp_key("v"), &back, &error), "%s", error.message);
        cr_expect_eq(back, values[i], "%lld", values[i]);
        cr_expect_eq(harness_number(vm, "number"), plain, "%lld", values[i]);
        back = 7;
        cr_expect(mp_vm_call(vm, "test", "echo", &error, "ls>l", values[i],
                             plain ? "number" : "cdata", &back),
                  "%s", error.message);
        cr_expect_eq(back, values[i], "%lld", values[i]);
    }
    long long value = 7;
    cr_expect(mp_table_get_integer(table, mp_key("big"), &value, &error) && value == INT64_MAX);
    cr_expect(mp_table_get_integer(table, mp_key("unsigned"), &value, &error) &&
              value == INT64_MAX);
    cr_expect(mp_table_get_integer(table, mp_key("power"), &value, &error) && value == 1LL << 62);
    cr_expect(mp_table_get_integer(table, mp_key("last"), &value, &error) &&
              value == INT64_MAX - 1023);
    static const char *const wrong[] = {"over", "half", "far", "nan", "echo"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bool ok = mp_table_get_integer(table, mp_key(wrong[i]), &value, &error);
        harness_expect(ok, &error, MP_SCRIPT, "64-bit integer expected, got");
    }
    cr_expect_eq(value, INT64_MAX - 1023, "results are written on success only");
    mp_table_free(table);
    mp_vm_destroy(vm);
}

Test(table, objects)
{
    MpVm *vm = harness_open();
    Lion leo = {.mane = 1};
    Animal dead = {.hp = 1}, stranger = {.hp = 1};
    MpObject *found = NULL;
    mp_object_init(&leo.animal.object, &mp_class_Lion);
    mp_object_init(&dead.object, &mp_class_Animal);
    MpTable *table = mp_table_create(vm, &error);
    cr_expect(mp_table_set_object(table, mp_key("leo"), &leo.animal.object, &error));
    cr_expect(mp_table_set_object(table, mp_key("dead"), &dead.object, &error));
    mp_object_finish(&dead.object);
    cr_expect(mp_table_get_object(table, mp_key("leo"), &mp_class_Animal, &found, &error));
    cr_expect_eq(found, &leo.animal.object);
    cr_expect(mp_table_get_object(table, mp_key("leo"), NULL, &found, &error));
    bool ok = mp_table_get_object(table, mp_key("leo"), &mp_class_Cage, &found, &error);
    harness_expect(ok, &error, MP_SCRIPT, "leo: Cage expected, got Lion");
    ok = mp_table_get_object(table, mp_key("dead"), &mp_class_Animal, &found, &error);
    harness_expect(ok, &error, MP_SCRIPT, "dead: Animal expected, got Animal (destroyed)");
    ok = mp_table_get_object(table, mp_key("none"), NULL, &found, &error);
    harness_expect(ok, &error, MP_NOT_FOUND, "none: object expected, got nil");
    ok = mp_table_set_object(table, mp_key("x"), &stranger.object, &error);
    harness_expect(ok, &error, MP_INVALID, "x: the object is not registered");
    cr_expect_eq(mp_table_kind(table, mp_key("dead")), MP_ENTRY_OBJECT);
    cr_expect(mp_table_set_object(table, mp_key("leo"), NULL, &error));
    cr_expect_eq(mp_table_kind(table, mp_key("leo")), MP_ENTRY_NIL);
    mp_object_finish(&leo.animal.object);
    mp_table_free(table);
    mp_vm_destroy(vm);
}

/* ---- wrong types -------------------------------------------------------------------------- */

static const char WAVES[] = "return { waves = { {}, {}, { count = 'many', big = 3000000000,\n"
                            "   zero = 'a\\0b', odd = 2.5, f = print, deep = {} } } }";

static const struct {
    Get *get;
    const char *key;
    MpStatus status;
    const char *message;
} wrong_types[] = {
    {get_int, "count", MP_SCRIPT, "test.waves[3].count: integer expected, got string"},
    {get_int, "big", MP_SCRIPT, "test.waves[3].big: integer expected, got 3000000000"},
    {get_int, "odd", MP_SCRIPT, "test.waves[3].odd: integer expected, got 2.5"},
    {get_int, "none", MP_NOT_FOUND, "test.waves[3].none: integer expected, got nil"},
    {get_integer, "odd", MP_SCRIPT, "test.waves[3].odd: 64-bit integer expected, got 2.5"},
    {get_bool, "count", MP_SCRIPT, "test.waves[3].count: boolean expected, got string"},
    {get_number, "f", MP_SCRIPT, "test.waves[3].f: number expected, got function"},
    {get_string, "odd", MP_SCRIPT, "test.waves[3].odd: string expected, got 2.5"},
    {get_string, "zero", MP_SCRIPT,
     "test.waves[3].zero: string expected, got string with a zero byte"},
    {get_table, "odd", MP_SCRIPT, "test.waves[3].odd: table expected, got 2.5"},
    {get_table, "none", MP_NOT_FOUND, "test.waves[3].none: table expected, got nil"},
    {get_lion, "deep", MP_SCRIPT, "test.waves[3].deep: Lion expected, got table"},
};

Test(table, wrong_types_are_named_with_their_path)
{
    MpVm *vm = harness_open();
    MpTable *test = harness_table(vm, WAVES);
    MpTable *waves = mp_table_get_table(test, mp_key("waves"), &error);
    MpTable *third = mp_table_get_table(waves, mp_at(3), &error);
    for (size_t i = 0; i < sizeof wrong_types / sizeof *wrong_types; i++) {
        MpError why = {.message = ""};
        bool ok = wrong_types[i].get(third, mp_key(wrong_types[i].key), &why);
        harness_expect(ok, &why, wrong_types[i].status, wrong_types[i].message);
        cr_expect_str_eq(why.message, wrong_types[i].message);
        cr_expect_not(wrong_types[i].get(third, mp_key(wrong_types[i].key), NULL));
    }
    int count = 5;
    cr_expect_not(mp_table_get_int(third, mp_key("count"), &count, NULL));
    cr_expect_eq(count, 5);
    mp_table_free(third);
    mp_table_free(waves);
    mp_table_free(test);
    mp_vm_destroy(vm);
}

Test(table, a_module_that_is_no_table)
{
    MpVm *vm = harness_open();
    harness_script = "return 3";
    bool ok = mp_table_of_module(vm, "test", &error);
    harness_expect(ok, &error, MP_SCRIPT, "module test returns a number, no table");
    cr_expect_null(mp_table_of_module(vm, "absent", &error));
    cr_expect_not_null(strstr(error.message, "no module \"absent\""));
    mp_vm_destroy(vm);
}

Test(table, a_table_that_is_not_there_is_like_an_empty_one)
{
    int value = 5;
    MpKey key = MP_KEY_NONE;
    bool ok = mp_table_get_int(NULL, mp_key("count"), &value, &error);
    harness_expect(ok, &error, MP_NOT_FOUND, "count: there is no table");
    cr_expect_not(mp_table_set_bool(NULL, key, true, NULL));
    cr_expect_not(mp_table_next(NULL, &key, NULL));
    cr_expect_eq(mp_table_length(NULL), 0);
    mp_table_free(NULL);
}

/* ---- iteration ---------------------------------------------------------------------------- */

Test(table, next_visits_names_and_indices_and_passes_over_the_rest)
{
    MpVm *vm = harness_open();
    MpTable *table =
        harness_table(vm, "return { 'a', 'b', [-5] = 'c', [2^53] = 'd', name = 'e', [''] = 'f',\n"
                          "   [true] = 1, [2.5] = 1, [{}] = 1, ['a\\0b'] = 1, [2^60] = 1 }");
    char seen[64] = "";
    int count = 0;
    MpError why = {.status = MP_OK};
    for (MpKey key = MP_KEY_NONE; mp_table_next(table, &key, &why); count++) {
        const char *text = "";
        cr_assert(mp_table_get_string(table, key, &text, &error), "%s", error.message);
        strcat(seen, text);
    }
    cr_expect_eq(why.status, MP_OK);
    cr_expect_eq(count, 6);
    for (const char *letter = "abcdef"; *letter; letter++)
        cr_expect_not_null(strchr(seen, *letter), "%c", *letter);
    mp_table_free(table);
    mp_vm_destroy(vm);
}

static void nobody_listens(void *user, const MpHolding *holding)
{
    (void)user;
    (void)holding;
}

Test(table, entries_may_be_removed_on_the_way)
{
    MpVm *vm = harness_open();
    MpTable *table = mp_table_create(vm, &error);
    char name[16];
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "key%d", i);
        cr_assert(mp_table_set_integer(table, mp_key(name), i, &error));
        cr_assert(mp_table_set_integer(table, mp_at(i), i, &error));
    }
    int count = 0;
    for (MpKey key = MP_KEY_NONE; mp_table_next(table, &key, &error); count++) {
        cr_assert(mp_table_remove(table, key, &error));
        if (count % 100 == 0)
            mp_vm_each_holding(vm, nobody_listens, NULL); /* collects garbage */
    }
    cr_expect_eq(count, 2000);
    MpKey key = MP_KEY_NONE;
    cr_expect_not(mp_table_next(table, &key, &error));
    mp_table_free(table);
    mp_vm_destroy(vm);
}

Test(table, a_key_that_is_not_there_ends_it_with_an_error)
{
    MpVm *vm = harness_open();
    MpTable *table = mp_table_create(vm, &error);
    mp_table_set_bool(table, mp_key("a"), true, &error);
    MpKey key = mp_key("never");
    bool ok = mp_table_next(table, &key, &error);
    harness_expect(ok, &error, MP_INVALID, "table: invalid key");
    mp_table_free(table);
    mp_vm_destroy(vm);
}

Test(table, kinds)
{
    static const MpEntryKind kinds[] = {MP_ENTRY_BOOL,  MP_ENTRY_NUMBER, MP_ENTRY_STRING,
                                        MP_ENTRY_TABLE, MP_ENTRY_OTHER,  MP_ENTRY_OTHER,
                                        MP_ENTRY_OTHER, MP_ENTRY_OTHER,  MP_ENTRY_NIL};
    MpVm *vm = harness_open();
    MpTable *table = harness_table(vm, "return { true, 1, 'x', {}, print, native.Vec2(1, 2), 1LL,\n"
                                       "   coroutine.create(print) }");
    for (int i = 0; i < (int)(sizeof kinds / sizeof *kinds); i++)
        cr_expect_eq(mp_table_kind(table, mp_at(i + 1)), kinds[i], "entry %d", i + 1);
    mp_table_free(table);
    mp_vm_destroy(vm);
}

/* ---- in calls ----------------------------------------------------------------------------- */

Test(table, calls_pass_and_return_tables_and_objects)
{
    MpVm *vm = harness_open();
    Lion leo = {.mane = 7};
    Animal stranger = {.hp = 1};
    mp_object_init(&leo.animal.object, &mp_class_Lion);
    MpTable *test = harness_table(
        vm, "return {\n"
            "   both = function(t, o) t.mane = o.mane return o, t, { t } end,\n"
            "   none = function(t, o) assert(t == nil and o == nil) return nil, nil end,\n"
            "   wrong = function() return {}, {} end }");
    MpTable *given = mp_table_create(vm, &error), *same = NULL, *list = NULL;
    MpObject *object = NULL;
    int mane = 0;
    cr_expect(mp_vm_call(vm, "test", "both", &error, "to>ott", given, &leo.animal.object, &object,
                         &same, &list),
              "%s", error.message);
    cr_expect_eq(object, &leo.animal.object);
    cr_expect(mp_table_get_int(same, mp_key("mane"), &mane, &error) && mane == 7);
    cr_expect_eq(mp_table_length(list), 1);
    cr_expect(mp_table_set_bool(same, mp_key("mark"), true, &error));
    cr_expect_eq(mp_table_kind(given, mp_key("mark")), MP_ENTRY_BOOL, "it is the same table");
    mp_table_free(same);
    mp_table_free(list);

    cr_expect(mp_vm_call(vm, "test", "none", &error, "to>to", NULL, NULL, &same, &object));
    cr_expect(same == NULL && object == NULL);
    bool ok = mp_vm_call(vm, "test", "wrong", &error, ">to", &same, &object);
    harness_expect(ok, &error, MP_SCRIPT, "wrong: result 2: object expected, got table");
    cr_expect_null(same, "nothing to free");
    ok = mp_vm_call(vm, "test", "none", &error, "oo", NULL, &stranger.object);
    harness_expect(ok, &error, MP_INVALID,
                   "none: argument 2: the object is not registered, or of another Lua machine");
    ok = mp_vm_call(vm, "test", "none", &error, "tn?>", NULL, 1.0);
    harness_expect(ok, &error, MP_INVALID, "none: '?' is no letter of a call signature");
    ok = mp_vm_call(vm, "test", "none", &error, "t>n>", NULL);
    harness_expect(ok, &error, MP_INVALID, "none: '>' is no letter of a call signature");
    mp_object_finish(&leo.animal.object);
    mp_table_free(given);
    mp_table_free(test);
    mp_vm_destroy(vm);
}
