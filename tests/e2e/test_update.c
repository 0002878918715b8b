/* The whole path of an update: published with the command line, served as plain files, and taken
   over by a running game. */
#include "file_server.h"
#include "game.h"
#include "moonpatch/error.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Channel {
    Game *game;
    FileServer *server;
} Channel;

static const char *const playing[] = {"--headless", "--autoplay", NULL};

/* ---- publishing ---------------------------------------------------------------------------- */

static void run(const char *format, ...) MP_PRINTF(1, 2);

static void run(const char *format, ...)
{
    char command[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    cr_assert_eq(system(command), 0, "%s", command);
}

static void write_file(Game *game, const char *name, const char *text)
{
    FILE *file = fopen(game_path(game, name), "w");
    cr_assert_not_null(file, "%s", name);
    fputs(text, file);
    fclose(file);
}

static void configure(Channel *channel, const char *more)
{
    char text[512];
    snprintf(text, sizeof text,
             "{\"url\": \"%s\", \"app\": \"moonbase\", \"channel\": \"stable\", \"poll\": 1%s}",
             channel->server->url, more);
    write_file(channel->game, "data/channel/channel.json", text);
}

/* A channel without a release, and a game that follows it but does not run. */
static Channel open_channel(void)
{
    Channel channel = {.game = game_prepare()};
    setenv("MOONPATCH_PASSPHRASE", "moon", 1);
    game_copy_data(channel.game);
    run("cd '%s' && '%s' channel init stable --app moonbase >/dev/null && mkdir -p data/channel "
        "release/scripts release/assets && cp stable.keys/root.json data/channel",
        game_path(channel.game, ""), getenv("MP_MOONPATCH"));
    channel.server =
        file_server_start(game_path(channel.game, "stable"), game_path(channel.game, "requests"));
    configure(&channel, "");
    return channel;
}

static void close_channel(Channel *channel)
{
    file_server_stop(channel->server);
    unsetenv("MOONPATCH_DATA");
    game_close(channel->game);
}

static void moonpatch(Channel *channel, const char *words)
{
    run("cd '%s' && '%s' %s >published 2>&1 || { cat published; exit 1; }",
        game_path(channel->game, ""), getenv("MP_MOONPATCH"), words);
}

static void publish(Channel *channel, const char *options)
{
    char words[256];
    snprintf(words, sizeof words, "publish stable release --force %s", options);
    moonpatch(channel, words);
}

/* A release whose patch says once that it runs. */
static void write_release(Channel *channel, int number)
{
    char text[512];
    snprintf(text, sizeof text,
             "local told\nrequire('patch').before(native.World, 'step', function()\n"
             "   if not told then print 'release %d runs' end\n   told = true\nend)\n",
             number);
    write_file(channel->game, "release/news.lua", text);
}

static const char bad_release[] =
    "local steps = 0\nrequire('patch').before(native.World, 'step', function()\n"
    "   steps = steps + 1\n   if steps > 30 then error 'oops' end\nend)\n";

static const char refused_release[] =
    "require('patch').before(native.World, 'stepp', function() end)\n";

static void start_with_first(Channel *channel)
{
    write_release(channel, 1);
    publish(channel, "");
    game_run(channel->game, playing);
    game_expect(channel->game, "release 1 runs");
    game_expect(channel->game, "update 1 passed its trial");
}

static size_t count_looks(Channel *channel)
{
    size_t size, count = 0;
    char *requests = read_whole(game_path(channel->game, "requests"), &size);
    for (const char *at = requests; (at = strstr(at, "timestamp.json")); at++)
        count++;
    free(requests);
    return count;
}

/* Until the game has looked at the channel that often again. */
static void wait_for_looks(Channel *channel, size_t more)
{
    size_t wanted = count_looks(channel) + more;
    for (int i = 0; i < 3000 && count_looks(channel) < wanted; i++)
        usleep(20000);
    cr_assert_geq(count_looks(channel), wanted);
}

/* ---- taking over --------------------------------------------------------------------------- */

Test(update, one_release_after_the_other_takes_effect_in_the_running_game)
{
    Channel channel = open_channel();
    start_with_first(&channel);
    cr_expect(game_said(channel.game, "update 1 applied"));
    write_release(&channel, 2);
    publish(&channel, "");
    double seconds = game_expect(channel.game, "release 2 runs");
    printf("# %.1f s from a release to the running game, at one look a second\n", seconds);
    game_expect(channel.game, "update 2 passed its trial");
    json_t *report = game_stop(channel.game, 0);
    cr_expect(report_is_running(report, "news.lua"));
    json_decref(report);

    game_run(channel.game, playing); /* the last good one at once */
    game_expect(channel.game, "release 2 runs");
    cr_expect_not(game_said(channel.game, "update 2 applied"));
    json_decref(game_stop(channel.game, 0));
    close_channel(&channel);
}

Test(update, a_release_that_fails_goes_and_is_not_taken_again)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    start_with_first(&channel);
    write_file(game, "release/news.lua", bad_release);
    publish(&channel, "");
    game_expect(game, "update 2 applied");
    game_expect(game, "update 2 taken back, update 1 runs: news.lua: 8 errors");
    game_expect(game, "release 1 runs");
    json_decref(game_stop(game, 0));

    game_run(game, playing);
    game_expect(game, "release 1 runs");
    wait_for_looks(&channel, 2);
    json_decref(game_stop(game, 0));
    cr_expect_not(game_said(game, "update 2"), "%s", game_log(game));

    game_run(game, playing);
    write_release(&channel, 3);
    publish(&channel, "");
    game_expect(game, "release 3 runs");
    json_decref(game_stop(game, 0));
    close_channel(&channel);
}

