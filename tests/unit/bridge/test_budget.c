/* Budgets, as hosts see them: whose call fails, what goes on, and several machines at once. */
#include "animal.gen.h"
#include "harness.h"
#include "lion.gen.h"
#include "zoo.gen.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { BUDGET = 20 };

static _Thread_local Lion leo;

static void take_line(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    size_t length = strlen(harness_log);
    snprintf(harness_log + length, sizeof harness_log - length, "%s\n", text);
}

static char *read_script(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    (void)path;
    (void)error;
    *size = strlen(harness_script);
    return strdup(harness_script);
}

static MpVm *open_with(const MpVmOptions *wanted)
{
    MpVmOptions options = *wanted;
    MpError error = {.message = ""};
    options.log = take_line;
    options.read = read_script;
    MpVm *vm = mp_vm_create(&options, &error);
    cr_assert_not_null(vm, "%s", error.message);
    cr_assert(mp_vm_register(vm, &mp_module_zoo, &error), "%s", error.message);
    leo = (Lion){.animal = {.hp = 100, .name = "Leo"}};
    mp_object_init(&leo.animal.object, &mp_class_Lion);
    mp_vm_set_root(vm, "leo", &leo.animal.object);
    return vm;
}

static MpVm *open_compiled(void)
{
    return open_with(&(MpVmOptions){.jit = true, .budget_ms = BUDGET});
}

/* Whether module.function returns; if not, why is in `error`. */
static bool call(MpVm *vm, const char *function, MpError *error)
{
    return mp_vm_call(vm, "test", function, error, "");
}

/* ---- the game's own scripts --------------------------------------------------------------- */

Test(budget, a_script_of_the_game_that_never_returns_is_an_error_of_the_call, .timeout = 20)
{
    harness_script = "return { hang = function() while true do end end, go = function() end }";
    MpVm *vm = open_compiled();
    MpError error = {.message = ""};
    for (int i = 0; i < 2; i++) {
        cr_expect_not(call(vm, "hang", &error));
        cr_expect_eq(error.status, MP_SCRIPT);
        cr_expect_not_null(strstr(error.message, "runaway: scripts ran longer than 200 ms"),
                           "got: %s", error.message);
        cr_expect(call(vm, "go", &error), "%s", error.message);
    }
    cr_expect(mp_vm_destroy(vm));
}

Test(budget, a_module_that_never_loads_is_an_error, .timeout = 20)
{
    harness_script = "pcall(function() while true do end end) while true do end";
    MpVm *vm = open_compiled();
    MpError error = {.message = ""};
    cr_expect_not(mp_vm_require(vm, "test", &error));
    cr_expect_not_null(strstr(error.message, "runaway"), "got: %s", error.message);
    harness_script = "return { go = function() end }";
    cr_expect(call(vm, "go", &error), "%s", error.message);
    cr_expect(mp_vm_destroy(vm));
}

