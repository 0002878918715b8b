/* The command line: what is refused, what is written, and that the same seed gives the same game.
 */
#include "game.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct Mistake {
    const char *arguments[4];
    const char *said;
} mistakes[] = {
    {{"--oops"}, "moonbase: error: unknown or misused option '--oops'; see --help\n"},
    {{"--frames"}, "moonbase: error: --frames needs a value; see --help\n"},
    {{"--frames", "many"}, "moonbase: error: --frames takes a whole number from 1 to "},
    {{"--frames", "0"}, "moonbase: error: --frames takes a whole number from 1 to "},
    {{"--seed", "-1"},
     "moonbase: error: --seed takes a whole number from 0 to 4294967295, not '-1'\n"},
    {{"--size", "640"},
     "moonbase: error: --size takes WIDTHxHEIGHT such as 1280x720, from 64 to 16384, not '640'\n"},
    {{"--size", "+640x+360"}, "moonbase: error: --size takes WIDTHxHEIGHT such as 1280x720, "},
    {{"--size", "1x1"}, "moonbase: error: --size takes WIDTHxHEIGHT such as 1280x720, "},
    {{"--size", "640x360x"}, "moonbase: error: --size takes WIDTHxHEIGHT such as 1280x720, "},
    {{"--size", "640x"}, "moonbase: error: --size takes WIDTHxHEIGHT such as 1280x720, "},
    {{"--size", "4294967936x360"}, "moonbase: error: --size takes WIDTHxHEIGHT such as 1280x720, "},
    {{"--frames", " 5"}, "moonbase: error: --frames takes a whole number from 1 to "},
    {{"--frames", "+5"}, "moonbase: error: --frames takes a whole number from 1 to "},
    {{"--frames", ""}, "moonbase: error: --frames takes a whole number from 1 to "},
    {{"--head"}, "moonbase: error: unknown or misused option '--head'; see --help\n"},
    {{"--fr", "3"}, "moonbase: error: unknown or misused option '--fr'; see --help\n"},
    {{"--fr=3"}, "moonbase: error: unknown or misused option '--fr=3'; see --help\n"},
    {{"--report", "/tmp/one", "--screenshot", "/tmp/one"},
     "moonbase: error: --screenshot and --report name the same file '/tmp/one'\n"},
    {{"--headless=yes"},
     "moonbase: error: unknown or misused option '--headless=yes'; see --help\n"},
    {{"--rehearsal", "maybe"}, "moonbase: error: --rehearsal takes on or off, not 'maybe'\n"},
    {{"play"}, "moonbase: error: 'play' is no option; see --help\n"},
    {{"--screenshot", "/no/such/folder/x.png"},
     "moonbase: error: --screenshot: there is no folder '/no/such/folder'\n"},
    {{"--report", "/tmp"}, "moonbase: error: --report: '/tmp' is a folder, name a file\n"},
    {{"--patch-dir", "/dev/null/patch"}, "moonbase: error: cannot "},
    {{"--plugin-dir", "/no/such/folder"},
     "moonbase: error: --plugin-dir: there is no folder '/no/such/folder'\n"},
};

Test(command_line, mistakes_are_one_line_and_exit_code_2)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const struct Mistake *mistake = &mistakes[i];
        const char *arguments[8] = {"--headless", "--frames", "1"};
        memcpy(arguments + 3, mistake->arguments, sizeof mistake->arguments);
        Game *game = game_start(arguments);
        json_t *report = game_finish(game, 2);
        cr_expect_null(report, "%s: a report was written", mistake->arguments[0]);
        cr_expect(strncmp(game_log(game), mistake->said, strlen(mistake->said)) == 0, "%s",
                  game_log(game));
        cr_expect_eq(strchr(game_log(game), '\n') - game_log(game) + 1,
                     (long)strlen(game_log(game)), "%s", game_log(game));
        game_close(game);
    }
}

Test(command_line, missing_data_is_told_with_the_way_out)
{
    setenv("MOONPATCH_DATA", "/no/such/data", 1);
    Game *game = game_start((const char *[]){"--headless", "--frames", "1", NULL});
    game_finish(game, 2);
    cr_assert_str_eq(game_log(game), "moonbase: error: the game's data folder '/no/such/data' is "
                                     "missing; name it with MOONPATCH_DATA\n");
    game_close(game);
}

