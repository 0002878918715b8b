/* The date of the machine, and those of files, may be anything: nothing is decided by them. */
#include "game.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { TEN_YEARS = 315360000 }; /* seconds */

static const char *const playing[] = {"--headless", "--autoplay", NULL};

static const char good[] = "require('patch').before(native.World, 'step', function() end)\n";

static const char bad[] = "require('patch').before(native.World, 'step', function()\n"
                          "   error 'it fails'\n"
                          "end)\n";

/* Starts the next run of the game when it is so many seconds later. */
static void run_later(Game *game, int seconds)
{
    char shift[16];
    snprintf(shift, sizeof shift, "%d", seconds);
    cr_assert_eq(setenv("MP_CLOCK_SHIFT", shift, 1), 0);
    cr_assert_eq(setenv("LD_PRELOAD", getenv("MP_CLOCK_LIBRARY"), 1), 0);
    game_run(game, playing);
    unsetenv("LD_PRELOAD");
}

static void stop(Game *game) { json_decref(game_stop(game, 0)); }

/* The game believes in that date. */
static void expect_date(Game *game, int shift)
{
    time_t now = time(NULL) + shift;
    char started[32];
    strftime(started, sizeof started, "started %Y-%m-", gmtime(&now));
    game_expect_status(game, "moonbase", started);
}

/* What the first run found out is as true in the others. */
static void expect_verdicts(Game *game)
{
    game_expect(game, "patch bad quarantined: 8 errors, the last one: bad.lua:2: it fails");
    game_expect(game, "patch good applied");
    game_expect(game, "running");
    cr_expect_not(game_said(game, "patch bad applied"), "%s", game_log(game));
    game_expect_status(game, "bad.lua", "quarantined");
    game_expect_status(game, "good.lua", " active ");
}

Test(clock, ten_years_back_and_forth_change_no_verdict, .timeout = 200)
{
    Game *game = game_prepare();
    game_write_patch(game, "bad.lua", bad);
    game_write_patch(game, "good.lua", good);
    run_later(game, 0);
    game_expect(game, "patch bad quarantined");
    game_expect_status(game, "good.lua", " active ");
    stop(game);
    static const int shifts[] = {-TEN_YEARS, TEN_YEARS, 0};
    for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++) {
        run_later(game, shifts[i]);
        expect_date(game, shifts[i]);
        expect_verdicts(game);
        stop(game);
    }
    game_close(game);
}

/* Edits whose files are older than what they replace, and younger than the machine's date. */
Test(clock, edits_are_noticed_whatever_their_date, .timeout = 100)
{
    static const char text[] = "require('patch').before(native.World, 'step', function() print "
                               "'edit %d' end)\n";
    const time_t now = time(NULL), century = 10 * (time_t)TEN_YEARS;
    const time_t dates[] = {now + TEN_YEARS, now - TEN_YEARS, now, 0, now + century};
    Game *game = game_start(playing);
    game_expect(game, "running");
    for (int i = 0; i < 5; i++) {
        const struct timespec times[2] = {{.tv_sec = dates[i]}, {.tv_sec = dates[i]}};
        char edited[200];
        snprintf(edited, sizeof edited, text, i);
        game_write_patch(game, "p.new", edited);
        const char *from = game_path(game, "patch/p.new");
        cr_assert_eq(utimensat(AT_FDCWD, from, times, 0), 0);
        cr_assert_eq(rename(from, game_path(game, "patch/p.lua")), 0);
        snprintf(edited, sizeof edited, "edit %d", i);
        game_expect(game, edited);
    }
    stop(game);
    game_close(game);
}