Test(update, of_a_release_with_a_wrong_file_nothing_takes_effect)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    start_with_first(&channel);
    write_release(&channel, 2);
    write_file(game, "release/wrong.lua", refused_release);
    write_file(game, "release/scripts/balance.lua", "return {}");
    publish(&channel, "");
    game_expect(game, "update 2 taken back, update 1 runs: ");
    cr_expect_not(game_said(game, "release 2 runs"));
    json_t *report = game_stop(game, 0);
    cr_expect(report_is_running(report, "news.lua"));
    json_decref(report);
    close_channel(&channel);
}

Test(update, what_is_wrong_at_the_start_is_left_for_what_is_good)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    start_with_first(&channel);
    json_decref(game_stop(game, 0));
    write_file(game, "release/news.lua", refused_release);
    publish(&channel, "--apply next-start");
    game_run(game, playing);
    game_expect(game, "update 2 comes with the next start");
    json_decref(game_stop(game, 0));
    game_run(game, playing);
    game_expect(game, "update 2 taken back, update 1 runs: ");
    game_expect(game, "release 1 runs");
    json_decref(game_stop(game, 0));
    close_channel(&channel);
}

Test(update, a_release_that_is_halted_is_left_for_the_one_before)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    start_with_first(&channel);
    write_release(&channel, 2);
    publish(&channel, "");
    game_expect(game, "update 2 passed its trial");
    moonpatch(&channel, "halt stable");
    game_expect(game, "update 1 applied");
    game_expect(game, "release 1 runs");
    moonpatch(&channel, "halt stable --release 1");
    game_expect(game, "the game is as it was shipped");
    json_t *report = game_stop(game, 0);
    cr_expect_not(report_is_running(report, "news.lua"));
    json_decref(report);
    close_channel(&channel);
}

Test(update, it_comes_when_the_release_says_so)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    start_with_first(&channel);
    write_release(&channel, 2);
    publish(&channel, "--apply next-start");
    game_expect(game, "update 2 comes with the next start");
    cr_expect_not(game_said(game, "release 2 runs"));
    json_decref(game_stop(game, 0));
    game_run(game, playing);
    game_expect(game, "release 2 runs");
    game_expect(game, "update 2 passed its trial");
    write_release(&channel, 3);
    publish(&channel, "--apply next-scene");
    game_expect(game, "update 3 comes with the next scene");
    cr_expect_not(game_said(game, "release 3 runs"));
    game_write_patch(game, "switch.lua",
                     "local scene, switched = require 'scene', false\n"
                     "require('patch').before(native.World, 'step', function()\n"
                     "   if not switched then switched = true; scene.switch(scene.current()) end\n"
                     "end)\n");
    game_expect(game, "release 3 runs");
    game_expect(game, "update 3 passed its trial");
    write_release(&channel, 4);
    publish(&channel, "--apply next-start --mandatory");
    game_expect(game, "release 4 runs");
    json_decref(game_stop(game, 0));
    close_channel(&channel);
}

Test(update, scripts_and_assets_of_a_release_lie_over_the_games_own_and_below_loose_ones)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    write_release(&channel, 1);
    write_file(game, "release/scripts/news.lua", "return 'published'");
    write_file(game, "release/said.lua",
               "require('patch').after(native.World, 'step', function() end)\n"
               "print(require 'news')\n");
    publish(&channel, "");
    game_run(game, playing);
    game_expect(game, "published");
    game_expect(game, "update 1 passed its trial");
    game_write_patch(game, "news.lua",
                     "require('patch').before(native.World, 'step', function() print 'mine' end)");
    game_expect(game, "mine");
    write_release(&channel, 2);
    write_file(game, "release/other.lua",
               "require('patch').before(native.World, 'step', function() print 'other' end)");
    publish(&channel, "");
    game_expect(game, "other");
    game_expect(game, "update 2 passed its trial");
    cr_expect_not(game_said(game, "release 2 runs"), "a loose patch hides it");
    game_remove_patch(game, "news.lua");
    game_expect(game, "release 2 runs");
    json_decref(game_stop(game, 0));
    close_channel(&channel);
}

