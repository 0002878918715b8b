/* The whole path of an update: published with the command line, served as plain files, and taken
   over by a running game or server. */
#include "channel.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char refused_release[] =
    "require('patch').before(native.World, 'stepp', function() end)\n";

Test(update, one_release_after_the_other_takes_effect_in_the_running_game)
{
    Channel channel = channel_open();
    channel_start_with_first(&channel);
    cr_expect(game_said(channel.game, "update 1 applied"));
    channel_write_release(&channel, 2);
    channel_publish(&channel, "");
    double seconds = game_expect(channel.game, "release 2 runs");
    printf("# %.1f s from a release to the running game, at one look a second\n", seconds);
    game_expect(channel.game, "update 2 passed its trial");
    json_t *report = game_stop(channel.game, 0);
    cr_expect(report_is_running(report, "news.lua"));
    json_decref(report);

    game_run(channel.game, channel_playing); /* the last good one at once */
    game_expect(channel.game, "release 2 runs");
    cr_expect_not(game_said(channel.game, "update 2 applied"));
    json_decref(game_stop(channel.game, 0));
    channel_close(&channel);
}

Test(update, a_release_that_fails_goes_and_is_not_taken_again)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    channel_write(game, "release/news.lua", channel_bad_release);
    channel_publish(&channel, "");
    game_expect(game, "update 2 applied");
    game_expect(game, "update 2 taken back, update 1 runs: news.lua: 8 errors");
    game_expect(game, "release 1 runs");
    json_decref(game_stop(game, 0));

    game_run(game, channel_playing);
    game_expect(game, "release 1 runs");
    channel_wait_for_looks(&channel, 2);
    json_decref(game_stop(game, 0));
    cr_expect_not(game_said(game, "update 2"), "%s", game_log(game));

    game_run(game, channel_playing);
    channel_write_release(&channel, 3);
    channel_publish(&channel, "");
    game_expect(game, "release 3 runs");
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

/* While the first release runs, the second one comes, and one of its files is wrong. */
static void expect_second_to_go_whole(Channel *channel)
{
    Game *game = channel->game;
    channel_write_release(channel, 2);
    channel_write(game, "release/wrong.lua", refused_release);
    channel_publish(channel, "");
    game_expect(game, "update 2 taken back, update 1 runs: ");
    cr_expect_not(game_said(game, "release 2 runs"));
    json_t *report = game_stop(game, 0);
    cr_expect(report_is_running(report, "news.lua"));
    json_decref(report);
}

Test(update, of_a_release_with_a_wrong_file_nothing_takes_effect)
{
    Channel channel = channel_open();
    channel_start_with_first(&channel);
    channel_write(channel.game, "release/scripts/balance.lua", "return {}");
    expect_second_to_go_whole(&channel);
    channel_close(&channel);
}

Test(update, without_rehearsal_too_a_release_takes_effect_whole_or_not_at_all)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_write_release(&channel, 1);
    channel_publish(&channel, "");
    game_run(game, (const char *[]){"--headless", "--autoplay", "--rehearsal=off", NULL});
    game_expect(game, "update 1 passed its trial");
    expect_second_to_go_whole(&channel);
    channel_close(&channel);
}

Test(update, what_is_wrong_at_the_start_is_left_for_what_is_good)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    json_decref(game_stop(game, 0));
    channel_write(game, "release/news.lua", refused_release);
    channel_publish(&channel, "--apply next-start");
    game_run(game, channel_playing);
    game_expect(game, "update 2 comes with the next start");
    json_decref(game_stop(game, 0));
    game_run(game, channel_playing);
    game_expect(game, "update 2 taken back, update 1 runs: ");
    game_expect(game, "release 1 runs");
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

Test(update, a_release_that_is_halted_is_left_for_the_one_before)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    channel_write_release(&channel, 2);
    channel_publish(&channel, "");
    game_expect(game, "update 2 passed its trial");
    channel_command(&channel, "halt stable");
    game_expect(game, "update 1 applied");
    game_expect(game, "release 1 runs");
    channel_command(&channel, "halt stable --release 1");
    game_expect(game, "the game is as it was shipped");
    json_t *report = game_stop(game, 0);
    cr_expect_not(report_is_running(report, "news.lua"));
    json_decref(report);
    channel_close(&channel);
}

