/* Plugins: what is loaded, what is refused and with which words, and what may be unloaded. */
#include "animal.gen.h"
#include "harness.h"
#include "moonpatch/plugin.h"
#include "turret.h"

#include <criterion/criterion.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLUGIN(name) MP_PLUGIN_FOLDER "/" name ".so"

static void load(MpVm *vm, const char *path)
{
    MpError error = {.message = ""};
    cr_assert(mp_plugin_load(vm, path, &error), "%s", error.message);
}

static void unload(MpVm *vm, const char *name)
{
    MpError error = {.message = ""};
    cr_assert(mp_plugin_unload(vm, name, &error), "%s", error.message);
}

static void expect_unload_refused(MpVm *vm, const char *name, const char *words)
{
    MpError error = {.message = ""};
    bool ok = mp_plugin_unload(vm, name, &error);
    harness_expect(ok, &error, MP_REFUSED, words);
}

static bool is_mapped(const char *path)
{
    void *library = dlopen(path, RTLD_LAZY | RTLD_NOLOAD);
    if (library)
        dlclose(library);
    return library;
}

/* ---- loading ------------------------------------------------------------------------------ */

Test(plugin, its_classes_work_like_those_of_the_program)
{
    MpVm *vm = harness_open();
    load(vm, PLUGIN("turrets"));
    harness_script =
        "local T = {}\n"
        "function T.run()\n"
        "   local t = native.Turret.create()\n"
        "   local sum = 0\n"
        "   for i = 1, 1000 do sum = sum + t:quick_fire(0) + native.Turret.leaf_damage_of "
        "'FIRE' end\n"
        "   sum = sum + t:fire(2) + native.armoury.stock() + t:half { angle = 2, distance = 4 "
        "}.distance\n"
        "   native.Turret.destroy(t)\n"
        "   return sum\n"
        "end\n"
        "return T";
    cr_expect_eq(harness_number(vm, "run"), 1000 * 20 + 20 + 50 + 2);
    cr_assert_str_eq(
        harness_patch(
            vm, "p.lua",
            "local patch = require 'patch'\n"
            "patch.override(native.Turret, 'fire', function(original, self, n) return "
            "original(self, "
            "n) * 2 end)\n"
            "patch.override(native.Turret, 'leaf_damage_of', function(original, s) return "
            "original(s) + 1 end)"),
        "");
    cr_expect_eq(harness_number(vm, "run"), 1000 * 21 + 40 + 50 + 2);
    cr_expect(mp_vm_destroy(vm));
    cr_expect_not(is_mapped(PLUGIN("turrets")));
}

static const struct {
    const char *file;
    MpStatus status;
    const char *words;
} refusals[] = {
    {PLUGIN("absent"), MP_IO, "absent.so"},
    {MP_PLUGIN_FOLDER "/turret.gen.c", MP_IO, "turret.gen.c"},
    {PLUGIN("not_a_plugin"), MP_FORMAT,
     "not_a_plugin.so: no plugin: it exports no mp_module, declare it with MP_PLUGIN"},
    {PLUGIN("other_abi"), MP_INVALID,
     "other_abi.so: compiled for plugin ABI 999, this bridge has 1: rebuild it"},
    {PLUGIN("own_bridge"), MP_INVALID, "own_bridge.so: it brought its own copy of the bridge"},
    {PLUGIN("no_module"), MP_FORMAT, "no_module.so: it names no module"},
    {PLUGIN("old_glue"), MP_INVALID, "module old was generated for glue version 1"},
    {PLUGIN("lonely"), MP_NOT_FOUND, "plugin lonely needs module friends, which is not loaded"},
    {PLUGIN("ambitious"), MP_NOT_FOUND,
     "plugin ambitious needs module zoo at level 7, this one has level 1"},
    {PLUGIN("bunkers"), MP_NOT_FOUND, "plugin bunkers needs module turrets, which is not loaded"},
    {PLUGIN("thieves"), MP_SCRIPT, "module thieves: there is a native.Animal already"},
};

Test(plugin, what_does_not_fit_is_refused_and_leaves_nothing)
{
    MpVm *vm = harness_open();
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        MpError error = {.message = ""};
        bool ok = mp_plugin_load(vm, refusals[i].file, &error);
        harness_expect(ok, &error, refusals[i].status, refusals[i].words);
        cr_expect_not(is_mapped(refusals[i].file), "%s", refusals[i].file);
    }
    harness_script = "return { thief = function() return native.Thief == nil and 1 or 0 end }";
    cr_expect_eq(harness_number(vm, "thief"), 1);
    mp_vm_destroy(vm);
}

