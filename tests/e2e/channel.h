/*
 * channel.h - a channel that a test publishes to, and a game that follows it.
 *
 *     Channel channel = channel_open();
 *     channel_start_with_first(&channel);
 *     channel_write_release(&channel, 2);
 *     channel_publish(&channel, "--rollout 50%");
 *     game_expect(channel.game, "release 2 runs");
 *     json_decref(game_stop(channel.game, 0));
 *     channel_close(&channel);
 *
 * The channel is the folder stable/ of the game's, served by a file server whose log is the file
 * requests; what is published lies in release/. Whatever fails ends the test.
 */
#ifndef E2E_CHANNEL_H
#define E2E_CHANNEL_H

#include "file_server.h"
#include "game.h"
#include "moonpatch/error.h"

typedef struct Channel {
    Game *game;
    FileServer *server;
} Channel;

/** The options of a game that plays by itself. */
extern const char *const channel_playing[];

/** A patch that fails in its trial: "news.lua: 8 errors". */
extern const char channel_bad_release[];

/** A channel without a release, and a game that follows it but does not run. */
Channel channel_open(void);
void channel_close(Channel *channel);

/** Writes the game's channel.json; `more` is appended: ", \"telemetry\": ...". */
void channel_configure(Channel *channel, const char *more);

/** Runs a command of the shell. */
void run_command(const char *format, ...) MP_PRINTF(1, 2);

/** Writes a file of the game's folder. */
void channel_write(Game *game, const char *name, const char *text);

/** Writes the release's news.lua, which says once "release NUMBER runs". */
void channel_write_release(Channel *channel, int number);

/** Runs `moonpatch` with words for the shell, in the game's folder. */
void channel_command(Channel *channel, const char *words);

/** Publishes what is in release/. */
void channel_publish(Channel *channel, const char *options);

/** Publishes release 1, starts the game, and waits until it is good. */
void channel_start_with_first(Channel *channel);

/** Waits until the game has looked at the channel that often again. */
void channel_wait_for_looks(Channel *channel, size_t more);

#endif