Test(command_line, a_game_without_a_main)
{
    Game *game = game_prepare();
    static const char *const folders[] = {"data",      "data/scripts",      "data/assets",
                                          "data/demo", "data/demo/scripts", "data/demo/assets"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        cr_assert_eq(mkdir(game_path(game, folders[i]), 0700), 0);
    setenv("MOONPATCH_DATA", game_path(game, "data"), 1);
    game_run(game, (const char *[]){"--headless", "--frames", "1", NULL});
    game_finish(game, 2);
    cr_assert_str_eq(game_log(game), "moonbase: error: the game's scripts/main.lua is missing\n");
    game_close(game);
}

/* A data folder of links to the real one, for bundles that come with the game. */
static Game *prepare_with_own_data(void)
{
    Game *game = game_prepare();
    static const char *const folders[] = {"scripts", "assets", "demo"};
    cr_assert_eq(mkdir(game_path(game, "data"), 0700), 0);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char link[64], target[512];
        snprintf(link, sizeof link, "data/%s", folders[i]);
        snprintf(target, sizeof target, "%s/%s", MP_SOURCE_FOLDER, folders[i]);
        cr_assert_eq(symlink(target, game_path(game, link)), 0);
    }
    setenv("MOONPATCH_DATA", game_path(game, "data"), 1);
    return game;
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

Test(command_line, bundles_of_the_game_that_are_a_file)
{
    Game *game = prepare_with_own_data();
    write_text(game_path(game, "data/bundles"), "");
    game_run(game, (const char *[]){"--headless", "--frames", "1", NULL});
    cr_assert_null(game_finish(game, 2));
    char said[400];
    snprintf(said, sizeof said,
             "moonbase: error: '%s' is a file, a folder of bundles is expected\n",
             game_path(game, "data/bundles"));
    cr_assert_str_eq(game_log(game), said);
    game_close(game);
}

Test(command_line, a_bundle_of_the_game_that_cannot_be_read)
{
    Game *game = prepare_with_own_data();
    cr_assert_eq(mkdir(game_path(game, "data/bundles"), 0700), 0);
    write_text(game_path(game, "data/bundles/noise.zip"), "this is no archive");
    game_run(game, (const char *[]){"--headless", "--frames", "1", NULL});
    cr_assert_null(game_finish(game, 2));
    cr_assert_not_null(strstr(game_log(game), "noise.zip"), "%s", game_log(game));
    cr_assert_eq(strchr(game_log(game), '\n')[1], '\0', "more than one line:\n%s", game_log(game));
    game_close(game);
}

/* A plugin's classes are there before the patches; one that cannot be loaded is told of. */
Test(command_line, plugins_of_a_folder_are_loaded_at_the_start)
{
    Game *game = game_prepare();
    static const char *const files[] = {"turrets.so", "lonely.so"};
    cr_assert_eq(mkdir(game_path(game, "plugins"), 0700), 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char link[64];
        snprintf(link, sizeof link, "plugins/%s", files[i]);
        char target[512];
        snprintf(target, sizeof target, "%s/%s", MP_PLUGIN_FOLDER, files[i]);
        cr_assert_eq(symlink(target, game_path(game, link)), 0);
    }
    game_write_patch(game, "p.lua",
                     "local patch = require 'patch'\n"
                     "patch.override(native.Turret, 'fire', function() return 1 end)\n"
                     "local function look()\n"
                     "   local turret = native.Turret.create()\n"
                     "   print('heat ' .. turret.heat)\n"
                     "   native.Turret.destroy(turret)\n"
                     "end\n"
                     "patch.migrate { up = look, down = look }\n");
    game_run(game, (const char *[]){"--headless", "--frames", "5", "--plugin-dir",
                                    game_path(game, "plugins"), NULL});
    json_decref(game_finish(game, 0));
    static const char *const lines[] = {
        "lonely.so: plugin lonely needs module zoo, which is not loaded", "heat 0",
        "patch p applied"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_expect(game_said(game, lines[i]), "%s is not in\n%s", lines[i], game_log(game));
    game_close(game);
}

/* What the program prints, and that it exits with 0. */
static void check_output(const char *flag, const char *wanted)
{
    char command[600], text[4096];
    snprintf(command, sizeof command, "%s %s", getenv("MP_GAME"), flag);
    FILE *output = popen(command, "r");
    cr_assert_not_null(output);
    text[fread(text, 1, sizeof text - 1, output)] = '\0';
    cr_assert_eq(pclose(output), 0, "%s: exit code", flag);
    cr_assert_not_null(strstr(text, wanted), "%s says:\n%s", flag, text);
}

Test(command_line, version_and_help)
{
    check_output("--version", "moonbase 0.1.0 (LuaJIT ");
    static const char *const flags[] = {"--headless",
                                        "--frames N",
                                        "--seed N",
                                        "--autoplay",
                                        "--patch-dir DIR",
                                        "--plugin-dir DIR",
                                        "--user-dir DIR",
                                        "--screenshot FILE.png",
                                        "--report FILE.json",
                                        "--no-jit",
                                        "--size WxH",
                                        "--version",
                                        "--help"};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        check_output("--help", flags[i]);
}

/* Plays 900 frames; returns report and screenshot. */
static json_t *play(const char *seed, const char *jit, char **picture, size_t *size)
{
    Game *game = game_prepare();
    const char *shot = game_path(game, "shot.png");
    game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", "900", "--seed", seed,
                                    "--screenshot", shot, jit, NULL});
    json_t *report = game_finish(game, 0);
    *picture = read_whole(shot, size);
    game_close(game);
    return report;
}

