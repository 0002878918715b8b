/*
 * game.h - a running Moonbase, as tests see it: its log, its patch folder, its report.
 *
 *     Game *game = game_start((const char *[]){"--headless", "--autoplay", NULL});
 *     game_copy_patch(game, "fix-shield.lua");
 *     game_expect(game, "patch fix-shield applied");
 *     json_t *report = game_stop(game, 0);
 *
 * Everything a game writes is in a folder of its own below the system's temporary folder. Every
 * wait has a deadline; a test that misses it fails with the log.
 */
#ifndef E2E_GAME_H
#define E2E_GAME_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

typedef struct Game Game;

/**
 * Starts the game with `arguments` (up to 16, NULL at the end), a patch folder, a user folder and
 * a report of its own.
 */
Game *game_start(const char *const *arguments);

/** A folder of its own, without a game: for preparing patches before the start. */
Game *game_prepare(void);

/** Gives games from now on a copy of their data, which tests may edit: "data" in the game's folder.
 */
void game_copy_data(Game *game);

/** Starts the game that was prepared, or that has ended, with an empty log. */
void game_run(Game *game, const char *const *arguments);

/** The same with moonpatch-host, which writes no report. */
void game_run_server(Game *game, const char *const *arguments);

/** The game's process. */
pid_t game_pid(const Game *game);

/** A path in the game's folder; valid until the game is closed. */
const char *game_path(Game *game, const char *name);

/** Copies a sample patch from demo/patches/ into the patch folder. */
void game_copy_patch(Game *game, const char *name);
/** Writes a file of the patch folder; removes it; makes a folder there. */
void game_write_patch(Game *game, const char *name, const char *text);
void game_write_patch_bytes(Game *game, const char *name, const void *bytes, size_t size);
void game_remove_patch(Game *game, const char *name);

/** Waits until the log, from where the last wait ended, has a line with `text`; returns seconds. */
double game_expect(Game *game, const char *text);

/** Whether the log so far has `text`. */
bool game_said(Game *game, const char *text);

/** The log so far. */
const char *game_log(Game *game);

/** Ends the game with SIGTERM, checks its exit code and returns its report. */
json_t *game_stop(Game *game, int code);

/** The same with another signal. */
json_t *game_stop_with(Game *game, int signal, int code);

/** Waits until the game ends by itself, checks its exit code and returns its report, if any. */
json_t *game_finish(Game *game, int code);

/** Ends the game with a signal that it dies of, however. */
void game_kill(Game *game, int signal);

/** The same with one that seems to be of the game's own making: as if its code had gone wrong. */
void game_crash(Game *game, int signal);

/**
 * What `moonpatch status` shows of the game's user folder; checks its exit code. Valid until the
 * next call.
 */
const char *game_status(Game *game, int code);

/** Waits until that has a line with both texts. */
void game_expect_status(Game *game, const char *file, const char *text);

/** Frees everything and removes the folder. */
void game_close(Game *game);

/** The entry of a patch in a report, by its file; fails the test if there is none. */
const json_t *report_patch(const json_t *report, const char *file);

/** Whether a patch is in effect: on trial or past it, depending on how fast frames are. */
bool report_is_running(const json_t *report, const char *file);

/** Text, number or list length in a report's entry. */
const char *report_text(const json_t *entry, const char *key);
double report_number(const json_t *entry, const char *key);

/** Reads a whole file; fails the test if it cannot. The caller frees it. */
char *read_whole(const char *path, size_t *size);

#endif
