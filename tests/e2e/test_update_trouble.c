/* What a player still has when servers, disks and files are not as they should be. */
#include "channel.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void take_server_away(Game *game)
{
    channel_write(game, "data/channel/channel.json",
                  "{\"url\": \"http://127.0.0.1:1\", \"poll\": 1}");
}

Test(update, without_a_server_the_last_good_release_runs_at_once)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    json_decref(game_stop(game, 0));
    take_server_away(game);
    game_run(game, channel_playing);
    game_expect(game, "release 1 runs");
    game_expect_status(game, "channel", "cannot fetch");
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

/* ---- what the log says --------------------------------------------------------------------- */

static size_t count_said(Game *game, const char *text)
{
    size_t count = 0;
    for (const char *at = game_log(game); (at = strstr(at, text)); at++)
        count++;
    return count;
}

static const char missing[] = "updates: cannot fetch 'http://127.0.0.1:";
static const char missing_end[] =
    "/metadata/timestamp.json': the server answers 404; upload what is missing, or correct the URL";

static void in_channel(Channel *channel, const char *command)
{
    run_command("cd '%s' && %s", game_path(channel->game, "stable/metadata"), command);
}

Test(update, why_the_channel_cannot_be_read_is_said_once)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    in_channel(&channel, "mv timestamp.json ..");
    game_expect(game, missing_end);
    channel_wait_for_looks(&channel, 2);
    in_channel(&channel, "mv ../timestamp.json .");
    game_expect(game, "updates: the channel can be read again");
    cr_expect_eq(count_said(game, missing), 1, "%s", game_log(game));
    in_channel(&channel, "rm timestamp.json");
    game_expect(game, missing_end);
    cr_expect_eq(count_said(game, missing), 2, "%s", game_log(game));
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

static const char *const troubles[][2] = {
    {"echo '<!DOCTYPE html><title>Log in</title>' >timestamp.json",
     "/metadata/timestamp.json': a web page came in its place; log in where this network wants it"},
    {"cp ../../other/metadata/timestamp.json .",
     "metadata of timestamp is refused: 0 of its keys signed it, 1 must; the publisher has to sign "
     "it with the keys of this channel, or root.json is of another one"},
};

Test(update, why_the_channel_cannot_be_read_is_said_anew_when_it_is_another_reason)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_command(&channel, "channel init other --app moonbase");
    channel_start_with_first(&channel);
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++) {
        in_channel(&channel, troubles[i][0]);
        game_expect(game, troubles[i][1]);
    }
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

/* ---- what is damaged ----------------------------------------------------------------------- */

static void damage_and_start_again(const char *command)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    json_decref(game_stop(game, 0));
    run_command("cd '%s' && %s", game_path(game, "user/updates/slots/a/patch"), command);
    game_run(game, channel_playing);
    game_expect(game, "an update on the disk is damaged and is loaded again");
    game_expect(game, "update 1 applied");
    game_expect(game, "release 1 runs");
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

Test(update, a_release_that_is_damaged_on_the_disk_is_loaded_again)
{
    damage_and_start_again("echo '-- damage' >>news.lua");
}

Test(update, a_release_among_whose_files_another_lies_is_loaded_again)
{
    damage_and_start_again("mkdir -p scripts && echo 'error(1)' >scripts/main.lua");
}

/* In the active slot, where nothing but the release is to lie. */
static void drop(Game *game, const char *name, const char *says)
{
    run_command("cd '%s' && mkdir -p scripts && rm -f '%s' && echo \"print '%s'\" >'%s'",
                game_path(game, "user/updates/slots/a/patch"), name, says, name);
}

Test(update, a_file_that_is_dropped_among_those_of_a_running_release_never_runs)
{
    static const char mine[] = "require('patch').before(native.World, 'step', function() end)";
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    drop(game, "dropped.lua", "dropped");
    drop(game, "scripts/balance.lua", "dropped too");
    drop(game, "news.lua", "replaced");
    game_write_patch(game, "other.lua", mine); /* both folders are looked at again */
    game_expect(game, "patch other applied");
    game_write_patch(game, "news.lua", mine);
    game_expect(game, "patch news applied");
    game_remove_patch(game, "news.lua"); /* now that of the release is read again */
    game_expect(game, "update 1 taken back, the game as it was shipped runs: news.lua: ");
    cr_expect(game_said(game, "it is not as it was published: somebody changed it"));
    cr_expect_not(game_said(game, "dropped") || game_said(game, "replaced"), "%s", game_log(game));
    json_decref(game_stop(game, 0));
    channel_close(&channel);
}

static const char *const small_damages[] = {
    "echo >state.json",
    "rm state.json",
    "for file in metadata/*; do echo '{' >$file; done",
    "rm -r objects install_id",
    "rm install_id && mkdir install_id",
};

