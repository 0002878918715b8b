/* The door from C into Lua: threads, several VMs, and the leaf that lies. */
#include "animal.gen.h"
#include "crate.gen.h"
#include "moonpatch/patch.h"
#include "moonpatch/vm.h"
#include "zoo.gen.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char last_log[4096];
static char last_cause[1024];
static const char *script; /* what require "test" finds */

static void on_log(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    snprintf(last_log, sizeof last_log, "%s", text);
}

static void on_event(void *user, const MpPatchEvent *event)
{
    (void)user;
    snprintf(last_cause, sizeof last_cause, "%s", event->cause);
}

static char *read_script(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    if (!script || strcmp(path, "scripts/test.lua") != 0) {
        mp_error_set(error, MP_NOT_FOUND, "not found");
        return NULL;
    }
    *size = strlen(script);
    return strdup(script);
}

static MpVm *open_vm(void)
{
    MpError error = {.message = ""};
    MpVm *vm = mp_vm_create(
        &(MpVmOptions){.jit = true, .log = on_log, .read = read_script, .patch_event = on_event},
        &error);
    cr_assert_not_null(vm, "%s", error.message);
    cr_assert(mp_vm_register(vm, &mp_module_zoo, &error), "%s", error.message);
    return vm;
}

static void patch(MpVm *vm, const char *code)
{
    char text[1024];
    snprintf(text, sizeof text, "local patch = require 'patch' patch.override(native.Animal, %s)",
             code);
    last_cause[0] = '\0';
    mp_patch_apply(vm, &(MpPatchChange){.file = "p.lua", .text = text, .size = strlen(text)}, 1);
    cr_assert_str_eq(last_cause, "");
}

#define DOUBLE_DAMAGE \
    "'damage', function(original, self, amount) return original(self, amount * 2) end"

static Animal leo;

static void open_animal(void)
{
    leo = (Animal){.hp = 100, .name = "Leo"};
    mp_object_init(&leo.object, &mp_class_Animal);
}

static void *damage_from_thread(void *result)
{
    *(int *)result = animal_damage(&leo, 10);
    return NULL;
}

Test(call, H14_another_thread_runs_the_c_body_and_is_reported)
{
    MpVm *vm = open_vm();
    open_animal();
    patch(vm, DOUBLE_DAMAGE);
    pthread_t thread;
    int left = 0;
    cr_assert_eq(pthread_create(&thread, NULL, damage_from_thread, &left), 0);
    cr_assert_eq(pthread_join(thread, NULL), 0);
    cr_assert_eq(left, 90);
    mp_vm_step(vm);
    cr_assert_not_null(strstr(last_log, "Animal.damage was called from another thread"));
    cr_assert_eq(animal_damage(&leo, 10), 70);
    mp_vm_destroy(vm);
}

static void *hammer(void *stop)
{
    while (!*(_Atomic(bool) *)stop)
        animal_heal(&leo);
    return NULL;
}

Test(call, patching_while_another_thread_calls)
{
    MpVm *vm = open_vm();
    open_animal();
    _Atomic(bool) stop = false;
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, hammer, &stop), 0);
    for (int i = 0; i < 300; i++) {
        patch(vm, "'heal', function(original, self) original(self) end");
        mp_patch_apply(vm, &(MpPatchChange){.file = "p.lua"}, 1);
    }
    stop = true;
    cr_assert_eq(pthread_join(thread, NULL), 0);
    mp_vm_destroy(vm);
}

Test(call, H19_destroying_the_vm_gives_c_its_own_bodies_back)
{
    MpVm *vm = open_vm();
    open_animal();
    patch(vm, DOUBLE_DAMAGE);
    cr_assert_eq(animal_damage(&leo, 10), 80);
    mp_vm_destroy(vm);
    cr_assert_eq(animal_damage(&leo, 10), 70);
}

Test(call, two_vms_in_one_process)
{
    MpVm *first = open_vm(), *second = open_vm();
    open_animal();
    patch(first, DOUBLE_DAMAGE);
    char text[] = "require('patch').override(native.Animal, 'damage', function() return 1 end)";
    mp_patch_apply(second, &(MpPatchChange){.file = "q.lua", .text = text, .size = strlen(text)},
                   1);
    cr_assert_not_null(strstr(last_cause, "patched by another Lua machine"));
    cr_assert_eq(animal_damage(&leo, 10), 80);
    mp_vm_destroy(first);
    mp_patch_apply(second, &(MpPatchChange){.file = "q.lua", .text = text, .size = strlen(text)},
                   1);
    cr_assert_eq(animal_damage(&leo, 10), 1);
    mp_vm_destroy(second);
    cr_assert_eq(animal_damage(&leo, 10), 70);
}

