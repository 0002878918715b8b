/*
 * patches/game.h - a game of a few lines around the journal and the store, as the tests play it.
 */
#ifndef TEST_PATCHES_GAME_H
#define TEST_PATCHES_GAME_H

#include "patches/journal.h"
#include "patches/store.h"
#include "support/scratch.h"

#include <stdbool.h>

enum { GAME_TOLD_SIZE = 4096 };

typedef struct Game {
    MpJournal *journal;
    MpPatchStore *store;
    char told[GAME_TOLD_SIZE]; /* the lines that the player was told, each with its end */
} Game;

/** Starts a process of the game on a user folder. */
void game_start(Game *game, const char *user_folder);

/** Whether code of a patch runs in all games, as exit() asks. */
extern bool game_runs_patch;

void game_start_as(Game *game, const char *user_folder, const char *program);
void game_start_in_background(Game *game, const char *user_folder);

/** It ends well. */
void game_quit(Game *game);

/** It dies: nothing is written any more. */
void game_die(Game *game);

/** A file with that text takes effect on trial, beside what runs; as mp_journal_commit(). */
bool game_try(Game *game, const char *file, const char *text);

/** It passes its trial. Returns whether the copy could be kept. */
bool game_pass(Game *game, const char *file, const char *text);

/** It does harm, and what was good before takes its place. */
void game_quarantine(Game *game, const char *file, const char *text);

/** It is deleted. */
void game_remove(Game *game, const char *file);

/** The set that runs, as "a.lua=text of the good copy, ...", by the texts that hashes stand for. */
const char *game_set(const MpJournal *journal);

/** Lets game_set() know a text. */
MpHash game_hash(const char *text);

#endif
