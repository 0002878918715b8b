/* What is told of an error of the game's scripts. */
#include "harness.h"
#include "moonpatch/failure.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* The failure of calling test.run() of that script; NULL if it does not fail, or by a patch. */
static const MpFailure *run(MpVm *vm, const char *script)
{
    MpError error;
    harness_script = script;
    mp_vm_call(vm, "test", "run", &error, "");
    return mp_vm_failure(vm);
}

static void expect_trace(const char *script, const char *words)
{
    MpVm *vm = harness_open();
    const MpFailure *failure = run(vm, script);
    cr_assert_not_null(failure);
    cr_expect_not_null(strstr(failure->trace, words), "no '%s' in:\n%s", words, failure->trace);
    mp_vm_destroy(vm);
}

Test(failure, it_has_message_place_and_calls)
{
    MpVm *vm = harness_open();
    const MpFailure *failure = run(vm, "local test = {}\n"
                                       "local function inner(depth) local x = nil + depth end\n"
                                       "function test.run() inner(7) end\n"
                                       "return test");
    cr_assert_not_null(failure);
    cr_expect_str_eq(failure->message,
                     "scripts/test.lua:2: attempt to perform arithmetic on a nil value");
    cr_expect_str_eq(failure->source, "scripts/test.lua");
    cr_expect_eq(failure->line, 2);
    cr_expect_str_eq(failure->trace, "scripts/test.lua:2: in inner\n"
                                     "    depth = 7\n"
                                     "scripts/test.lua:3: in test.run\n");
    mp_vm_destroy(vm);
}

