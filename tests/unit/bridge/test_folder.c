/* Scripts and patches from plain folders: MpVmOptions.folder and .patch_folder. */
#include "animal.gen.h"
#include "moonpatch/patch.h"
#include "moonpatch/vm.h"
#include "zoo.gen.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const double DEADLINE = 20; /* seconds */

static char folder[] = "/tmp/moonpatch-folder-XXXXXX";
static char said[8192]; /* what was logged since it was emptied, a line each */
static MpVm *vm;
static Animal leo;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void on_log(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    strncat(said, text, sizeof said - strlen(said) - 2);
    strcat(said, "\n");
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    cr_assert_not_null(file, "%s", name);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
}

/* Damage becomes `amount`, whatever was asked for. */
static void write_patch(const char *name, const char *amount)
{
    char text[512];
    snprintf(text, sizeof text,
             "local patch = require 'patch' patch.override(native.Animal, 'damage', "
             "function(original, self) return original(self, %s) end)",
             amount);
    write_file(name, text);
}

static int damage(void)
{
    leo.hp = 100;
    return 100 - animal_damage(&leo, 1);
}

/* Steps until the log has `text`; a deadline makes it fail. */
static void expect(const char *text)
{
    for (double end = now() + DEADLINE; !strstr(said, text) && now() < end;)
        mp_vm_step(vm);
    cr_assert(strstr(said, text), "'%s' was not logged, but:\n%s", text, said);
    said[0] = '\0';
}

/* Steps for several looks at the folder. */
static void step_for_a_while(void)
{
    for (double end = now() + 0.3; now() < end;)
        mp_vm_step(vm);
}

static void open_vm(const char *patch_folder)
{
    MpError error;
    vm = mp_vm_create(
        &(MpVmOptions){.jit = true, .folder = ".", .patch_folder = patch_folder, .log = on_log},
        &error);
    cr_assert_not_null(vm, "%s", error.message);
    cr_assert(mp_vm_register(vm, &mp_module_zoo, &error), "%s", error.message);
}

static void setup(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    cr_assert_eq(mkdir("patch", 0700), 0);
    leo = (Animal){.name = "Leo"};
    mp_object_init(&leo.object, &mp_class_Animal);
}

