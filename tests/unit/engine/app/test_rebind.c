/* A player who chooses a key in a menu, and finds it again in the next run. */
#include "app/app.h"
#include "support/scratch.h"

#include <SDL.h>
#include <criterion/criterion.h>
#include <jansson.h>

static Scratch scratch;

/* Listens in its first step. Its score: 1 for a key that was heard, 2 for an escape, 10 for each
   time that the action was pressed, 100 for a key that the game heard of by itself. */
static const char menu_game[] = "local input = require 'input'\n"
                                "local score, asked = 0, false\n"
                                "local function heard(control)\n"
                                "   score = score + (control and 1 or 2)\n"
                                "   if control then input.rebind('fire', { control }) end\n"
                                "   input.save()\n"
                                "end\n"
                                "return {\n"
                                "   load = function()\n"
                                "      input.bind { fire = { 'key:space' } }\n"
                                "      asked = input.load()\n"
                                "      if not asked then input.listen(heard) end\n"
                                "   end,\n"
                                "   pressed = function() score = score + 10 end,\n"
                                "   key_pressed = function() score = score + 100 end,\n"
                                "   report = function() return { score = score } end,\n"
                                "}\n";

static SDL_Scancode pressed;

static bool press(MpApp *app, void **state, MpError *error)
{
    (void)app;
    (void)error;
    *state = NULL;
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED}};
    event.key.keysym.scancode = pressed;
    SDL_PushEvent(&event);
    return true;
}

static void init(void)
{
    scratch_init(&scratch);
    scratch_make_folder(&scratch, "patch");
    scratch_make_folder(&scratch, "patch/scripts");
    scratch_write_text(&scratch, "patch/scripts/main.lua", menu_game);
}

static void finish(void) { scratch_finish(&scratch); }

TestSuite(rebind, .init = init, .fini = finish, .timeout = 60);

static double score_after(SDL_Scancode key)
{
    static const MpGameMount no_mounts[] = {{NULL, NULL}};
    const MpGame game = {.name = "menu",
                         .title = "Menu",
                         .version = "0",
                         .organisation = "moonpatch",
                         .data_folder = MP_TEST_DATA,
                         .width = 320,
                         .height = 180,
                         .mounts = no_mounts,
                         .create = press};
    pressed = key;
    const char *const options[] = {
        "menu",        "--headless",
        "--rehearsal", "off",
        "--frames",    "3",
        "--patch-dir", scratch_path(&scratch, "patch"),
        "--user-dir",  scratch_path(&scratch, "user"),
        "--report",    scratch_path(&scratch, "report.json"),
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

Test(rebind, a_key_that_is_chosen_works_in_the_next_run)
{
    cr_expect_eq(score_after(SDL_SCANCODE_X), 1, "chosen, and not pressed");
    cr_expect_eq(score_after(SDL_SCANCODE_X), 110);
    cr_expect_eq(score_after(SDL_SCANCODE_SPACE), 100, "no longer");
}

Test(rebind, escape_chooses_nothing)
{
    cr_expect_eq(score_after(SDL_SCANCODE_ESCAPE), 2);
    cr_expect_eq(score_after(SDL_SCANCODE_SPACE), 110);
}
