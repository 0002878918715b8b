/* What one run of the game tells the next one of its patches. */
#include "game.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const playing[] = {"--headless", "--autoplay", NULL};

/* A trial takes 600 frames, and with this patch several seconds: time enough to die in it. */
static const char slow[] = "require('patch').before(native.World, 'step', function()\n"
                           "   local sum = 0\n"
                           "   for i = 1, 2e7 do sum = sum + i % 7 end\n"
                           "end)\n";

static const char quick[] = "require('patch').before(native.World, 'step', function() end)\n";

static const char good[] = "local told\n"
                           "require('patch').before(native.World, 'step', function()\n"
                           "   if not told then print 'the good one runs' end\n"
                           "   told = true\n"
                           "end)\n";

static const char bad[] = "require('patch').before(native.World, 'step', function()\n"
                          "   error 'the bad one runs'\n"
                          "end)\n";

static Game *game;

static void init(void) { game = game_prepare(); }

static void finish(void) { game_close(game); }

TestSuite(heal, .init = init, .fini = finish);

static void stop(void) { json_decref(game_stop(game, 0)); }

/* Checks in a report that p.lua is in effect for good. */
static void expect_active(json_t *report)
{
    cr_assert_str_eq(report_text(report_patch(report, "p.lua"), "state"), "active");
    json_decref(report);
}

/* Runs the game until a patch has passed its trial. */
static void run_until_active(const char *file, const char *text)
{
    game_write_patch(game, file, text);
    game_run(game, playing);
    game_expect_status(game, file, " active ");
}

/* Runs the game until a patch is on trial. */
static void run_to_trial(void)
{
    game_run(game, playing);
    game_expect(game, "patch p applied");
    game_expect(game, "running");
}

/* ---- deaths --------------------------------------------------------------------------------- */

Test(heal, a_patch_that_kills_the_game_is_left_out_until_it_is_corrected)
{
    game_write_patch(game, "p.lua", slow);
    run_to_trial();
    char process[32];
    snprintf(process, sizeof process, "process %d,", (int)game_pid(game));
    game_expect_status(game, "moonbase", process); /* and not that of its rehearsal */
    game_expect_status(game, "moonbase", ": runs, with patches on trial");
    game_expect_status(game, "p.lua", " trial ");
    game_crash(game, SIGSEGV);
    game_expect_status(game, "moonbase", ": died; the next start says what that means");

    game_run(game, playing);
    game_expect(game, "p.lua is left out: the game died of SIGSEGV while the patch was on trial\n");
    game_expect(game, "patch p quarantined: the game died of SIGSEGV while the patch was on trial");
    game_expect(game, "running");
    cr_assert_not(game_said(game, "patch p applied"), "%s", game_log(game));
    game_expect_status(game, "p.lua", "quarantined");
    cr_assert_not_null(strstr(game_status(game, 1), "native-crash: the game died of SIGSEGV"));
    stop();
    game_status(game, 1);

    game_write_patch(game, "p.lua", quick);
    run_to_trial();
    game_expect_status(game, "p.lua", " active ");
    stop();
    cr_assert_not_null(strstr(game_status(game, 0), ": ended well"));
}

Test(heal, the_others_go_on_when_one_is_left_out)
{
    run_until_active("good.lua", good);
    game_write_patch(game, "p.lua", slow);
    game_expect(game, "patch p applied");
    game_crash(game, SIGABRT);
    game_run(game, playing);
    game_expect(game, "p.lua is left out: the game died of SIGABRT");
    game_expect(game, "the good one runs");
    stop();
}

Test(heal, being_killed_from_outside_condemns_nobody_however_often)
{
    game_write_patch(game, "p.lua", slow);
    const int signals[] = {SIGKILL, SIGKILL, SIGSEGV, SIGABRT};
    for (size_t run = 0; run < sizeof signals / sizeof *signals; run++) {
        run_to_trial();
        cr_assert_not(game_said(game, "left out"), "%s", game_log(game));
        game_status(game, 0);
        game_kill(game, signals[run]);
    }
    run_to_trial();
    game_crash(game, SIGABRT);
    game_run(game, playing);
    game_expect(game, "p.lua is left out: the game died of SIGABRT");
    game_expect(game, "running");
    stop();
}

Test(heal, ending_well_in_the_middle_of_a_trial_condemns_nobody)
{
    game_write_patch(game, "p.lua", slow);
    for (int run = 0; run < 3; run++) {
        run_to_trial();
        cr_assert_not(game_said(game, "left out"), "%s", game_log(game));
        stop();
        game_status(game, 0);
    }
}

