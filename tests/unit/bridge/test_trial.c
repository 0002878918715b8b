/* Trials: a new version is watched for some frames, and gives way to the last good one. */
#include "harness.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES = 3, CALLS = 2 * MP_PATCH_ERROR_BUDGET };

static const char script[] = "local test = {}\n"
                             "function test.say() return 1 end\n"
                             "return test\n";

/* A patch of test.say that returns a number, or raises. */
#define SAYS(what)                           \
    "local patch = require 'patch'\n"        \
    "patch.override(require 'test', 'say', " \
    "function() " what " end)\n"

static MpPatchState state;
static char cause[512];

static void visit(void *user, const MpPatchInfo *info)
{
    (void)user;
    state = info->state;
    snprintf(cause, sizeof cause, "%s", info->cause);
}

static const char *state_of_patch(MpVm *vm)
{
    mp_patch_each(vm, visit, NULL);
    return mp_patch_state_name(state);
}

static void frames(MpVm *vm, int count)
{
    for (int i = 0; i < count; i++) {
        harness_number(vm, "say");
        mp_vm_step(vm);
    }
}

static MpVm *open(void)
{
    harness_script = script;
    harness_trial_frames = FRAMES;
    return harness_open();
}

static void expect_state(MpVm *vm, const char *expected, double said)
{
    cr_expect_str_eq(state_of_patch(vm), expected, "cause: %s", cause);
    cr_expect_eq(harness_number(vm, "say"), said);
}

Test(trial, a_patch_is_active_after_some_frames)
{
    MpVm *vm = open();
    harness_patch(vm, "p.lua", SAYS("return 2"));
    expect_state(vm, "trial", 2);
    frames(vm, FRAMES - 1);
    expect_state(vm, "trial", 2);
    frames(vm, 1);
    expect_state(vm, "active", 2);
    mp_vm_destroy(vm);
}

Test(trial, a_failing_edit_gives_way_to_the_last_good_version)
{
    MpVm *vm = open();
    harness_patch(vm, "p.lua", SAYS("return 2"));
    frames(vm, FRAMES);
    harness_patch(vm, "p.lua", SAYS("error 'broken'"));
    frames(vm, CALLS);
    expect_state(vm, "active", 2);
    cr_expect_not_null(strstr(cause, "the version before, since: 8 errors"), "%s", cause);
    cr_expect_not_null(strstr(harness_log, "patch p rolled back to the version before"));
    mp_vm_destroy(vm);
}

Test(trial, a_version_that_fails_long_after_its_trial_gives_way_to_c)
{
    MpVm *vm = open();
    harness_patch(vm, "p.lua", SAYS("if n then error 'late' end return 2"));
    cr_expect_str_eq(state_of_patch(vm), "trial");
    harness_patch(vm, "p.lua",
                  "local patch, n = require 'patch', 0\n"
                  "patch.override(require 'test', 'say', function()\n"
                  "   n = n + 1\n"
                  "   if n > 20 then error 'late' end\n"
                  "   return 2\n"
                  "end)\n");
    frames(vm, 10);
    expect_state(vm, "active", 2);
    frames(vm, 20);
    expect_state(vm, "quarantined", 1);
    mp_vm_destroy(vm);
}

Test(trial, a_version_that_never_passed_its_trial_is_no_good_one)
{
    MpVm *vm = open();
    harness_patch(vm, "p.lua", SAYS("return 2"));
    harness_patch(vm, "p.lua", SAYS("error 'broken'"));
    frames(vm, CALLS);
    expect_state(vm, "quarantined", 1);
    mp_vm_destroy(vm);
}

Test(trial, a_removed_patch_has_no_good_version)
{
    MpVm *vm = open();
    harness_patch(vm, "p.lua", SAYS("return 2"));
    frames(vm, FRAMES);
    harness_patch(vm, "p.lua", NULL);
    harness_patch(vm, "p.lua", SAYS("error 'broken'"));
    frames(vm, CALLS);
    expect_state(vm, "quarantined", 1);
    mp_vm_destroy(vm);
}

/* ---- what the host knows from an earlier run ----------------------------------------------------
 */

static void apply_condemned(MpVm *vm, const char *text)
{
    mp_patch_apply_lenient(vm,
                           &(MpPatchChange){.file = "p.lua",
                                            .text = text,
                                            .size = text ? strlen(text) : 0,
                                            .condemned = "it did harm",
                                            .proven = true},
                           1);
}

Test(trial, a_proven_version_needs_none)
{
    MpVm *vm = open();
    const char text[] = SAYS("return 2");
    mp_patch_apply(
        vm,
        &(MpPatchChange){.file = "p.lua", .text = text, .size = sizeof text - 1, .proven = true},
        1);
    expect_state(vm, "active", 2);
    harness_patch(vm, "p.lua", SAYS("error 'broken'"));
    frames(vm, CALLS);
    expect_state(vm, "active", 2);
    mp_vm_destroy(vm);
}

