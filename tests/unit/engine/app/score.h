/*
 * score.h - plays a game that is one script, without a display, and says what score it reports.
 */
#ifndef MP_TEST_SCORE_H
#define MP_TEST_SCORE_H

#include "support/scratch.h"

#include <SDL.h>

/**
 * Plays `script` as the game's scripts/main.lua for so many frames; before the first one, `event`
 * has happened, and then `next`: those whose type is 0 have not. What a player keeps stays in
 * `scratch`.
 */
double score_of(Scratch *scratch, const char *script, unsigned frames, SDL_Event event,
                SDL_Event next);

#endif
