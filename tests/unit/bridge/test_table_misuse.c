/* Tables that C holds: what scripts, other machines, other threads and their end can do to them. */
#include "animal.gen.h"
#include "harness.h"
#include "lion.gen.h"
#include "moonpatch/glue.h"
#include "moonpatch/table.h"
#include "table_readers.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MpError error;

/* ---- meant badly -------------------------------------------------------------------------- */

Test(misuse, metatables_are_not_asked)
{
    MpVm *vm = harness_open();
    MpTable *table = harness_table(
        vm, "local T = { real = 1 }\n"
            "local function bad() error 'a script ran' end\n"
            "T.bad = setmetatable({ 1, 2, 3 }, { __index = bad, __newindex = bad, __len = bad,\n"
            "   __pairs = bad, __call = bad, __tostring = bad, __mode = 'kv', __gc = bad })\n"
            "T.self = T\n"
            "return T");
    MpTable *bad = mp_table_get_table(table, mp_key("bad"), &error);
    int value = 0;
    cr_expect_not(mp_table_get_int(bad, mp_key("x"), &value, &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect(mp_table_set_integer(bad, mp_key("x"), 9, &error));
    cr_expect(mp_table_get_int(bad, mp_key("x"), &value, &error) && value == 9);
    cr_expect_eq(mp_table_length(bad), 3);
    int count = 0;
    for (MpKey key = MP_KEY_NONE; mp_table_next(bad, &key, &error);)
        count++;
    cr_expect_eq(count, 4);
    cr_expect_not(mp_table_get_int(table, mp_key("bad"), &value, &error));
    cr_expect_str_eq(error.message, "test.bad: integer expected, got table");
    mp_table_free(bad);
    mp_table_free(table);
    mp_vm_destroy(vm);
}

Test(misuse, circles_have_long_paths_that_are_cut)
{
    MpVm *vm = harness_open();
    MpTable *table = harness_table(vm, "local T = {} T.oneself = T return T");
    for (int i = 0; i < 100; i++) {
        MpTable *next = mp_table_get_table(table, mp_key("oneself"), &error);
        cr_assert_not_null(next);
        mp_table_free(table);
        table = next;
    }
    int value;
    cr_expect_not(mp_table_get_int(table, mp_key("count"), &value, &error));
    cr_expect_eq(strncmp(error.message, "...", 3), 0, "%s", error.message);
    cr_expect_not_null(strstr(error.message, ".oneself.oneself.count: integer expected, got nil"));
    char name[1000];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    cr_expect(mp_table_set_bool(table, mp_key(name), true, &error));
    cr_expect_not(mp_table_get_int(table, mp_key(name), &value, &error));
    cr_expect_eq(error.status, MP_SCRIPT);
    mp_table_free(table);
    mp_vm_destroy(vm);
}

Test(misuse, indices_end_where_numbers_are_not_exact)
{
    MpVm *vm = harness_open();
    MpTable *table = mp_table_create(vm, &error);
    bool value = false;
    cr_expect(mp_table_set_bool(table, mp_at(1LL << 53), true, &error));
    cr_expect(mp_table_get_bool(table, mp_at(1LL << 53), &value, &error) && value);
    cr_expect_not(mp_table_get_bool(table, mp_at((1LL << 53) - 1), &value, &error));
    static const long long beyond[] = {(1LL << 53) + 1, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
        bool ok = mp_table_set_bool(table, mp_at(beyond[i]), true, &error);
        harness_expect(ok, &error, MP_INVALID, "no such index");
    }
    mp_table_free(table);
    mp_vm_destroy(vm);
}

Test(misuse, large_ones)
{
    enum { COUNT = 200000 };
    MpVm *vm = harness_open();
    MpTable *table = mp_table_create(vm, &error);
    for (int i = 1; i <= COUNT; i++)
        cr_assert(mp_table_set_integer(table, mp_at(i), i, &error));
    cr_expect_eq(mp_table_length(table), COUNT);
    char *text = calloc(1, 8 << 20);
    size_t size = 0;
    const char *back;
    cr_expect(mp_table_set_bytes(table, mp_key("text"), text, 8 << 20, &error));
    cr_expect(mp_table_get_bytes(table, mp_key("text"), &back, &size, &error));
    cr_expect_eq(size, 8 << 20);
    free(text);
    mp_table_free(table);
    mp_vm_destroy(vm);
}

/* ---- other machines, other times, other threads ------------------------------------------- */

Test(misuse, a_table_of_another_machine_is_refused)
{
    MpVm *vm = harness_open(), *other = harness_open();
    MpTable *own = harness_table(vm, "return { f = function(t) return t end }");
    MpTable *foreign = mp_table_create(other, &error), *back = NULL;
    bool ok = mp_table_set_table(own, mp_key("x"), foreign, &error);
    harness_expect(ok, &error, MP_INVALID,
                   "test.x: the other table belongs to another Lua machine");
    ok = mp_vm_call(vm, "test", "f", &error, "t>t", foreign, &back);
    harness_expect(ok, &error, MP_INVALID,
                   "f: argument 1: the table is not registered, or of another Lua machine");
    mp_vm_destroy(other);
    ok = mp_table_set_table(own, mp_key("x"), foreign, &error);
    harness_expect(ok, &error, MP_INVALID, "another Lua machine");
    mp_table_free(foreign);
    mp_table_free(own);
    mp_vm_destroy(vm);
}

static Get *const readers[] = {get_bool,   get_int,   get_integer, get_number,
                               get_string, get_table, get_lion};

Test(misuse, everything_is_refused_when_the_machine_is_closed)
{
    MpVm *vm = harness_open();
    MpTable *table = harness_table(vm, "return { waves = 1 }");
    const char *text = NULL;
    MpKey last = MP_KEY_NONE;
    cr_assert(mp_table_next(table, &last, &error)); /* its name is the table's own */
    cr_assert_str_eq(last.name, "waves");
    cr_assert(mp_table_set_string(table, mp_key("text"), "kept", &error));
    cr_assert(mp_table_get_string(table, mp_key("text"), &text, &error));
    mp_vm_destroy(vm);
    cr_expect_not_null(strstr(harness_log, "closing: program held tables not freed: 1"));
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        bool ok = readers[i](table, mp_key("waves"), &error);
        harness_expect(ok, &error, MP_REFUSED,
                       "test.waves: the Lua machine of the table was closed");
    }
    cr_expect_not(mp_table_set_bool(table, mp_at(1), true, &error));
    cr_expect_not(mp_table_remove(table, mp_at(1), &error));
    MpKey key = MP_KEY_NONE;
    bool ok = mp_table_next(table, &key, &error);
    harness_expect(ok, &error, MP_REFUSED, "test: the Lua machine of the table was closed");
    cr_expect_eq(mp_table_length(table), 0);
    cr_expect_eq(mp_table_kind(table, mp_key("waves")), MP_ENTRY_NIL);
    cr_expect_str_eq(text, "kept", "what was read stays valid");
    cr_expect_str_eq(last.name, "waves", "and what was found");
    mp_table_free(table);
}

static void *use_from_thread(void *user)
{
    MpTable **tables = user;
    int value;
    MpError why = {.message = ""};
    bool refused =
        !mp_table_get_int(tables[0], mp_key("x"), &value, &why) && why.status == MP_REFUSED &&
        strstr(why.message, "test.x: the table is of another thread") &&
        !mp_table_set_bool(tables[0], mp_key("x"), true, &why) && mp_table_length(tables[0]) == 0;
    mp_table_free(tables[1]);
    return refused ? user : NULL;
}

static void in_thread(void *(*run)(void *), void *user)
{
    pthread_t thread;
    void *result = NULL;
    cr_assert_eq(pthread_create(&thread, NULL, run, user), 0);
    cr_assert_eq(pthread_join(thread, &result), 0);
    cr_expect_not_null(result);
}

static void *free_in_thread(void *table)
{
    mp_table_free(table);
    return &error;
}

Test(misuse, another_thread_can_only_free_it)
{
    MpVm *vm = harness_open();
    MpTable *tables[] = {harness_table(vm, "return { 1 }"), mp_table_create(vm, &error)};
    in_thread(use_from_thread, tables); /* the second one's memory goes with the machine */
    cr_expect_eq(mp_table_length(tables[0]), 1);
    mp_vm_destroy(vm);
    in_thread(free_in_thread, tables[0]);
}

/* ---- from inside a script ----------------------------------------------------------------- */

static MpVm *current;

/* A script in a coroutine prints a line: C uses its VM from there, on the coroutine's stack. */
static void on_line(void *user, MpSeverity severity, const char *line)
{
    (void)user;
    if (severity != MP_SEVERITY_INFO)
        return;
    double number = 0;
    bool same = false;
    MpTable *table = mp_table_of_module(current, "test", &error);
    cr_expect(mp_table_set_string(table, mp_key("line"), line, &error), "%s", error.message);
    cr_expect(mp_vm_call(current, "test", "length", &error, ">nb", &number, &same), "%s",
              error.message);
    cr_expect_eq(number, (double)strlen(line));
    cr_expect(same, "not the coroutine that printed");
    mp_table_free(table);
}

static char *read_script(void *user, const char *path, size_t *size, MpError *why)
{
    (void)user;
    (void)path;
    (void)why;
    *size = strlen(harness_script);
    return strdup(harness_script);
}

Test(misuse, c_that_a_coroutine_called_uses_them)
{
    MpVm *vm = current =
        mp_vm_create(&(MpVmOptions){.jit = true, .log = on_line, .read = read_script}, &error);
    harness_script = "local T = {}\n"
                     "function T.length()\n"
                     "   local length = coroutine.wrap(function() return #T.line end)()\n"
                     "   return length, coroutine.running() == T.thread\n"
                     "end\n"
                     "function T.run()\n"
                     "   local sum = 0\n"
                     "   local thread = coroutine.wrap(function()\n"
                     "      T.thread = coroutine.running()\n"
                     "      for i = 1, 200 do\n"
                     "         print(('x'):rep(i))\n"
                     "         sum = sum + #T.line\n"
                     "         coroutine.yield()\n"
                     "      end\n"
                     "   end)\n"
                     "   for i = 1, 200 do thread() end\n"
                     "   return sum\n"
                     "end\n"
                     "return T";
    cr_expect_eq(harness_number(vm, "run"), 200 * 201 / 2);
    mp_vm_destroy(vm);
}