Test(command_line, the_same_seed_is_the_same_game_bit_for_bit)
{
    char *pictures[4];
    size_t sizes[4];
    json_t *reports[4] = {
        play("7", NULL, &pictures[0], &sizes[0]),
        play("7", NULL, &pictures[1], &sizes[1]),
        play("7", "--no-jit", &pictures[2], &sizes[2]),
        play("8", NULL, &pictures[3], &sizes[3]),
    };
    for (int i = 1; i < 3; i++) {
        cr_assert_eq(sizes[i], sizes[0]);
        cr_assert_eq(memcmp(pictures[i], pictures[0], sizes[0]), 0, "run %d shows another picture",
                     i);
        cr_assert_eq(report_number(reports[i], "score"), report_number(reports[0], "score"));
        cr_assert_eq(report_number(reports[i], "objects"), report_number(reports[0], "objects"));
    }
    cr_assert(sizes[3] != sizes[0] || memcmp(pictures[3], pictures[0], sizes[0]) != 0,
              "another seed, the same game");
    cr_assert(json_is_true(json_object_get(reports[0], "jit")));
    cr_assert(json_is_false(json_object_get(reports[2], "jit")));
    for (int i = 0; i < 4; i++) {
        free(pictures[i]);
        json_decref(reports[i]);
    }
}

Test(command_line, the_report_has_every_figure)
{
    Game *game = game_start((const char *[]){"--headless", "--frames", "30", NULL});
    json_t *report = game_finish(game, 0);
    static const char *const numbers[] = {"frames", "score", "lua_bytes", "objects", "errors"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        report_number(report, numbers[i]);
    static const char *const figures[] = {"mean", "p50", "p99", "max"};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        cr_assert(report_number(json_object_get(report, "frame_ms"), figures[i]) > 0);
    cr_assert(json_is_array(json_object_get(report, "patches")));
    cr_assert_eq(report_number(report, "frames"), 30);
    json_decref(report);
    game_close(game);
}

Test(command_line, every_polite_signal_ends_the_game_with_a_report)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        Game *game = game_start((const char *[]){"--headless", NULL});
        game_expect(game, "running");
        game_write_patch(game, "seen.lua",
                         "require('patch').before(native.World, 'step', function() end)");
        game_expect(game, "patch seen applied"); /* frames are being made */
        json_decref(game_stop_with(game, signals[i], 0));
        game_close(game);
    }
}
