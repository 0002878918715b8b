/* Patches that would crash, stop or swell the game: a child meets them first, and the game goes on.
 */
#include "game.h"
#include "support/zip_builder.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const playing[] = {"--headless", "--autoplay", NULL};

static const double LONGEST_FRAME_MS =
    1000; /* far from the 2 s that a hang takes, for slow machines */

/* ---- processes ---------------------------------------------------------------------------- */

/* State and parent of a process; false: there is none. */
static bool look_at(pid_t pid, char *state, pid_t *parent)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    int number = 0;
    bool found = file && fscanf(file, "%*d (%*[^)]) %c %d", state, &number) == 2;
    if (file)
        fclose(file);
    *parent = number;
    return found;
}

/* A child of a process, zombies included; 0: it has none. */
static pid_t child_of(pid_t parent)
{
    DIR *folder = opendir("/proc");
    pid_t found = 0, above;
    char state;
    for (const struct dirent *entry; !found && (entry = readdir(folder));) {
        pid_t pid = atoi(entry->d_name);
        if (pid > 0 && look_at(pid, &state, &above) && above == parent)
            found = pid;
    }
    closedir(folder);
    return found;
}

static bool is_running(pid_t pid)
{
    char state;
    pid_t parent;
    return look_at(pid, &state, &parent) && state != 'Z';
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Waits for a moment at which the condition holds. */
#define WAIT_UNTIL(condition)                                         \
    for (int tries = 0; !(condition); tries++) {                      \
        cr_assert_lt(tries, 10000, "waited in vain: %s", #condition); \
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);      \
    }

/* ---- files that hurt ---------------------------------------------------------------------- */

/* Which limit comes first depends on the machine, and on what else it does. */
#define SLOW(id)    "patch " id " refused: " id ".lua: its rehearsal took longer than 2 s"
#define MEMORY(id)  "patch " id " refused: " id ".lua: memory: "
#define RUNAWAY(id) "patch " id " refused: " id ".lua: runaway: "

/* A patch whose test does that. */
#define TESTED(body) "require('patch').test('it', function() " body " end)"

static const struct Hostile {
    const char *file;
    const char *text;
    const char *said; /* and on other machines, or with other versions of LuaJIT: */
    const char *or_said;
} hostile[] = {
    /* Debian 12's LuaJIT crashes while it parses this. */
    {"parser.lua", "local a for k in (nil):x() do end",
     "patch parser refused: parser.lua: its rehearsal crashed with signal 11",
     "patch parser refused: parser.lua:1: attempt to index a nil value"},
    /* Its compiler crashes on this. */
    {"compiler.lua", "local f = ('%'):rep(50000) for i = 1, 200 do f:format() end",
     "patch compiler refused: compiler.lua: its rehearsal crashed with signal 11",
     "patch compiler refused: compiler.lua:1: "},
    {"loop.lua", "while true do end", RUNAWAY("loop"), SLOW("loop")},
    {"swallow.lua", "while true do pcall(function() while true do end end) end", RUNAWAY("swallow"),
     SLOW("swallow")},
    {"evade.lua", "local function r() pcall(r) return r() end r()", RUNAWAY("evade"),
     SLOW("evade")},
    {"pattern.lua", "local s = ('a'):rep(60) s:find(('a?'):rep(60) .. s)", RUNAWAY("pattern"),
     SLOW("pattern")},
    {"tables.lua", "local t = {} while true do t[#t + 1] = {} end", MEMORY("tables"),
     "patch tables refused: tables.lua: "}, /* too slow, or a runaway */
    {"strings.lua", "local s = 'x' while true do s = s .. s end", MEMORY("strings"),
     "patch strings refused: strings.lua: its rehearsal "},
    {"repeat.lua", "local s = ('x'):rep(2 ^ 30)",
     "patch repeat refused: repeat.lua: its rehearsal needed more than 256 MB", NULL},
    {"deep.lua", "local function f() return 1 + f() end f()",
     "patch deep refused: deep.lua:1: stack overflow",
     "patch deep refused: deep.lua: stack overflow"}, /* when the watchdog had no room to look */
    {"nested.lua", "local function f() return (('x'):gsub('x', f)) end f()",
     "patch nested refused: nested.lua: stack overflow",
     "patch nested refused: nested.lua:1: stack overflow"},
    {"brackets.lua", NULL,
     "patch brackets refused: brackets.lua:1: chunk has too many syntax levels", NULL},
    {"exit.lua", "os.exit(0)", "patch exit refused: exit.lua:1: undeclared global 'os'", NULL},
    {"quit.lua", "require('app').quit()",
     "patch quit refused: quit.lua: it changes 'quitting' in app.", NULL},
    {"garbage.lua", NULL, "patch garbage refused: garbage.lua:1: not UTF-8 text (byte 1)", NULL},
    {"compiled.lua", "\x1bLJ\x02", "patch compiled refused: compiled.lua: compiled code is refused",
     NULL},
    {"failing.lua", TESTED("error 'this is wrong'"),
     "patch failing refused: failing.lua: test \"it\" failed: failing.lua:1: this is wrong", NULL},
    {"untested.lua", TESTED("while true do end"),
     "patch untested refused: untested.lua: test \"it\" failed: runaway: ", SLOW("untested")},
    {"value.lua", "error(setmetatable({}, { __tostring = function() while true do end end }))",
     "patch value refused: value.lua", NULL},
    {"long.lua", "error(('x'):rep(10000000))", "patch long refused: long.lua:1: xxx", NULL},
};

enum { HOSTILE = sizeof hostile / sizeof *hostile, LARGE = 1 << 20 };

static void write_large(Game *game, const char *file, int byte)
{
    char *bytes = malloc(LARGE);
    memset(bytes, byte, LARGE);
    game_write_patch_bytes(game, file, bytes, LARGE);
    free(bytes);
}

static void write_hostile(Game *game, const struct Hostile *file)
{
    if (file->text)
        game_write_patch(game, file->file, file->text);
    else
        write_large(game, file->file, strcmp(file->file, "garbage.lua") == 0 ? 0xFF : '(');
}

static void check_frames(const json_t *report)
{
    double longest = report_number(json_object_get(report, "frame_ms"), "max");
    printf("# the longest of %.0f frames: %.1f ms\n", report_number(report, "frames"), longest);
    cr_expect_lt(longest, LONGEST_FRAME_MS);
}

Test(rehearsal, what_would_hurt_the_game_is_refused_with_its_cause)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_copy_patch(game, "fix-shield.lua");
    game_expect(game, "patch fix-shield applied");
    for (size_t i = 0; i < HOSTILE; i++) {
        char any[64];
        write_hostile(game, &hostile[i]);
        snprintf(any, sizeof any, "patch %.*s refused: ", (int)strcspn(hostile[i].file, "."),
                 hostile[i].file);
        game_expect(game, any);
        game_expect(game, "\n");
        cr_expect(game_said(game, hostile[i].said) ||
                      (hostile[i].or_said && game_said(game, hostile[i].or_said)),
                  "%s: %s", hostile[i].file, strstr(game_log(game), any));
        cr_expect_eq(child_of(game_pid(game)), 0, "%s left a process", hostile[i].file);
    }
    json_t *report = game_stop(game, 0);
    check_frames(report);
    cr_expect(report_is_running(report, "fix-shield.lua"));
    cr_expect_eq(report_number(report, "errors"), 0);
    json_decref(report);
    game_close(game);
}

