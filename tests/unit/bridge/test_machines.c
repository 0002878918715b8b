/* Several Lua machines in one process: each closes at any time, and says who held what. */
#include "animal.gen.h"
#include "harness.h"
#include "lion.gen.h"
#include "moonpatch/glue.h"
#include "moonpatch/table.h"
#include "mortal.gen.h"
#include "toy.gen.h"
#include "zoo.gen.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Lion leo;

static void open_leo(void)
{
    leo = (Lion){.animal = {.hp = 100, .name = "Leo"}};
    mp_object_init(&leo.animal.object, &mp_class_Lion);
}

static MpVm *open_with_leo(void)
{
    MpVm *vm = harness_open();
    mp_vm_set_root(vm, "leo", &leo.animal.object);
    return vm;
}

/* ---- closing at the wrong moment ---------------------------------------------------------- */

static MpVm *current;
static int refusals;

static void try_to_destroy(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    if (severity == MP_SEVERITY_INFO)
        refusals += !mp_vm_destroy(current);
    if (severity == MP_SEVERITY_ERROR)
        cr_expect_not_null(strstr(text, "mp_vm_destroy: a script, or a callback of the VM, is "
                                        "running; call it between two frames"));
}

static void on_event(void *user, const MpPatchEvent *event)
{
    (void)event;
    try_to_destroy(user, MP_SEVERITY_INFO, "");
}

static void on_patch(void *user, const MpPatchInfo *info)
{
    (void)info;
    try_to_destroy(user, MP_SEVERITY_INFO, "");
}

static void on_holding(void *user, const MpHolding *holding)
{
    (void)holding;
    try_to_destroy(user, MP_SEVERITY_INFO, "");
}

static char *read_script(void *user, const char *path, size_t *size, MpError *error)
{
    (void)error;
    (void)path;
    try_to_destroy(user, MP_SEVERITY_INFO, "");
    *size = strlen(harness_script);
    return strdup(harness_script);
}

Test(machines, none_is_closed_from_inside)
{
    MpError error = {.message = ""};
    MpVm *vm = current = mp_vm_create(
        &(MpVmOptions){.jit = true, .read = read_script, .patch_event = on_event}, &error);
    cr_assert(mp_vm_register(vm, &mp_module_zoo, &error));
    open_leo();
    mp_vm_set_root(vm, "leo", &leo.animal.object);
    harness_script = "local T = {}\n"
                     "function T.run() return 1 end\n"
                     "return T";
    harness_number(vm, "run");
    cr_expect_eq(refusals, 1, "read: %d", refusals);
    harness_patch(vm, "p.lua", "require('patch').after(native.Animal, 'heal', function() end)");
    cr_expect_eq(refusals, 2, "patch_event: %d", refusals);
    mp_patch_each(vm, on_patch, NULL);
    cr_expect_eq(refusals, 3, "mp_patch_each: %d", refusals);
    mp_vm_each_holding(vm, on_holding, NULL);
    cr_expect_geq(refusals, 4, "mp_vm_each_holding: %d", refusals);
    cr_expect(mp_vm_destroy(vm));
}

/* A log line of a script that C called, that Lua called: as deep inside as it gets. */
Test(machines, none_is_closed_from_inside_a_patched_method)
{
    MpError error = {.message = ""};
    MpVm *vm = current = mp_vm_create(&(MpVmOptions){.jit = true, .log = try_to_destroy}, &error);
    cr_assert(mp_vm_register(vm, &mp_module_zoo, &error));
    open_leo();
    harness_patch(vm, "p.lua",
                  "require('patch').override(native.Animal, 'damage', function(original, self, n)\n"
                  "   coroutine.wrap(function() print 'x' end)()\n"
                  "   return original(self, n)\n"
                  "end)");
    refusals = 0;
    cr_expect_eq(animal_damage(&leo.animal, 10), 90);
    cr_expect_eq(refusals, 1, "%d", refusals);
    cr_expect_eq(animal_damage(&leo.animal, 10), 80, "it was not hurt");
    cr_expect(mp_vm_destroy(vm));
}

static void *use_from_thread(void *result)
{
    MpError error = {.message = ""};
    *(bool *)result =
        mp_vm_destroy(current) || mp_vm_call(current, "test", "run", &error, "") ||
        error.status != MP_REFUSED ||
        !strstr(error.message, "mp_vm_call: call it from the thread that created the VM");
    return NULL;
}

Test(machines, another_thread_neither_closes_nor_calls)
{
    MpVm *vm = current = harness_open();
    pthread_t thread;
    bool wrong = true;
    cr_assert_eq(pthread_create(&thread, NULL, use_from_thread, &wrong), 0);
    cr_assert_eq(pthread_join(thread, NULL), 0);
    cr_expect_not(wrong);
    cr_expect(mp_vm_destroy(vm));
}

