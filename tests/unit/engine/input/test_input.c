#include "input/input.h"

#include <SDL.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static MpWindow *window;
static MpInput *input;

static void init(void)
{
    window = mp_window_create(
        &(MpWindowConfig){
            .width = 64, .height = 36, .output_width = 138, .output_height = 92, .headless = true},
        NULL);
    cr_assert(window);
    input = mp_input_create(window, false, NULL);
    cr_assert(input);
    cr_assert(mp_input_bind(input, "fire", "key:space", NULL));
    cr_assert(mp_input_bind(input, "fire", "mouse:left", NULL));
    cr_assert(mp_input_bind(input, "left", "key:a", NULL));
    cr_assert(mp_input_bind(input, "right", "key:d", NULL));
}

static void finish(void)
{
    mp_input_destroy(input);
    mp_window_destroy(window);
}

TestSuite(input, .init = init, .fini = finish);

static void key(SDL_Scancode code, bool down)
{
    SDL_Event event = {.type = down ? SDL_KEYDOWN : SDL_KEYUP};
    event.key.keysym.scancode = code;
    event.key.state = down ? SDL_PRESSED : SDL_RELEASED;
    mp_input_handle_event(input, &event);
}

static void button(Uint8 number, bool down, int x, int y)
{
    SDL_Event event = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP};
    event.button.button = number;
    event.button.state = down ? SDL_PRESSED : SDL_RELEASED;
    event.button.x = x;
    event.button.y = y;
    mp_input_handle_event(input, &event);
}

/* What one step sees of "fire": P pressed, R released, D down; "-" for none. */
static const char *see(void)
{
    static char seen[4];
    size_t length = 0;
    if (mp_input_pressed(input, "fire"))
        seen[length++] = 'P';
    if (mp_input_released(input, "fire"))
        seen[length++] = 'R';
    if (mp_input_down(input, "fire"))
        seen[length++] = 'D';
    if (length == 0)
        seen[length++] = '-';
    seen[length] = '\0';
    return seen;
}

/*
 * A play of events and steps: '1' and '0' press and release the key, 'm' and 'n' the mouse
 * button, 'h' holds the action in the step that comes next, and '.' is a step. `seen` is what
 * the steps see.
 */
typedef struct Play {
    const char *script;
    const char *seen;
} Play;

static const Play plays[] = {
    {"..", "- - "},
    {".1..0..", "- PD D R - "},
    /* frames without a step lose nothing, steps without a frame repeat nothing */
    {"1....0...", "PD D D D R - - "},
    /* down and up between two steps */
    {".10...", "- PD R - "},
    {".1010..", "- PD R "},
    /* up and down between two steps */
    {".1.01.0.", "- PD PRD R "},
    {".1.010..", "- PD PRD R "},
    /* two controls of one action */
    {".1.m.0.n.", "- PD D D R "},
    {"1m.0n..", "PD R - "},
    /* held by the program */
    {".h...", "- PD R - "},
    {".h.h.h..", "- PD D D R "},
    {".h.1..0..", "- PD D D R - "},
    {".1.h.0.", "- PD D R "},
    {".1.0h.", "- PD D "},
};

static void step(bool hold, char *seen, size_t size)
{
    mp_input_begin_step(input);
    if (hold)
        mp_input_hold(input, "fire", 1);
    char more[8];
    snprintf(more, sizeof more, "%s ", see());
    strncat(seen, more, size - strlen(seen) - 1);
    mp_input_end_step(input);
    cr_expect_not(mp_input_pressed(input, "fire"), "edges belong to a step");
    cr_expect_not(mp_input_released(input, "fire"), "edges belong to a step");
}

static void perform(const char *script, char *seen, size_t size)
{
    bool hold = false;
    for (; *script; script++) {
        switch (*script) {
        case '1':
        case '0':
            key(SDL_SCANCODE_SPACE, *script == '1');
            break;
        case 'm':
        case 'n':
            button(SDL_BUTTON_LEFT, *script == 'm', 0, 0);
            break;
        case 'h':
            hold = true;
            break;
        default:
            step(hold, seen, size);
            hold = false;
        }
    }
}