Test(plugin, the_same_name_twice_is_refused)
{
    MpVm *vm = harness_open();
    load(vm, PLUGIN("turrets"));
    MpError error = {.message = ""};
    bool ok = mp_plugin_load(vm, PLUGIN("stronger_turrets"), &error);
    harness_expect(ok, &error, MP_INVALID, "module turrets is registered already");
    mp_vm_destroy(vm);
}

static void write_down(void *user, const MpPluginInfo *info)
{
    size_t length = strlen(user);
    snprintf((char *)user + length, 256 - length, "%s %s %u %s;", info->name, info->version,
             (unsigned)info->level, strrchr(info->path, '/') + 1);
}

Test(plugin, the_list_has_what_was_loaded_in_its_order)
{
    MpVm *vm = harness_open();
    char list[256] = "";
    load(vm, PLUGIN("turrets"));
    load(vm, PLUGIN("bunkers"));
    mp_plugin_each(vm, write_down, list);
    cr_expect_str_eq(list, "turrets 1.0 3 turrets.so;bunkers 2.1 1 bunkers.so;");
    unload(vm, "bunkers");
    list[0] = '\0';
    mp_plugin_each(vm, write_down, list);
    cr_expect_str_eq(list, "turrets 1.0 3 turrets.so;");
    mp_vm_destroy(vm);
}

/* ---- folders ------------------------------------------------------------------------------ */

static char folder[64];

/* A fresh folder with links to plugins. */
static void open_folder(const char *const *names)
{
    snprintf(folder, sizeof folder, "/tmp/moonpatch-plugins-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    for (; *names; names++) {
        char target[512], path[512];
        snprintf(target, sizeof target, MP_PLUGIN_FOLDER "/%s", *names);
        snprintf(path, sizeof path, "%s/%s", folder, strrchr(target, '/') + 1);
        cr_assert_eq(symlink(target, path), 0);
    }
}

static void close_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    cr_assert_eq(system(command), 0);
}

Test(plugin, a_folder_is_loaded_in_the_order_of_needs)
{
    MpVm *vm = harness_open();
    char list[256] = "";
    MpError error = {.message = ""};
    open_folder((const char *[]){"bunkers.so", "turrets.so", "turret.gen.c", NULL});
    cr_expect(mp_plugin_load_folder(vm, folder, &error), "%s", error.message);
    mp_plugin_each(vm, write_down, list);
    cr_expect_str_eq(list, "turrets 1.0 3 turrets.so;bunkers 2.1 1 bunkers.so;");
    close_folder();
    mp_vm_destroy(vm);
}

