#include "channel.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const channel_playing[] = {"--headless", "--autoplay", NULL};

void run_command(const char *format, ...)
{
    char command[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    cr_assert_eq(system(command), 0, "%s", command);
}

void channel_write(Game *game, const char *name, const char *text)
{
    FILE *file = fopen(game_path(game, name), "w");
    cr_assert_not_null(file, "%s", name);
    fputs(text, file);
    fclose(file);
}

void channel_configure(Channel *channel, const char *more)
{
    char text[512];
    snprintf(text, sizeof text,
             "{\"url\": \"%s\", \"app\": \"moonbase\", \"channel\": \"stable\", \"poll\": 1%s}",
             channel->server->url, more);
    channel_write(channel->game, "data/channel/channel.json", text);
}

Channel channel_open(void)
{
    Channel channel = {.game = game_prepare()};
    setenv("MOONPATCH_PASSPHRASE", "moon", 1);
    game_copy_data(channel.game);
    run_command(
        "cd '%s' && '%s' channel init stable --app moonbase >/dev/null && mkdir -p data/channel "
        "release/scripts release/assets && cp stable.keys/root.json data/channel",
        game_path(channel.game, ""), getenv("MP_MOONPATCH"));
    channel.server =
        file_server_start(game_path(channel.game, "stable"), game_path(channel.game, "requests"));
    channel_configure(&channel, "");
    return channel;
}

void channel_close(Channel *channel)
{
    file_server_stop(channel->server);
    unsetenv("MOONPATCH_DATA");
    game_close(channel->game);
}

void channel_command(Channel *channel, const char *words)
{
    run_command("cd '%s' && '%s' %s >published 2>&1 || { cat published; exit 1; }",
                game_path(channel->game, ""), getenv("MP_MOONPATCH"), words);
}

void channel_publish(Channel *channel, const char *options)
{
    char words[256];
    snprintf(words, sizeof words, "publish stable release --force %s", options);
    channel_command(channel, words);
}

void channel_write_release(Channel *channel, int number)
{
    char text[512];
    snprintf(text, sizeof text,
             "local told\nrequire('patch').before(native.World, 'step', function()\n"
             "   if not told then print 'release %d runs' end\n   told = true\nend)\n",
             number);
    channel_write(channel->game, "release/news.lua", text);
}

const char channel_bad_release[] =
    "local steps = 0\nrequire('patch').before(native.World, 'step', function()\n"
    "   steps = steps + 1\n   if steps > 30 then error 'oops' end\nend)\n";

void channel_start_with_first(Channel *channel)
{
    channel_write_release(channel, 1);
    channel_publish(channel, "");
    game_run(channel->game, channel_playing);
    game_expect(channel->game, "release 1 runs");
    game_expect(channel->game, "update 1 passed its trial");
}

static size_t channel_count_looks(Channel *channel)
{
    size_t size, count = 0;
    char *requests = read_whole(game_path(channel->game, "requests"), &size);
    for (const char *at = requests; (at = strstr(at, "timestamp.json")); at++)
        count++;
    free(requests);
    return count;
}

void channel_wait_for_looks(Channel *channel, size_t more)
{
    size_t wanted = channel_count_looks(channel) + more;
    for (int i = 0; i < 3000 && channel_count_looks(channel) < wanted; i++)
        usleep(20000);
    cr_assert_geq(channel_count_looks(channel), wanted);
}