Test(input, shows_every_edge_to_one_step)
{
    for (size_t i = 0; i < sizeof plays / sizeof plays[0]; i++) {
        char seen[100] = "";
        perform(plays[i].script, seen, sizeof seen);
        cr_expect_str_eq(seen, plays[i].seen, "play %s: %s instead of %s", plays[i].script, seen,
                         plays[i].seen);
        finish();
        init();
    }
}

Test(input, ignores_repeated_keys)
{
    SDL_Event event = {.type = SDL_KEYDOWN};
    event.key.keysym.scancode = SDL_SCANCODE_SPACE;
    event.key.state = SDL_PRESSED;
    event.key.repeat = 1;
    mp_input_handle_event(input, &event);
    event.key.repeat = 0;
    event.key.keysym.scancode = (SDL_Scancode)100000;
    mp_input_handle_event(input, &event);
    mp_input_begin_step(input);
    cr_expect_str_eq(see(), "-");
}

Test(input, joins_two_actions_to_an_axis)
{
    key(SDL_SCANCODE_A, true);
    mp_input_begin_step(input);
    cr_expect_eq(mp_input_axis(input, "left", "right"), -1);
    mp_input_end_step(input);
    key(SDL_SCANCODE_D, true);
    mp_input_begin_step(input);
    cr_expect_eq(mp_input_axis(input, "left", "right"), 0);
    mp_input_hold(input, "nothing", NAN);
    mp_input_hold(input, "aim", 0.3f);
    cr_expect_eq(mp_input_value(input, "aim"), 0.3f);
    cr_expect_not(mp_input_down(input, "aim"));
    mp_input_hold(input, "aim", 7);
    cr_expect_eq(mp_input_value(input, "aim"), 1);
    cr_expect(mp_input_pressed(input, "aim"));
    mp_input_end_step(input);
    mp_input_begin_step(input);
    cr_expect_eq(mp_input_value(input, "aim"), 0);
}

Test(input, knows_nothing_of_unknown_actions)
{
    mp_input_begin_step(input);
    cr_expect_not(mp_input_down(input, "dance"));
    cr_expect_not(mp_input_pressed(input, "dance"));
    cr_expect_not(mp_input_released(input, "dance"));
    cr_expect_eq(mp_input_value(input, "dance"), 0);
    mp_input_unbind(input, "dance");
}

