/*
 * A disk that takes its time: no frame waits for it, and it decides between old and new only.
 */
#include "patches/settler.h"

#include "file/file.h"
#include "patches/faults.h"
#include "patches/game.h"
#include "patches/journal_core.h"
#include "patches/power.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static Scratch scratch;
static Game game;

/* The old set is on the disk itself; nothing else gets there. */
static void init(void)
{
    scratch_init(&scratch);
    power_begin(scratch.path);
    game_start(&game, scratch.path);
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    game_quit(&game);
    game_start_in_background(&game, scratch.path);
    faults_sync(SYNC_HELD);
}

static void finish(void)
{
    faults_sync(SYNC_REAL);
    game_quit(&game);
    power_end();
    scratch_finish(&scratch);
}

TestSuite(settler, .init = init, .fini = finish, .timeout = 60);

static void wait_until_settled(void)
{
    MpError error;
    time_t deadline = time(NULL) + 30;
    while (mp_settler_done(game.journal->settler, &error) !=
           mp_journal_content(game.journal)->generation) {
        cr_assert_lt(time(NULL), deadline, "the disk never has it");
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

static void expect_set(const char *folder, const char *set)
{
    MpJournal *looked =
        mp_journal_open(&(MpJournalOptions){.user_folder = folder, .read_only = true}, NULL);
    cr_expect_str_eq(game_set(looked), set);
    mp_journal_close(looked);
}

static void expect_set_without_power(PowerCut cut, const char *set)
{
    Scratch copy;
    scratch_init(&copy);
    power_cut(cut, copy.path);
    expect_set(copy.path, set);
    scratch_finish(&copy);
}

Test(settler, a_commit_does_not_wait_and_outlives_the_process)
{
    cr_expect(game_try(&game, "b.lua", "b1"));
    expect_set(scratch.path, "a.lua=a1, b.lua=b1");
    cr_expect(game_try(&game, "c.lua", "c1"));
    expect_set(scratch.path, "a.lua=a1, b.lua=b1, c.lua=c1");
}

Test(settler, the_durable_file_stays_until_the_other_one_is_durable)
{
    unsigned durable = game.journal->durable;
    for (int i = 0; i < 3; i++) {
        game_try(&game, "b.lua", i % 2 ? "b1" : "b2");
        cr_expect_neq(game.journal->newest, durable);
    }
    faults_sync(SYNC_REAL);
    wait_until_settled();
    game_try(&game, "b.lua", "b3");
    cr_expect_eq(game.journal->newest, durable, "now it may go");
}

Test(settler, without_power_it_is_the_old_set_until_the_disk_has_the_new_one)
{
    static const PowerCut cuts[] = {POWER_NOTHING, POWER_NAMES_AHEAD, POWER_HALVES,
                                    POWER_DATA_AHEAD};
    game_try(&game, "b.lua", "b1");
    game_try(&game, "c.lua", "c1");
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++)
        expect_set_without_power(cuts[i], "a.lua=a1");
    expect_set_without_power(POWER_EVERYTHING, "a.lua=a1, b.lua=b1, c.lua=c1");
    faults_sync(SYNC_REAL);
    wait_until_settled();
    for (int cut = 0; cut < POWER_CUTS; cut++)
        expect_set_without_power((PowerCut)cut, "a.lua=a1, b.lua=b1, c.lua=c1");
}

Test(settler, a_clean_exit_waits)
{
    game_try(&game, "b.lua", "b1");
    faults_sync(SYNC_REAL);
    game_quit(&game);
    expect_set_without_power(POWER_NOTHING, "a.lua=a1, b.lua=b1");
    game_start(&game, scratch.path);
}

Test(settler, a_disk_that_fails_is_told_of_once)
{
    game_try(&game, "b.lua", "b1");
    faults_sync(SYNC_FAILS);
    wait_until_settled();
    unsigned durable = game.journal->durable;
    for (int i = 0; i < 3; i++)
        game_try(&game, "b.lua", i % 2 ? "b1" : "b2");
    cr_expect(strstr(game.told, strerror(EIO)), "%s", game.told);
    cr_expect_eq(strchr(game.told, '\n'), strrchr(game.told, '\n'), "once: %s", game.told);
    cr_expect_eq(game.journal->durable, durable, "what is there stays");
}
