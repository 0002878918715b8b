#include "support/scratch.h"
#include "window/window.h"

#include <SDL.h>
#include <SDL_image.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static MpWindow *open_headless(int output_width, int output_height)
{
    MpError error;
    MpWindow *window = mp_window_create(&(MpWindowConfig){.width = 64,
                                                          .height = 36,
                                                          .output_width = output_width,
                                                          .output_height = output_height,
                                                          .headless = true},
                                        &error);
    cr_assert(window, "%s", error.message);
    return window;
}

static void paint(MpWindow *window)
{
    SDL_Renderer *renderer = mp_window_renderer(window);
    mp_window_begin(window);
    SDL_SetRenderDrawColor(renderer, 10, 20, 30, 255);
    SDL_RenderClear(renderer);
    SDL_SetRenderDrawColor(renderer, 255, 0, 128, 255);
    SDL_RenderFillRect(renderer, &(SDL_Rect){0, 0, 1, 1});
    mp_window_present(window);
}

Test(window, has_defaults)
{
    int width, height;
    MpWindow *window = mp_window_create(&(MpWindowConfig){.headless = true}, NULL);
    cr_assert(window);
    mp_window_size(window, &width, &height);
    cr_expect(width == 640 && height == 360);
    mp_window_output_size(window, &width, &height);
    cr_expect(width == 1280 && height == 720);
    cr_expect(mp_window_is_headless(window));
    cr_expect(mp_window_is_software(window));
    cr_expect_str_eq(mp_window_renderer_name(window), "headless");
    mp_window_destroy(window);
    mp_window_destroy(NULL);
}

Test(window, refuses_sizes_out_of_range)
{
    static const MpWindowConfig configs[] = {
        {.width = -1, .headless = true},
        {.height = MP_WINDOW_SIZE_LIMIT + 1, .headless = true},
        {.output_width = -5, .headless = true},
        {.output_height = 1 << 30, .headless = true},
    };
    for (size_t i = 0; i < sizeof configs / sizeof configs[0]; i++) {
        MpError error;
        cr_expect_null(mp_window_create(&configs[i], &error), "case %zu", i);
        cr_expect_eq(error.status, MP_INVALID, "case %zu", i);
    }
}

Test(window, gives_the_picture_as_bytes)
{
    MpWindow *window = open_headless(128, 72);
    paint(window);
    uint8_t *pixels = mp_window_pixels(window, NULL);
    cr_assert(pixels);
    cr_expect_arr_eq(pixels, ((uint8_t[]){255, 0, 128, 255, 10, 20, 30, 255}), 8);
    cr_expect_arr_eq(pixels + 4 * (64 * 36 - 1), ((uint8_t[]){10, 20, 30, 255}), 4);
    free(pixels);
    mp_window_destroy(window);
}

static void expect_pixel(const SDL_Surface *image, int x, int y, unsigned expected)
{
    const uint8_t *pixel =
        (const uint8_t *)image->pixels + y * image->pitch + x * image->format->BytesPerPixel;
    unsigned color = (unsigned)pixel[0] << 16 | (unsigned)pixel[1] << 8 | pixel[2];
    cr_expect_eq(color, expected, "%d,%d: %06x instead of %06x", x, y, color, expected);
}

Test(window, takes_screenshots_of_what_a_person_sees)
{
    Scratch scratch;
    scratch_init(&scratch);
    /* Twice the picture, with 5 pixels to the left and right and 10 above and below. */
    MpWindow *window = open_headless(138, 92);
    paint(window);
    const char *path = scratch_path(&scratch, "shot.png");
    cr_assert(mp_window_screenshot(window, path, NULL));
    SDL_Surface *shot = IMG_Load(path);
    cr_assert(shot);
    cr_expect(shot->w == 138 && shot->h == 92);
    expect_pixel(shot, 0, 0, 0);
    expect_pixel(shot, 4, 10, 0);
    expect_pixel(shot, 5, 9, 0);
    expect_pixel(shot, 5, 10, 0xFF0080);
    expect_pixel(shot, 6, 11, 0xFF0080);
    expect_pixel(shot, 7, 11, 0x0A141E);
    expect_pixel(shot, 132, 81, 0x0A141E);
    expect_pixel(shot, 133, 81, 0);
    SDL_FreeSurface(shot);
    MpError error;
    cr_expect_not(mp_window_screenshot(window, scratch_path(&scratch, "none/x.png"), &error));
    cr_expect_eq(error.status, MP_IO);
    mp_window_destroy(window);
    scratch_finish(&scratch);
}