Test(update, what_changed_in_a_large_file_is_all_that_is_downloaded)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    size_t size;
    run("head -c 300000 /dev/urandom >'%s'", game_path(game, "release/assets/large.bin"));
    start_with_first(&channel);
    run("printf end >>'%s'", game_path(game, "release/assets/large.bin"));
    write_release(&channel, 2);
    publish(&channel, "");
    game_expect(game, "release 2 runs");
    json_decref(game_stop(game, 0));
    char *requests = read_whole(game_path(game, "requests"), &size);
    cr_expect(strstr(requests, "/targets/deltas/"), "%s", requests);
    size_t objects = 0;
    for (const char *at = requests; (at = strstr(at, "/targets/objects/")); at++)
        objects++;
    cr_expect_eq(objects, 2, "those of the first release:\n%s", requests);
    free(requests);
    run("cmp -s '%s' '%s'", game_path(game, "release/assets/large.bin"),
        game_path(game, "user/updates/slots/b/patch/assets/large.bin"));
    close_channel(&channel);
}

/* ---- what goes wrong ----------------------------------------------------------------------- */

Test(update, without_a_server_the_last_good_release_runs_at_once)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    start_with_first(&channel);
    json_decref(game_stop(game, 0));
    write_file(game, "data/channel/channel.json", "{\"url\": \"http://127.0.0.1:1\", \"poll\": 1}");
    game_run(game, playing);
    game_expect(game, "release 1 runs");
    game_expect_status(game, "channel", "cannot fetch");
    json_decref(game_stop(game, 0));
    close_channel(&channel);
}

static void damage_and_start_again(const char *command)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    start_with_first(&channel);
    json_decref(game_stop(game, 0));
    run("cd '%s' && %s", game_path(game, "user/updates/slots/a/patch"), command);
    game_run(game, playing);
    game_expect(game, "an update on the disk is damaged and is loaded again");
    game_expect(game, "update 1 applied");
    game_expect(game, "release 1 runs");
    json_decref(game_stop(game, 0));
    close_channel(&channel);
}

Test(update, a_release_that_is_damaged_on_the_disk_is_loaded_again)
{
    damage_and_start_again("echo '-- damage' >>news.lua");
}

Test(update, a_release_among_whose_files_another_lies_is_loaded_again)
{
    damage_and_start_again("mkdir -p scripts && echo 'error(1)' >scripts/main.lua");
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
    Channel channel = open_channel();
    Game *game = channel.game;
    write_release(&channel, 1);
    run("head -c 1000000 /dev/urandom >'%s'", game_path(game, "release/assets/large.bin"));
    publish(&channel, "");
    file_server_slow(channel.server, 400000);
    game_run(game, playing);
    for (int i = 0; i < 1000 && size_of_partial(game) < 100000; i++)
        usleep(10000);
    cr_assert_geq(size_of_partial(game), 100000);
    game_kill(game, SIGKILL);
    file_server_slow(channel.server, 0);
    game_run(game, playing);
    game_expect(game, "release 1 runs");
    json_decref(game_stop(game, 0));
    size_t size;
    char *requests = read_whole(game_path(game, "requests"), &size);
    cr_expect(strstr(requests, " 206\n"), "%s", requests);
    free(requests);
    close_channel(&channel);
}

Test(update, who_follows_no_channel_has_no_trace_of_it)
{
    Game *game = game_start((const char *[]){"--headless", "--autoplay", "--frames", "300", NULL});
    json_decref(game_finish(game, 0));
    cr_expect_neq(access(game_path(game, "user/updates"), F_OK), 0);
    game_close(game);
    Channel channel = open_channel();
    start_with_first(&channel);
    json_decref(game_stop(channel.game, 0));
    game_run(channel.game,
             (const char *[]){"--headless", "--autoplay", "--no-updates", "--frames", "600", NULL});
    json_decref(game_finish(channel.game, 0));
    cr_expect_not(game_said(channel.game, "release 1 runs"));
    close_channel(&channel);
}

Test(update, mistakes_in_its_files_are_told_and_the_game_plays)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    static const char *const mistakes[][2] = {
        {"{\"url\": \"ftp://x\"}", "\"url\" is to begin with http:// or https://"},
        {"{\"url\": \"http://x\", \"poll\": 0}", "\"poll\" is from 1 to 86400 seconds"},
        {"{\"url\": \"http://x\", \"channel\": \"A B\"}", "\"app\" and \"channel\" are names"},
        {"{\"url\": \"http://x\"", "channel/channel.json:1: "},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        write_file(game, "data/channel/channel.json", mistakes[i][0]);
        game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", "60", NULL});
        game_expect(game, "no updates: ");
        game_expect(game, mistakes[i][1]);
        json_decref(game_finish(game, 0));
    }
    close_channel(&channel);
}

