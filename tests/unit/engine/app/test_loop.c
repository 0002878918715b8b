/* What a game sees of keys that are the engine's own, and of being hidden. */
#include "app/app.h"
#include "support/scratch.h"

#include <SDL.h>
#include <criterion/criterion.h>
#include <jansson.h>

static Scratch scratch;

static void init(void) { scratch_init(&scratch); }

static void finish(void) { scratch_finish(&scratch); }

TestSuite(loop, .init = init, .fini = finish, .timeout = 60);

/* Its score counts the times that Return was pressed. */
static const char counting_game[] =
    "local input = require 'input'\n"
    "local count = 0\n"
    "input.bind { ok = { 'key:return' } }\n"
    "return {\n"
    "   pressed = function() count = count + 1 end,\n"
    "   key_pressed = function(key) if key == 'key:return' then count = count + 10 end end,\n"
    "   report = function() return { score = count } end,\n"
    "}\n";

/* Its score: 100 for each step, 1 for each picture. */
static const char watched_game[] = "local score = 0\n"
                                   "return {\n"
                                   "   update = function() score = score + 100 end,\n"
                                   "   draw = function() score = score + 1 end,\n"
                                   "   report = function() return { score = score } end,\n"
                                   "}\n";

static SDL_Event sent[2]; /* before the first frame */

static bool send_events(MpApp *app, void **state, MpError *error)
{
    (void)app;
    (void)error;
    *state = NULL;
    for (size_t i = 0; i < 2 && sent[i].type; i++)
        SDL_PushEvent(&sent[i]);
    return true;
}

static double score_of(const char *script)
{
    static const MpGameMount no_mounts[] = {{NULL, NULL}};
    const MpGame game = {.name = "keys",
                         .title = "Keys",
                         .version = "0",
                         .organisation = "moonpatch",
                         .data_folder = MP_TEST_DATA,
                         .width = 320,
                         .height = 180,
                         .mounts = no_mounts,
                         .create = send_events};
    scratch_make_folder(&scratch, "patch");
    scratch_make_folder(&scratch, "patch/scripts");
    scratch_write_text(&scratch, "patch/scripts/main.lua", script);
    const char *const options[] = {
        "keys",
        "--headless",
        "--frames",
        "2",
        "--rehearsal=off", /* this program is none that rehearses */
        "--patch-dir",
        scratch_path(&scratch, "patch"),
        "--user-dir",
        scratch_path(&scratch, "user"),
        "--report",
        scratch_path(&scratch, "report.json"),
    };
    enum { COUNT = sizeof options / sizeof *options };
    char words[COUNT][SCRATCH_PATH_SIZE], *arguments[COUNT + 1] = {NULL};
    for (size_t i = 0; i < COUNT; i++)
        arguments[i] = strcpy(words[i], options[i]);
    cr_assert_eq(mp_app_main(COUNT, arguments, &game), 0);
    json_t *figures = json_load_file(scratch_path(&scratch, "report.json"), 0, NULL);
    cr_assert(figures);
    double score = json_number_value(json_object_get(figures, "score"));
    json_decref(figures);
    return score;
}

static double score_after(SDL_Keycode key, SDL_Scancode code, int modifiers, int repeat)
{
    sent[0] =
        (SDL_Event){.key = {.type = SDL_KEYDOWN,
                            .state = SDL_PRESSED,
                            .repeat = (Uint8)repeat,
                            .keysym = {.scancode = code, .sym = key, .mod = (Uint16)modifiers}}};
    return score_of(counting_game);
}

Test(loop, return_is_the_games)
{
    cr_expect_eq(score_after(SDLK_RETURN, SDL_SCANCODE_RETURN, 0, 0), 11);
}

Test(loop, alt_and_return_is_not)
{
    cr_expect_eq(score_after(SDLK_RETURN, SDL_SCANCODE_RETURN, KMOD_LALT, 0), 0);
}

Test(loop, f11_is_not) { cr_expect_eq(score_after(SDLK_F11, SDL_SCANCODE_F11, 0, 0), 0); }

Test(loop, a_key_that_is_held_counts_once)
{
    cr_expect_eq(score_after(SDLK_RETURN, SDL_SCANCODE_RETURN, 0, 1), 0);
}

Test(loop, nor_while_it_is_held)
{
    cr_expect_eq(score_after(SDLK_RETURN, SDL_SCANCODE_RETURN, KMOD_LALT, 1), 0);
}

static SDL_Event of_window(Uint8 what)
{
    return (SDL_Event){.window = {.type = SDL_WINDOWEVENT, .event = what}};
}

Test(loop, a_game_that_is_minimised_goes_on_and_draws_nothing)
{
    sent[0] = of_window(SDL_WINDOWEVENT_MINIMIZED);
    cr_expect_eq(score_of(watched_game), 200);
}

Test(loop, a_game_that_is_back_draws)
{
    sent[0] = of_window(SDL_WINDOWEVENT_MINIMIZED);
    sent[1] = of_window(SDL_WINDOWEVENT_RESTORED);
    cr_expect_eq(score_of(watched_game), 202);
}