Test(rehearsal, the_right_ones_of_many_are_blamed_before_the_first_frame)
{
    static const char fine[] = "require('patch').before(native.World, 'step', function() end)";
    Game *game = game_prepare();
    game_write_patch(game, "a.lua", fine);
    game_write_patch(game, "b.lua", hostile[0].text);
    game_write_patch(game, "c.lua", fine);
    game_write_patch(game, "d.lua", "while true do end");
    game_write_patch(game, "e.lua", "oops(");
    game_write_patch(game, "f.lua", fine);
    game_run(game, (const char *[]){"--headless", "--frames", "1", NULL});
    json_t *report = game_finish(game, 0);
    static const char states[] = "trtrrt";
    for (size_t i = 0; states[i]; i++) {
        char file[] = {(char)('a' + (char)i), '.', 'l', 'u', 'a', '\0'};
        cr_expect_eq(report_text(report_patch(report, file), "state")[0], states[i], "%s: %s", file,
                     game_log(game));
    }
    cr_expect_lt(strstr(game_log(game), "patch f applied"), strstr(game_log(game), "running"));
    cr_expect(game_said(game, RUNAWAY("d")) || game_said(game, SLOW("d")), "%s", game_log(game));
    json_decref(report);
    game_close(game);
}

Test(rehearsal, causes_are_told_apart)
{
    static const struct {
        const char *file, *text;
        const char *causes[3]; /* what runs away is found by whichever limit sees it first */
    } cases[] = {
        {"crash.lua", "local a for k in (nil):x() do end", {"native-crash: ", "script-error: "}},
        {"loop.lua", "while true do end", {"runaway: ", "hang: "}},
        {"test.lua", TESTED("while true do end"), {"runaway: ", "hang: "}},
        {"fill.lua",
         "local t = {} while true do t[#t + 1] = {} end",
         {"memory: ", "hang: ", "runaway: "}},
        {"wrong.lua", "oops(", {"script-error: "}},
        {"state.lua",
         "require('patch').migrate { up = function() error 'no' end, down = print }",
         {"failed-migration: "}},
        {"scripts/waves.lua",
         "local a for k in (nil):x() do end",
         {"native-crash: ", "script-error: "}},
        {"scripts/hud.lua", "while true do end", {"hang: ", "runaway: "}},
        {"scripts/art.lua",
         "local t = {} while true do t[#t + 1] = {} end",
         {"memory: ", "hang: ", "runaway: "}},
    };
    Game *game = game_prepare();
    cr_assert_eq(mkdir(game_path(game, "patch/scripts"), 0700), 0);
    game_run(game, playing);
    game_expect(game, "running");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char any[64]; /* scripts are named by their file, patches without the ".lua" */
        const char *file = cases[i].file;
        size_t length = strlen(file) - (strchr(file, '/') ? 0 : strlen(".lua"));
        game_write_patch(game, file, cases[i].text);
        snprintf(any, sizeof any, "patch %.*s refused: ", (int)length, file);
        game_expect(game, any);
    }
    json_decref(game_stop(game, 0));
    const char *status = game_status(game, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[600];
        const char *found = strstr(status, cases[i].file);
        snprintf(line, sizeof line, "%.*s", found ? (int)strcspn(found, "\n") : 0,
                 found ? found : "");
        printf("# %s\n", line);
        bool is_told = false;
        for (size_t k = 0; k < 3 && cases[i].causes[k]; k++)
            is_told = is_told || strstr(line, cases[i].causes[k]);
        cr_expect(is_told, "%s: %s", cases[i].file, line);
    }
    game_close(game);
}