Test(update, damage_without_a_server_costs_no_release)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_start_with_first(&channel);
    json_decref(game_stop(game, 0));
    take_server_away(game);
    for (size_t i = 0; i < sizeof small_damages / sizeof *small_damages; i++) {
        run_command("cd '%s' && %s", game_path(game, "user/updates"), small_damages[i]);
        game_run(game, channel_playing);
        game_expect(game, "release 1 runs");
        json_decref(game_stop(game, 0));
    }
    channel_close(&channel);
}

static off_t size_of_partial(Game *game)
{
    struct stat status;
    char command[600];
    snprintf(command, sizeof command, "ls -S '%s' 2>/dev/null | head -n 1",
             game_path(game, "user/updates/partial"));
    char name[256] = "", path[600];
    FILE *list = popen(command, "r");
    if (!fgets(name, sizeof name, list))
        name[0] = '\0';
    pclose(list);
    name[strcspn(name, "\n")] = '\0';
    snprintf(path, sizeof path, "user/updates/partial/%s", name);
    return name[0] && stat(game_path(game, path), &status) == 0 ? status.st_size : 0;
}

Test(update, a_download_that_was_killed_goes_on_where_it_was)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    channel_write_release(&channel, 1);
    run_command("head -c 1000000 /dev/urandom >'%s'", game_path(game, "release/assets/large.bin"));
    channel_publish(&channel, "");
    file_server_slow(channel.server, 400000);
    game_run(game, channel_playing);
    for (int i = 0; i < 1000 && size_of_partial(game) < 100000; i++)
        usleep(10000);
    cr_assert_geq(size_of_partial(game), 100000);
    game_kill(game, SIGKILL);
    file_server_slow(channel.server, 0);
    game_run(game, channel_playing);
    game_expect(game, "release 1 runs");
    json_decref(game_stop(game, 0));
    size_t size;
    char *requests = read_whole(game_path(game, "requests"), &size);
    cr_expect(strstr(requests, " 206\n"), "%s", requests);
    free(requests);
    channel_close(&channel);
}

Test(update, who_follows_no_channel_has_no_trace_of_it)
{
    Game *game = game_start((const char *[]){"--headless", "--autoplay", "--frames", "300", NULL});
    json_decref(game_finish(game, 0));
    cr_expect_neq(access(game_path(game, "user/updates"), F_OK), 0);
    game_close(game);
    Channel channel = channel_open();
    channel_start_with_first(&channel);
    json_decref(game_stop(channel.game, 0));
    game_run(channel.game,
             (const char *[]){"--headless", "--autoplay", "--no-updates", "--frames", "600", NULL});
    json_decref(game_finish(channel.game, 0));
    cr_expect_not(game_said(channel.game, "release 1 runs"));
    channel_close(&channel);
}

Test(update, mistakes_in_its_files_are_told_and_the_game_plays)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    static const char *const mistakes[][2] = {
        {"{\"url\": \"ftp://x\"}", "\"url\" is to begin with http:// or https://"},
        {"{\"url\": \"http://x\", \"poll\": 0}", "\"poll\" is from 1 to 86400 seconds"},
        {"{\"url\": \"http://x\", \"channel\": \"A B\"}", "\"app\" and \"channel\" are names"},
        {"{\"url\": \"http://x\"", "channel/channel.json:1: "},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        channel_write(game, "data/channel/channel.json", mistakes[i][0]);
        game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", "60", NULL});
        game_expect(game, "no updates: ");
        game_expect(game, mistakes[i][1]);
        json_decref(game_finish(game, 0));
    }
    channel_close(&channel);
}

/* ---- telemetry ----------------------------------------------------------------------------- */

Test(update, verdicts_are_posted_only_to_who_is_named)
{
    Channel channel = channel_open();
    Game *game = channel.game;
    char more[128], *id;
    size_t size;
    snprintf(more, sizeof more, ", \"telemetry\": \"%s/hear\"", channel.server->url);
    channel_start_with_first(&channel);
    json_decref(game_stop(game, 0));
    char *requests = read_whole(game_path(game, "requests"), &size);
    cr_expect_not(strstr(requests, "POST"), "%s", requests);
    free(requests);

    channel_configure(&channel, more);
    channel_write(game, "release/news.lua", channel_bad_release);
    channel_publish(&channel, "");
    game_run(game, channel_playing);
    game_expect(game, "update 2 taken back");
    json_decref(game_stop(game, 0));
    requests = read_whole(game_path(game, "requests"), &size);
    cr_expect(strstr(requests, "POST /hear"), "%s", requests);
    cr_expect(
        strstr(requests, "\"release\":2,\"verdict\":\"failed\",\"cause\":\"news.lua: 8 errors"),
        "%s", requests);
    id = read_whole(game_path(game, "user/updates/install_id"), &size);
    cr_expect_not(strstr(requests, id));
    free(id);
    free(requests);
    channel_close(&channel);
}
