/* Patches, scripts and file names that are made to hurt: the game goes on, and says so. */
#include "game.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file that lies over one of the game's scripts. */
static void write_script(Game *game, const char *name, const char *text)
{
    char relative[64];
    mkdir(game_path(game, "patch/scripts"), 0700);
    snprintf(relative, sizeof relative, "scripts/%s", name);
    game_write_patch(game, relative, text);
}

static void play_one_frame(Game *game)
{
    game_run(game, (const char *[]){"--headless", "--frames", "1", NULL});
}

Test(hostile, every_patch_is_in_the_report_whatever_its_bytes)
{
    Game *game = game_prepare();
    game_write_patch(game, "caf\xe9.lua", "error('\\255\\254')");
    game_write_patch(game, "good.lua", "error('well')");
    play_one_frame(game);
    json_t *report = game_finish(game, 0);
    const json_t *patch = report_patch(report, "caf\xEF\xBF\xBD.lua");
    cr_expect_str_eq(report_text(patch, "state"), "refused");
    cr_expect(strstr(report_text(patch, "cause"), "\xEF\xBF\xBD\xEF\xBF\xBD"));
    report_patch(report, "good.lua");
    json_decref(report);
    game_close(game);
}

Test(hostile, a_score_that_is_no_number_is_null)
{
    static const char *const scores[] = {"0/0", "1/0", "-1/0"};
    for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
        char text[100];
        snprintf(text, sizeof text, "return { report = function() return { score = %s } end }",
                 scores[i]);
        Game *game = game_prepare();
        write_script(game, "main.lua", text);
        play_one_frame(game);
        json_t *report = game_finish(game, 0);
        cr_assert_not_null(report, "%s", game_log(game));
        cr_expect(json_is_null(json_object_get(report, "score")));
        cr_expect(game_said(game, "warning: report: the game's score is "));
        json_decref(report);
        game_close(game);
    }
}

/* A recording asks for it every second. */
Test(hostile, errors_of_a_score_do_not_flood_the_log)
{
    Game *game = game_prepare();
    write_script(game, "main.lua", "return { report = function() error 'no score' end }");
    game_run(game, (const char *[]){"--headless", "--frames", "2000", "--record",
                                    game_path(game, "session.rec"), NULL});
    json_decref(game_finish(game, 0));
    cr_expect(game_said(game, " times: scripts/main.lua:1: no score"), "%s", game_log(game));
    cr_expect(strlen(game_log(game)) < 10000, "%zu bytes of log", strlen(game_log(game)));
    game_close(game);
}

/* A patch's timers and listeners go with it; while they fail, the game loses some frames. */
Test(hostile, what_a_patch_left_with_the_game_goes_with_it)
{
    static const char keeps[] =
        "local patch = require 'patch'\n"
        "local event, log = require 'event', require 'log'\n"
        "local timer = require 'timer'\n"
        "timer.every(0.1, function() event.emit('tick') end)\n"
        "event.on('tick', function() print 'ticks' end)\n"
        "timer.run(function() while true do wait(0.1) print 'ticks' end end)\n"
        "log.add_sink(function(line)\n"
        "   if line.text:find 'keeps removed' then print 'ticks' end\n"
        "end)\n"
        "patch.after(require 'main', 'draw', function() end)\n";
    static const char fails[] = "local patch = require 'patch'\n"
                                "require('timer').every(0.001, function() error 'tick' end)\n"
                                "patch.after(require 'main', 'draw', function() end)\n";
    Game *game = game_start((const char *[]){"--headless", "--autoplay", NULL});
    game_write_patch(game, "keeps.lua", keeps);
    game_expect(game, "ticks");
    game_remove_patch(game, "keeps.lua");
    game_expect(game, "patch keeps removed");
    game_write_patch(game, "fails.lua", fails);
    game_expect(game, "patch fails: fails.lua:2: tick");
    game_expect(game, "patch fails quarantined: 8 errors, the last one: fails.lua:2: tick");
    const char *removed = strstr(game_log(game), "patch keeps removed");
    cr_expect_null(strstr(removed, "ticks"), "%s", removed);
    json_t *report = game_stop(game, 0);
    cr_expect(report_number(report, "errors") < 20, "%g", report_number(report, "errors"));
    json_decref(report);
    game_close(game);
}

