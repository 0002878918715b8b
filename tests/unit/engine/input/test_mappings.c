/* Gamepads that a file describes. */
#include "input/input.h"
#include "support/scratch.h"

#include <SDL.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if SDL_VERSION_ATLEAST(2, 0, 14)

static Scratch scratch;
static MpVfs *vfs;
static MpWindow *window;
static MpInput *input;

static void init(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1", 1);
    scratch_init(&scratch);
    vfs = mp_vfs_create(NULL, NULL);
    cr_assert(vfs && mp_vfs_mount_directory(vfs, scratch.path, "/assets", NULL));
    window = mp_window_create(&(MpWindowConfig){.headless = true}, NULL);
    cr_assert(window);
    input = mp_input_create(window, true, NULL);
    cr_assert(input && mp_input_bind(input, "jump", "pad:y", NULL));
}

static void finish(void)
{
    mp_input_destroy(input);
    mp_window_destroy(window);
    mp_vfs_destroy(vfs);
    scratch_finish(&scratch);
}

TestSuite(mappings, .init = init, .fini = finish, .timeout = 30);

static void hear_devices(void)
{
    SDL_JoystickUpdate();
    for (SDL_Event event; SDL_PollEvent(&event);)
        mp_input_handle_event(input, &event);
}

/* A joystick of which SDL knows nothing but that it has a button. */
static SDL_Joystick *plug_in(char id[33])
{
    int index = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_THROTTLE, 2, 1, 0);
    cr_assert_geq(index, 0, "%s", SDL_GetError());
    SDL_Joystick *stick = SDL_JoystickOpen(index);
    cr_assert(stick);
    SDL_JoystickGetGUIDString(SDL_JoystickGetGUID(stick), id, 33);
    memset(id + 4, '0', 4); /* the checksum of its name: files of mappings do without */
    hear_devices();
    cr_assert_eq(input->gamepads, 0);
    return stick;
}

/* `words` is the line of that joystick, without what stands in front of it: `before`. */
static void write_mapping(const char *before, const char *id, const char *words)
{
    char text[512];
    snprintf(text, sizeof text, "%s%s,%s,platform:%s,\r\n\n", before, id, words, SDL_GetPlatform());
    scratch_write_text(&scratch, "gamecontrollerdb.txt", text);
}

static bool works(SDL_Joystick *stick)
{
    hear_devices();
    SDL_JoystickSetVirtualButton(stick, 0, SDL_PRESSED);
    hear_devices();
    mp_input_begin_step(input);
    return mp_input_pressed(input, "jump");
}

Test(mappings, need_not_be_there)
{
    MpError error = {.status = MP_OK};
    cr_expect(mp_input_read_mappings(input, vfs, &error));
    cr_expect_eq(error.status, MP_OK);
}

Test(mappings, make_a_joystick_a_gamepad)
{
    char id[33];
    SDL_Joystick *stick = plug_in(id);
    write_mapping("# found in a cellar\r\n\r\n", id, "Cellar,y:b0");
    cr_expect(mp_input_read_mappings(input, vfs, NULL));
    cr_expect_eq(input->gamepads, 1, "it is opened although it was plugged in before");
    cr_expect(works(stick));
}

Test(mappings, are_not_taken_from_other_systems)
{
    char id[33];
    plug_in(id);
    write_mapping("", id, "Cellar,y:b0,platform:Another");
    cr_expect(mp_input_read_mappings(input, vfs, NULL));
    cr_expect_eq(input->gamepads, 0);
}

Test(mappings, are_told_of_damage_in_one_line)
{
    char id[33];
    MpError error;
    SDL_Joystick *stick = plug_in(id);
    write_mapping("\n0123,short,y:b0,\nno commas at all\n%n%s\n", id, "Cellar,y:b0");
    cr_expect_not(mp_input_read_mappings(input, vfs, &error));
    cr_expect_str_eq(error.message,
                     "assets/gamecontrollerdb.txt:2: a gamepad's id, name and buttons "
                     "are expected; left out 3 lines");
    cr_expect(works(stick), "the good lines count");
    cr_expect(mp_input_read_mappings(input, vfs, &error), "it is told once");
}

Test(mappings, follow_their_file)
{
    char id[33];
    MpError error;
    SDL_Joystick *stick = plug_in(id);
    scratch_make_folder(&scratch, "gamecontrollerdb.txt");
    cr_expect_not(mp_input_read_mappings(input, vfs, &error));
    cr_expect_eq(error.status, MP_REFUSED);
    rmdir(scratch_path(&scratch, "gamecontrollerdb.txt"));
    cr_expect(mp_input_read_mappings(input, vfs, &error));
    write_mapping("", id, "Cellar,a:b0");
    cr_expect(mp_input_read_mappings(input, vfs, &error));
    write_mapping("", id, "Attic stick,y:b0");
    cr_expect(mp_input_read_mappings(input, vfs, &error));
    cr_expect(works(stick));
}

#endif
