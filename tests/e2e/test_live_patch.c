/* The whole path: a running game, and files that come, change and go in its patch folder. */
#include "game.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const playing[] = {"--headless", "--autoplay", NULL};

Test(live_patch, drop_edit_and_delete_while_the_game_runs)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_copy_patch(game, "fix-shield.lua");
    double seconds = game_expect(game, "patch fix-shield applied");
    printf("# %.0f ms from the file to the patch\n", seconds * 1e3);

    game_write_patch(game, "fix-shield.lua",
                     "local patch = require 'patch'\n"
                     "patch.before(native.World, 'step', function() print 'the edit runs' end)\n");
    game_expect(game, "patch fix-shield applied");
    game_expect(game, "the edit runs");
    game_remove_patch(game, "fix-shield.lua");
    game_expect(game, "patch fix-shield removed");

    json_t *report = game_stop(game, 0);
    const json_t *patch = report_patch(report, "fix-shield.lua");
    cr_assert_str_eq(report_text(patch, "state"), "removed");
    cr_assert_str_eq(json_string_value(json_array_get(json_object_get(patch, "overrides"), 0)),
                     "World.step");
    cr_assert(report_number(patch, "calls") > 0);
    cr_assert(report_number(patch, "errors") == 0);
    cr_assert(report_number(report, "frames") > 0);
    json_decref(report);
    game_close(game);
}

Test(live_patch, patches_that_are_there_at_the_start)
{
    Game *game = game_prepare();
    game_copy_patch(game, "fix-shield.lua");
    game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", "600", NULL});
    json_t *report = game_finish(game, 0);
    const json_t *patch = report_patch(report, "fix-shield.lua");
    cr_assert_str_eq(report_text(patch, "state"), "active");
    cr_assert_str_eq(report_text(patch, "id"), "fix-shield");
    cr_assert_eq(report_number(report, "frames"), 600);
    cr_assert_eq(report_number(report, "errors"), 0);
    json_decref(report);
    game_close(game);
}

Test(live_patch, a_file_moved_there_with_the_size_and_time_of_the_one_before)
{
    static const char text[] = "require('patch').before(native.World, 'step', function() print "
                               "'version %d' end)\n";
    const struct timespec times[2] = {{.tv_sec = 9}, {.tv_sec = 9}};
    Game *game = game_start(playing);
    for (int version = 1; version <= 3; version++) {
        char edited[200];
        snprintf(edited, sizeof edited, text, version);
        game_write_patch(game, "swapped.new", edited);
        const char *from = game_path(game, "patch/swapped.new");
        cr_assert_eq(utimensat(AT_FDCWD, from, times, 0), 0);
        cr_assert_eq(rename(from, game_path(game, "patch/swapped.lua")), 0);
        snprintf(edited, sizeof edited, "version %d", version);
        game_expect(game, edited);
    }
    json_decref(game_stop(game, 0));
    game_close(game);
}

static void make_folder(Game *game, const char *name)
{
    char relative[64];
    snprintf(relative, sizeof relative, "patch/%s", name);
    cr_assert_eq(mkdir(game_path(game, relative), 0700), 0);
}

static void write_huge(Game *game, const char *name)
{
    const size_t size = 100 << 20;
    char *bytes = malloc(size);
    memset(bytes, ' ', size);
    game_write_patch_bytes(game, name, bytes, size);
    free(bytes);
}

/* What may lie in the folder, and what a person is told. */
static const struct BadFile {
    const char *name;
    const char *text; /* NULL: a folder; "huge": 100 MB */
    const char *said;
} bad_files[] = {
    {"syntax.lua", "local patch = \n = 3",
     "patch syntax refused: syntax.lua:2: unexpected symbol near '='"},
    {"class.lua", "require('patch').override(native.Rovr, 'update', print)",
     "patch class refused: class.lua:1: patch.override: a class such as native.Enemy, or a "
     "module's table, expected, "
     "got nil"},
    {"method.lua", "require('patch').override(native.Dome, 'damge', print)",
     "patch method refused: method.lua:1: Dome has no function \"damge\" (did you mean "
     "\"damage\"?)"},
    {"types.lua", "require('patch').override(native.Dome, 'damage', 42)",
     "patch types refused: types.lua:1: patch.override: function expected, got 42"},
    {"load.lua", "local x = nil\nreturn x.y",
     "patch load refused: load.lua:2: attempt to index local 'x' (a nil value)"},
    {"binary.lua", "-- \xff\xfe", "patch binary refused: binary.lua:1: not UTF-8 text (byte 4)"},
    {"folder.lua", NULL, "patch folder refused: folder.lua: is a folder, not a file"},
    {"huge.lua", "huge", "patch huge refused: huge.lua: "},
    {"empty.lua", "", "patch empty refused: empty.lua: the file overrides nothing"},
    {"noise.zip", "this is no archive", "patch noise refused: noise.zip: "},
};