/* What a function of the game does for it is another matter. */
Test(hostile, a_patch_reaches_no_file_of_the_player)
{
    static const char reaches[] =
        "local patch = require 'patch'\n"
        "local storage, save, highscore = require 'storage', require 'save', require 'highscore'\n"
        "local done\n"
        "local function tell(what, ok, why) print(('%s: %s %s'):format(what, ok, why)) end\n"
        "patch.after(native.World, 'step', function()\n"
        "   if done then return end\n"
        "   done = true\n"
        "   tell('write', storage.write('log.txt', 'mine'))\n"
        "   tell('method', native.storage:write('log.txt', 'mine'))\n"
        "   tell('read', storage.read 'log.txt')\n"
        "   tell('exists', storage.exists 'log.txt')\n"
        "   tell('rename', storage.rename('log.txt', 'other.txt'))\n"
        "   coroutine.wrap(function() tell('wrap', storage.write('log.txt', 'mine')) end)()\n"
        "   tell('save', save.open({ name = 'highscores', version = 1 }):store())\n"
        "   tell('game', highscore.offer(1000, 1, 'AAA'))\n"
        "end)\n";
    static const char *const lines[] = {
        "write: nil 'log.txt' is the player's file, and patches reach none",
        "method: nil 'log.txt' is the player's file",
        "read: nil 'log.txt' is the player's file",
        "exists: false",
        "rename: nil 'log.txt' is the player's file",
        "wrap: nil 'log.txt' is the player's file",
        "save: nil 'highscores.json.new' is the player's file",
        "game: 1 nil",
    };
    Game *game = game_prepare();
    game_write_patch(game, "reaches.lua", reaches);
    game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", "90", NULL});
    json_decref(game_finish(game, 0));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_expect(game_said(game, lines[i]), "no %s:\n%s", lines[i], game_log(game));
    cr_expect_not(game_said(game, "the high scores are not kept"), "%s", game_log(game));
    game_close(game);
}

/* Short functions, called so often that the frame does not end; they are hardly ever found at it.
 */
Test(hostile, timers_without_end_are_their_patch_s)
{
    static const char *const bombs[] = {
        "for _ = 1, 3e5 do timer.every(0.001, function() end) end",
        "local function again() timer.after(0.001, again) timer.after(0.001, again) end again()",
    };
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "local timer, begun = require 'timer'\n"
                 "require('patch').before(native.World, 'step', function()\n"
                 "   if begun then return end\n"
                 "   begun = true\n"
                 "   %s\n"
                 "end)\n",
                 bombs[i]);
        Game *game = game_prepare();
        game_write_patch(game, "bomb.lua", text);
        game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", "90", NULL});
        json_t *report = game_finish(game, 0);
        const json_t *patch = report_patch(report, "bomb.lua");
        cr_expect_str_eq(report_text(patch, "state"), "quarantined");
        cr_expect(
            strstr(report_text(patch, "cause"), "runaway: its timers and listeners were called"));
        json_decref(report);
        game_close(game);
    }
}

/* The log is one message, which starts with `said`; exit code 1. */
static void expect_one_message(Game *game, const char *said)
{
    json_decref(game_finish(game, 1));
    const char *log = game_log(game);
    cr_expect(strncmp(log, said, strlen(said)) == 0, "%s", log);
    cr_expect_null(strstr(log + 1, "moonbase: "), "%s", log);
}

/* A file of the game's own. */
static void write_own_script(Game *game, const char *name, const char *text)
{
    char path[64];
    game_copy_data(game);
    snprintf(path, sizeof path, "../data/demo/scripts/%s", name);
    game_write_patch(game, path, text);
}

