/* Scripts that are laid over the game's own: a child meets them first, and bad ones are left out.
 */
#include "game.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const playing[] = {"--headless", "--autoplay", NULL};

static const char parser_crash[] = "local a for k in (nil):x() do end";

/* The game's scripts/balance.lua, with a line before its own. */
static char *balance_with(const char *line)
{
    size_t size;
    char path[512], *edited = NULL;
    snprintf(path, sizeof path, "%s/demo/scripts/balance.lua", MP_SOURCE_FOLDER);
    char *text = read_whole(path, &size);
    cr_assert_gt(asprintf(&edited, "%s\n%s", line, text), 0);
    free(text);
    return edited;
}

static void write_balance(Game *game, const char *line)
{
    char *text = balance_with(line);
    game_write_patch(game, "scripts/balance.lua", text);
    free(text);
}

static Game *prepare(void)
{
    Game *game = game_prepare();
    cr_assert_eq(mkdir(game_path(game, "patch/scripts"), 0700), 0);
    return game;
}

static Game *start(void)
{
    Game *game = prepare();
    game_run(game, playing);
    game_expect(game, "running");
    return game;
}

static void stop_without_errors(Game *game)
{
    json_t *report = game_stop(game, 0);
    cr_expect_eq(report_number(report, "errors"), 0, "%s", game_log(game));
    json_decref(report);
    game_close(game);
}

#define REFUSED "patch scripts/balance.lua refused: scripts/balance.lua"