/* ---- bundles ------------------------------------------------------------------------------ */

static void write_bundle(Game *game, const char *file, const ZipEntry *entries, size_t count)
{
    size_t size;
    uint8_t *bytes = zip_build(entries, count, &size);
    game_write_patch_bytes(game, file, bytes, size);
    free(bytes);
}

Test(rehearsal, bundles_are_tried_out_with_what_they_bring)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    write_bundle(game, "crash.zip", &(ZipEntry){.name = "patch.lua", .content = hostile[0].text},
                 1);
    game_expect(game, "patch crash refused: crash.zip");
    write_bundle(game, "hang.zip",
                 (const ZipEntry[]){
                     {.name = "patch.lua", .content = "require 'inner'"},
                     {.name = "scripts/inner.lua", .content = "while true do end"},
                 },
                 2);
    game_expect(game, "patch hang refused: hang.zip: ");
    game_write_patch(game, "noise.zip", "PK\x03\x04 this is no archive");
    game_expect(game, "patch noise refused: noise.zip: ");
    write_bundle(game, "over.zip",
                 &(ZipEntry){.name = "scripts/balance.lua", .content = "error 'not mine'"}, 1);
    game_expect(game, "patch over refused: over.zip: scripts/balance.lua:1: not mine");
    static const struct {
        const char *script, *said, *or_said;
    } overlays[] = {
        {"local a for k in (nil):x() do end", ": its rehearsal crashed with signal 11",
         ": scripts/balance.lua:1: attempt to index a nil value"},
        {"while true do end", ": its rehearsal took longer than 2 s", ": runaway: "},
        {"return {", ": scripts/balance.lua:1: unexpected symbol", NULL},
    };
    for (size_t i = 0; i < sizeof overlays / sizeof *overlays; i++) {
        char file[32], any[64], said[2][160];
        snprintf(file, sizeof file, "lay%zu.zip", i);
        write_bundle(game, file,
                     &(ZipEntry){.name = "scripts/balance.lua", .content = overlays[i].script}, 1);
        snprintf(any, sizeof any, "patch lay%zu refused: %s", i, file);
        game_expect(game, any);
        game_expect(game, "\n");
        snprintf(said[0], sizeof said[0], "%s%s", any, overlays[i].said);
        snprintf(said[1], sizeof said[1], "%s%s", any,
                 overlays[i].or_said ? overlays[i].or_said : overlays[i].said);
        cr_expect(game_said(game, said[0]) || game_said(game, said[1]), "%s",
                  strstr(game_log(game), any));
    }
    write_bundle(game, "door.zip", &(ZipEntry){.name = "scripts/host.lua", .content = "return {}"},
                 1);
    game_expect(game, "patch door refused: door.zip: scripts/host.lua is the engine's own");
    game_copy_patch(game, "gold-rover.zip");
    game_expect(game, "patch gold-rover applied");
    /* A patch that needs what an accepted bundle brought. */
    write_bundle(game, "lib.zip",
                 &(ZipEntry){.name = "scripts/fresh.lua", .content = "return { three = 3 }"}, 1);
    game_expect(game, "patch lib applied");
    game_write_patch(game, "use.lua",
                     "assert(require('fresh').three == 3)\n"
                     "require('patch').before(native.World, 'step', function() end)");
    game_expect(game, "patch use applied");
    json_t *report = game_stop(game, 0);
    check_frames(report);
    json_decref(report);
    game_close(game);
}