static MpError late;
static bool ended;

/* A destructor that uses the machine with whose end it came. */
static void end_kite(MpObject *object)
{
    cr_expect_not(mp_vm_call(current, "test", "run", &late, ""));
    cr_expect_null(mp_table_create(current, NULL));
    cr_expect_not(mp_vm_destroy(current));
    mp_object_finish(object);
    ended = true;
}

Test(machines, a_destructor_comes_too_late_to_use_one)
{
    static const MpClass class_of = {.name = "LastKite",
                                     .base = &mp_class_Kite,
                                     .size = sizeof(Kite),
                                     .destroy = end_kite,
                                     .shared = true};
    MpVm *vm = current = harness_open();
    Kite kite = {.length = 1};
    mp_object_init(&kite.object, &class_of);
    mp_vm_set_root(vm, "kite", &kite.object);
    mp_object_release(&kite.object); /* only the script's handle holds it now */
    cr_expect_not(ended);
    cr_expect(mp_vm_destroy(vm));
    cr_expect(ended);
    cr_expect_eq(late.status, MP_REFUSED);
}

/* ---- two on one thread -------------------------------------------------------------------- */

Test(machines, both_see_an_object_and_its_end_and_keep_their_own_fields)
{
    open_leo();
    MpVm *first = open_with_leo(), *second = open_with_leo();
    harness_script = "local T, leo = {}, native.leo\n"
                     "function T.set() leo.label = (leo.label or 0) + 1 return leo.label end\n"
                     "function T.hp() return leo.hp end\n"
                     "function T.dead() return pcall(T.hp) and 0 or 1 end\n"
                     "return T";
    cr_expect_eq(harness_number(first, "set"), 1);
    cr_expect_eq(harness_number(first, "set"), 2);
    cr_expect_eq(harness_number(second, "set"), 1);
    leo.animal.hp = 7;
    cr_expect_eq(harness_number(first, "hp") + harness_number(second, "hp"), 14);
    mp_object_finish(&leo.animal.object);
    cr_expect_eq(harness_number(first, "dead") + harness_number(second, "dead"), 2);
    mp_vm_destroy(first);
    cr_expect_eq(harness_number(second, "dead"), 1);
    mp_vm_destroy(second);
}

/* Once the leaf's stub in the second machine called itself for ever. */
Test(machines, one_calls_what_the_other_patched)
{
    open_leo();
    MpVm *first = open_with_leo(), *second = open_with_leo();
    harness_script =
        "local T, leo = {}, native.leo\n"
        "function T.run()\n"
        "   local sum = 0\n"
        "   for i = 1, 200 do\n"
        "      sum = sum + leo:distance { x = 0, y = 0 } + native.Animal.leaf_count()\n"
        "         + leo.speed + leo:halfway({ x = 2, y = 0 }).x + native.Animal.damage(leo, 0)\n"
        "   end\n"
        "   return sum / 200\n"
        "end\n"
        "return T";
    cr_expect_eq(harness_number(second, "run"), 0 + 1 + 0 + 1 + 100);
    const char *why = harness_patch(
        first, "p.lua",
        "local patch = require 'patch'\n"
        "patch.override(native.Animal, 'distance', function() return 5 end)\n"
        "patch.override(native.Animal, 'leaf_count', function() return 6 end)\n"
        "patch.override(native.Animal, 'get speed', function() return 7 end)\n"
        "patch.override(native.Animal, 'halfway', function() return { x = 8, y = 8 } end)\n"
        "patch.override(native.Animal, 'damage', function() return 9 end)\n");
    cr_expect_str_eq(why, "");
    cr_expect_eq(harness_number(first, "run"), 5 + 6 + 7 + 8 + 9);
    cr_expect_eq(harness_number(second, "run"), 5 + 6 + 7 + 8 + 9);
    mp_vm_destroy(first);
    cr_expect_eq(harness_number(second, "run"), 0 + 1 + 0 + 1 + 100);
    mp_vm_destroy(second);
}

static const char DAMAGE_IS_1[] =
    "require('patch').override(native.Animal, 'damage', function() return 1 end)";

Test(machines, a_patch_that_came_to_nothing_leaves_the_function_to_the_other)
{
    MpVm *first = harness_open(), *second = harness_open();
    static const char *const failures[] = {
        "require('patch').override(native.Animal, 'damage', function() end) error 'oh'",
        "require('patch').override(native.Animal, 'damage', 3)",
    };
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        cr_expect_str_neq(harness_patch(first, "p.lua", failures[i]), "");
        cr_expect_str_eq(harness_patch(second, "q.lua", DAMAGE_IS_1), "");
        harness_patch(second, "q.lua", NULL);
    }
    cr_expect_str_eq(harness_patch(first, "p.lua", DAMAGE_IS_1), "");
    cr_expect_not_null(strstr(harness_patch(second, "q.lua", DAMAGE_IS_1),
                              "Animal.damage is patched by another Lua machine"));
    cr_expect_str_neq(harness_patch(first, "p.lua", failures[0]), "");
    cr_expect_not_null(strstr(harness_patch(second, "q.lua", DAMAGE_IS_1),
                              "Animal.damage is patched by another Lua machine"),
                       "the refused edit left the earlier version");
    mp_vm_destroy(first);
    mp_vm_destroy(second);
}