/* C goes on after a callback or an event as if nothing were; the log alone tells. */
Test(budget, a_listener_of_the_game_that_fills_the_memory_is_told, .timeout = 20)
{
    harness_script = "local function fill() local t = {} for i = 1, 1e9 do t[i] = {i} end end\n"
                     "local ball = native.Ball.new()\n"
                     "ball.rolled_away:connect(fill)\n"
                     "native.post.subscribe(fill)\n"
                     "return { roll = function() ball.rolled_away:fire(1, native.Vec2(0, 0)) end,\n"
                     "    send = function() native.post.send 'x' end }";
    MpVm *vm = open_with(&(MpVmOptions){.jit = true, .memory_limit_mb = 16});
    static const struct {
        const char *call, *log;
    } cases[] = {
        {"roll", "Ball.rolled_away: a listener failed: memory: scripts hold more than 16 MB"},
        {"send", "post.subscribe: callback.Listener: memory: scripts hold more than 16 MB"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpError error = {.message = ""};
        harness_log[0] = '\0';
        cr_expect(call(vm, cases[i].call, &error), "%s", error.message);
        cr_expect_not_null(strstr(harness_log, cases[i].log), "%s: %s", cases[i].call, harness_log);
    }
    cr_expect(mp_vm_destroy(vm));
}

/* The stack is full then: there is no room to look who is on it, and the time must not count twice.
 */
Test(budget, a_patch_that_calls_itself_without_end_is_no_runaway, .timeout = 60)
{
    harness_script = "return { go = function()\n"
                     "    assert(pcall(function() return native.leo:damage(2) end))\n"
                     "end }";
    for (int jit = 0; jit < 2; jit++) {
        MpVm *vm = open_with(&(MpVmOptions){.jit = jit == 1, .budget_ms = 500});
        MpError error = {.message = ""};
        harness_log[0] = '\0';
        cr_expect_str_empty(
            harness_patch(vm, "p.lua",
                          "require('patch').override(native.Lion, 'damage', "
                          "function(original, self, n) return self:damage(n) end)"));
        cr_expect(call(vm, "go", &error), "%s", error.message);
        cr_expect_not_null(strstr(harness_log, "it calls itself without end"), "%s", harness_log);
        cr_expect_null(strstr(harness_log, "runaway"), "%s", harness_log);
        cr_expect(mp_vm_destroy(vm));
    }
}

/* Such a line has the time of a patch, and is its own end alone. */
Test(budget, a_line_of_the_inspector_that_never_returns_is_stopped, .timeout = 20)
{
    harness_script = "local inspector = require 'inspector'\n"
                     "local function hangs(line)\n"
                     "    local ok, why = inspector.evaluate(line)\n"
                     "    assert(not ok and why:find('runaway: a function ran longer than 20 ms', "
                     "1, true), why)\n"
                     "end\n"
                     "return { go = function()\n"
                     "    hangs 'while true do end'\n"
                     "    hangs 'pcall(function() while true do end end) while true do end'\n"
                     "    assert(inspector.evaluate '7')\n"
                     "end }";
    for (int jit = 0; jit < 2; jit++) {
        MpVm *vm =
            open_with(&(MpVmOptions){.jit = jit == 1, .inspector = true, .budget_ms = BUDGET});
        MpError error = {.message = ""};
        for (int i = 0; i < 3; i++)
            cr_expect(call(vm, "go", &error), "%s", error.message);
        cr_expect(mp_vm_destroy(vm));
    }
}

/* Secure unless a host wants it. */
Test(budget, there_is_no_inspector_unless_the_host_wants_one)
{
    harness_script = "local inspector = require 'inspector' return { go = function() "
                     "assert(inspector.evaluate) end }";
    MpVm *vm = open_compiled();
    MpError error = {.message = ""};
    cr_expect_not(call(vm, "go", &error));
    cr_expect(mp_vm_destroy(vm));
}

/* Seconds of CPU time that the game's script takes for so much work. */
static double work(MpVm *vm, double amount)
{
    MpError error = {.message = ""};
    struct timespec start, end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    cr_expect(mp_vm_call(vm, "test", "work", &error, "n", amount), "%s", error.message);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
}

/* Longer than a patch may take, on a machine of any speed; but it is no patch. */
Test(budget, the_game_may_take_its_time, .timeout = 20)
{
    harness_script =
        "return { work = function(amount) for i = 1, amount do native.leo:shout 'x' end end }";
    MpVm *vm = open_with(&(MpVmOptions){.jit = true, .budget_ms = 100});
    double amount = 1e5;
    while (work(vm, amount) < 0.15 && amount < 1e9)
        amount *= 2;
    cr_expect_lt(amount, 1e9, "it did not take long enough to be told apart");
    cr_expect(mp_vm_destroy(vm));
}

Test(budget, memory_of_the_game_is_an_error_of_the_call_too, .timeout = 20)
{
    harness_script =
        "return {\n"
        "   hoard = function() local t = {} while true do t[#t + 1] = { 1, 2, 3 } end end,\n"
        "   go = function() return #('x'):rep(1e6) end,\n"
        "}";
    MpVm *vm = open_with(&(MpVmOptions){.jit = true, .memory_limit_mb = 32});
    MpError error = {.message = ""};
    cr_expect_not(call(vm, "hoard", &error));
    cr_expect_not_null(strstr(error.message, "memory: scripts hold more than 32 MB"), "got: %s",
                       error.message);
    cr_expect_lt(mp_vm_memory(vm) >> 20, 200);
    cr_expect_eq(harness_number(vm, "go"), 1e6);
    cr_expect(mp_vm_destroy(vm));
}

/* ---- when nothing is to be stopped -------------------------------------------------------- */

Test(budget, without_a_limit_nothing_is_stopped, .timeout = 20)
{
    harness_script = "return { work = function() for i = 1, 3e6 do native.leo:shout 'x' end end }";
    MpVm *vm = open_with(&(MpVmOptions){.jit = true, .budget_ms = UINT32_MAX});
    MpError error = {.message = ""};
    cr_expect(call(vm, "work", &error), "%s", error.message);
    cr_expect(mp_vm_destroy(vm));
}

/* A call that is short, many times: the time of all of them is nobody's budget. */
Test(budget, many_short_calls_are_no_long_one, .timeout = 30)
{
    harness_script = "return {}";
    MpVm *vm = open_compiled();
    cr_expect_str_empty(harness_patch(
        vm, "p.lua",
        "require('patch').override(native.Animal, 'damage', function(original, self, n)\n"
        "   for i = 1, 5e3 do self:shout 'x' end return n\nend)"));
    for (int i = 0; i < 200; i++)
        cr_assert_eq(animal_damage(&leo.animal, i), i);
    cr_expect_eq(mp_vm_errors(vm), 0, "%s", harness_log);
    cr_expect(mp_vm_destroy(vm));
}

/* The time that the bridge takes to stage many patches is none of the last one's. */
Test(budget, a_long_commit_is_nobody_s_fault, .timeout = 60)
{
    enum { PATCHES = 1000 };
    static char names[PATCHES][16];
    static const char text[] = "local patch = require 'patch'\n"
                               "patch.after(native.Animal, 'heal', function() end)\n"
                               "for _ = 1, 10 do patch.info { author = 'x' } end";
    static MpPatchChange changes[PATCHES];
    harness_script = "return {}";
    MpVm *vm = open_compiled();
    for (int i = 0; i < PATCHES; i++) {
        snprintf(names[i], sizeof names[i], "p%d.lua", i);
        changes[i] = (MpPatchChange){.file = names[i], .text = text, .size = sizeof text - 1};
    }
    mp_patch_apply(vm, changes, PATCHES);
    cr_expect_null(strstr(harness_log, "runaway"), "%s", strstr(harness_log, "runaway"));
    cr_expect(mp_vm_destroy(vm));
}

/* A machine that sleeps, or stands in a debugger, uses no CPU time. */
static void sleep_long(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    if (strcmp(text, "sleep") == 0)
        nanosleep(&(struct timespec){.tv_nsec = 300 * 1000000}, NULL);
}

Test(budget, time_asleep_does_not_count, .timeout = 20)
{
    MpError error = {.message = ""};
    MpVm *vm =
        mp_vm_create(&(MpVmOptions){.jit = true, .budget_ms = BUDGET, .log = sleep_long}, &error);
    cr_assert(mp_vm_register(vm, &mp_module_zoo, &error), "%s", error.message);
    leo = (Lion){.animal = {.hp = 100}};
    mp_object_init(&leo.animal.object, &mp_class_Lion);
    harness_patch(vm, "p.lua",
                  "require('patch').override(native.Animal, 'damage', function(original, self, n)\n"
                  "   for i = 1, 3 do print 'sleep' end return 55\nend)");
    cr_expect_eq(animal_damage(&leo.animal, 1), 55);
    cr_expect_eq(mp_vm_errors(vm), 0);
    cr_expect(mp_vm_destroy(vm));
}

/* ---- several machines --------------------------------------------------------------------- */

static MpVm *inner;

static void call_inner(void *user, MpSeverity severity, const char *text)
{
    MpError error = {.message = ""};
    (void)severity;
    if (strcmp(text, "inner") == 0)
        *(bool *)user = call(inner, "hang", &error) || !strstr(error.message, "runaway");
}

/* The script of one machine calls C, which calls another machine, which hangs. */
Test(budget, of_nested_machines_the_one_that_runs_is_stopped, .timeout = 20)
{
    bool wrong = true;
    MpError error = {.message = ""};
    harness_script = "return { hang = function() while true do end end,\n"
                     "   ask = function() print 'inner' return 7 end }";
    inner = open_compiled();
    MpVm *outer = mp_vm_create(&(MpVmOptions){.jit = true,
                                              .budget_ms = BUDGET,
                                              .log = call_inner,
                                              .read = read_script,
                                              .user = &wrong},
                               &error);
    cr_assert_not_null(outer, "%s", error.message);
    cr_expect_eq(harness_number(outer, "ask"), 7);
    cr_expect_not(wrong);
    cr_expect(mp_vm_destroy(outer));
    cr_expect(mp_vm_destroy(inner));
}

static void *hang_in_thread(void *stopped)
{
    harness_script = "return { hang = function() while true do end end }";
    MpVm *vm = open_compiled();
    MpError error = {.message = ""};
    bool all = true;
    for (int i = 0; i < 3; i++)
        all = all && !call(vm, "hang", &error) && strstr(error.message, "runaway");
    mp_object_finish(&leo.animal.object);
    *(bool *)stopped = all && mp_vm_destroy(vm);
    return NULL;
}

Test(budget, machines_of_several_threads_are_stopped_at_once, .timeout = 60)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    bool stopped[THREADS] = {false};
    for (int i = 0; i < THREADS; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, hang_in_thread, &stopped[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        cr_expect(stopped[i], "thread %d", i);
    }
}

/* ---- the host ----------------------------------------------------------------------------- */

static void ignore(int signal) { (void)signal; }

Test(budget, a_host_that_uses_the_signal_is_told)
{
    signal(SIGVTALRM, ignore);
    harness_script = "return {}";
    MpVm *vm = open_compiled();
    cr_expect_not_null(strstr(harness_log,
                              "scripts that run without end will not be stopped: the program uses "
                              "SIGVTALRM itself"),
                       "got: %s", harness_log);
    cr_expect(mp_vm_destroy(vm));
}

Test(budget, garbage_goes_in_slices, .timeout = 30)
{
    harness_script =
        "local keep = {}\n"
        "return { frame = function() for i = 1, 2000 do keep[i % 5000 + 1] = { { i } } end end }";
    MpVm *vm = open_with(&(MpVmOptions){.jit = true});
    MpError error;
    for (int i = 0; i < 2000; i++) {
        call(vm, "frame", &error);
        mp_vm_collect(vm, 200);
    }
    cr_expect_lt(mp_vm_memory(vm) >> 20, 8, "%zu bytes", mp_vm_memory(vm));
    cr_expect(mp_vm_destroy(vm));
}

/* Microseconds that a slice of 2000 took, after a frame of that kind. */
static double slice_after(MpVm *vm, const char *frame)
{
    MpError error;
    cr_assert(call(vm, frame, &error), "%s", error.message);
    struct timespec begun, end;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    mp_vm_collect(vm, 2000);
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - begun.tv_sec) * 1e6 + (double)(end.tv_nsec - begun.tv_nsec) * 1e-3;
}

/* Of some slices the shortest and the longest: what else the machine does makes them only longer.
 */
Test(budget, little_new_garbage_takes_a_quarter_of_the_time, .timeout = 30)
{
    harness_script =
        "local keep, lost = {}, nil\n"
        "for i = 1, 1000000 do keep[i] = { i } end\n"
        "local function lose(n) for i = 1, n do lost = { i } end end\n"
        "return { quiet = function() lose(10) end, busy = function() lose(50000) end }";
    MpVm *vm = open_with(&(MpVmOptions){.jit = true});
    double quiet = 1e9, busy = 0;
    slice_after(vm, "quiet"); /* what the script's start has left is new */
    for (int i = 0; i < 3; i++)
        quiet = fmin(quiet, slice_after(vm, "quiet"));
    for (int i = 0; i < 3; i++)
        busy = fmax(busy, slice_after(vm, "busy"));
    cr_expect(quiet > 100 && quiet < 1500, "%f", quiet);
    cr_expect_gt(busy, 1000, "%f", busy);
    cr_expect(mp_vm_destroy(vm));
}
