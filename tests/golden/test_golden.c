/*
 * Golden images: pictures of Moonbase at fixed seeds, and of everything that can be drawn, must be
 * exactly those in expected/. On a difference, the build folder gets <name>.actual.png and
 * <name>.difference.png. After a change that is meant, look at the new pictures and run
 * tests/golden/accept.
 */
#include <SDL_image.h>
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

/* NULL, after the test was told, when there is no such picture. */
static SDL_Surface *load(const char *folder, const char *name, const char *suffix)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
    SDL_Surface *picture = IMG_Load(path);
    cr_expect_not_null(picture, "%s: %s", path, IMG_GetError());
    SDL_Surface *same =
        picture ? SDL_ConvertSurfaceFormat(picture, SDL_PIXELFORMAT_RGBA32, 0) : NULL;
    SDL_FreeSurface(picture);
    return same;
}

static const Uint8 *pixel(const SDL_Surface *picture, int x, int y)
{
    return (const Uint8 *)picture->pixels + y * picture->pitch + 4 * x;
}

/* Blackens what is equal, so that only differences are left; returns how many pixels differ. */
static int subtract(SDL_Surface *actual, const SDL_Surface *expected)
{
    int count = 0;
    for (int y = 0; y < actual->h; y++) {
        for (int x = 0; x < actual->w; x++) {
            Uint8 *at = (Uint8 *)actual->pixels + y * actual->pitch + 4 * x;
            bool same = memcmp(at, pixel(expected, x, y), 4) == 0;
            count += !same;
            at[0] = same ? 0 : 255;
            at[1] = at[2] = 0;
            at[3] = 255;
        }
    }
    return count;
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

/*
 * The pictures were drawn by SDL 2.26. Other versions of its software renderer round a blended
 * pixel differently here and there, so they may differ in one pixel of fifty.
 */
static int tolerated(const SDL_Surface *picture)
{
    SDL_version version;
    SDL_GetVersion(&version);
    return version.minor == 26 ? 0 : picture->w * picture->h / 50;
}

static void compare(const char *name, SDL_Surface *actual, const SDL_Surface *expected)
{
    cr_assert(actual->w == expected->w && actual->h == expected->h, "%s: the size differs", name);
    int different = subtract(actual, expected);
    if (different) {
        char path[256];
        snprintf(path, sizeof path, MP_BUILD_FOLDER "/%s.difference.png", name);
        IMG_SavePNG(actual, path);
    }
    cr_expect_leq(different, tolerated(actual),
                  "%s: %d pixels differ; see " MP_BUILD_FOLDER "/%s.actual.png and .difference.png",
                  name, different, name);
}

static void check(const struct Golden *golden)
{
    render(golden);
    SDL_Surface *actual = load(MP_BUILD_FOLDER, golden->name, ".actual.png");
    SDL_Surface *expected = load(MP_GOLDEN_FOLDER "/expected", golden->name, ".png");
    if (actual && expected)
        compare(golden->name, actual, expected);
    SDL_FreeSurface(actual);
    SDL_FreeSurface(expected);
}

Test(golden, pictures_are_exactly_as_expected)
{
    copy_fonts();
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++)
        check(&goldens[i]);
}
