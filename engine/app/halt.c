#include "app/halt.h"

#include "app/context.h"
#include "log/log.h"

#include <SDL_render.h>
#include <SDL_timer.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_MS = 15 };

/* ---- taking it down ----------------------------------------------------------------------- */

static void read_excerpt(MpApp *app, MpHalt *halt)
{
    size_t size;
    const MpFailure *failure = &halt->failure;
    char *text = failure->line ? mp_app_read_script(app, failure->source, &size, NULL) : NULL;
    int line = text ? failure->line : 0; /* of no line, the excerpt is empty */
    halt->first_line = mp_excerpt(text ? text : "", line, halt->excerpt, sizeof halt->excerpt);
    free(text);
}

static void set_failure(MpHalt *halt, const MpFailure *failure, const MpError *error)
{
    if (failure) {
        halt->failure = *failure;
        return;
    }
    halt->failure = (MpFailure){.line = 0};
    snprintf(halt->failure.message, sizeof halt->failure.message, "%s", error->message);
}

void mp_halt_begin(MpApp *app, const char *where, bool at_start, const MpError *error)
{
    app->script_errors++;
    app->quit = app->quit || app->options.headless;
    if (!app->halt)
        app->halt = calloc(1, sizeof *app->halt);
    MpHalt *halt = app->halt;
    if (!halt) {
        app->quit = app->failed = true;
        mp_log_error("%s", error->message);
        return;
    }
    halt->on = true;
    halt->at_start = at_start;
    halt->retry = false;
    halt->scroll = halt->scroll_limit = 0;
    halt->note[0] = '\0';
    snprintf(halt->where, sizeof halt->where, "%s", where);
    set_failure(halt, mp_vm_failure(app->vm), error);
    read_excerpt(app, halt);
    mp_excerpt_tell(halt, halt->text, sizeof halt->text);
    mp_log_error("%s", halt->text);
    mp_halt_show(app);
}

/* ---- going on ----------------------------------------------------------------------------- */

static void go_on(MpApp *app)
{
    bool at_start = app->halt->at_start;
    app->halt->on = false;
    if (at_start)
        mp_app_start_scripts(app);
    if (!mp_halt_is_on(app))
        mp_log_info("the game goes on");
}

void mp_halt_frame(MpApp *app)
{
    MpHalt *halt = app->halt;
    mp_app_poll_patches(app);
    if (halt->retry) {
        go_on(app);
        return;
    }
    mp_halt_draw(app);
    if (!app->options.headless)
        SDL_Delay(FRAME_MS);
}

void mp_halt_forget_picture(MpApp *app)
{
    MpHalt *halt = app->halt;
    if (!halt || !halt->pixels)
        return;
    if (halt->picture)
        SDL_DestroyTexture(halt->picture);
    free(halt->pixels);
    halt->picture = NULL;
    halt->pixels = NULL;
}

void mp_halt_close(MpApp *app)
{
    mp_halt_forget_picture(app);
    free(app->halt);
    app->halt = NULL;
}
