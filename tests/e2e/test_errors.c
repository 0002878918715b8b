/* The game's own scripts fail: what is said, what the exit code is, and how the game goes on. */
#include "game.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const one_second[] = {"--headless", "--frames", "60", NULL};

/* A small game of its own in the place of Moonbase's main.lua. */
static void write_main(Game *game, const char *text)
{
    game_copy_data(game);
    game_write_patch(game, "../data/demo/scripts/main.lua", text);
}

/* The log that a headless run with such a main.lua leaves behind; exit code 1. */
static Game *play(const char *text)
{
    Game *game = game_prepare();
    write_main(game, text);
    game_run(game, one_second);
    json_decref(game_finish(game, 1));
    return game;
}

static void expect(Game *game, const char *words)
{
    cr_expect(game_said(game, words), "no '%s' in:\n%s", words, game_log(game));
}

static void expect_no(Game *game, const char *words)
{
    cr_expect_not(game_said(game, words), "'%s' in:\n%s", words, game_log(game));
}

Test(errors, each_function_of_the_game_ends_a_headless_run_with_the_whole_story)
{
    static const struct {
        const char *text, *in;
    } cases[] = {
        {"return { load = function() local hp = 3 error 'oops' end }", "in load,"},
        {"return { update = function() local hp = 3 error 'oops' end }", "in update,"},
        {"return { draw = function() local hp = 3 error 'oops' end }", "in draw,"},
        {"require('timer').after(0.1, function() local hp = 3 error 'oops' end) return {}",
         "in update,"},
        {"require('timer').run(function() wait(0.1) local hp = 3 error 'oops' end) return {}",
         "in update,"},
        {"local event = require 'event' event.on('x', function() local hp = 3 error 'oops' end)"
         " return { update = function() event.emit 'x' end }",
         "in update,"},
        {"local hp = 3 error 'oops'", "at the start,"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Game *game = play(cases[i].text);
        expect(game, "moonbase: error: scripts/main.lua:1: oops\n");
        expect(game, cases[i].in);
        expect(game, ">    1  ");
        expect(game, "hp = 3");
        expect_no(game, "2 times");
        game_close(game);
    }
}

Test(errors, the_title_names_the_callback_and_the_library_is_left_out)
{
    Game *game = play("local main, score = {}, 7\n"
                      "function main.load() require('input').bind { a = { 'key:a' } } end\n"
                      "function main.focus() require('graphics').color(score, 'red') end\n"
                      "function main.update() require('host').focus(true) end\n"
                      "return main");
    expect(game, "scripts/main.lua:3: graphics.color: g: number expected, got \"red\"\n");
    expect(game, "in update, scripts/main.lua:3");
    expect(game, "scripts/main.lua:3: in main.focus\n");
    expect(game, "score = 7 (upvalue)");
    expect_no(game, "scripts/graphics.lua");
    expect_no(game, "scripts/host.lua");
    game_close(game);
}

Test(errors, the_title_names_who_is_called_in_update)
{
    Game *game = play("local main = {}\n"
                      "local function blink() error 'oops' end\n"
                      "function main.load() require('timer').after(0.1, blink) end\n"
                      "return main");
    expect(game, "in blink, scripts/main.lua:2");
    game_close(game);
}

Test(errors, what_would_go_unnoticed_is_warned_of_once)
{
    Game *game = game_prepare();
    write_main(game, "return { updat = function() end,\n"
                     "draw = function() require('graphics').push() end }");
    game_run(game, one_second);
    json_decref(game_finish(game, 0));
    expect(game, "main.lua has \"updat\", which nobody calls (did you mean \"update\"?)");
    expect(game, "draw ends with 1 graphics.push() for which there was no graphics.pop()");
    const char *first = strstr(game_log(game), "draw ends with");
    cr_expect(first && !strstr(first + 1, "draw ends with"), "%s", game_log(game));
    game_close(game);
}

Test(errors, what_follows_the_error_in_the_frame_is_left_out)
{
    Game *game = play(
        "return { update = function() error 'first' end, draw = function() error 'second' end }");
    expect(game, "scripts/main.lua:1: first");
    expect_no(game, "second\n");
    game_close(game);
}

Test(errors, the_report_and_the_last_picture_are_written)
{
    Game *game = game_prepare();
    write_main(
        game,
        "local n = 0 return { update = function() n = n + 1 if n == 5 then error 'five' end end,\n"
        "report = function() return { score = n } end }");
    game_run(game, (const char *[]){"--headless", "--frames", "60", "--screenshot",
                                    game_path(game, "last.png"), NULL});
    json_t *report = game_finish(game, 1);
    cr_assert_not_null(report);
    cr_expect_eq(report_number(report, "score"), 5);
    cr_expect_eq(report_number(report, "frames"), 5);
    cr_expect_eq(report_number(report, "errors"), 1);
    json_decref(report);
    size_t size;
    free(read_whole(game_path(game, "last.png"), &size));
    cr_expect_gt(size, 1000);
    game_close(game);
}

Test(errors, a_screen_that_is_broken_too_gives_way_to_a_plain_one)
{
    Game *game = game_prepare();
    write_main(game, "return { update = function() error 'oops' end }");
    game_write_patch(game, "../data/scripts/errors.lua", "error 'the screen, too'");
    game_run(game, (const char *[]){"--headless", "--frames", "60", "--screenshot",
                                    game_path(game, "last.png"), NULL});
    json_decref(game_finish(game, 1));
    expect(game, "error: scripts/main.lua:1: oops\n");
    expect(game, "warning: the error screen fails, a plain one takes its place: "
                 "scripts/errors.lua:1: the screen, too");
    size_t size;
    free(read_whole(game_path(game, "last.png"), &size));
    cr_expect_gt(size, 1000);
    game_close(game);
}

Test(errors, of_a_patch_end_nothing)
{
    Game *game = game_prepare();
    game_write_patch(game, "fails.lua",
                     "local patch = require 'patch'\n"
                     "require('timer').every(0.1, function() error 'mine' end)\n"
                     "patch.after(require 'main', 'draw', function() end)\n");
    game_run(game, (const char *[]){"--headless", "--frames", "300", NULL});
    json_decref(game_finish(game, 0));
    expect(game, "patch fails quarantined: 8 errors");
    game_close(game);
}

/* The one thing in the game's way is taken away, and the game goes on with its own. */
Test(errors, of_a_script_that_lies_over_the_game_s_take_it_away)
{
    Game *game = game_prepare();
    write_main(game, "return { update = function() end, draw = function() end }");
    cr_assert_eq(mkdir(game_path(game, "patch/scripts"), 0700), 0);
    game_write_patch(game, "scripts/main.lua",
                     "return { update = function() error 'mine' end, draw = function() end }");
    game_run(game, one_second);
    json_decref(game_finish(game, 0));
    expect(game, "patch scripts/main.lua quarantined: scripts/main.lua:1: mine");
    game_close(game);
}