Test(live_patch, a_bad_file_is_refused_and_the_game_goes_on)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_copy_patch(game, "fix-shield.lua");
    game_expect(game, "patch fix-shield applied");
    size_t count = sizeof bad_files / sizeof *bad_files;
    for (size_t i = 0; i < count; i++) {
        const struct BadFile *bad = &bad_files[i];
        if (!bad->text)
            make_folder(game, bad->name);
        else if (strcmp(bad->text, "huge") == 0)
            write_huge(game, bad->name);
        else
            game_write_patch(game, bad->name, bad->text);
        game_expect(game, bad->said);
    }
    json_t *report = game_stop(game, 0);
    cr_assert(report_is_running(report, "fix-shield.lua"));
    cr_assert_eq(json_array_size(json_object_get(report, "patches")), count + 1);
    for (size_t i = 0; i < count; i++) {
        const json_t *patch = report_patch(report, bad_files[i].name);
        cr_expect_str_eq(report_text(patch, "state"), "refused", "%s", bad_files[i].name);
        cr_expect_null(strchr(report_text(patch, "cause"), '\n'), "%s: more than one line",
                       bad_files[i].name);
    }
    json_decref(report);
    game_close(game);
}

Test(live_patch, a_bad_edit_leaves_the_good_version_running)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_copy_patch(game, "fix-shield.lua");
    game_expect(game, "patch fix-shield applied");
    game_write_patch(game, "fix-shield.lua", "oops(");
    game_expect(
        game,
        "patch fix-shield refused: edit refused, the earlier version stays: fix-shield.lua:1:");
    json_t *report = game_stop(game, 0);
    cr_assert(report_is_running(report, "fix-shield.lua"));
    json_decref(report);
    game_close(game);
}

Test(live_patch, a_patch_that_raises_is_contained_and_then_quarantined)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_copy_patch(game, "broken-on-purpose.lua");
    game_expect(game, "patch broken-on-purpose applied");
    game_expect(game, "broken-on-purpose.lua:");
    game_expect(
        game,
        "patch broken-on-purpose quarantined: 8 errors, the last one: broken-on-purpose.lua:");
    json_t *report = game_stop(game, 0);
    const json_t *patch = report_patch(report, "broken-on-purpose.lua");
    cr_assert_str_eq(report_text(patch, "state"), "quarantined");
    cr_assert(report_number(patch, "errors") >= 8);
    json_decref(report);
    game_close(game);
}

Test(live_patch, a_bundle_brings_a_script_a_texture_and_an_override)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_copy_patch(game, "gold-rover.zip");
    game_expect(game, "patch gold-rover applied");
    game_remove_patch(game, "gold-rover.zip");
    game_expect(game, "patch gold-rover removed");
    json_t *report = game_stop(game, 0);
    const json_t *patch = report_patch(report, "gold-rover.zip");
    cr_assert(json_array_size(json_object_get(patch, "overrides")) > 0);
    cr_assert_eq(report_number(report, "errors"), 0);
    json_decref(report);
    game_close(game);
}

Test(live_patch, every_sample_patch_runs_without_an_error)
{
    static const char *const samples[] = {"fix-shield.lua", "fix-rapid-fire.lua",
                                          "gentle-raiders.lua", NULL};
    Game *game = game_prepare();
    for (size_t i = 0; samples[i]; i++)
        game_copy_patch(game, samples[i]);
    game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", "3000", NULL});
    json_t *report = game_finish(game, 0);
    cr_assert_eq(report_number(report, "errors"), 0, "%s", game_log(game));
    for (size_t i = 0; samples[i]; i++)
        cr_expect_str_eq(report_text(report_patch(report, samples[i]), "state"), "active", "%s",
                         samples[i]);
    json_decref(report);
    game_close(game);
}
