/* Bundles: what is refused, and that messages name the file as the player knows it. */
#include "game.h"
#include "support/hostile_zips.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES = 3 };

static const struct BadBundle {
    const char *file;
    ZipEntry entries[ENTRIES]; /* none: no zip at all */
    const char *cause;
} bad_bundles[] = {
    {"folder.zip",
     {{.name = "gold/patch.lua", .content = "return"}},
     "folder.zip: there is no patch.lua at its top, but gold/patch.lua: pack what is in the "
     "folder, not the folder"},
    {"inner.zip",
     {{.name = "inner/assets/images/rover.png", .content = "x"}, {.name = "note", .content = "x"}},
     "inner.zip: there is no assets/ at its top, but inner/assets/: pack what is in the folder, "
     "not "
     "the folder"},
    {"note.zip",
     {{.name = "README.md", .content = "hello"}},
     "note.zip: has nothing that a game would find: patch.lua, scripts/ or assets/ at its top"},
    {"noise.zip", {{0}}, "noise.zip: it is not a zip archive, or it is cut short"},
    {"module.zip",
     {{.name = "patch.lua", .content = "require 'broken'"},
      {.name = "scripts/broken.lua", .content = "\nerror 'oops'"}},
     "module.zip/scripts/broken.lua:2: oops"},
    {"syntax.zip",
     {{.name = "patch.lua", .content = "require 'broken'"},
      {.name = "scripts/broken.lua", .content = "x ="}},
     "syntax.zip/scripts/broken.lua:1: unexpected symbol near '<eof>'"},
};

static void write_bundle(Game *game, const struct BadBundle *bad)
{
    size_t count = 0, size;
    while (count < ENTRIES && bad->entries[count].name)
        count++;
    if (count == 0) {
        game_write_patch(game, bad->file, "this is no archive");
        return;
    }
    uint8_t *bytes = zip_build(bad->entries, count, &size);
    game_write_patch_bytes(game, bad->file, bytes, size);
    free(bytes);
}

Test(bundle, causes_name_the_file_as_the_player_knows_it)
{
    enum { COUNT = sizeof bad_bundles / sizeof *bad_bundles };
    Game *game = game_prepare();
    for (size_t i = 0; i < COUNT; i++)
        write_bundle(game, &bad_bundles[i]);
    game_run(game, (const char *[]){"--headless", "--frames", "1", NULL});
    json_t *report = game_finish(game, 0);
    for (size_t i = 0; i < COUNT; i++) {
        const json_t *patch = report_patch(report, bad_bundles[i].file);
        cr_expect_str_eq(report_text(patch, "state"), "refused", "%s", bad_bundles[i].file);
        cr_expect_str_eq(report_text(patch, "cause"), bad_bundles[i].cause);
    }
    json_decref(report);
    game_close(game);
}

Test(bundle, a_file_that_is_too_large_is_named_once)
{
    Game *game = game_prepare();
    size_t size = 2 << 20;
    char *bytes = malloc(size);
    memset(bytes, ' ', size);
    game_write_patch_bytes(game, "big.lua", bytes, size);
    free(bytes);
    game_run(game, (const char *[]){"--headless", "--frames", "1", NULL});
    json_t *report = game_finish(game, 0);
    cr_expect_str_eq(report_text(report_patch(report, "big.lua"), "cause"),
                     "big.lua: it has 2097152 bytes; at most 1048576 are read");
    json_decref(report);
    game_close(game);
}

/* All of them, dropped into a game that runs; a sound bundle that comes later is taken. */
Test(bundle, hostile_archives_are_refused_by_name_and_the_game_goes_on)
{
    static const ZipEntry sound[] = {{.name = "patch.lua", .content = "return"}};
    char file[64];
    size_t size;
    Game *game = game_start((const char *[]){"--headless", NULL});
    game_expect(game, "running");
    for (size_t i = 0; i < hostile_zip_count; i++) {
        snprintf(file, sizeof file, "%s.zip", hostile_zips[i].file);
        uint8_t *bytes = hostile_zip_build(&hostile_zips[i], &size);
        game_write_patch_bytes(game, file, bytes, size);
        free(bytes);
    }
    snprintf(file, sizeof file, "%s refused", hostile_zips[hostile_zip_count - 1].file);
    game_expect(game, file);
    uint8_t *bytes = zip_build(sound, 1, &size);
    game_write_patch_bytes(game, "zz-sound.zip", bytes, size);
    free(bytes);
    game_expect(game, "zz-sound applied");
    json_t *report = game_stop(game, 0);
    for (size_t i = 0; i < hostile_zip_count; i++) {
        snprintf(file, sizeof file, "%s.zip", hostile_zips[i].file);
        const json_t *patch = report_patch(report, file);
        const char *cause = report_text(patch, "cause");
        cr_expect_str_eq(report_text(patch, "state"), "refused", "%s", file);
        cr_expect(strstr(cause, hostile_zips[i].words), "%s", cause);
    }
    json_decref(report);
    game_close(game);
}