Test(plugin, one_that_is_refused_does_not_keep_the_others_out)
{
    MpVm *vm = harness_open();
    char list[256] = "";
    MpError error = {.message = ""};
    open_folder((const char *[]){"ambitious.so", "circle_a.so", "circle_b.so", "circle_c.so",
                                 "lonely.so", "not_a_plugin.so", "on_circle.so",
                                 "stronger_turrets.so", "turrets.so", NULL});
    bool ok = mp_plugin_load_folder(vm, folder, &error);
    harness_expect(ok, &error, MP_FORMAT, "not_a_plugin.so: no plugin");
    mp_plugin_each(vm, write_down, list);
    cr_expect_str_eq(list, "turrets 1.0 3 stronger_turrets.so;");
    static const char *const lines[] = {
        "/ambitious.so: plugin ambitious needs module zoo at level 7, this one has level 1\n",
        "/circle_a.so: its needs run in a circle: a -> b -> c -> a\n",
        "/circle_b.so: its needs run in a circle: b -> c -> a -> b\n",
        "/circle_c.so: its needs run in a circle: c -> a -> b -> c\n",
        "/on_circle.so: its needs run in a circle: d -> a -> b -> c -> a\n",
        "/lonely.so: plugin lonely needs module friends, which is not loaded\n",
        "/turrets.so: plugin turrets is in /tmp/moonpatch-plugins-",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_expect_not_null(strstr(harness_log, lines[i]), "%s is not in %s", lines[i], harness_log);
    close_folder();
    ok = mp_plugin_load_folder(vm, folder, &error);
    harness_expect(ok, &error, MP_NOT_FOUND, "cannot list '/tmp/moonpatch-plugins-");
    mp_vm_destroy(vm);
}

/* ---- what keeps a plugin ------------------------------------------------------------------ */

static const char KEEPER[] = "local T, kept = {}, {}\n"
                             "function T.create() kept[1] = native.Turret.create() return 1 end\n"
                             "function T.bunker() kept[2] = native.Bunker.create() return 1 end\n"
                             "function T.fire() return kept[1]:fire(3) end\n"
                             "function T.destroy() native.Turret.destroy(kept[1]) return 1 end\n"
                             "return T";

/* C goes on using what a closed machine left behind. */
static void destroy_all(void)
{
    void *library = dlopen(PLUGIN("turrets"), RTLD_LAZY | RTLD_NOLOAD);
    union { /* ISO C has no cast from a data pointer to a function */
        void *symbol;
        void (*call)(Turret *);
    } destroy = {.symbol = dlsym(library, "turret_destroy")};
    for (uint32_t i = 1; mp_object_count() > 0; i++) {
        if (mp_object_table[i].object)
            destroy.call((Turret *)mp_object_table[i].object);
    }
    dlclose(library);
}

Test(plugin, it_stays_while_objects_are_alive)
{
    MpVm *vm = harness_open();
    load(vm, PLUGIN("turrets"));
    load(vm, PLUGIN("bunkers"));
    harness_script = KEEPER;
    harness_number(vm, "create");
    harness_number(vm, "create");
    harness_number(vm, "bunker");
    expect_unload_refused(vm, "bunkers", "plugin bunkers is in use: 1 Bunker alive");
    expect_unload_refused(vm, "turrets",
                          "plugin turrets is in use: 3 Turret alive; module bunkers needs it");
    cr_expect_eq(harness_number(vm, "fire"), 30);
    mp_vm_destroy(vm);
    cr_expect_not_null(strstr(harness_log, "plugin bunkers stays in memory: 1 Bunker alive\n"));
    cr_expect(is_mapped(PLUGIN("turrets")));
    destroy_all();
}

Test(plugin, it_stays_while_its_functions_are_patched)
{
    MpVm *vm = harness_open(), *other = harness_open();
    load(vm, PLUGIN("turrets"));
    load(other, PLUGIN("turrets"));
    cr_assert_str_eq(
        harness_patch(vm, "fix.lua",
                      "local patch = require 'patch'\n"
                      "patch.after(native.Turret, 'fire', function() end)\n"
                      "patch.override(native.armoury, 'stock', function(original) return 1 end)"),
        "");
    expect_unload_refused(vm, "turrets",
                          "plugin turrets is in use: patch fix (Turret.fire, armoury.stock)");
    expect_unload_refused(
        other, "turrets",
        "plugin turrets is in use: scripts of another Lua machine of this process");
    harness_patch(vm, "fix.lua", NULL);
    unload(vm, "turrets");
    cr_expect(is_mapped(PLUGIN("turrets")), "the other machine has it");
    unload(other, "turrets");
    cr_expect_not(is_mapped(PLUGIN("turrets")));
    mp_vm_destroy(vm);
    mp_vm_destroy(other);
}

Test(plugin, it_stays_while_a_patch_of_its_functions_is_about_to_take_effect)
{
    static const char text[] = "require('patch').after(native.Turret, 'fire', function() end)\n";
    MpPatchChange changes[] = {{.file = "a.lua", .text = text, .size = sizeof text - 1},
                               {.file = "b.lua", .text = text, .size = sizeof text - 1}};
    MpVm *vm = harness_open();
    load(vm, PLUGIN("turrets"));
    mp_patch_begin(vm, changes, 2);
    cr_assert_not(mp_patch_proceed(vm, 0));
    MpError error = {.message = ""};
    bool ok = mp_plugin_unload(vm, "turrets", &error);
    cr_expect_not(ok);
    cr_expect(strstr(error.message, "(Turret.fire)"), "%s", error.message);
    cr_assert(mp_patch_proceed(vm, 0));
    mp_vm_destroy(vm);
}

Test(plugin, what_is_none_is_not_unloaded)
{
    MpVm *vm = harness_open();
    MpError error = {.message = ""};
    bool ok = mp_plugin_unload(vm, "zoo", &error);
    harness_expect(ok, &error, MP_NOT_FOUND, "no plugin zoo is loaded");
    ok = mp_plugin_unload(vm, "nothing", &error);
    harness_expect(ok, &error, MP_NOT_FOUND, "no plugin nothing is loaded");
    mp_vm_destroy(vm);
}

/* ---- unloading ---------------------------------------------------------------------------- */

static void expect_no_callback(void *user, const MpHolding *holding)
{
    (void)user;
    cr_expect_null(strstr(holding->what, "callbacks"), "%s", holding->what);
}

Test(plugin, functions_that_its_c_kept_are_taken_back)
{
    MpVm *vm = harness_open();
    load(vm, PLUGIN("turrets"));
    harness_script = "local T = {}\n"
                     "function T.give() native.armoury.obey(function() return 1 end) return 1 end\n"
                     "return T";
    harness_number(vm, "give");
    unload(vm, "turrets");
    cr_expect_not(is_mapped(PLUGIN("turrets")));
    mp_vm_each_holding(vm, expect_no_callback, NULL);
    mp_vm_destroy(vm);
}

/* Compiled from its first instruction on: without a step of the interpreter it is in the library.
 */
Test(plugin, compiled_code_that_kept_its_functions_gets_errors)
{
    static const char *const uses[] = {"method", "leaf", "static", "half", "member", "label"};
    MpVm *vm = harness_open();
    load(vm, PLUGIN("turrets"));
    harness_script = "local T = {}\n"
                     "local Turret = native.Turret\n"
                     "local turret, aim = Turret.create(), native.Aim(2, 4)\n"
                     "turret.tag = 1\n"
                     "local fire, leaf, half = turret.fire, turret.quick_fire, turret.leaf_half\n"
                     "local static = Turret.leaf_damage_of\n"
                     "function T.method() return fire(turret, 0) end\n"
                     "function T.leaf() return leaf(turret, 0) end\n"
                     "function T.static() return static(0) end\n"
                     "function T.half() return half(turret, aim).distance end\n"
                     "function T.member() return turret.heat + turret.shells end\n"
                     "function T.label() return turret.tag end\n"
                     "function T.destroy() Turret.destroy(turret) return 1 end\n"
                     "return T";
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        for (int k = 0; k < 300; k++)
            harness_number(vm, uses[i]);
    }
    harness_number(vm, "destroy");
    unload(vm, "turrets");
    cr_expect_not(is_mapped(PLUGIN("turrets")));
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        for (int k = 0; k < 300; k++) {
            MpError error;
            cr_assert_not(mp_vm_call(vm, "test", uses[i], &error, ""));
            cr_assert_not_null(strstr(error.message, "was unloaded"), "%s", error.message);
        }
    }
    mp_vm_destroy(vm);
}