Test(machines, all_hear_an_event_and_the_end_of_one_is_not_the_others)
{
    harness_script = "local T, heard = {}, 0\n"
                     "native.toys.tidied:connect(function(name) heard = heard + #name end)\n"
                     "function T.heard() return heard end\n"
                     "return T";
    MpVm *machines[3];
    for (int i = 0; i < 3; i++) {
        machines[i] = harness_open();
        cr_expect_eq(harness_number(machines[i], "heard"), 0);
    }
    toys_tidied("Ada");
    mp_vm_destroy(machines[1]);
    toys_tidied("Ada");
    cr_expect_eq(harness_number(machines[0], "heard"), 6);
    cr_expect_eq(harness_number(machines[2], "heard"), 6);
    machines[1] = harness_open(); /* takes the place that the closed one left */
    harness_number(machines[1], "heard");
    toys_tidied("Ada");
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(harness_number(machines[i], "heard"), i == 1 ? 3 : 9);
        mp_vm_destroy(machines[i]);
    }
    toys_tidied("nobody");
    MpVm *next = harness_open();
    mp_vm_step(next);
    cr_expect_null(strstr(harness_log, "another thread"), "the closed ones still listen");
    mp_vm_destroy(next);
}

/* ---- the report --------------------------------------------------------------------------- */

static void write_down(void *user, const MpHolding *holding)
{
    size_t length = strlen(user);
    snprintf((char *)user + length, 1024 - length, "%s: %s (%zu)\n", holding->owner, holding->what,
             holding->count);
}

Test(machines, none_hears_of_an_object_that_another_destroyed)
{
    harness_script =
        "local T, heard = {}, 0\n"
        "native.mortal.died:connect(function(self) heard = heard + 1 self:destroy() end)\n"
        "function T.heard() return heard end\n"
        "return T";
    MpVm *vms[] = {harness_open(), harness_open()};
    Mortal *mortal = mortal_new(1);
    double heard = 0;
    for (int i = 0; i < 2; i++) {
        mp_vm_set_root(vms[i], "mortal", &mortal->object);
        harness_number(vms[i], "heard");
    }
    mortal_died(mortal);
    for (int i = 0; i < 2; i++) {
        heard += harness_number(vms[i], "heard");
        mp_vm_destroy(vms[i]);
    }
    cr_expect_eq(heard, 1);
}

Test(machines, H19_the_report_says_who_held_what)
{
    open_leo();
    Animal others[2] = {{.hp = 1}, {.hp = 2}};
    for (int i = 0; i < 2; i++)
        mp_object_init(&others[i].object, &mp_class_Animal);
    leo.animal.friend_of = &others[0];
    MpVm *vm = open_with_leo(), *other = open_with_leo();
    mp_vm_set_root(vm, "cub", &others[1].object);
    harness_script =
        "local T, friend = {}, native.leo.friend_of\n"
        "native.leo.label, friend.label = 'king', 'friend'\n"
        "local tidied, ball = native.toys.tidied, native.Ball.new()\n"
        "ball.rolled_away:connect(function() end)\n"
        "ball:destroy()\n"
        "for i = 1, 2 do coroutine.wrap(function() tidied:wait() end)() end\n"
        "tidied:connect(function() end)\n"
        "native.post.subscribe(function() end)\n"
        "local thread = coroutine.wrap(function() coroutine.yield(1) return friend end)\n"
        "function T.run() return thread() end\n"
        "return T";
    harness_number(vm, "run");
    harness_patch(vm, "fix.lua",
                  "local patch = require 'patch'\n"
                  "patch.after(native.Animal, 'heal', function() end)\n"
                  "patch.override(native.Lion, 'roar', function() return 1 end)\n"
                  "native.toys.tidied:connect(function() end)");
    char report[1024] = "";
    mp_vm_each_holding(vm, write_down, report);
    cr_expect_str_eq(report, "patch fix: overrides: Animal.heal, Lion.roar (2)\n"
                             "patch fix: listeners: 1 toys.tidied (1)\n"
                             "scripts: callbacks: 1 post.subscribe (1)\n"
                             "scripts: listeners: 1 toys.tidied (1)\n"
                             "scripts: waiting coroutines: 2 toys.tidied (2)\n"
                             "scripts: handles: 2 Animal, 1 Lion (3)\n"
                             "scripts: fields on objects: 1 Animal, 1 Lion (2)\n"
                             "program: roots: cub, leo (2)\n");
    harness_log[0] = '\0';
    mp_vm_destroy(vm);
    cr_expect_str_eq(harness_log, "closing: patch fix held overrides: Animal.heal, Lion.roar\n"
                                  "closing: patch fix held listeners: 1 toys.tidied\n"
                                  "closing: scripts held callbacks: 1 post.subscribe\n"
                                  "closing: scripts held listeners: 1 toys.tidied\n"
                                  "closing: scripts held waiting coroutines: 2 toys.tidied\n"
                                  "closing: scripts held handles: 2 Animal, 1 Lion\n"
                                  "closing: scripts held fields on objects: 1 Animal, 1 Lion\n"
                                  "closing: program held roots: cub, leo\n");
    cr_expect_eq(lion_roar(&leo), 0, "C has its own body back");
    for (int i = 0; i < 2; i++)
        mp_object_finish(&others[i].object);
    mp_object_finish(&leo.animal.object);
    report[0] = '\0';
    mp_vm_each_holding(other, write_down, report);
    cr_expect_str_eq(report, "", "dead objects are nobody's");
    mp_vm_destroy(other);
}

