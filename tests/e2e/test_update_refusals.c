/* What is not as it was published is refused, while the last good release runs. */
#include "channel.h"

#include <criterion/criterion.h>

static void in_channel(Channel *channel, const char *command)
{
    run_command("cd '%s' && { %s; }", game_path(channel->game, ""), command);
}

/* Publishes a release where the game does not see it, in draft/. */
static void draft(Channel *channel, int number)
{
    channel_write_release(channel, number);
    in_channel(channel, "rm -rf draft draft.keys; touch before; cp -R stable draft; "
                        "cp -R stable.keys draft.keys");
    channel_command(channel, "publish draft release --force");
}

static void upload_draft(Channel *channel) { in_channel(channel, "cp -R draft/. stable"); }

/* The draft, spoiled by the command, is not taken, and why is said, if not NULL; whole, it is. */
static void expect_refused(Channel *channel, int number, const char *spoil, const char *why)
{
    char line[64];
    snprintf(line, sizeof line, "release %d runs", number);
    draft(channel, number);
    in_channel(channel, "cp -R draft whole");
    in_channel(channel, spoil);
    upload_draft(channel);
    if (why)
        game_expect(channel->game, why);
    channel_wait_for_looks(channel, 2);
    cr_expect_not(game_said(channel->game, line), "%s", spoil);
    in_channel(channel, "rm -R draft; mv whole draft");
    upload_draft(channel);
    game_expect(channel->game, line);
}

Test(update, H20_what_is_not_as_it_was_published_is_refused_and_the_last_good_release_runs)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    expect_refused(&channel, 2,
                   "sed -i 's/\"sig\":\"../\"sig\":\"00/' draft/metadata/timestamp.json",
                   "metadata of timestamp is refused");
    in_channel(&channel, "cp stable/metadata/timestamp.json older.json");
    expect_refused(&channel, 3,
                   "find draft/targets/objects draft/targets/deltas -type f -newer before -delete",
                   NULL); /* it may be on its way */

    channel_write_release(&channel, 4);
    channel_publish(&channel, "--requires-api 99"); /* another build's */
    in_channel(&channel, "printf 'PK\\003\\004' >release/cut.zip");
    channel_write_release(&channel, 5);
    channel_publish(&channel, "");
    game_expect(game, "update 5 taken back, update 3 runs: cut.zip");

    in_channel(&channel, "cp older.json stable/metadata/timestamp.json");
    game_expect(game, "metadata of timestamp is refused");
    channel_wait_for_looks(&channel, 2);
    json_t *report = game_stop(game, 0);
    cr_expect(report_is_running(report, "news.lua"));
    cr_expect_not(game_said(game, "release 4 runs") || game_said(game, "release 5 runs"));
    json_decref(report);
    channel_close(&channel);
}