static void teardown(void)
{
    mp_vm_destroy(vm);
    mp_object_finish(&leo.object);
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(folder, .init = setup, .fini = teardown);

Test(folder, what_is_there_at_the_start_is_in_effect_after_one_step)
{
    write_patch("patch/a.lua", "10");
    write_patch("patch/b.lua", "20"); /* on top: it hands its 20 to a, which hands 10 to C */
    open_vm("patch");
    cr_expect_eq(damage(), 1);
    mp_vm_step(vm);
    cr_expect_eq(damage(), 10);
    cr_expect_str_eq(said, "patch a applied\npatch b applied\n");
}

Test(folder, files_that_come_change_and_go_are_followed)
{
    open_vm("patch");
    mp_vm_step(vm);
    write_patch("patch/a.lua", "10");
    expect("patch a applied");
    cr_expect_eq(damage(), 10);
    write_patch("patch/a.lua", "11"); /* as many bytes as before */
    expect("patch a applied");
    cr_expect_eq(damage(), 11);
    write_patch("new", "12");
    cr_assert_eq(rename("new", "patch/a.lua"), 0); /* the way editors save */
    expect("patch a applied");
    cr_expect_eq(damage(), 12);
    cr_assert_eq(remove("patch/a.lua"), 0);
    expect("patch a removed");
    cr_expect_eq(damage(), 1);
}

Test(folder, a_replacement_of_the_same_size_and_age_is_noticed)
{
    write_patch("patch/a.lua", "10");
    write_patch("new", "20");
    const struct timespec times[2] = {{.tv_sec = 9}, {.tv_sec = 9}};
    cr_assert_eq(utimensat(AT_FDCWD, "patch/a.lua", times, 0), 0);
    cr_assert_eq(utimensat(AT_FDCWD, "new", times, 0), 0);
    open_vm("patch");
    expect("patch a applied");
    cr_assert_eq(rename("new", "patch/a.lua"), 0);
    expect("patch a applied");
    cr_expect_eq(damage(), 20);
}

Test(folder, a_file_that_does_not_change_is_applied_once)
{
    write_patch("patch/a.lua", "10");
    open_vm("patch");
    step_for_a_while();
    cr_expect_str_eq(said, "patch a applied\n");
}

Test(folder, a_file_that_is_still_being_written_is_left_alone)
{
    open_vm("patch");
    mp_vm_step(vm);
    FILE *file = fopen("patch/a.lua", "w");
    cr_assert_not_null(file);
    for (double end = now() + 0.3; now() < end; mp_vm_step(vm)) {
        rewind(file);
        fputs("-- not finished", file);
        fflush(file);
    }
    cr_expect_str_eq(said, "");
    fclose(file);
    expect("patch a refused: a.lua: the file overrides nothing");
}

Test(folder, it_is_not_looked_at_in_every_frame)
{
    open_vm("patch");
    double start = now();
    mp_vm_step(vm);
    write_patch("patch/a.lua", "10");
    for (int frame = 0; frame < 3; frame++)
        mp_vm_step(vm);
    if (now() - start < 0.05) /* unless the machine was busy */
        cr_expect_str_eq(said, "");
    expect("patch a applied");
}

Test(folder, a_bad_edit_leaves_the_earlier_version_in_effect)
{
    write_patch("patch/a.lua", "10");
    open_vm("patch");
    expect("patch a applied");
    write_file("patch/a.lua", "patch patch");
    expect("patch a refused: edit refused, the earlier version stays: a.lua:1:");
    cr_expect_eq(damage(), 10);
}

Test(folder, what_is_no_patch_is_passed_over)
{
    write_patch("patch/.a.lua", "10");
    write_patch("patch/a.lua~", "10");
    write_patch("patch/.lua", "10");
    cr_assert_eq(symlink("nowhere", "patch/dangling.lua"), 0);
    open_vm("patch");
    step_for_a_while();
    cr_expect_str_eq(said, "");
}

Test(folder, what_cannot_be_read_is_refused)
{
    cr_assert_eq(mkdir("patch/a.lua", 0700), 0);
    cr_assert_eq(mkfifo("patch/b.lua", 0600), 0); /* nobody writes: opening it must not wait */
    write_file("patch/c.lua", "");
    cr_assert_eq(truncate("patch/c.lua", MP_PATCH_SIZE_LIMIT + 1), 0);
    open_vm("patch");
    mp_vm_step(vm);
    cr_expect(strstr(said, "patch a refused: a.lua: cannot read 'patch/a.lua': it is not a regular "
                           "file\n"));
    cr_expect(strstr(said, "patch b refused: b.lua: cannot read 'patch/b.lua': it is not a regular "
                           "file\n"));
    cr_expect(strstr(said, "patch c refused: c.lua: 'patch/c.lua' has 1048577 bytes; at most "
                           "1048576 are read\n"));
}

Test(folder, a_folder_may_come_later_and_go)
{
    open_vm("later");
    mp_vm_step(vm);
    cr_assert_eq(mkdir("later", 0700), 0);
    write_patch("later/a.lua", "10");
    expect("patch a applied");
    cr_assert_eq(rename("later", "gone"), 0);
    expect("patch a removed");
    cr_expect_eq(damage(), 1);
}

Test(folder, one_that_cannot_be_listed_is_told_once_and_changes_nothing)
{
    write_patch("patch/a.lua", "10");
    open_vm("patch");
    expect("patch a applied");
    cr_assert_eq(rename("patch", "elsewhere"), 0);
    cr_assert_eq(symlink("patch", "patch"), 0); /* a link to itself leads nowhere, even for root */
    step_for_a_while();
    cr_expect_str_eq(said,
                     "patch folder: cannot list 'patch': Too many levels of symbolic links\n");
    cr_expect_eq(damage(), 10);
    cr_assert_eq(remove("patch"), 0);
    cr_assert_eq(rename("elsewhere", "patch"), 0);
    write_patch("patch/a.lua", "20");
    expect("patch a applied");
    cr_expect_eq(damage(), 20);
}

Test(folder, many_files_keep_their_order)
{
    enum { COUNT = 200 };
    char name[32], amount[8];
    open_vm("patch");
    mp_vm_step(vm);
    for (int i = COUNT; i-- > 0;) {
        snprintf(name, sizeof name, "patch/%03d.lua", i);
        snprintf(amount, sizeof amount, "%d", 1000 + i);
        write_patch(name, amount);
    }
    expect("patch 199 applied");
    cr_expect_eq(damage(), 1000); /* the lowest layer calls the C body */
    cr_assert_eq(remove("patch/000.lua"), 0);
    expect("patch 000 removed");
    cr_expect_eq(damage(), 1001);
}

Test(folder, scripts_are_read_below_it)
{
    cr_assert_eq(mkdir("scripts", 0700), 0);
    write_file("scripts/main.lua", "return { answer = function() return require('part') end }");
    write_file("scripts/part.lua", "return 42");
    open_vm(NULL);
    MpError error;
    double answer = 0;
    cr_assert(mp_vm_call(vm, "main", "answer", &error, ">n", &answer), "%s", error.message);
    cr_expect_eq(answer, 42);
    cr_expect_not(mp_vm_call(vm, "other", "answer", &error, ""));
    cr_expect(strstr(error.message, "no module \"other\" (looked for scripts/other.lua"), "%s",
              error.message);
    cr_assert_eq(mkdir("scripts/odd.lua", 0700), 0);
    cr_expect_not(mp_vm_call(vm, "odd", "answer", &error, ""));
    cr_expect(strstr(error.message, "it is not a regular file"), "%s", error.message);
}

static double answer(void)
{
    MpError error;
    double number = 0;
    cr_assert(mp_vm_call(vm, "main", "answer", &error, ">n", &number), "%s", error.message);
    return number;
}

Test(folder, scripts_that_change_are_reloaded)
{
    cr_assert_eq(mkdir("scripts", 0700), 0);
    write_file("scripts/main.lua", "return { answer = function() return require('part').n() end }");
    write_file("scripts/part.lua", "local n = 0 return { n = function() n = n + 1 return n end }");
    open_vm(NULL);
    cr_expect_eq(answer(), 1);
    step_for_a_while();
    cr_expect_str_eq(said, "");
    write_file("scripts/part.lua", "local n = 0 return { n = function() n = n + 9 return n end }");
    expect("reloaded part.lua: 1 function\n");
    cr_expect_eq(answer(), 10);
    write_file("scripts/part.lua", "local n = 0 return { n = function() n = n + 7 return n }");
    expect("reload of part.lua refused, the earlier code stays: scripts/part.lua:1: ");
    cr_expect_eq(answer(), 19);
    cr_assert_eq(remove("scripts/part.lua"), 0);
    step_for_a_while();
    cr_expect_str_eq(said, "");
    write_file("scripts/part.lua", "local n = 0 return { n = function() n = n + 1 return n end }");
    expect("reloaded part.lua: 1 function\n");
    cr_expect_eq(answer(), 20);
}
