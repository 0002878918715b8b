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

/* Says every 2000 steps whether all that it started with the library still goes on. */
static const char flow_main[] =
    "local event, log = require 'event', require 'log'.of 'flow'\n"
    "local message, save, scene = require 'message', require 'save', require 'scene'\n"
    "local settings, timer, tween = require 'settings', require 'timer', require 'tween'\n"
    "local main, steps, ship = {}, 0, { x = 0 }\n"
    "local alive, progress = {}, save.open { name = 'flow', version = 1, defaults = { n = 0 } }\n"
    "local function note(what) alive[what] = true end\n"
    "function main.load()\n"
    "   message.define('Tick', { n = 'integer' })\n"
    "   message.on('Tick', function() note 'message' end)\n"
    "   settings.declare('volume', { default = 0, min = 0 })\n"
    "   settings.on('volume', function() note 'settings' end)\n"
    "   require 'log'.add_sink(function() note 'sink' end)\n"
    "   timer.every(0.5, function() message.send('Tick', { n = 1 }) end)\n"
    "   timer.run(function() while true do wait(0.5) note 'wait' end end)\n"
    "   timer.run(function() while true do wait_event 'go' note 'event' end end)\n"
    "   tween.to(1e6, ship, { x = 1e6 })\n"
    "   scene.switch { update = function() note 'scene' progress.data.n = progress.data.n + 1 end "
    "}\n"
    "end\n"
    "local before = 0\n"
    "function main.update(dt)\n"
    "   scene.update(dt)\n"
    "   steps = steps + 1\n"
    "   if steps % 2000 ~= 0 then return end\n"
    "   event.emit 'go'\n"
    "   settings.set('volume', settings.get 'volume' + 1)\n"
    "   if ship.x > before then note 'tween' end\n"
    "   if progress.data.n == steps and settings.get 'volume' == steps / 2000 then note 'state' "
    "end\n"
    "   before = ship.x\n"
    "   local words = {}\n"
    "   for what in pairs(alive) do words[#words + 1] = what end\n"
    "   table.sort(words)\n"
    "   log:info('alive: %s', table.concat(words, ' '))\n"
    "   alive = {}\n"
    "end\n"
    "function main.draw(alpha) require 'graphics'.clear(0, 0, 0) scene.draw(alpha) end\n"
    "return main\n";

static void expect_all_alive(Game *game)
{
    game_expect(game, "alive: ");
    game_expect(game, "alive: event message scene settings sink state tween wait\n");
}

Test(reload, what_the_library_holds_survives_edits_of_it)
{
    static const char *const modules[] = {"event", "log",    "message",    "save",
                                          "scene", "timer",  "transition", "tween",
                                          "json",  "easing", "settings"};
    Game *game = game_prepare();
    cr_assert_eq(mkdir(game_path(game, "patch/scripts"), 0700), 0);
    game_write_patch(game, "scripts/main.lua", flow_main);
    game_run(game, (const char *[]){"--headless", NULL});
    expect_all_alive(game);
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        size_t size;
        char path[512], name[64], line[64];
        snprintf(path, sizeof path, "%s/scripts/%s.lua", MP_SOURCE_FOLDER, modules[i]);
        snprintf(name, sizeof name, "scripts/%s.lua", modules[i]);
        snprintf(line, sizeof line, "reloaded %s.lua: ", modules[i]);
        char *text = read_whole(path, &size);
        char *edited = replaced(text, ")\n   ", ")\n   local _ = 1\n   ");
        game_write_patch(game, name, edited);
        game_expect(game, line);
        expect_all_alive(game);
        free(text);
        free(edited);
    }
    json_t *report = game_stop(game, 0);
    cr_assert_eq(report_number(report, "errors"), 0, "%s", game_log(game));
    cr_assert_not(game_said(game, "still running earlier code"), "%s", game_log(game));
    json_decref(report);
    game_close(game);
}
