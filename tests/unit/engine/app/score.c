#include "score.h"

#include "app/app.h"
#include "file/file.h"

#include <criterion/criterion.h>
#include <jansson.h>

static SDL_Event sent[2]; /* mp_app_main() hands nothing to the game's create() */

static bool send_events(MpApp *app, void **state, MpError *error)
{
    (void)app;
    (void)error;
    *state = NULL;
    for (size_t i = 0; i < 2; i++) {
        if (sent[i].type)
            SDL_PushEvent(&sent[i]);
    }
    return true;
}

static void play(Scratch *scratch, unsigned frames)
{
    static const MpGameMount no_mounts[] = {{NULL, NULL}};
    const MpGame game = {.name = "game",
                         .title = "Game",
                         .version = "0",
                         .organisation = "moonpatch",
                         .data_folder = MP_TEST_DATA,
                         .width = 320,
                         .height = 180,
                         .mounts = no_mounts,
                         .create = send_events};
    char count[16];
    snprintf(count, sizeof count, "%u", frames);
    const char *const options[] = {
        "game",        "--headless",
        "--rehearsal", "off", /* this program is none that rehearses */
        "--frames",    count,
        "--patch-dir", scratch_path(scratch, "patch"),
        "--user-dir",  scratch_path(scratch, "user"),
        "--report",    scratch_path(scratch, "report.json"),
    };
    enum { COUNT = sizeof options / sizeof *options };
    char words[COUNT][SCRATCH_PATH_SIZE], *arguments[COUNT + 1] = {NULL};
    for (size_t i = 0; i < COUNT; i++)
        arguments[i] = strcpy(words[i], options[i]);
    cr_assert_eq(mp_app_main(COUNT, arguments, &game), 0);
}

double score_of(Scratch *scratch, const char *script, unsigned frames, SDL_Event event,
                SDL_Event next)
{
    sent[0] = event;
    sent[1] = next;
    mp_file_make_directory(scratch_path(scratch, "patch"), NULL);
    mp_file_make_directory(scratch_path(scratch, "patch/scripts"), NULL);
    scratch_write_text(scratch, "patch/scripts/main.lua", script);
    play(scratch, frames);
    json_t *figures = json_load_file(scratch_path(scratch, "report.json"), 0, NULL);
    cr_assert(figures);
    double score = json_number_value(json_object_get(figures, "score"));
    json_decref(figures);
    return score;
}
