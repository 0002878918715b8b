/*
 * Golden images: pictures of Moonbase at fixed seeds, and of everything that can be drawn, must be
 * exactly those in expected/. On a difference, the build folder gets <name>.actual.png and
 * <name>.difference.png. After a change that is meant, look at the new pictures and run
 * tests/golden/accept.
 */
#include "picture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

static const struct Golden {
    const char *name;
    const char *program; /* the environment variable with its path */
    const char *arguments;
    int code; /* with which it ends */
} goldens[] = {
    {"title", "MP_GAME", "--frames 90 --seed 1", 0},
    {"play", "MP_GAME", "--frames 1000 --seed 1 --autoplay", 0},
    {"demonstration", "MP_GAME", "--frames 2400 --seed 1", 0},
    {"letterbox", "MP_GAME", "--frames 90 --seed 1 --size 500x400", 0},
    {"transforms", "MP_DRAWING", "--frames 1 --seed 1", 0},
    {"cameras", "MP_DRAWING", "--frames 2 --seed 1", 0},
    {"layers", "MP_DRAWING", "--frames 3 --seed 1", 0},
    {"blends", "MP_DRAWING", "--frames 4 --seed 1", 0},
    {"canvases", "MP_DRAWING", "--frames 5 --seed 1", 0},
    {"polygons", "MP_DRAWING", "--frames 6 --seed 1", 0},
    {"nine-patches", "MP_DRAWING", "--frames 7 --seed 1", 0},
    {"particles", "MP_DRAWING", "--frames 8 --seed 1", 0},
    {"tile-maps", "MP_DRAWING", "--frames 9 --seed 1", 0},
    {"text-columns", "MP_TEXT", "--frames 1 --seed 1", 0},
    {"text-samples", "MP_TEXT", "--frames 2 --seed 1", 0},
    {"console", "MP_TEXT", "--frames 3 --seed 1", 0},
    {"error", "MP_DRAWING", "--frames 10 --seed 1", 1},
    {"ui-menu", "MP_UI", "--frames 60 --seed 1", 0},
    {"ui-settings", "MP_UI", "--frames 120 --seed 1", 0},
    {"ui-list", "MP_UI", "--frames 180 --seed 1", 0},
    {"ui-field", "MP_UI", "--frames 240 --seed 1", 0},
    {"ui-modal", "MP_UI", "--frames 300 --seed 1", 0},
    {"ui-theme", "MP_UI", "--frames 360 --seed 1", 0},
};

/* Where the games find TrueType fonts: among their patches. */
static void copy_fonts(void)
{
    const char *command = "mkdir -p '" MP_BUILD_FOLDER "/patch/assets/fonts' && "
                          "cp '" MP_TEST_FONTS "/DejaVuSans.ttf' '" MP_TEST_FONTS
                          "/DejaVuSerif.ttf' '" MP_BUILD_FOLDER "/patch/assets/fonts'";
    cr_assert_eq(system(command), 0, "%s", command);
}

static void render(const struct Golden *golden)
{
    char command[1024];
    snprintf(command, sizeof command,
             "%s --headless %s --patch-dir " MP_BUILD_FOLDER "/patch --user-dir " MP_BUILD_FOLDER
             "/user-%s --screenshot " MP_BUILD_FOLDER "/%s.actual.png",
             getenv(golden->program), golden->arguments, golden->name, golden->name);
    /* A high score from an earlier run would be in the picture. */
    char scores[256];
    snprintf(scores, sizeof scores, "rm -rf " MP_BUILD_FOLDER "/user-%s", golden->name);
    cr_assert_eq(system(scores), 0);
    int status = system(command);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == golden->code, "%s", command);
}

static void check(const struct Golden *golden)
{
    render(golden);
    char actual[256], expected[256], difference[256], problem[PICTURE_PROBLEM_SIZE];
    snprintf(actual, sizeof actual, MP_BUILD_FOLDER "/%s.actual.png", golden->name);
    snprintf(expected, sizeof expected, MP_GOLDEN_FOLDER "/expected/%s.png", golden->name);
    snprintf(difference, sizeof difference, MP_BUILD_FOLDER "/%s.difference.png", golden->name);
    cr_expect(picture_compare(actual, expected, difference, problem), "%s: %s", golden->name,
              problem);
}

Test(golden, pictures_are_exactly_as_expected)
{
    copy_fonts();
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++)
        check(&goldens[i]);
}
