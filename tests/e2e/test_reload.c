/* Gameplay scripts that are edited while the game runs: in its own folder, and laid over it. */
#include "game.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const playing[] = {"--headless", "--autoplay", NULL};

/* A game whose data can be edited. */
static Game *start_copy(void)
{
    Game *game = game_prepare();
    game_copy_data(game);
    game_run(game, playing);
    game_expect(game, "running");
    return game;
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
}

/* `text` with the first `from` replaced by `to`. The caller frees it. */
static char *replaced(const char *text, const char *from, const char *to)
{
    const char *found = strstr(text, from);
    cr_assert_not_null(found, "no '%s'", from);
    char *edited = NULL;
    cr_assert(asprintf(&edited, "%.*s%s%s", (int)(found - text), text, to, found + strlen(from)) >
              0);
    return edited;
}

Test(reload, edit_break_and_repair_a_script_of_the_running_game)
{
    Game *game = start_copy();
    const char *main = game_path(game, "data/demo/scripts/main.lua");
    size_t size;
    char *text = read_whole(main, &size);
    char *edited =
        replaced(text, "function main.update(dt)\n",
                 "local steps = 0\nfunction main.update(dt)\n"
                 "   steps = steps + 1\n   if steps == 3 then print 'the edit runs' end\n");
    write_text(main, edited);
    double seconds = game_expect(game, "reloaded main.lua: 1 function");
    printf("# %.0f ms from the file to the code\n", seconds * 1e3);
    game_expect(game, "the edit runs");

    char *broken = replaced(edited, "print 'the edit runs'", "print('the edit runs'");
    write_text(main, broken);
    game_expect(game, "reload of main.lua refused, the earlier code stays: scripts/main.lua:");

    char *repaired = replaced(edited, "steps == 3", "steps % 100 == 0");
    char *louder = replaced(repaired, "'the edit runs'", "('step ' .. steps)");
    write_text(main, louder);
    game_expect(game, "reloaded main.lua: 1 function");
    game_expect(game, "step ");
    json_t *report = game_stop(game, 0);
    cr_assert_eq(report_number(report, "errors"), 0, "%s", game_log(game));
    json_decref(report);
    free(text);
    free(edited);
    free(broken);
    free(repaired);
    free(louder);
    game_close(game);
}

Test(reload, a_script_laid_over_the_game_s_own_comes_and_goes)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    cr_assert_eq(mkdir(game_path(game, "patch/scripts"), 0700), 0);
    size_t size;
    char path[512];
    snprintf(path, sizeof path, "%s/demo/scripts/balance.lua", MP_SOURCE_FOLDER);
    char *text = read_whole(path, &size);
    char *edited = replaced(text, "balance.budget(wave) return",
                            "balance.budget(wave) print 'the overlay runs' return");
    game_write_patch(game, "scripts/balance.lua", edited);
    game_expect(game, "reloaded balance.lua: 1 function");
    game_expect(game, "the overlay runs");
    game_remove_patch(game, "scripts/balance.lua");
    game_expect(game, "reloaded balance.lua: 1 function");
    json_t *report = game_stop(game, 0);
    cr_assert_eq(report_number(report, "errors"), 0, "%s", game_log(game));
    json_decref(report);
    free(text);
    free(edited);
    game_close(game);
}
