#include "window/viewport.h"

#include <criterion/criterion.h>

typedef struct Case {
    int output_width, output_height;
    MpViewport expected;
} Case;

/* For a picture of 640 x 360. */
static const Case cases[] = {
    {640, 360, {0, 0, 640, 360}},
    {1280, 720, {0, 0, 1280, 720}},
    {1920, 1080, {0, 0, 1920, 1080}},
    /* a whole number leaves little empty */
    {1366, 768, {43, 24, 1280, 720}},
    {1920, 1200, {0, 60, 1920, 1080}},
    /* a whole number would leave much empty */
    {1600, 900, {0, 0, 1600, 900}},
    /* less than twice the size: as large as fits */
    {1000, 700, {0, 68, 1000, 563}},
    {800, 450, {0, 0, 800, 450}},
    /* smaller than the picture */
    {320, 180, {0, 0, 320, 180}},
    {320, 1000, {0, 410, 320, 180}},
    /* hardly anything, and nothing */
    {1, 1, {0, 0, 1, 1}},
    {0, 0, {0, 0, 0, 0}},
    {100, 0, {0, 0, 0, 0}},
    {-1, -1, {0, 0, 0, 0}},
};

Test(viewport_fit, keeps_proportions_and_likes_whole_numbers)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        MpViewport view = mp_viewport_fit(cases[i].output_width, cases[i].output_height, 640, 360);
        MpViewport expected = cases[i].expected;
        cr_expect(view.x == expected.x && view.y == expected.y && view.width == expected.width &&
                      view.height == expected.height,
                  "%d x %d: %d,%d %d x %d", cases[i].output_width, cases[i].output_height, view.x,
                  view.y, view.width, view.height);
    }
}