Test(heal, of_several_on_trial_the_one_is_found_that_kills_the_game)
{
    game_write_patch(game, "a.lua", good);
    game_write_patch(game, "p.lua", slow);
    game_write_patch(game, "z.lua", quick);
    run_to_trial();
    game_crash(game, SIGSEGV);
    game_run(game, playing);
    game_expect(game, "the game died while 3 patches were on trial: they are tried one after");
    game_expect(game, "patch a applied");
    game_expect(game, "running");
    cr_assert_not(game_said(game, "patch p applied"), "%s", game_log(game));
    game_expect(game, "patch p applied"); /* a has passed */
    game_crash(game, SIGSEGV);
    game_run(game, playing);
    game_expect(game, "p.lua is left out: the game died of SIGSEGV while the patch was on trial");
    game_expect(game, "patch a applied");
    game_expect(game, "patch z applied");
    stop();
}

/* ---- hangs ---------------------------------------------------------------------------------- */

/* Whether the game has left word that it hangs. */
static bool says_that_it_hangs(void)
{
    size_t size;
    char *marks = read_whole(game_path(game, "user/patches/crashes"), &size);
    bool hangs = memchr(marks, 'H', size) != NULL;
    free(marks);
    return hangs;
}

static void wait_for_word(bool wanted)
{
    for (int tries = 0; says_that_it_hangs() != wanted; tries++) {
        cr_assert_lt(tries, 6000, "waited in vain");
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
}

/* Runs the game with a patch that calls C code of a plugin in each step. */
static void run_with_plugin(const char *call)
{
    char text[1000], path[500];
    snprintf(path, sizeof path, "%s", game_path(game, "plugins"));
    cr_assert_eq(mkdir(path, 0700), 0);
    cr_assert_eq(symlink(MP_WAITER, game_path(game, "plugins/waiters.so")), 0);
    snprintf(text, sizeof text,
             "require('patch').before(native.World, 'step', function()\n"
             "   %s\n"
             "end)\n",
             call);
    game_write_patch(game, "p.lua", text);
    game_run(game, (const char *[]){"--headless", "--autoplay", "--plugin-dir", path, NULL});
    game_expect(game, "patch p applied");
}

/* That code returns when there is a file called "go". */
static void run_to_hang(void)
{
    char call[600];
    snprintf(call, sizeof call, "native.waiter.wait_for('%s')", game_path(game, "go"));
    run_with_plugin(call);
    wait_for_word(true);
}

Test(heal, code_in_c_that_hangs_is_told_from_a_kill_the_first_time)
{
    run_to_hang();
    game_kill(game, SIGKILL);
    game_run(game, playing);
    game_expect(game, "p.lua is left out: the game died of a hang while the patch was on trial");
    game_expect(game, "running");
    stop();
    cr_assert_not_null(strstr(game_status(game, 1), "hang: the game died of a hang"));
}

Test(heal, a_long_frame_that_ends_after_all_is_no_hang)
{
    run_to_hang();
    game_write_patch(game, "../go", "");
    wait_for_word(false);
    game_kill(game, SIGKILL);
    game_run(game, playing);
    game_expect(game, "running");
    cr_assert_not(game_said(game, "left out"), "%s", game_log(game));
    stop();
}

/* ---- exits ---------------------------------------------------------------------------------- */

Test(heal, a_patch_whose_call_of_c_ends_the_process_is_left_out)
{
    run_with_plugin("coroutine.wrap(function() native.waiter.leave() end)()");
    json_decref(game_finish(game, 3));
    game_run(game, playing);
    game_expect(game, "p.lua is left out: the game died of a call of exit() by a patch while");
    game_expect(game, "running");
    stop();
    cr_assert_not_null(
        strstr(game_status(game, 1), "native-crash: the game died of a call of exit()"));
}

/* ---- errors --------------------------------------------------------------------------------- */

Test(heal, a_quarantined_version_stays_so_under_any_name_and_an_edit_gets_a_chance)
{
    game_write_patch(game, "p.lua", bad);
    game_run(game, playing);
    game_expect(game, "patch p quarantined: 8 errors");
    stop();
    cr_assert_not_null(strstr(game_status(game, 1), "script-error: 8 errors"));

    game_write_patch(game, "q.lua", bad);
    game_run(game, playing);
    game_expect(game, "patch p quarantined: 8 errors, the last one: p.lua:2: the bad one runs");
    game_expect(game, "; edit the file to try again\n");
    game_expect(game, "patch q quarantined: 8 errors, the last one: p.lua:2: the bad one runs");
    game_expect(game, "running");
    cr_assert_not(game_said(game, "applied"), "%s", game_log(game));
    game_write_patch(game, "p.lua", good);
    game_expect(game, "the good one runs");
    game_remove_patch(game, "q.lua");
    game_expect(game, "patch q removed");
    game_expect_status(game, "p.lua", " active ");
    expect_active(game_stop(game, 0));
    game_status(game, 0);
}

Test(heal, a_bad_edit_is_rolled_back_and_stays_so_in_the_next_run)
{
    run_until_active("p.lua", good);
    game_write_patch(game, "p.lua", bad);
    game_expect(game, "patch p quarantined: 8 errors");
    game_expect(game, "patch p rolled back to the version before");
    game_expect_status(game, "p.lua", "quarantined (an earlier version runs)");
    stop();

    game_run(game, playing);
    game_expect(game, "patch p rolled back to the version before, since: 8 errors, the last one: ");
    game_expect(game, "; edit the file to try again\n");
    game_expect(game, "the good one runs");
    cr_assert_not(game_said(game, "error: patch p"), "%s", game_log(game));
    expect_active(game_stop(game, 0));
    cr_assert_not_null(strstr(game_status(game, 1), "quarantined (an earlier version runs)"));
}

Test(heal, an_edit_made_between_two_runs_is_rolled_back_to_the_version_of_the_run_before)
{
    run_until_active("p.lua", good);
    stop();
    game_write_patch(game, "p.lua", bad);
    game_run(game, playing);
    game_expect(game, "patch p quarantined: 8 errors");
    game_expect(game, "patch p rolled back to the version before, since: 8 errors");
    game_expect(game, "the good one runs");
    stop();
}

Test(heal, a_good_version_needs_no_second_trial)
{
    run_until_active("p.lua", quick);
    stop();
    game_run(game, (const char *[]){"--headless", "--autoplay", "--frames", "1", NULL});
    expect_active(game_finish(game, 0));
}

Test(heal, what_was_deleted_does_not_come_back_for_a_bad_file_of_that_name)
{
    run_until_active("p.lua", good);
    game_remove_patch(game, "p.lua");
    game_expect(game, "patch p removed");
    game_write_patch(game, "p.lua", bad);
    game_expect(game, "patch p quarantined: 8 errors");
    json_t *report = game_stop(game, 0);
    cr_expect_not(report_is_running(report, "p.lua"));
    cr_expect_not(game_said(game, "rolled back"), "%s", game_log(game));
    json_decref(report);
    game_run(game, playing);
    game_expect(game, "patch p quarantined: 8 errors");
    cr_expect_not(game_said(game, "rolled back"), "%s", game_log(game));
    stop();
}

Test(heal, removing_the_file_ends_it)
{
    game_write_patch(game, "p.lua", bad);
    game_write_patch(game, "q.lua", quick);
    game_run(game, playing);
    game_expect(game, "patch p quarantined: 8 errors");
    game_remove_patch(game, "p.lua");
    game_expect(game, "patch p removed");
    stop();
    cr_assert_null(strstr(game_status(game, 0), "p.lua  1"));
    game_expect_status(game, "p.lua", " removed ");

    game_remove_patch(game, "q.lua");
    game_run(game, playing);
    game_expect(game, "running");
    cr_assert_not(game_said(game, "patch p"), "%s", game_log(game));
    game_expect_status(game, "q.lua", " removed ");
    stop();
}

/* ---- disks ---------------------------------------------------------------------------------- */

static void expect_to_play_without_memory(void)
{
    static const char said[] = "warning: what becomes of patches is not kept: ";
    game_write_patch(game, "p.lua", good);
    game_run(game, playing);
    game_expect(game, said);
    game_expect(game, "the good one runs");
    game_write_patch(game, "p.lua", bad);
    game_expect(game, "patch p quarantined: 8 errors");
    stop();
    cr_assert_null(strstr(strstr(game_log(game), said) + 1, said), "said twice:\n%s",
                   game_log(game));
}

/* As a folder of somebody else's would refuse it, also to the superuser. */
Test(heal, where_no_folder_can_be_made_the_game_goes_on)
{
    cr_assert_eq(mkdir(game_path(game, "user"), 0700), 0);
    cr_assert_eq(symlink("/proc/none", game_path(game, "user/patches")), 0);
    expect_to_play_without_memory();
}

/* As on a disk that is full: there is a folder, but no file can be written. */
Test(heal, where_nothing_can_be_written_the_game_goes_on)
{
    cr_assert_eq(mkdir(game_path(game, "user"), 0700), 0);
    cr_assert_eq(mkdir(game_path(game, "user/patches"), 0700), 0);
    cr_assert_eq(mkdir(game_path(game, "user/patches/new"), 0700), 0);
    expect_to_play_without_memory();
}

/* The last line about them is written when there are no scripts any more to show it. */
Test(heal, a_journal_that_cannot_be_written_at_the_end_is_told_to_the_log_alone)
{
    game_run(game, playing);
    game_expect(game, "running");
    for (int file = 0; file < 2; file++) { /* a file cannot take a folder's place */
        char name[] = "user/patches/journal.0";
        name[sizeof name - 2] = (char)('0' + file);
        unlink(game_path(game, name));
        cr_assert_eq(mkdir(game_path(game, name), 0700), 0);
    }
    stop();
    cr_expect(game_said(game, "warning: what becomes of patches is not kept: "), "%s",
              game_log(game));
    cr_expect_not(game_said(game, "error: "), "%s", game_log(game));
}
