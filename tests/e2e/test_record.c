/* Moonbase, recorded and played again: the same score and the same picture. */
#include "game.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void record(Game *game, const char *frames)
{
    game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", frames, "--seed", "11",
                                    "--record", game_path(game, "session.rec"), "--screenshot",
                                    game_path(game, "recorded.png"), NULL});
}

static json_t *replay(Game *game, int code)
{
    game_run(game,
             (const char *[]){"--headless", "--replay", game_path(game, "session.rec"),
                              "--screenshot", game_path(game, "replayed.png"), "--no-jit", NULL});
    return game_finish(game, code);
}

static void expect_same_picture(Game *game)
{
    size_t size, again;
    char *recorded = read_whole(game_path(game, "recorded.png"), &size);
    char *replayed = read_whole(game_path(game, "replayed.png"), &again);
    cr_expect(size == again && memcmp(recorded, replayed, size) == 0, "another picture");
    free(recorded);
    free(replayed);
}

Test(record, a_replay_has_the_same_score_and_the_same_last_picture)
{
    Game *game = game_prepare();
    record(game, "1200");
    json_t *recorded = game_finish(game, 0);
    json_t *replayed = replay(game, 0);
    cr_expect(game_said(game, "the replay is over: 1200 steps, the same as recorded"));
    cr_expect_gt(report_number(recorded, "score"), 0);
    cr_expect_eq(report_number(replayed, "score"), report_number(recorded, "score"));
    cr_expect_eq(report_number(replayed, "seed"), 11);
    expect_same_picture(game);
    json_decref(recorded);
    json_decref(replayed);
    game_close(game);
}

Test(record, a_game_that_was_killed_can_be_replayed_up_to_there)
{
    Game *game = game_prepare();
    const char *recording = game_path(game, "session.rec");
    size_t short_size, size;
    record(game, "100");
    game_finish(game, 0);
    free(read_whole(recording, &short_size));
    remove(recording);
    record(game, "1000000");
    game_expect(game, "running: ");
    do
        free(read_whole(recording, &size));
    while (size <= short_size);
    game_kill(game, SIGKILL);
    json_t *report = replay(game, 0);
    cr_expect(game_said(game, "the recording was cut off: it ends at step "), "%s", game_log(game));
    cr_expect_gt(report_number(report, "frames"), 60);
    json_decref(report);
    game_close(game);
}

Test(record, a_patch_that_was_not_there_is_told_and_so_is_what_it_changes)
{
    Game *game = game_prepare();
    record(game, "400");
    game_finish(game, 0);
    game_write_patch(game, "fast.lua",
                     "local patch = require 'patch'\n"
                     "patch.before(native.World, 'step', function(self)\n"
                     "   self.rover.x = self.rover.x + 0.01\n"
                     "end)\n");
    replay(game, 1);
    cr_expect(game_said(game, "fast.lua was not there when this was recorded"));
    cr_expect(game_said(game, "the replay differs from the recording at step "), "%s",
              game_log(game));
    game_close(game);
}

Test(record, a_patch_that_comes_while_it_is_recorded_is_told)
{
    Game *game = game_prepare();
    record(game, "1000000");
    game_expect(game, "running: ");
    game_copy_patch(game, "fix-shield.lua");
    game_expect(game, "patch fix-shield applied");
    json_t *report = game_stop(game, 0);
    json_decref(report);
    game_remove_patch(game, "fix-shield.lua");
    game_run(game,
             (const char *[]){"--headless", "--replay", game_path(game, "session.rec"), NULL});
    game_expect(game, "of the recording: patch fix-shield: trial");
    game_kill(game, SIGKILL);
    game_close(game);
}
