/* What a game sees of keys that are the engine's own, and of being hidden. */
#include "score.h"

#include <criterion/criterion.h>

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

static const SDL_Event no_event;

static double score_after(SDL_Keycode key, SDL_Scancode code, int modifiers, int repeat)
{
    const SDL_Event event = {
        .key = {.type = SDL_KEYDOWN,
                .state = SDL_PRESSED,
                .repeat = (Uint8)repeat,
                .keysym = {.scancode = code, .sym = key, .mod = (Uint16)modifiers}}};
    return score_of(&scratch, counting_game, 2, event, no_event);
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
    SDL_Event gone = of_window(SDL_WINDOWEVENT_MINIMIZED);
    cr_expect_eq(score_of(&scratch, watched_game, 2, gone, no_event), 200);
}

Test(loop, a_game_that_is_back_draws)
{
    SDL_Event gone = of_window(SDL_WINDOWEVENT_MINIMIZED);
    cr_expect_eq(score_of(&scratch, watched_game, 2, gone, of_window(SDL_WINDOWEVENT_RESTORED)),
                 202);
}