Test(update, it_comes_when_the_release_says_so)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    channel_write_release(&channel, 2);
    channel_publish(&channel, "--apply next-start");
    game_expect(game, "update 2 comes with the next start");
    cr_expect_not(game_said(game, "release 2 runs"));
    json_decref(game_stop(game, 0));
    game_run(game, channel_playing);
    game_expect(game, "release 2 runs");
    game_expect(game, "update 2 passed its trial");
    channel_write_release(&channel, 3);
    channel_publish(&channel, "--apply next-scene");
    game_expect(game, "update 3 comes with the next scene");
    cr_expect_not(game_said(game, "release 3 runs"));
    game_write_patch(game, "switch.lua",
                     "local scene, switched = require 'scene', false\n"
                     "require('patch').before(native.World, 'step', function()\n"
                     "   if not switched then switched = true; scene.switch(scene.current()) end\n"
                     "end)\n");
    game_expect(game, "release 3 runs");
    game_expect(game, "update 3 passed its trial");
    channel_write_release(&channel, 4);
    channel_publish(&channel, "--apply next-start --mandatory");
    game_expect(game, "release 4 runs");
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

Test(update, scripts_and_assets_of_a_release_lie_over_the_games_own_and_below_loose_ones)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_write_release(&channel, 1);
    channel_write(game, "release/scripts/news.lua", "return 'published'");
    channel_write(game, "release/said.lua",
                  "require('patch').after(native.World, 'step', function() end)\n"
                  "print(require 'news')\n");
    channel_publish(&channel, "");
    game_run(game, channel_playing);
    game_expect(game, "published");
    game_expect(game, "update 1 passed its trial");
    game_write_patch(game, "news.lua",
                     "require('patch').before(native.World, 'step', function() print 'mine' end)");
    game_expect(game, "mine");
    channel_write_release(&channel, 2);
    channel_write(game, "release/other.lua",
                  "require('patch').before(native.World, 'step', function() print 'other' end)");
    channel_publish(&channel, "");
    game_expect(game, "other");
    game_expect(game, "update 2 passed its trial");
    cr_expect_not(game_said(game, "release 2 runs"), "a loose patch hides it");
    game_remove_patch(game, "news.lua");
    game_expect(game, "release 2 runs");
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

Test(update, what_changed_in_a_large_file_is_all_that_is_downloaded)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    size_t size;
    run_command("head -c 300000 /dev/urandom >'%s'", game_path(game, "release/assets/large.bin"));
    channel_start_with_first(&channel);
    run_command("printf end >>'%s'", game_path(game, "release/assets/large.bin"));
    channel_write_release(&channel, 2);
    channel_publish(&channel, "");
    game_expect(game, "release 2 runs");
    json_decref(game_stop(game, 0));
    char *requests = read_whole(game_path(game, "requests"), &size);
    cr_expect(strstr(requests, "/targets/deltas/"), "%s", requests);
    size_t objects = 0;
    for (const char *at = requests; (at = strstr(at, "/targets/objects/")); at++)
        objects++;
    cr_expect_eq(objects, 2, "those of the first release:\n%s", requests);
    free(requests);
    run_command("cmp -s '%s' '%s'", game_path(game, "release/assets/large.bin"),
                game_path(game, "user/updates/slots/b/patch/assets/large.bin"));
    channel_close(&channel);
}

/* ---- servers ------------------------------------------------------------------------------- */

Test(update, looks_that_find_nothing_new_cost_no_download)
{
    size_t size;
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    channel_wait_for_looks(&channel, 3);
    char *requests = read_whole(game_path(game, "requests"), &size);
    cr_expect(strstr(requests, "GET /metadata/timestamp.json 304\n"), "%s", requests);
    free(requests);
    channel_write_release(&channel, 2);
    channel_publish(&channel, "");
    game_expect(game, "release 2 runs");
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

static void write_rule(Channel *channel, const char *rule)
{
    char text[256];
    snprintf(text, sizeof text,
             "require('patch').override(require 'rules', 'line', function() %s end)\n", rule);
    channel_write(channel->game, "release/news.lua", text);
}

Test(update, a_server_follows_its_channel_as_games_do)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    run_command("mkdir '%s'", game_path(game, "lobby"));
    channel_write(game, "lobby/rules.lua",
                  "return { line = function() return 'first rules' end }\n");
    channel_write(game, "lobby/server.lua",
                  "local rules, last = require 'rules', nil\n"
                  "return { update = function()\n"
                  "   local line = rules.line()\n"
                  "   if line ~= last then print(line) end\n"
                  "   last = line\n"
                  "end }\n");
    run_command("mv '%s' '%s'", game_path(game, "data/channel"), game_path(game, "lobby"));
    char script[256];
    snprintf(script, sizeof script, "%s", game_path(game, "lobby/server.lua"));
    game_run_server(game, (const char *[]){"--script", script, NULL});
    game_expect(game, "first rules");
    write_rule(&channel, "return 'second rules'");
    channel_publish(&channel, "--apply next-scene"); /* a server has no scenes */
    game_expect(game, "second rules");
    game_expect(game, "update 1 passed its trial");
    write_rule(&channel, "error 'oops'");
    channel_publish(&channel, "");
    game_expect(game, "update 2 taken back, update 1 runs: news.lua: 8 errors");
    game_expect(game, "second rules");
    game_kill(game, SIGTERM);
    channel_close(&channel);
}