static void *call_from_thread(void *damage_of)
{
    union { /* ISO C has no cast from a data pointer to a function */
        void *symbol;
        int (*call)(Shell);
    } function = {.symbol = damage_of};
    return (void *)(intptr_t)function.call(SHELL_FIRE);
}

Test(plugin, a_call_from_a_foreign_thread_is_not_told_of_after_it)
{
    MpVm *vm = harness_open();
    load(vm, PLUGIN("turrets"));
    cr_assert_str_eq(harness_patch(vm, "p.lua",
                                   "require('patch').override(native.Turret, 'damage_of',\n"
                                   "   function() return 1 end)"),
                     "");
    void *library = dlopen(PLUGIN("turrets"), RTLD_LAZY);
    pthread_t thread;
    void *damage;
    cr_assert_eq(
        pthread_create(&thread, NULL, call_from_thread, dlsym(library, "turret_damage_of")), 0);
    cr_assert_eq(pthread_join(thread, &damage), 0);
    cr_expect_eq((intptr_t)damage, 20);
    dlclose(library);
    harness_patch(vm, "p.lua", NULL);
    unload(vm, "turrets");
    cr_expect_not(is_mapped(PLUGIN("turrets")));
    mp_vm_step(vm);
    cr_expect_null(strstr(harness_log, "another thread"));
    mp_vm_destroy(vm);
}

static void copy_file(const char *from, const char *to)
{
    char command[1024];
    snprintf(command, sizeof command, "cp --remove-destination '%s' '%s'", from, to);
    cr_assert_eq(system(command), 0);
}