Test(hostile, a_script_that_does_not_parse_is_one_message_in_the_log_file_too)
{
    Game *game = game_prepare();
    write_own_script(game, "balance.lua", "return 1 +");
    play_one_frame(game);
    expect_one_message(game,
                       "moonbase: error: scripts/balance.lua:1: unexpected symbol near '<eof>'\n");
    size_t size;
    char *log = read_whole(game_path(game, "user/log.txt"), &size);
    cr_expect(strstr(log, ">    1  return 1 +"), "%s", log);
    free(log);
    game_close(game);
}

Test(hostile, a_main_that_raises_is_one_message)
{
    Game *game = game_prepare();
    write_own_script(game, "main.lua", "\nerror 'oops'");
    play_one_frame(game);
    expect_one_message(game, "moonbase: error: scripts/main.lua:2: oops\n");
    game_close(game);
}

Test(hostile, what_looks_like_a_patch_and_is_none_is_told_once)
{
    static const char *const told[] = {
        "X.LUA: write .lua or .zip in lower case\n",
        "y.Zip: write .lua or .zip in lower case\n",
        "a?b.lua: its name has control characters\n",
        "mine: patches lie in the patch folder itself, not in folders below it\n",
    };
    static const char *const quiet[] = {".hidden.LUA", "fix.lua~", ".fix.lua.swp",
                                        "README.md",   "4913",     "#fix.lua#"};
    Game *game = game_prepare();
    mkdir(game_path(game, "patch/mine"), 0700);
    write_script(game, "unused.lua", "return 1");
    game_write_patch(game, "mine/fix.lua", "return 1");
    game_write_patch(game, "X.LUA", "return 1");
    game_write_patch(game, "y.Zip", "");
    game_write_patch(game, "a\nb.lua", "return 1");
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
        game_write_patch(game, quiet[i], "x");
    game_run(game, (const char *[]){"--headless", NULL});
    game_expect(game, "running");
    game_write_patch(game, "seen.lua",
                     "require('patch').before(native.World, 'step', function() end)");
    game_expect(game, "patch seen applied"); /* the folder was looked at again */
    json_decref(game_stop(game, 0));
    size_t lines = 0;
    for (const char *line = game_log(game); (line = strstr(line, "warning: ignored: ")); line++)
        lines++;
    cr_expect_eq(lines, sizeof told / sizeof *told, "%s", game_log(game));
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        cr_expect(game_said(game, told[i]), "%s in %s", told[i], game_log(game));
    game_close(game);
}

/* Nobody ever writes into them: to open one is to wait for good. */
Test(hostile, pipes_and_links_in_the_patch_folder_are_not_waited_for)
{
    static const char *const folders[] = {"patch/assets", "patch/assets/images", "patch/scripts"};
    static const char *const pipes[] = {"patch/pipe.lua", "patch/pipe.zip",
                                        "patch/assets/images/rover.png", "patch/scripts/timer.lua"};
    Game *game = game_start((const char *[]){"--headless", NULL});
    game_expect(game, "running");
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        cr_assert_eq(mkdir(game_path(game, folders[i]), 0700), 0);
    for (size_t i = 0; i < sizeof pipes / sizeof *pipes; i++)
        cr_assert_eq(mkfifo(game_path(game, pipes[i]), 0600), 0);
    cr_assert_eq(symlink("/dev/zero", game_path(game, "patch/link.lua")), 0);
    game_expect(game, "pipe.lua: is a link, a pipe or a device");
    game_expect(game, "assets/images/rover.png keeps its earlier content");
    game_write_patch(game, "sound.lua",
                     "require('patch').before(native.World, 'step', function() end)");
    game_expect(game, "patch sound applied");
    json_t *report = game_stop(game, 0);
    static const char *const refused[] = {"pipe.lua", "pipe.zip", "link.lua"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const char *cause = report_text(report_patch(report, refused[i]), "cause");
        cr_expect(strstr(cause, "is a link, a pipe or a device, not a file"), "%s", cause);
    }
    json_decref(report);
    game_close(game);
}