/* What would hurt the game, and what is said of it, or on other machines. */
static const struct Hostile {
    const char *line, *said, *or_said;
} hostile[] = {
    {"oops(", REFUSED ":", NULL},
    {"error 'this is wrong'", REFUSED ":1: this is wrong", NULL},
    {"while true do end", REFUSED ": its rehearsal took longer than 2 s",
     "patch scripts/balance.lua refused: runaway: "},
    {"local s = ('x'):rep(2 ^ 30)", REFUSED ": its rehearsal needed more than 256 MB",
     REFUSED ":1: not enough memory"},
    {parser_crash, REFUSED ": its rehearsal crashed with signal 11", REFUSED ":1: attempt to"},
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static void expect_refusal(Game *game, const struct Hostile *with)
{
    game_expect(game, "patch scripts/balance.lua refused: ");
    game_expect(game, "\n");
    cr_expect(game_said(game, with->said) || (with->or_said && game_said(game, with->or_said)),
              "%s: %s", with->line, game_log(game));
}

Test(overlay, what_would_hurt_the_running_game_is_refused_and_the_earlier_script_stays)
{
    Game *game = start();
    write_balance(game, "print 'first'");
    game_expect(game, "patch scripts/balance.lua applied");
    game_expect(game, "reloaded balance.lua");
    for (size_t i = 0; i < HOSTILE; i++) {
        write_balance(game, hostile[i].line);
        expect_refusal(game, &hostile[i]);
    }
    write_balance(game, "print 'second'");
    game_expect(game, "patch scripts/balance.lua applied");
    cr_expect_not(game_said(game, "reload of"), "it came to the game: %s", game_log(game));
    game_remove_patch(game, "scripts/balance.lua");
    game_expect(game, "patch scripts/balance.lua removed");
    stop_without_errors(game);
}

Test(overlay, what_is_bad_from_the_start_gives_way_to_the_game_s_own)
{
    for (size_t i = 0; i < HOSTILE; i++) {
        Game *game = prepare();
        write_balance(game, hostile[i].line);
        game_run(game, playing);
        expect_refusal(game, &hostile[i]);
        game_expect(game, "running");
        stop_without_errors(game);
    }
}

Test(overlay, the_game_starts_without_a_bad_one_that_nobody_rehearsed)
{
    Game *game = prepare();
    write_balance(game, "error 'this is wrong'");
    game_run(game, (const char *[]){"--headless", "--rehearsal=off", NULL});
    game_expect(game,
                "patch scripts/balance.lua quarantined: scripts/balance.lua:1: this is wrong");
    game_expect(game, "running");
    stop_without_errors(game);
}

Test(overlay, the_others_of_a_start_are_in_effect_before_the_game_is)
{
    Game *game = prepare();
    write_balance(game, "print 'the good one runs'");
    game_write_patch(game, "scripts/waves.lua", "oops(");
    game_write_patch(game, "p.lua",
                     "assert(require('balance'))\n"
                     "require('patch').before(native.World, 'step', function() end)");
    game_run(game, playing);
    game_expect(game, "patch scripts/waves.lua refused: scripts/waves.lua:1: ");
    game_expect(game, "the good one runs");
    game_expect(game, "patch p applied");
    game_expect(game, "running");
    stop_without_errors(game);
}

Test(overlay, of_a_change_all_scripts_take_effect_or_none)
{
    Game *game = start();
    game_write_patch(game, "scripts/waves.lua", "oops(");
    write_balance(game, "print 'both'");
    game_expect(game, "patch scripts/waves.lua refused");
    game_expect(game, "patch scripts/balance.lua staged: waits");
    cr_expect_not(game_said(game, "both"), "%s", game_log(game));
    game_remove_patch(game, "scripts/waves.lua");
    game_expect(game, "patch scripts/balance.lua applied");
    stop_without_errors(game);
}

static const char does_nothing[] = "require('patch').before(native.World, 'step', function() end)";

Test(overlay, a_patch_waits_for_a_script_that_came_with_it_and_is_refused)
{
    Game *game = start();
    game_write_patch(game, "good.lua", does_nothing);
    write_balance(game, "oops(");
    game_expect(game, REFUSED);
    game_expect(game, "patch good staged: waits, as nothing of a change takes effect if a part is "
                      "refused: see scripts/balance.lua");
    write_balance(game, "still(");
    game_expect(game, REFUSED);
    cr_expect_not(game_said(game, "patch good applied"), "%s", game_log(game));
    write_balance(game, "print 'it is right'");
    game_expect(game, "it is right");
    game_expect(game, "patch good applied");
    stop_without_errors(game);
}

Test(overlay, a_script_waits_for_a_patch_that_came_with_it_and_is_refused)
{
    Game *game = start();
    game_write_patch(game, "bad.lua", "oops(");
    write_balance(game, "print 'it runs'");
    game_expect(game, "patch scripts/balance.lua staged: waits, as nothing of a change takes "
                      "effect if a part is refused: see bad.lua");
    game_expect(game, "patch bad refused");
    cr_expect_not(game_said(game, "it runs"), "%s", game_log(game));
    game_write_patch(game, "bad.lua", does_nothing);
    game_expect(game, "it runs");
    game_expect(game, "patch bad applied");
    stop_without_errors(game);
}

Test(overlay, a_patch_may_build_on_a_script_that_comes_with_it)
{
    Game *game = start();
    game_write_patch(game, "scripts/fresh.lua", "return { three = 3 }");
    game_write_patch(game, "use.lua",
                     "assert(require('fresh').three == 3)\n"
                     "require('patch').before(native.World, 'step', function() end)");
    game_expect(game, "patch use applied");
    stop_without_errors(game);
}

Test(overlay, the_engine_s_own_door_stays_shut)
{
    Game *game = start();
    game_write_patch(game, "scripts/host.lua", "return {}");
    game_expect(game, "patch scripts/host.lua refused: scripts/host.lua: is the engine's own");
    stop_without_errors(game);
}

/* Long enough on trial to die in it. */
static const char slow[] =
    "require('timer').every(0.01, function() local n = 0 for i = 1, 2e7 do n = n + i % 7 end end)";

Test(overlay, one_that_was_on_trial_when_the_game_died_is_left_out)
{
    Game *game = prepare();
    write_balance(game, slow);
    game_run(game, playing);
    game_expect(game, "patch scripts/balance.lua applied");
    game_expect(game, "running");
    game_crash(game, SIGSEGV);
    game_run(game, playing);
    game_expect(game, "scripts/balance.lua is left out: the game died of SIGSEGV");
    game_expect(game, "running");
    game_expect_status(game, "scripts/balance.lua", "quarantined");
    write_balance(game, "-- corrected");
    game_expect(game, "patch scripts/balance.lua applied");
    game_expect_status(game, "scripts/balance.lua", " active ");
    stop_without_errors(game);
}

/* What stopped them must not stop what comes next, which is the engine's own. */
Test(overlay, loops_without_end_that_nobody_rehearsed_are_refused_and_the_game_goes_on)
{
    Game *game = prepare();
    game_run(game, (const char *[]){"--headless", "--autoplay", "--rehearsal=off", NULL});
    game_expect(game, "running");
    write_balance(game, "while true do end");
    game_expect(game, "runaway");
    write_balance(game, "-- corrected");
    game_expect(game, "reloaded balance.lua");
    game_write_patch(
        game, "p.lua",
        "local patch = require 'patch'\n"
        "patch.before(native.World, 'step', function() end)\n"
        "patch.migrate { up = function() while true do end end, down = function() end }");
    game_expect(game, "patch p refused: patch.migrate: up: runaway");
    game_write_patch(game, "q.lua",
                     "require('patch').before(native.World, 'step', function() end)");
    game_remove_patch(game, "p.lua");
    game_expect(game, "patch q applied");
    json_decref(game_stop(game, 0));
    game_close(game);
}