Test(plugin, an_edited_file_is_loaded_anew)
{
    MpVm *vm = harness_open();
    char path[256];
    open_folder((const char *[]){NULL});
    snprintf(path, sizeof path, "%s/plugin.so", folder);
    harness_script = "local T = {}\n"
                     "local old = native.Turret.damage_of\n"
                     "function T.stock()\n"
                     "   local t = native.Turret.create()\n"
                     "   local half = t:leaf_half { angle = 1, distance = 2 }\n"
                     "   t.aim = half\n"
                     "   local sum = native.armoury.stock() + t.aim.distance\n"
                     "   native.Turret.destroy(t)\n"
                     "   return sum\n"
                     "end\n"
                     "function T.old() return pcall(old, 0) and 1 or 0 end\n"
                     "return T";
    for (int i = 0; i < 20; i++) {
        copy_file(i % 2 ? PLUGIN("stronger_turrets") : PLUGIN("turrets"), path);
        load(vm, path);
        cr_assert_eq(harness_number(vm, "stock"), i % 2 ? 126 : 51);
        cr_assert_eq(harness_number(vm, "old"), i == 0);
        unload(vm, "turrets");
    }
    close_folder();
    mp_vm_destroy(vm);
}

Test(plugin, a_refused_one_can_be_loaded_later)
{
    MpVm *vm = harness_open();
    MpError error = {.message = ""};
    Animal leo = {.hp = 1};
    mp_object_init(&leo.object, &mp_class_Animal);
    mp_vm_set_root(vm, "Turret", &leo.object);
    bool ok = mp_plugin_load(vm, PLUGIN("turrets"), &error);
    harness_expect(ok, &error, MP_SCRIPT, "module turrets: there is a native.Turret already");
    mp_vm_set_root(vm, "Turret", NULL);
    mp_vm_set_root(vm, "Aim", &leo.object); /* found out late: half of the module is there */
    ok = mp_plugin_load(vm, PLUGIN("turrets"), &error);
    harness_expect(ok, &error, MP_SCRIPT, "module turrets: there is a native.Aim already");
    mp_vm_set_root(vm, "Aim", NULL);
    harness_script = "return { left = function()\n"
                     "   local n = native\n"
                     "   return (n.Turret or n.Shell or n.Aim or n.armoury) and 1 or 0\n"
                     "end }";
    cr_expect_eq(harness_number(vm, "left"), 0);
    load(vm, PLUGIN("turrets"));
    mp_object_finish(&leo.object);
    mp_vm_destroy(vm);
}

/* ---- at the wrong moment ------------------------------------------------------------------ */

/* What the plugin's lying leaf calls. */
static MpVm *current;
static MpError refusal;

/* The first time inside the leaf; after that it is called another way. */
static void try_things(void)
{
    if (refusal.status != MP_OK)
        return;
    harness_expect(mp_plugin_unload(current, "turrets", &refusal), &refusal, MP_REFUSED,
                   "mp_plugin_unload: called inside the leaf Turret.probe; declare it MP_METHOD");
    harness_expect(mp_vm_call(current, "test", "run", &refusal, ""), &refusal, MP_REFUSED,
                   "mp_vm_call: called inside the leaf Turret.probe");
    cr_expect_not(mp_vm_destroy(current));
}

Test(plugin, a_leaf_cannot_use_the_machine)
{
    MpVm *vm = current = harness_open();
    load(vm, PLUGIN("turrets"));
    harness_script = "return { run = function()\n"
                     "   local t, sum = native.Turret.create(), 0\n"
                     "   for i = 1, 100 do sum = sum + t:probe() end\n"
                     "   native.Turret.destroy(t)\n"
                     "   return sum\n"
                     "end }";
    cr_expect_eq(harness_number(vm, "run"), 10000);
    void *library = dlopen(PLUGIN("turrets"), RTLD_LAZY);
    void (**hook)(void) = dlsym(library, "turret_hook");
    *hook = try_things;
    refusal.status = MP_OK;
    cr_expect_eq(harness_number(vm, "run"), 10000);
    cr_expect_eq(refusal.status, MP_REFUSED, "the hook was not called");
    cr_expect_not_null(strstr(harness_log, "Turret.probe is declared MP_LEAF but calls"));
    *hook = NULL;
    dlclose(library);
    mp_vm_destroy(vm);
}