Test(trial, a_condemned_version_stays_quarantined_or_gives_way_to_the_good_one)
{
    MpVm *vm = open();
    apply_condemned(vm, NULL);
    expect_state(vm, "quarantined", 1);
    cr_expect_str_eq(cause, "it did harm");
    apply_condemned(vm, SAYS("return 2"));
    expect_state(vm, "active", 2);
    cr_expect_str_eq(cause, "the version before, since: it did harm");
    apply_condemned(vm, NULL);
    expect_state(vm, "active", 2);
    cr_expect_str_eq(cause, "edit refused, the earlier version stays: it did harm");
    harness_patch(vm, "p.lua", SAYS("return 3"));
    expect_state(vm, "trial", 3);
    cr_expect_str_eq(cause, "");
    mp_vm_destroy(vm);
}

Test(trial, what_is_taken_away_says_what_it_did)
{
    MpVm *vm = open();
    harness_patch(vm, "p.lua", SAYS("while true do end"));
    frames(vm, 1);
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_RUNAWAY);
    harness_patch(vm, "p.lua", SAYS("error 'broken'"));
    frames(vm, CALLS);
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_ERROR);
    harness_patch(vm, "p.lua",
                  "require('patch').migrate { up = function() error 'no' end, down = print }");
    expect_state(vm, "refused", 1);
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_MIGRATION);
    harness_patch(vm, "p.lua", "oops(");
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_ERROR);
    harness_patch(vm, "p.lua", "while true do end");
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_RUNAWAY);
    harness_patch(vm, "p.lua", "require('patch').test('it', function() while true do end end)");
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_RUNAWAY);
    harness_patch(vm, "p.lua", "require('patch').test('it', function() error 'no' end)");
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_ERROR);
    harness_patch(vm, "p.lua", "local t = {} while true do t[#t + 1] = ('x'):rep(1e6) .. #t end");
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_MEMORY);
    mp_patch_apply(
        vm,
        &(MpPatchChange){.file = "p.lua", .problem = "it crashed", .blame = MP_PATCH_BLAME_CRASH},
        1);
    cr_expect_eq(harness_blame, MP_PATCH_BLAME_CRASH);
    mp_vm_destroy(vm);
}

/* A patch that gives the game's script a function to keep. */
#define GIVES(what)                     \
    "local patch = require 'patch'\n"   \
    "local test = require 'test'\n"     \
    "patch.after(test, 'say', print)\n" \
    "test.keep(function() " what " end)\n"

static MpVm *open_with_kept(void)
{
    harness_script = "local test, kept = {}, nil\n"
                     "function test.say() return 1 end\n"
                     "function test.keep(given) kept = given end\n"
                     "function test.call() kept() return 1 end\n"
                     "function test.fail() error 'game' end\n"
                     "function test.is_gone() return is_gone(kept) and 1 or 0 end\n"
                     "return test\n";
    harness_trial_frames = FRAMES;
    return harness_open();
}

Test(trial, errors_in_what_scripts_keep_of_a_patch_count)
{
    MpVm *vm = open_with_kept();
    harness_patch(vm, "p.lua", GIVES("error 'tick'"));
    for (int i = 0; i < MP_PATCH_ERROR_BUDGET; i++) {
        MpError error = {.message = ""};
        double number;
        cr_assert_str_eq(state_of_patch(vm), "trial", "%s", cause);
        cr_assert_not(mp_vm_call(vm, "test", "call", &error, ">n", &number));
        cr_expect(strncmp(error.message, "patch p: p.lua:4: tick", 22) == 0, "%s", error.message);
        mp_vm_step(vm);
    }
    expect_state(vm, "quarantined", 1);
    cr_expect_not_null(strstr(cause, "8 errors, the last one: p.lua:4: tick"), "%s", cause);
    mp_vm_destroy(vm);
}

Test(trial, errors_of_the_game_count_against_nobody)
{
    MpVm *vm = open_with_kept();
    harness_patch(vm, "p.lua", GIVES("error 'tick'"));
    for (int i = 0; i < 2 * MP_PATCH_ERROR_BUDGET; i++) {
        MpError error = {.message = ""};
        if (i == 0)
            cr_assert_not(mp_vm_call(vm, "test", "call", &error, ""));
        cr_assert_not(mp_vm_call(vm, "test", "fail", &error, ""));
        cr_expect(strncmp(error.message, "test.lua", 8) == 0 ||
                      strncmp(error.message, "scripts/", 8) == 0,
                  "%s", error.message);
        mp_vm_step(vm);
    }
    expect_state(vm, "active", 1);
    mp_vm_destroy(vm);
}

