#include "patches/fixture.h"

#include "patches/faults.h"

Scratch scratch;
Game game;

void fixture_init(void)
{
    scratch_init(&scratch);
    faults_sync(SYNC_SKIPPED);
    game_start(&game, scratch.path);
}

void fixture_finish(void)
{
    game_quit(&game);
    scratch_finish(&scratch);
}