/* ---- the folder while a rehearsal is under way --------------------------------------------- */

Test(rehearsal, what_changes_meanwhile_has_its_turn_afterwards)
{
    static const char fine[] =
        "require('patch').before(native.World, 'step', function() end) -- %d";
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_write_patch(game, "a.lua", "while true do end");
    pid_t child;
    WAIT_UNTIL((child = child_of(game_pid(game))) != 0);
    game_write_patch(game, "a.lua", fine);
    game_write_patch(game, "b.lua", fine);
    game_expect(game, "patch a refused: a.lua: ");
    game_expect(game, "patch a applied");
    game_expect(game, "patch b applied");
    game_write_patch(game, "a.lua", "while true do end");
    WAIT_UNTIL((child = child_of(game_pid(game))) != 0);
    game_remove_patch(game, "a.lua");
    game_expect(game, "patch a refused: edit refused, the earlier version stays: a.lua: ");
    game_expect(game, "patch a removed");
    json_decref(game_stop(game, 0));
    game_close(game);
}

Test(rehearsal, what_waits_is_tried_out_again_with_what_it_waits_for)
{
    static const char fine[] = "require('patch').before(native.World, 'step', function() end)";
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_write_patch(game, "loop.lua", "while true do end");
    WAIT_UNTIL(child_of(game_pid(game)) != 0); /* what comes now comes together */
    game_write_patch(game, "a.lua", fine);
    game_write_patch(game, "b.lua", hostile[0].text);
    game_expect(game, "patch a staged: waits, ");
    game_expect(game, "patch b refused: b.lua");
    game_write_patch(game, "b.lua", fine);
    game_expect(game, "patch a applied");
    game_expect(game, "patch b applied");
    json_decref(game_stop(game, 0));
    game_close(game);
}

/* What the child was given is what is applied, though the file is another one by then. */
Test(rehearsal, what_was_tried_out_is_what_is_applied)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    game_write_patch(game, "a.lua",
                     "local start = {} for i = 1, 3e7 do start[1] = i end\n"
                     "require('patch').before(native.World, 'step', function() print 'first' end)");
    WAIT_UNTIL(child_of(game_pid(game)) != 0);
    game_write_patch(game, "a.lua", "error 'second'");
    game_expect(game, "patch a applied");
    game_expect(game, "first");
    game_expect(game, "patch a refused: edit refused, the earlier version stays: a.lua:1: second");
    json_decref(game_stop(game, 0));
    game_close(game);
}

