/* A player who chooses a key in a menu, and finds it again in the next run. */
#include "score.h"

#include <criterion/criterion.h>

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

static void init(void) { scratch_init(&scratch); }

static void finish(void) { scratch_finish(&scratch); }

TestSuite(rebind, .init = init, .fini = finish, .timeout = 60);

static double score_after(SDL_Scancode key)
{
    const SDL_Event event = {
        .key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED, .keysym = {.scancode = key}}};
    return score_of(&scratch, menu_game, 3, event, (SDL_Event){0});
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