/* ---- telemetry ----------------------------------------------------------------------------- */

Test(update, verdicts_are_posted_only_to_who_is_named)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    char more[128], *id;
    size_t size;
    snprintf(more, sizeof more, ", \"telemetry\": \"%s/hear\"", channel.server->url);
    start_with_first(&channel);
    json_decref(game_stop(game, 0));
    char *requests = read_whole(game_path(game, "requests"), &size);
    cr_expect_not(strstr(requests, "POST"), "%s", requests);
    free(requests);

    configure(&channel, more);
    write_file(game, "release/news.lua", bad_release);
    publish(&channel, "");
    game_run(game, playing);
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
    close_channel(&channel);
}

/* ---- servers ------------------------------------------------------------------------------- */

static void write_rule(Channel *channel, const char *rule)
{
    char text[256];
    snprintf(text, sizeof text,
             "require('patch').override(require 'rules', 'line', function() %s end)\n", rule);
    write_file(channel->game, "release/news.lua", text);
}

Test(update, a_server_follows_its_channel_as_games_do)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    run("mkdir '%s'", game_path(game, "lobby"));
    write_file(game, "lobby/rules.lua", "return { line = function() return 'first rules' end }\n");
    write_file(game, "lobby/server.lua",
               "local rules, last = require 'rules', nil\n"
               "return { update = function()\n"
               "   local line = rules.line()\n"
               "   if line ~= last then print(line) end\n"
               "   last = line\n"
               "end }\n");
    run("mv '%s' '%s'", game_path(game, "data/channel"), game_path(game, "lobby"));
    char script[256];
    snprintf(script, sizeof script, "%s", game_path(game, "lobby/server.lua"));
    game_run_server(game, (const char *[]){"--script", script, NULL});
    game_expect(game, "first rules");
    write_rule(&channel, "return 'second rules'");
    publish(&channel, "--apply next-scene"); /* a server has no scenes */
    game_expect(game, "second rules");
    game_expect(game, "update 1 passed its trial");
    write_rule(&channel, "error 'oops'");
    publish(&channel, "");
    game_expect(game, "update 2 taken back, update 1 runs: news.lua: 8 errors");
    game_expect(game, "second rules");
    game_kill(game, SIGTERM);
    close_channel(&channel);
}

/* ---- H20: what is refused, while the last good release runs ---------------------------------- */

static void in_channel(Channel *channel, const char *command)
{
    run("cd '%s' && { %s; }", game_path(channel->game, ""), command);
}

/* Publishes a release where the game does not see it, in draft/. */
static void draft(Channel *channel, int number)
{
    write_release(channel, number);
    in_channel(channel, "rm -rf draft draft.keys; touch before; cp -R stable draft; "
                        "cp -R stable.keys draft.keys");
    moonpatch(channel, "publish draft release --force");
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
    wait_for_looks(channel, 2);
    cr_expect_not(game_said(channel->game, line), "%s", spoil);
    in_channel(channel, "rm -R draft; mv whole draft");
    upload_draft(channel);
    game_expect(channel->game, line);
}

Test(update, H20_what_is_not_as_it_was_published_is_refused_and_the_last_good_release_runs)
{
    Channel channel = open_channel();
    Game *game = channel.game;
    start_with_first(&channel);
    expect_refused(&channel, 2,
                   "sed -i 's/\"sig\":\"../\"sig\":\"00/' draft/metadata/timestamp.json",
                   "metadata of timestamp is refused");
    in_channel(&channel, "cp stable/metadata/timestamp.json older.json");
    expect_refused(&channel, 3,
                   "find draft/targets/objects draft/targets/deltas -type f -newer before -delete",
                   NULL); /* it may be on its way */

    write_release(&channel, 4);
    publish(&channel, "--requires-api 99"); /* another build's */
    in_channel(&channel, "printf 'PK\\003\\004' >release/cut.zip");
    write_release(&channel, 5);
    publish(&channel, "");
    game_expect(game, "update 5 taken back, update 3 runs: cut.zip");

    in_channel(&channel, "cp older.json stable/metadata/timestamp.json");
    game_expect(game, "metadata of timestamp is refused");
    wait_for_looks(&channel, 2);
    json_t *report = game_stop(game, 0);
    cr_expect(report_is_running(report, "news.lua"));
    cr_expect_not(game_said(game, "release 4 runs") || game_said(game, "release 5 runs"));
    json_decref(report);
    close_channel(&channel);
}