Test(call, bytes_enums_and_values_go_in_and_come_out)
{
    MpVm *vm = open_vm();
    script = "return { f = function(b, m, l, v) return b .. b, 'ANGRY', { 'HEAVY', 'ALIVE' },\n"
             "      { x = v.y, y = m + l + #b } end,\n"
             "   same = function(...) return ... end }";
    MpError error = {.message = ""};
    const char *bytes = NULL;
    size_t size = 0;
    Mood mood = MOOD_CALM;
    Label label = LABEL_FRAGILE;
    Vec2 place = {0};
    cr_assert(mp_vm_call(vm, "test", "f", &error, "yvvv>yvvv", "a\0b", (size_t)3, "Mood",
                         &(Mood){MOOD_HUNGRY}, "Label", &(Label){LABEL_HEAVY}, "Vec2",
                         &(Vec2){3, 4}, &bytes, &size, "Mood", &mood, "Label", &label, "Vec2",
                         &place),
              "%s", error.message);
    cr_assert_eq(size, 6);
    cr_assert_arr_eq(bytes, "a\0ba\0b", 7);
    cr_assert_eq(mood, MOOD_ANGRY);
    cr_assert_eq((int)label, LABEL_HEAVY | LABEL_ALIVE);
    cr_assert_float_eq(place.x, 4, 0);
    cr_assert_float_eq(place.y, 5 + 2 + 3, 0);

    cr_assert_not(mp_vm_call(vm, "test", "same", &error, "nv>nv", 1.0, "Vec2", &(Vec2){7, 7},
                             &(double){0}, "Mood", &mood));
    cr_assert_str_eq(error.message, "same: result 2: Mood expected, got Vec2(7, 7)");
    cr_assert_not(mp_vm_call(vm, "test", "same", &error, "sv>vv", "ANGRI", "Vec2", &(Vec2){7, 7},
                             "Mood", &mood, "Vec2", &place));
    cr_assert_str_eq(error.message,
                     "same: result 1: Mood expected, got \"ANGRI\" (did you mean \"ANGRY\"?)");
    cr_assert_float_eq(place.x, 4, 0);
    cr_assert_not(mp_vm_call(vm, "test", "same", &error, "v", "Vec3", &place));
    cr_assert_eq(error.status, MP_INVALID);
    cr_assert_str_eq(error.message, "same: argument 1: no value struct and no enum has that name");
    cr_assert_not(mp_vm_call(vm, "test", "same", &error, ">v", "Vec3", &place));
    cr_assert_not_null(
        strstr(error.message, "result 1: no value struct and no enum has that name"));
    cr_assert(mp_vm_call(vm, "test", "same", &error, "y", NULL, (size_t)0), "%s", error.message);
    mp_vm_destroy(vm);
}

/*
 * C that a compiled trace called through the FFI calls a patched method. Without the mark, the
 * door would enter the VM under the trace and corrupt it: after a few hundred calls the process
 * dies.
 */
Test(call, a_lying_leaf_in_a_compiled_loop_never_crashes)
{
    MpVm *vm = open_vm();
    open_animal();
    script = "local test = {}\n"
             "function test.run(animal)\n"
             "   local left = 0\n"
             "   for i = 1, 20000 do left = left + native.root:liar(0) end\n"
             "   return left\n"
             "end\n"
             "return test\n";
    mp_vm_set_root(vm, "root", &leo.object);
    MpError error = {.message = ""};
    double left = 0;
    cr_assert(mp_vm_call(vm, "test", "run", &error, ">n", &left), "%s",
              error.message); /* compiles the leaf */
    patch(vm,
          "'damage', function(original, self, amount) local t = {} for i = 1, 9 do t[i] = {} end "
          "return original(self, amount) end");
    for (int i = 0; i < 5; i++) {
        cr_assert(mp_vm_call(vm, "test", "run", &error, ">n", &left), "%s", error.message);
        cr_assert_float_eq(left, 20000.0 * 100, 0);
    }
    cr_assert_not_null(strstr(last_log, "Animal.liar is declared MP_LEAF"));
    mp_vm_destroy(vm);
}

Test(call, by_name_with_arguments_and_results)
{
    MpVm *vm = open_vm();
    script = "return { f = function(n, i, b, s) return s .. n, b, i, n / 2 end,\n"
             "   bad = function() return 'x' end, fails = function() error 'oh' end, three = 3,\n"
             "   bytes = function() return 'a\\0b' end }";
    MpError error = {.message = ""};
    const char *text = NULL;
    bool flag = false;
    int integer = 0;
    double number = 0;
    cr_assert(mp_vm_call(vm, "test", "f", &error, "nibs>sbin", 3.5, 7, true, "x", &text, &flag,
                         &integer, &number));
    cr_assert_str_eq(text, "x3.5");
    cr_assert(flag);
    cr_assert_eq(integer, 7);
    cr_assert_float_eq(number, 1.75, 0);

    cr_assert_not(mp_vm_call(vm, "test", "bad", &error, ">n", &number));
    cr_assert_str_eq(error.message, "bad: result 1: number expected, got string");
    cr_assert_float_eq(number, 1.75, 0);
    cr_assert_not(mp_vm_call(vm, "test", "bytes", &error, ">s", &text));
    cr_assert_str_eq(error.message,
                     "bytes: result 1: string expected, got string with a zero byte");
    cr_assert_not(mp_vm_call(vm, "test", "fails", &error, ""));
    cr_assert_not_null(strstr(error.message, "scripts/test.lua:2: oh\nstack traceback:"));
    cr_assert(mp_vm_call(vm, "test", "absent", &error, ">n", &number));
    cr_assert(mp_vm_call(vm, "test", "three", &error, ">n", &number));
    cr_assert_not(mp_vm_call(vm, "nowhere", "f", &error, ""));
    cr_assert_not_null(strstr(error.message, "no module \"nowhere\""));
    cr_assert_not(mp_vm_call(vm, "test", "f", &error, "x"));
    mp_vm_destroy(vm);
}

Test(call, H22_modules_that_do_not_fit_are_refused)
{
    MpVm *vm = open_vm();
    MpError error = {.message = ""};
    MpModule old = mp_module_zoo, empty = mp_module_zoo;
    old.glue_version++;
    cr_assert_not(mp_vm_register(vm, &old, &error));
    cr_assert_not_null(strstr(error.message, "rebuild it"));
    empty.method_count = 0;
    cr_assert_not(mp_vm_register(vm, &empty, &error));
    cr_assert_not_null(strstr(error.message, "no function"));
    cr_assert_not(mp_vm_register(vm, &mp_module_zoo, &error));
    cr_assert_not_null(strstr(error.message, "registered already"));
    mp_vm_destroy(vm);
}