Test(trial, scripts_can_ask_whether_what_they_keep_is_of_a_patch_that_went)
{
    MpVm *vm = open_with_kept();
    cr_expect_eq(harness_number(vm, "is_gone"), 0, "nothing is kept");
    harness_patch(vm, "p.lua", GIVES("return 1"));
    cr_expect_eq(harness_number(vm, "is_gone"), 0);
    harness_patch(vm, "p.lua", "this is no Lua");
    cr_expect_eq(harness_number(vm, "is_gone"), 0, "the edit was refused");
    harness_patch(vm, "p.lua", SAYS("return 2"));
    cr_expect_eq(harness_number(vm, "is_gone"), 1, "edited");
    harness_patch(vm, "p.lua", GIVES("return 1"));
    cr_expect_eq(harness_number(vm, "is_gone"), 0);
    harness_patch(vm, "p.lua", NULL);
    cr_expect_eq(harness_number(vm, "is_gone"), 1, "removed");
    mp_vm_destroy(vm);
}

/* So many patches of test.say; names that are of the patches' own. */
static MpPatchChange *make_many(size_t count, const char *text)
{
    MpPatchChange *changes = calloc(count, sizeof *changes);
    for (size_t i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "p%05zu.lua", i);
        changes[i] = (MpPatchChange){
            .file = strdup(name), .text = text, .size = strlen(text), .proven = true};
    }
    return changes;
}

static void free_many(MpPatchChange *changes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free((char *)(uintptr_t)changes[i].file);
    free(changes);
}

/* ---- a piece at a time ---------------------------------------------------------------------- */

enum { MANY = 500 };

/* Begins, and runs the first file alone. */
static void begin(MpVm *vm, MpPatchChange *changes)
{
    mp_patch_begin(vm, changes, MANY);
    cr_assert_not(mp_patch_proceed(vm, 0));
}

Test(trial, a_change_of_many_files_takes_effect_with_its_last_piece)
{
    MpVm *vm = open();
    harness_patch(vm, "before.lua", SAYS("return 3"));
    MpPatchChange *changes = make_many(MANY, SAYS("return 2"));
    begin(vm, changes);
    free_many(changes, MANY); /* the texts were copied */
    int pieces = 2;
    for (; !mp_patch_proceed(vm, 0); pieces++) {
        cr_assert_eq(harness_number(vm, "say"), 3);
        mp_vm_step(vm);
    }
    cr_expect_eq(pieces, MANY, "each runs a file at least, and no more without time");
    cr_expect_eq(harness_number(vm, "say"), 2);
    cr_expect(mp_patch_proceed(vm, 0), "there is nothing left");
    mp_vm_destroy(vm);
}

Test(trial, of_many_files_one_bad_one_leaves_nothing)
{
    MpVm *vm = open();
    harness_patch(vm, "before.lua", SAYS("return 3"));
    MpPatchChange *changes = make_many(MANY, SAYS("return 2"));
    changes[MANY - 1].text = "this is no Lua";
    changes[MANY - 1].size = strlen(changes[MANY - 1].text);
    begin(vm, changes);
    while (!mp_patch_proceed(vm, 1000))
        mp_vm_step(vm);
    cr_expect_str_eq(state_of_patch(vm), "refused", "the last one");
    cr_expect_eq(harness_number(vm, "say"), 3);
    free_many(changes, MANY);
    mp_vm_destroy(vm);
}

Test(trial, the_next_change_comes_after_the_one_that_was_begun)
{
    MpVm *vm = open();
    MpPatchChange *changes = make_many(MANY, SAYS("return 2"));
    begin(vm, changes);
    harness_patch(vm, "q.lua", SAYS("return 4"));
    expect_state(vm, "trial", 4);
    harness_patch(vm, "q.lua", NULL);
    cr_expect_eq(harness_number(vm, "say"), 2, "below it are the others");
    begin(vm, changes);
    free_many(changes, MANY);
    mp_vm_destroy(vm); /* in the middle */
}

/* What is taken away meanwhile would change what the others were checked against. */
Test(trial, a_patch_that_fails_while_files_are_run_is_taken_away_afterwards)
{
    MpVm *vm = open();
    harness_patch(vm, "z.lua", SAYS("error 'oops'"));
    MpPatchChange *changes = make_many(MANY, SAYS("return 2"));
    begin(vm, changes);
    for (int i = 0; i < CALLS; i++)
        harness_number(vm, "say");
    mp_vm_step(vm);
    expect_state(vm, "trial", 1); /* it is passed over */
    while (!mp_patch_proceed(vm, 1000))
        continue;
    mp_vm_step(vm);
    expect_state(vm, "quarantined", 2);
    free_many(changes, MANY);
    mp_vm_destroy(vm);
}