Test(input, refuses_to_bind_nonsense)
{
    MpError error;
    cr_expect_not(mp_input_bind(input, "fire", "key:nonsense", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect(strstr(error.message, "key:nonsense"), "%s", error.message);
    cr_expect_not(mp_input_bind(input, "", "key:b", &error));
    cr_expect_eq(error.status, MP_INVALID);
    cr_expect_not(mp_input_bind(input, "01234567890123456789012345678901", "key:b", &error));
    cr_expect_eq(error.status, MP_INVALID);
}

Test(input, has_limits)
{
    MpError error;
    char name[16];
    for (int i = 0; i < MP_INPUT_CONTROL_LIMIT; i++) {
        snprintf(name, sizeof name, "key:f%d", i + 1);
        cr_expect(mp_input_bind(input, "all", name, NULL));
        cr_expect(mp_input_bind(input, "all", name, NULL), "twice is once");
    }
    cr_expect_not(mp_input_bind(input, "all", "key:f12", &error));
    cr_expect_eq(error.status, MP_LIMIT);
    for (int i = 4; i < MP_INPUT_ACTION_LIMIT; i++) {
        snprintf(name, sizeof name, "action%d", i);
        cr_expect(mp_input_bind(input, name, "key:b", NULL), "%s", name);
    }
    cr_expect_not(mp_input_bind(input, "more", "key:b", &error));
    cr_expect_eq(error.status, MP_LIMIT);
}

Test(input, can_bind_anew_without_an_edge)
{
    key(SDL_SCANCODE_SPACE, true);
    mp_input_begin_step(input);
    cr_expect_str_eq(see(), "PD");
    mp_input_end_step(input);
    mp_input_unbind(input, "fire");
    cr_assert(mp_input_bind(input, "fire", "key:space", NULL));
    mp_input_begin_step(input);
    cr_expect_str_eq(see(), "D");
    mp_input_end_step(input);
    mp_input_unbind(input, "fire");
    mp_input_begin_step(input);
    cr_expect_str_eq(see(), "R");
}

Test(input, finds_the_mouse_in_the_picture)
{
    /* The picture is shown twice its size, 5 from the left and 10 from the top. */
    SDL_Event event = {.type = SDL_MOUSEMOTION};
    event.motion.x = 25;
    event.motion.y = 20;
    mp_input_handle_event(input, &event);
    mp_input_begin_step(input);
    cr_expect_float_eq(input->mouse_x, 10, 1e-4f);
    cr_expect_float_eq(input->mouse_y, 5, 1e-4f);
    mp_input_point(input, 1, 2);
    mp_input_end_step(input);
    mp_input_begin_step(input);
    cr_expect_eq(input->mouse_x, 1);
    cr_expect_eq(input->mouse_y, 2);
    mp_input_end_step(input);
    button(SDL_BUTTON_RIGHT, true, 5, 10);
    mp_input_begin_step(input);
    cr_expect_float_eq(input->mouse_x, 0, 1e-4f);
}

Test(input, names_the_last_key_for_one_step)
{
    key(SDL_SCANCODE_RETURN, true);
    key(SDL_SCANCODE_K, true);
    key(SDL_SCANCODE_K, false);
    cr_expect_str_eq(mp_input_get_last_key(input), "");
    mp_input_begin_step(input);
    cr_expect_str_eq(mp_input_get_last_key(input), "key:k");
    mp_input_end_step(input);
    mp_input_begin_step(input);
    cr_expect_str_eq(mp_input_get_last_key(input), "");
    mp_input_end_step(input);
    button(SDL_BUTTON_MIDDLE, true, 0, 0);
    mp_input_begin_step(input);
    cr_expect_str_eq(mp_input_get_last_key(input), "mouse:middle");
}

/* ---- the mouse's wheel and motion --------------------------------------------------------- */

static void wheel(float up)
{
    SDL_Event event = {.type = SDL_MOUSEWHEEL};
    event.wheel.preciseY = up;
    mp_input_handle_event(input, &event);
}

static void move(int x, int y)
{
    SDL_Event event = {.type = SDL_MOUSEMOTION};
    event.motion.x = x;
    event.motion.y = y;
    mp_input_handle_event(input, &event);
}

Test(input, feels_the_wheel_for_one_step)
{
    cr_assert(mp_input_bind(input, "fire", "mouse:wheelup", NULL));
    wheel(1);
    wheel(1);
    mp_input_begin_step(input);
    cr_expect_str_eq(see(), "PD");
    cr_expect_eq(input->wheel_y, 2);
    cr_expect_str_eq(mp_input_get_last_key(input), "mouse:wheelup");
    mp_input_end_step(input);
    cr_expect_eq(input->wheel_y, 0);
    wheel(-1);
    mp_input_begin_step(input);
    cr_expect_str_eq(see(), "R", "the other direction is another control");
    cr_expect_eq(input->wheel_y, -1);
    mp_input_end_step(input);
}

Test(input, feels_the_mouse_move)
{
    cr_assert(mp_input_bind(input, "turn", "mouse:x+", NULL));
    move(25, 20); /* the first place is no motion */
    mp_input_begin_step(input);
    cr_expect_eq(mp_input_value(input, "turn"), 0);
    mp_input_end_step(input);
    move(41, 20);
    move(57, 16); /* two window points make a pixel */
    mp_input_begin_step(input);
    cr_expect_float_eq(input->motion_x, 16, 1e-4f);
    cr_expect_float_eq(input->motion_y, -2, 1e-4f);
    cr_expect_float_eq(mp_input_value(input, "turn"), 0.5f, 1e-4f);
    cr_expect_str_eq(mp_input_get_last_key(input), "", "a motion is no key to bind");
    mp_input_end_step(input);
    mp_input_begin_step(input);
    cr_expect_eq(mp_input_value(input, "turn"), 0);
    mp_input_end_step(input);
}

Test(input, knows_the_device_that_was_used_last)
{
    cr_expect_str_eq(mp_input_get_device(input), "keyboard");
    move(0, 0);
    cr_expect_str_eq(mp_input_get_device(input), "keyboard", "a place is no motion");
    move(9, 9);
    cr_expect_str_eq(mp_input_get_device(input), "mouse");
    key(SDL_SCANCODE_A, true);
    cr_expect_str_eq(mp_input_get_device(input), "keyboard");
    button(SDL_BUTTON_LEFT, true, 9, 9);
    cr_expect_str_eq(mp_input_get_device(input), "mouse");
    cr_expect_eq(mp_input_control(input, "key:a"), 1);
    cr_expect_eq(mp_input_control(input, "key:b"), 0);
    cr_expect_eq(mp_input_control(input, "nothing"), 0);
}

/* ---- keys that are meant for something else ----------------------------------------------- */

Test(input, works_no_action_while_it_listens)
{
    char seen[100] = "";
    perform("1.", seen, sizeof seen);
    mp_input_set_listening(input, true);
    perform("..m.", seen, sizeof seen);
    mp_input_begin_step(input);
    mp_input_end_step(input);
    mp_input_set_listening(input, false);
    perform(".0.n.1.", seen, sizeof seen);
    cr_expect_str_eq(seen, "PD R - - - - - PD ");
}

Test(input, hears_what_is_pressed_while_it_listens)
{
    mp_input_set_listening(input, true);
    key(SDL_SCANCODE_SPACE, true);
    mp_input_begin_step(input);
    cr_expect_str_eq(mp_input_get_last_key(input), "key:space");
    cr_expect_str_eq(see(), "-");
}

static char heard[100];

static void hear(void *user, const MpSignal *signal)
{
    cr_expect_eq(user, heard);
    if (signal->kind == MP_SIGNAL_TEXT)
        strcat(heard, signal->text);
    else if (signal->kind == MP_SIGNAL_REPEAT)
        strcat(heard, "+");
}

static void write_text(const char *text)
{
    SDL_Event event = {.type = SDL_TEXTINPUT};
    snprintf(event.text.text, sizeof event.text.text, "%s", text);
    mp_input_handle_event(input, &event);
}

Test(input, takes_keys_as_text_when_the_player_writes)
{
    mp_input_set_listener(input, hear, heard);
    char seen[100] = "";
    SDL_Event repeat = {.type = SDL_KEYDOWN};
    repeat.key.keysym.scancode = SDL_SCANCODE_SPACE;
    repeat.key.repeat = 1;
    write_text("no");
    mp_input_handle_event(input, &repeat);
    perform("1.", seen, sizeof seen);
    mp_input_set_text(input, true);
    write_text("\xC3\xA4\xFF");
    mp_input_handle_event(input, &repeat);
    perform(".01.m.", seen, sizeof seen);
    mp_input_set_text(input, false);
    write_text("no");
    perform("n.", seen, sizeof seen);
    cr_expect_str_eq(heard, "\xC3\xA4\xEF\xBF\xBD+");
    cr_expect_str_eq(seen, "PD R - PD R ");
}

Test(input, has_a_clipboard_of_its_own_without_a_display)
{
    cr_expect_str_eq(mp_input_read_clipboard(input, NULL), "");
    cr_expect(mp_input_write_clipboard(input, "words", NULL));
    cr_expect_str_eq(mp_input_read_clipboard(input, NULL), "words");
    cr_expect_str_eq(mp_input_read_clipboard(input, NULL), "words");
}

Test(input, comes_from_signals_alone_when_devices_are_ignored)
{
    mp_input_ignore_devices(input);
    key(SDL_SCANCODE_SPACE, true);
    mp_input_begin_step(input);
    cr_expect_str_eq(see(), "-");
    mp_input_end_step(input);
    mp_input_send(input, &(MpSignal){.number = SDL_SCANCODE_SPACE, .x = 1});
    mp_input_begin_step(input);
    cr_expect_str_eq(see(), "PD");
    mp_input_end_step(input);
}