/* ---- the end of the game ------------------------------------------------------------------ */

Test(rehearsal, a_child_does_not_outlive_its_game)
{
    static const int ends[] = {SIGTERM, SIGKILL, SIGSEGV};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        Game *game = game_start(playing);
        game_expect(game, "running");
        game_write_patch(game, "a.lua", "while true do end");
        pid_t child;
        WAIT_UNTIL((child = child_of(game_pid(game))) != 0);
        kill(game_pid(game), ends[i]);
        double start = seconds();
        WAIT_UNTIL(!is_running(child));
        cr_expect_lt(seconds() - start, 3, "it ran on until its time was up");
        if (ends[i] == SIGTERM)
            json_decref(game_finish(game, 0));
        game_close(game);
    }
}

Test(rehearsal, the_player_s_files_are_out_of_reach)
{
    Game *game = game_start(playing);
    game_expect(game, "running");
    mkdir(game_path(game, "patch/scripts"), 0700);
    game_write_patch(game, "scripts/saver.lua",
                     "return function() local done, why = native.storage:write('mark', 'x') return "
                     "done, why end");
    game_expect(game, "patch scripts/saver.lua applied");
    game_write_patch(game, "save.lua",
                     "local patch = require 'patch'\n"
                     "patch.override(native.Dome, 'damage', function() return 0 end)\n"
                     "patch.test('saves', function()\n"
                     "   local done, why = require 'saver' ()\n"
                     "   error(tostring(done) .. ' ' .. tostring(why))\n"
                     "end)");
    game_expect(game, "test \"saves\" failed: save.lua:5: nil there is no user folder for 'mark'");
    cr_expect_neq(access(game_path(game, "user/mark"), F_OK), 0);
    json_decref(game_stop(game, 0));
    game_close(game);
}

/* ---- without ------------------------------------------------------------------------------ */

Test(rehearsal, can_be_switched_off)
{
    Game *game = game_prepare();
    game_copy_patch(game, "fix-shield.lua");
    game_run(game, (const char *[]){"--headless", "--rehearsal=off", NULL});
    game_expect(game, "patch fix-shield applied");
    game_expect(game, "running");
    game_write_patch(game, "a.lua",
                     "local n = 0 for i = 1, 3e7 do n = n + i % 7 end error 'it took its time'");
    game_expect(game, "it took its time");
    json_t *report = game_stop(game, 0);
    cr_expect_gt(report_number(json_object_get(report, "frame_ms"), "max"), 20,
                 "the game itself ran the file");
    json_decref(report);
    game_close(game);
}

static void copy_game(const char *to)
{
    size_t size;
    char *bytes = read_whole(getenv("MP_GAME"), &size);
    FILE *file = fopen(to, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, size, file), size);
    fclose(file);
    free(bytes);
    cr_assert_eq(chmod(to, 0700), 0);
}

Test(rehearsal, a_system_that_starts_no_process_is_warned_of_once)
{
    Game *game = game_prepare();
    const char *program = game_path(game, "moonbase");
    copy_game(program);
    setenv("MP_GAME", program, 1);
    game_run(game, playing);
    game_expect(game, "running");
    cr_assert_eq(chmod(program, 0600), 0);
    game_copy_patch(game, "fix-shield.lua");
    game_expect(game, "warning: patches are applied without being tried out first: ");
    game_expect(game, "patch fix-shield applied");
    game_copy_patch(game, "fix-rapid-fire.lua");
    game_expect(game, "patch fix-rapid-fire applied");
    const char *first = strstr(game_log(game), "without being tried out");
    cr_expect_null(strstr(first + 1, "without being tried out"), "told twice");
    json_decref(game_stop(game, 0));
    game_close(game);
}

/* An update that replaces the program does not change who rehearses. */
Test(rehearsal, a_program_that_was_deleted_can_still_rehearse)
{
    Game *game = game_prepare();
    const char *program = game_path(game, "moonbase");
    copy_game(program);
    setenv("MP_GAME", program, 1);
    game_run(game, playing);
    game_expect(game, "running");
    cr_assert_eq(remove(program), 0);
    game_write_patch(game, "loop.lua", "while true do end");
    game_expect(game, "patch loop refused: loop.lua: ");
    json_decref(game_stop(game, 0));
    game_close(game);
}