Test(window, finds_points_in_the_picture)
{
    static const struct {
        float x, y, logical_x, logical_y;
    } cases[] = {{5, 10, 0, 0}, {133, 82, 64, 36}, {69, 46, 32, 18}, {0, 0, -2.5f, -5}};
    MpWindow *window = open_headless(138, 92);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        float x, y;
        mp_window_to_logical(window, cases[i].x, cases[i].y, &x, &y);
        cr_expect_float_eq(x, cases[i].logical_x, 1e-4f);
        cr_expect_float_eq(y, cases[i].logical_y, 1e-4f);
    }
    mp_window_destroy(window);
}

Test(window, follows_its_events)
{
    MpWindow *window = open_headless(128, 72);
    SDL_Event event = {.type = SDL_WINDOWEVENT};
    event.window.event = SDL_WINDOWEVENT_MINIMIZED;
    mp_window_handle_event(window, &event);
    cr_expect(mp_window_is_minimised(window));
    event.window.event = SDL_WINDOWEVENT_RESTORED;
    mp_window_handle_event(window, &event);
    cr_expect_not(mp_window_is_minimised(window));
    mp_window_handle_event(window, &(SDL_Event){.type = SDL_RENDER_DEVICE_RESET});
    paint(window);
    uint8_t *pixels = mp_window_pixels(window, NULL);
    cr_assert(pixels);
    cr_expect_eq(pixels[0], 255);
    free(pixels);
    mp_window_destroy(window);
}

Test(window, remembers_the_full_screen)
{
    MpError error;
    MpWindow *window = open_headless(128, 72);
    cr_expect(mp_window_set_fullscreen(window, true, NULL));
    cr_expect(mp_window_is_fullscreen(window));
    cr_expect_not(mp_window_resize(window, 100, 100, &error));
    cr_expect_eq(error.status, MP_DEVICE);
    cr_expect_not(mp_window_resize(window, 0, 100, &error));
    cr_expect_eq(error.status, MP_INVALID);
    mp_window_destroy(window);
}

/* SDL's own driver without a display: everything of the real window but what is seen. */
Test(window, opens_without_a_graphics_card)
{
    MpError error;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    MpWindow *window =
        mp_window_create(&(MpWindowConfig){.title = "Test", .width = 64, .height = 36}, &error);
    cr_assert(window, "%s", error.message);
    cr_expect_not(mp_window_is_headless(window));
    paint(window);
    int width, height;
    mp_window_output_size(window, &width, &height);
    cr_expect(width == 128 && height == 72);
    cr_expect(mp_window_resize(window, 300, 200, NULL));
    for (SDL_Event event; SDL_PollEvent(&event);)
        mp_window_handle_event(window, &event);
    paint(window);
    mp_window_output_size(window, &width, &height);
    cr_expect(width == 300 && height == 200);
    float x, y;
    mp_window_to_logical(window, 150, 100, &x, &y);
    /* The borders are whole pixels, so the middle is not quite in the middle. */
    cr_expect_float_eq(x, 32, 0.2f);
    cr_expect_float_eq(y, 18, 0.2f);
    cr_expect(mp_window_set_fullscreen(window, true, NULL));
    paint(window);
    cr_expect(mp_window_set_fullscreen(window, false, NULL));
    mp_window_set_title(window, "Other");
    mp_window_destroy(window);
}

Test(window, says_when_there_is_no_display)
{
    MpError error;
    setenv("SDL_VIDEODRIVER", "there-is-no-such-driver", 1);
    cr_expect_null(mp_window_create(&(MpWindowConfig){0}, &error));
    cr_expect_eq(error.status, MP_DEVICE);
    cr_expect(strstr(error.message, "headless"), "%s", error.message);
}

Test(window, a_frame_that_is_given_up_leaves_the_one_before)
{
    MpWindow *window = open_headless(64, 36);
    paint(window);
    SDL_Renderer *renderer = mp_window_renderer(window);
    for (int round = 0; round < 3; round++) {
        mp_window_begin(window);
        SDL_SetRenderDrawColor(renderer, 255, 255, 255, 255);
        SDL_RenderClear(renderer);
        mp_window_drop(window);
        uint8_t *pixels = mp_window_pixels(window, NULL);
        cr_assert(pixels);
        cr_expect(pixels[4] == 10 && pixels[5] == 20 && pixels[6] == 30, "round %d", round);
        free(pixels);
    }
    mp_window_drop(window);
    mp_window_destroy(window);
}
