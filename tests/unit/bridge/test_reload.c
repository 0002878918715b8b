/* mp_vm_reload and mp_vm_each_stale: what the host is told, and when it is refused. */
#include "harness.h"
#include "moonpatch/reload.h"
#include "zoo.gen.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MpVm *vm;
static const char *script;
static char said[4096];
static char heard[4096]; /* "files|problem|functions|stale" of the last event */
static bool reloads_inside;

static void on_log(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    snprintf(said + strlen(said), sizeof said - strlen(said), "%s\n", text);
    if (reloads_inside && strstr(text, "inside")) {
        reloads_inside = false;
        cr_expect_not(mp_vm_reload(vm));
    }
}

static void on_event(void *user, const MpReloadEvent *event)
{
    (void)user;
    snprintf(heard, sizeof heard, "%s|%s|%zu|%s", event->files,
             event->problem ? event->problem : "", event->functions, event->stale);
    cr_expect_not(mp_vm_destroy(vm)); /* not from in here */
}

static char *read_script(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    if (strcmp(path, "scripts/test.lua") != 0 || !script) {
        mp_error_set(error, MP_NOT_FOUND, "no such file");
        return NULL;
    }
    *size = strlen(script);
    return strdup(script);
}

static double number(const char *function)
{
    MpError error;
    double result = 0;
    cr_assert(mp_vm_call(vm, "test", function, &error, ">n", &result), "%s", error.message);
    return result;
}

static void setup(void)
{
    MpError error;
    vm = mp_vm_create(
        &(MpVmOptions){.jit = true, .log = on_log, .read = read_script, .reload_event = on_event},
        &error);
    cr_assert_not_null(vm, "%s", error.message);
    script = "local n = 0 return { f = function() n = n + 1 return n end }";
    cr_assert_eq(number("f"), 1);
}

static void teardown(void)
{
    reloads_inside = false;
    mp_vm_destroy(vm);
}

TestSuite(reload, .init = setup, .fini = teardown);

Test(reload, tells_what_became_of_it)
{
    cr_expect_not(mp_vm_reload(vm));
    cr_expect_str_eq(heard, "");
    script = "local n = 0 return { f = function() n = n + 10 return n end }";
    cr_expect(mp_vm_reload(vm));
    cr_expect_str_eq(heard, "test.lua||1|");
    cr_expect_str_eq(strstr(said, "reloaded"), "reloaded test.lua: 1 function\n"
                                               "mp_vm_destroy: a script, or a callback of the VM, "
                                               "is running; call it between two frames\n");
    cr_expect_eq(number("f"), 11);
    script = "return { f = ";
    cr_expect(mp_vm_reload(vm));
    cr_expect(strncmp(heard, "test.lua|scripts/test.lua:1: ", 29) == 0, "%s", heard);
    cr_expect_not(mp_vm_reload(vm));
    cr_expect_eq(number("f"), 21);
}

Test(reload, a_file_that_is_gone_changes_nothing)
{
    script = NULL;
    cr_expect_not(mp_vm_reload(vm));
    cr_expect_eq(number("f"), 2);
}

Test(reload, is_refused_while_a_script_runs)
{
    script = "return { f = function() print 'inside' return 5 end }";
    cr_assert(mp_vm_reload(vm));
    script = "return { f = function() return 6 end }";
    reloads_inside = true;
    cr_expect_eq(number("f"), 5);
    cr_expect_not(reloads_inside);
    cr_expect(strstr(said, "mp_vm_reload: a script, or a callback of the VM, is running"), "%s",
              said);
    cr_expect(mp_vm_reload(vm));
    cr_expect_eq(number("f"), 6);
}

static void note_stale(void *user, const MpStale *stale)
{
    char *text = user;
    sprintf(text + strlen(text), "%s|%s|%s|%s\n", stale->kind, stale->name, stale->place,
            stale->why);
}

Test(reload, lists_what_still_runs_earlier_code)
{
    script = "local function work() coroutine.yield(1) end\n"
             "local thread = coroutine.create(work)\n"
             "return { f = function() coroutine.resume(thread) return 7 end }";
    cr_assert(mp_vm_reload(vm));
    cr_assert_eq(number("f"), 7);
    script = "local function work() coroutine.yield(2) end\n"
             "local thread = coroutine.create(work)\n"
             "return { f = function() coroutine.resume(thread) return 7 end }";
    cr_assert(mp_vm_reload(vm));
    char text[1024] = "";
    mp_vm_each_stale(vm, note_stale, text);
    cr_expect_str_eq(text, "coroutine|work|scripts/test.lua:1|it runs the earlier text until it "
                           "returns\n");
    number("f");
    text[0] = '\0';
    mp_vm_each_stale(vm, note_stale, text);
    cr_expect_str_eq(text, "");
}
