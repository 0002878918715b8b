/*
 * halt_state.c - whether the game stands still: what programs ask that never do, too.
 */
#include "app/halt.h"

#include "app/context.h"

bool mp_halt_is_on(const MpApp *app) { return app->halt && app->halt->on; }

void mp_halt_note_refusal(MpApp *app, const char *problem)
{
    snprintf(app->halt->note, sizeof app->halt->note, "not reloaded: %s", problem);
    app->halt->retry = false;
}
