/*
 * The real game, as fast as the machine can, while the files of its patch folder change round after
 * round: after each round it must hold what it held before.
 */
#include "game.h"
#include "support/sanitized.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ROUNDS = 8,
    WARM_UP = 3, /* rounds */
    /* KiB: less than a tenth of what it holds. The sanitizer looks for leaks itself, at the end. */
    GROWTH_LIMIT = SANITIZED ? 256 * 1024 : 6 * 1024,
    PATIENCE = 500,
    PAUSE_US = 10000,
};

static const char faulty[] =
    "require('patch').before(native.World, 'step', function() error(ROUND) end)\n";

static const char edit[] =
    "local patch = require 'patch'\n"
    "patch.before(native.World, 'step', function() end)\n"
    "patch.override(native.Dome, 'damage', function(original, self, amount)\n"
    "   return original(self, amount / 2 + ROUND * 0)\n"
    "end)\n";

/* A text that no round before had. */
static void write_anew(Game *game, const char *name, const char *text, int round)
{
    size_t size = strlen(text) + 64;
    char *numbered = malloc(size);
    snprintf(numbered, size, "local ROUND = %d\n%s", round, text);
    game_write_patch(game, name, numbered);
    free(numbered);
}

static void lay_over(Game *game, const char *script, int round)
{
    char path[512];
    size_t size;
    snprintf(path, sizeof path, "%s/demo/%s", MP_SOURCE_FOLDER, script);
    char *text = read_whole(path, &size);
    write_anew(game, script, text, round);
    free(text);
}

/* Every kind of file comes, changes and goes. */
static void run_round(Game *game, int round)
{
    game_copy_patch(game, "fix-shield.lua");
    game_expect(game, "patch fix-shield applied");
    write_anew(game, "fix-shield.lua", edit, round);
    game_expect(game, "patch fix-shield applied");
    game_write_patch(game, "fix-shield.lua", "oops(");
    game_expect(game, "patch fix-shield refused");
    game_copy_patch(game, "gold-rover.zip");
    game_expect(game, "patch gold-rover applied");
    lay_over(game, "scripts/balance.lua", round);
    game_expect(game, "reloaded balance.lua");
    write_anew(game, "faulty.lua", faulty, round);
    game_expect(game, "patch faulty quarantined");
    game_remove_patch(game, "faulty.lua");
    game_expect(game, "patch faulty removed");
    game_remove_patch(game, "scripts/balance.lua");
    game_expect(game, "reloaded balance.lua");
    game_remove_patch(game, "gold-rover.zip");
    game_expect(game, "patch gold-rover removed");
    game_remove_patch(game, "fix-shield.lua");
    game_expect(game, "patch fix-shield removed");
}

typedef struct Holding {
    long resident; /* KiB */
    int files, threads, children;
} Holding;

static int count_entries(pid_t pid, const char *folder)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, folder);
    DIR *entries = opendir(path);
    cr_assert_not_null(entries, "%s", path);
    int count = 0;
    while (readdir(entries))
        count++;
    closedir(entries);
    return count - 2; /* . and .. */
}

static int count_children(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *file = fopen(path, "r");
    int count = 0, child;
    while (file && fscanf(file, "%d", &child) == 1)
        count++;
    if (file)
        fclose(file);
    return count;
}

static long resident_of(pid_t pid)
{
    char path[64];
    long pages = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    FILE *file = fopen(path, "r");
    cr_assert(file && fscanf(file, "%*s %ld", &pages) == 1);
    fclose(file);
    return pages * 4;
}

static Holding holding_of(pid_t pid)
{
    return (Holding){
        .resident = resident_of(pid),
        .files = count_entries(pid, "fd"),
        .threads = count_entries(pid, "task"),
        .children = count_children(pid),
    };
}

static bool is_no_more(const Holding *now, const Holding *before)
{
    return now->resident <= before->resident + GROWTH_LIMIT && now->files <= before->files &&
           now->threads <= before->threads && now->children <= before->children;
}

/* A journal is being written, a child ends: that takes a moment. */
static Holding expect_no_more(Game *game, const Holding *before, int round)
{
    Holding now = holding_of(game_pid(game));
    for (int tries = 0; tries < PATIENCE && !is_no_more(&now, before); tries++) {
        usleep(PAUSE_US);
        now = holding_of(game_pid(game));
    }
    cr_assert(is_no_more(&now, before),
              "round %d: %ld KiB, %d files, %d threads, %d children; "
              "before: %ld KiB, %d files, %d threads, %d children",
              round, now.resident, now.files, now.threads, now.children, before->resident,
              before->files, before->threads, before->children);
    return now;
}

static int rounds(void)
{
    const char *wanted = getenv("MP_SOAK_ROUNDS");
    return wanted ? atoi(wanted) : ROUNDS;
}

Test(soak, files_that_come_change_and_go_leave_nothing, .timeout = 3600)
{
    Game *game = game_start((const char *[]){"--headless", "--autoplay", NULL});
    game_expect(game, "running");
    cr_assert_eq(mkdir(game_path(game, "patch/scripts"), 0700), 0);
    Holding before = {0}, now = {0};
    for (int round = 1; round <= rounds(); round++) {
        run_round(game, round);
        if (round <= WARM_UP)
            now = before = holding_of(game_pid(game));
        else
            now = expect_no_more(game, &before, round);
    }
    json_t *report = game_stop(game, 0);
    printf("# %.0f frames, %d rounds: %ld -> %ld KiB\n", report_number(report, "frames"), rounds(),
           before.resident, now.resident);
    cr_expect_lt(report_number(report, "lua_bytes"), 64 << 20);
    json_decref(report);
    game_close(game);
}