Test(failure, functions_are_called_as_their_definition_says)
{
    static const struct {
        const char *script, *trace, *function;
    } cases[] = {
        {"local t = {}\nfunction t.run() error 'x' end\nreturn t", ":2: in t.run\n", "run"},
        {"local t = {}\nt.run = function() error 'x' end\nreturn t", ":2: in t.run\n", "run"},
        {"return {\nrun = function() error 'x' end }", ":2: in run\n", "run"},
        {"local function f() error 'x' end\nreturn { run = f }", ":1: in f\n", "f"},
        {"local a, f = 1 == 1, {}\nf[1] = function() error 'x' end\nreturn { run = f[1] }",
         ":2: in the function at line 2\n", ""},
        {"local f = function() return function() error 'x' end end return { run = f() }",
         ":1: in the function at line 1\n", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpVm *vm = harness_open();
        const MpFailure *failure = run(vm, cases[i].script);
        cr_assert_not_null(failure);
        cr_expect_not_null(strstr(failure->trace, cases[i].trace), "%s", failure->trace);
        cr_expect_str_eq(failure->function, cases[i].function);
        mp_vm_destroy(vm);
    }
}

Test(failure, what_a_function_has_from_around_it_is_told_of_the_first_alone)
{
    MpVm *vm = harness_open();
    const MpFailure *failure = run(vm, "local test, score, lives = {}, 7, 3\n"
                                       "local function inner() error(score .. test.name) end\n"
                                       "function test.run() inner(lives) end\n"
                                       "test.name = 'n'\n"
                                       "return test");
    cr_assert_not_null(failure);
    cr_expect_str_eq(failure->trace, "scripts/test.lua:2: in inner\n"
                                     "    score = 7 (upvalue)\n"
                                     "scripts/test.lua:3: in test.run\n");
    mp_vm_destroy(vm);
}

Test(failure, a_misspelt_field_is_told_from_what_there_is)
{
    static const struct {
        const char *text, *hint;
    } cases[] = {
        {"local board = { print = 1 } board.prnt()",
         "field 'prnt' (a nil value) (did you mean \"print\"?)"},
        {"local board = { parts = {} } board.prats.x = 1",
         "field 'prats' (a nil value) (did you mean \"parts\"?)"},
        {"local a = { b = { print = 1 } } a.b.prnt()", " (did you mean \"print\"?)"},
        {"local a = setmetatable({}, { __index = { follow = 1 } }) a:folow()",
         " (did you mean \"follow\"?)"},
        {"math.flor(1)", " (did you mean \"floor\"?)"},
        {"native.Anmial.x()", " (did you mean \"Animal\"?)"},
        {"native.Animal.spwan()", "a nil value)"},
        {"local a = setmetatable({}, { __index = function() end }) a.prnt()",
         "'prnt' (a nil value)"},
        {"local a = { print = 1 } a.zzzzzz()", "'zzzzzz' (a nil value)"},
        {"local a = {} a[1] = { print = 1 } a[1].prnt()", "'prnt' (a nil value)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char script[256];
        snprintf(script, sizeof script, "return { run = function() %s end }", cases[i].text);
        MpVm *vm = harness_open();
        const MpFailure *failure = run(vm, script);
        cr_assert_not_null(failure);
        const char *found = strstr(failure->message, cases[i].hint);
        cr_expect(found && strlen(found) == strlen(cases[i].hint), "%s", failure->message);
        mp_vm_destroy(vm);
    }
}

Test(failure, a_table_that_is_raised_is_told_without_running_scripts)
{
    MpVm *vm = harness_open();
    const MpFailure *failure =
        run(vm, "return { run = function() error(setmetatable({ code = 1 },\n"
                "{ __tostring = error, __index = error, __pairs = error })) end }");
    cr_assert_not_null(failure);
    cr_expect_str_eq(failure->message, "scripts/test.lua:1: error object is a table: { code = 1 }");
    mp_vm_destroy(vm);
}

#define RUN(text) "return { run = function() " text " error 'x' end }"

Test(failure, values_are_told_without_running_scripts)
{
    static const struct {
        const char *script, *words;
    } values[] = {
        {RUN("local a = 'two\\nlines\\0'"), "    a = \"two\\nlines\\0\"\n"},
        {RUN("local a = ('x'):rep(1000)"), "xxx...\"\n"},
        {RUN("local a = { 1, 2, name = 'n' }"), "    a = { 1, 2, name = \"n\" }\n"},
        {RUN("local a = { 1, 2, 3, 4, 5 }"), "    a = { 1, 2, 3, 4, ... }\n"},
        {RUN("local a = { { 1 } }"), "    a = { {...} }\n"},
        {RUN("local a = {}"), "    a = {}\n"},
        {RUN("local a = function() end"), "    a = function at scripts/test.lua:1\n"},
        {RUN("local a, b = true, nil"), "    a = true\n    b = nil\n"},
        {RUN("local a = setmetatable({ 1 }, { __tostring = error, __index = error, __pairs = error "
             "})"),
         "    a = { 1 }\n"},
        {RUN("local a, b, c, d, e, f, g, h, i, j, k, l, m, n"), "    and 2 more\n"},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        expect_trace(values[i].script, values[i].words);
}

Test(failure, characters_are_not_cut_through)
{
    expect_trace(RUN("local a = ('\\195\\164'):rep(30)"), "\xC3\xA4\"\n");
    expect_trace(RUN("local a = 'x' .. ('\\195\\164'):rep(30)"), "\xC3\xA4...\"\n");
}

Test(failure, a_file_that_does_not_parse_has_a_place)
{
    MpVm *vm = harness_open();
    const MpFailure *failure = run(vm, "return {}\n\n(");
    cr_assert_not_null(failure);
    cr_expect_str_eq(failure->source, "scripts/test.lua");
    cr_expect_eq(failure->line, 2 + 1);
    mp_vm_destroy(vm);
}

Test(failure, the_calls_of_a_coroutine_come_first)
{
    expect_trace(
        "return { run = function()\n"
        "local ok, why = coroutine.resume(coroutine.create(function() local deep = 5 error 'x' "
        "end))\n"
        "error(why, 0) end }",
        "scripts/test.lua:2: in the function at line 2\n    deep = 5\nscripts/test.lua:3: in");
}

Test(failure, an_endless_recursion_is_told_in_part)
{
    MpVm *vm = harness_open();
    const MpFailure *failure =
        run(vm, "local function f(n) return 1 + f(n + 1) end return { run = function() f(1) end }");
    cr_assert_not_null(failure);
    cr_expect_not_null(strstr(failure->message, "stack overflow"), "%s", failure->message);
    mp_vm_destroy(vm);
}

Test(failure, none_without_an_error_and_none_by_a_patch)
{
    MpVm *vm = harness_open();
    cr_expect_null(run(vm, "local test, hook = {}\n"
                           "function test.set_hook(f) hook = f end\n"
                           "function test.run() if hook then hook() end end\n"
                           "return test"));
    MpError error;
    cr_expect_str_eq(harness_patch(vm, "p.lua",
                                   "local patch = require 'patch'\n"
                                   "require('test').set_hook(function() error 'mine' end)\n"
                                   "patch.after(require 'test', 'run', function() end)\n"),
                     "");
    cr_expect_not(mp_vm_call(vm, "test", "run", &error, ""));
    cr_expect_not_null(strstr(error.message, "mine"), "%s", error.message);
    cr_expect_null(mp_vm_failure(vm));
    mp_vm_destroy(vm);
}
