#include "input/input.h"

#include <SDL.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#if SDL_VERSION_ATLEAST(2, 0, 14)

static MpWindow *window;
static MpInput *input;

static void init(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1", 1);
    window = mp_window_create(&(MpWindowConfig){.headless = true}, NULL);
    cr_assert(window);
    input = mp_input_create(window, true, NULL);
    cr_assert(input);
    cr_assert(mp_input_bind(input, "jump", "pad:a", NULL));
    cr_assert(mp_input_bind(input, "left", "pad:leftx-", NULL));
    cr_assert(mp_input_bind(input, "right", "pad:leftx+", NULL));
}

static void finish(void)
{
    mp_input_destroy(input);
    mp_window_destroy(window);
}

TestSuite(pads, .init = init, .fini = finish);

static void step(void)
{
    mp_input_end_step(input);
    SDL_JoystickUpdate();
    for (SDL_Event event; SDL_PollEvent(&event);)
        mp_input_handle_event(input, &event);
    mp_input_begin_step(input);
}

typedef struct Gamepad {
    int index;
    SDL_Joystick *joystick;
} Gamepad;

static Gamepad plug_in(void)
{
    Gamepad pad = {.index = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER,
                                                      SDL_CONTROLLER_AXIS_MAX,
                                                      SDL_CONTROLLER_BUTTON_MAX, 0)};
    cr_assert_geq(pad.index, 0, "%s", SDL_GetError());
    pad.joystick = SDL_JoystickOpen(pad.index);
    cr_assert(pad.joystick);
    step();
    return pad;
}

static void tilt(const Gamepad *pad, float way)
{
    SDL_JoystickSetVirtualAxis(pad->joystick, SDL_CONTROLLER_AXIS_LEFTX, (Sint16)(way * 32767));
    step();
}

static void press(const Gamepad *pad, bool down)
{
    SDL_JoystickSetVirtualButton(pad->joystick, SDL_CONTROLLER_BUTTON_A, down);
    step();
}

Test(pads, work_actions)
{
    Gamepad pad = plug_in();
    press(&pad, true);
    cr_expect(mp_input_pressed(input, "jump"));
    cr_expect_str_eq(mp_input_get_last_key(input), "pad:a");
    press(&pad, false);
    cr_expect(mp_input_released(input, "jump"));
}

Test(pads, have_sticks_with_a_dead_zone)
{
    static const struct {
        float way, value;
    } cases[] = {{0.1f, 0}, {0.2f, 0}, {0.6f, 0.5f}, {1, 1}, {-0.6f, -0.5f}, {-1, -1}, {0, 0}};
    Gamepad pad = plug_in();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tilt(&pad, cases[i].way);
        cr_expect_float_eq(mp_input_axis(input, "left", "right"), cases[i].value, 1e-3f, "case %zu",
                           i);
    }
}

Test(pads, have_the_dead_zone_that_the_game_wants)
{
    static const struct {
        float dead, way, value;
    } cases[] = {
        {0, 0.1f, 0.1f}, {0.5f, 0.5f, 0}, {0.5f, 0.75f, 0.5f}, {7, 0.95f, 0.5f}, {-1, 0.3f, 0.3f}};
    Gamepad pad = plug_in();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        input->dead_zone = cases[i].dead;
        tilt(&pad, cases[i].way);
        cr_expect_float_eq(mp_input_value(input, "right"), cases[i].value, 1e-3f, "case %zu", i);
        tilt(&pad, 0);
    }
}

Test(pads, are_counted_as_they_come_and_go)
{
    cr_expect_eq(input->gamepads, 0);
    Gamepad pad = plug_in();
    cr_expect_eq(input->gamepads, 1);
    cr_expect_str_eq(mp_input_get_device(input), "keyboard", "nobody has used it yet");
    press(&pad, true);
    cr_expect_str_eq(mp_input_get_device(input), "gamepad");
    mp_input_rumble(input, 1, 0.01f);
    mp_input_rumble(input, NAN, NAN);
    SDL_JoystickClose(pad.joystick);
    cr_assert_eq(SDL_JoystickDetachVirtual(pad.index), 0);
    step();
    cr_expect_eq(input->gamepads, 0);
}

Test(pads, do_not_tremble_between_down_and_up)
{
    Gamepad pad = plug_in();
    tilt(&pad, 0.7f);
    cr_expect(mp_input_pressed(input, "right"));
    tilt(&pad, 0.58f);
    cr_expect(mp_input_down(input, "right"));
    tilt(&pad, 0.62f);
    cr_expect_not(mp_input_pressed(input, "right"));
    tilt(&pad, 0.4f);
    cr_expect(mp_input_released(input, "right"));
}

Test(pads, may_be_several)
{
    Gamepad one = plug_in();
    Gamepad two = plug_in();
    press(&one, true);
    cr_expect(mp_input_pressed(input, "jump"));
    press(&two, true);
    cr_expect_not(mp_input_pressed(input, "jump"));
    press(&one, false);
    cr_expect(mp_input_down(input, "jump"));
    press(&two, false);
    cr_expect(mp_input_released(input, "jump"));
}

Test(pads, let_go_when_they_are_pulled_out)
{
    Gamepad pad = plug_in();
    press(&pad, true);
    SDL_JoystickClose(pad.joystick);
    cr_assert_eq(SDL_JoystickDetachVirtual(pad.index), 0);
    step();
    cr_expect(mp_input_released(input, "jump"));
    pad = plug_in();
    press(&pad, true);
    cr_expect(mp_input_pressed(input, "jump"), "another one works");
}

/* SDL lets go of everything by itself; should it ever not, nothing may stay pressed. */
Test(pads, let_go_when_only_their_end_is_told)
{
    Gamepad pad = plug_in();
    press(&pad, true);
    SDL_Event event = {.type = SDL_CONTROLLERDEVICEREMOVED};
    event.cdevice.which = SDL_JoystickInstanceID(pad.joystick);
    mp_input_handle_event(input, &event);
    step();
    cr_expect(mp_input_released(input, "jump"));
}

#endif
