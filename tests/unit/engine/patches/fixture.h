/*
 * patches/fixture.h - what a test starts with: a game that plays on a folder of its own, without
 * waiting for the disk.
 */
#ifndef TEST_PATCHES_FIXTURE_H
#define TEST_PATCHES_FIXTURE_H

#include "patches/game.h"

extern Scratch scratch; /* the user folder */
extern Game game;

/** Starts the game. */
void fixture_init(void);

/** It ends well, if it has not ended; the folder is removed. */
void fixture_finish(void);

#endif