/* ---- two on two threads ------------------------------------------------------------------- */

enum { ROUNDS = 300 };

static pthread_barrier_t barrier;

/*
 * Patches the same function as the other thread, in its own machine. Whoever has it patched sees
 * the patch; the other one's C, on its thread, runs the C body. Returns how often it was wrong.
 */
static void *fight(void *user)
{
    (void)user;
    intptr_t wrong = 0;
    Animal animal = {.hp = 1000000};
    MpVm *vm = harness_open();
    mp_object_init(&animal.object, &mp_class_Animal);
    mp_vm_set_root(vm, "animal", &animal.object);
    harness_script =
        "local T, heard = {}, 0\n"
        "native.toys.tidied:connect(function(name) heard = heard + #name end)\n"
        "function T.heard() local n = heard heard = 0 return n end\n"
        "function T.run()\n"
        "   local sum, animal = 0, native.animal\n"
        "   for i = 1, 50 do sum = sum + animal:damage(0) + animal:distance { x = 0, y = 0 } end\n"
        "   return sum\n"
        "end\n"
        "return T";
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < ROUNDS; i++) {
        const char *why = harness_patch(vm, "p.lua", DAMAGE_IS_1);
        bool mine = *why == '\0';
        wrong += !mine && !strstr(why, "patched by another Lua machine");
        wrong += animal_damage(&animal, 0) != (mine ? 1 : 1000000);
        MpError error;
        double sum = 0;
        wrong += !mp_vm_call(vm, "test", "run", &error, ">n", &sum);
        toys_tidied("Ada");
        wrong += !mp_vm_call(vm, "test", "heard", &error, ">n", &sum) || sum != 3;
        harness_patch(vm, "p.lua", NULL);
        if (i % 16 == 0)
            mp_vm_step(vm);
    }
    mp_object_finish(&animal.object);
    wrong += !mp_vm_destroy(vm);
    return (void *)wrong;
}

Test(machines, two_threads_fight_for_a_function)
{
    pthread_t threads[2];
    pthread_barrier_init(&barrier, NULL, 2);
    for (int i = 0; i < 2; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, fight, NULL), 0);
    for (int i = 0; i < 2; i++) {
        void *wrong;
        cr_assert_eq(pthread_join(threads[i], &wrong), 0);
        cr_expect_null(wrong, "%d times", (int)(intptr_t)wrong);
    }
    open_leo();
    cr_expect_eq(animal_damage(&leo.animal, 10), 90);
}

static void *call_with_a_machine_of_its_own(void *user)
{
    MpVm *vm = harness_open();
    *(int *)user = animal_damage(&leo.animal, 10);
    mp_vm_destroy(vm);
    return NULL;
}

Test(machines, a_thread_with_its_own_machine_does_not_enter_another)
{
    MpVm *vm = harness_open();
    open_leo();
    cr_expect_str_eq(harness_patch(vm, "p.lua", DAMAGE_IS_1), "");
    pthread_t thread;
    int left = 0;
    cr_assert_eq(pthread_create(&thread, NULL, call_with_a_machine_of_its_own, &left), 0);
    cr_assert_eq(pthread_join(thread, NULL), 0);
    cr_expect_eq(left, 90);
    mp_vm_step(vm);
    cr_expect_not_null(strstr(harness_log, "Animal.damage was called from another thread: what "
                                           "scripts put on it does not run there"));
    mp_vm_destroy(vm);
}
