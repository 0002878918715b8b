/*
 * Whatever happens in the middle of a commit: the next start has exactly the old set or exactly
 * the new one, every version of it that is good has its copy, and the commit can be done again.
 */
#include "patches/faults.h"
#include "patches/game.h"
#include "patches/power.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char old_set[] = "a.lua=a1, b.lua=b1";
static const char new_set[] = "a.lua=a2, b.lua=b1, c.lua=c1";

static Scratch scratch;
static bool committed; /* mp_journal_commit() said so of the new set */

static void finish(void) { scratch_finish(&scratch); }

TestSuite(commit, .fini = finish, .timeout = 100);

static void install_old(Game *game)
{
    game_try(game, "a.lua", "a1");
    game_try(game, "b.lua", "b1");
    game_pass(game, "a.lua", "a1");
    game_pass(game, "b.lua", "b1");
}

static void install_new(Game *game)
{
    const MpHash hashes[] = {game_hash("a2"), game_hash("c1")};
    MpJournalEntry set[] = {{"a.lua", hashes[0]}, {"b.lua", game_hash("b1")}, {"c.lua", hashes[1]}};
    mp_journal_note(game->journal, &(MpJournalNote){"a.lua", hashes[0], .state = MP_JOURNAL_TRIAL});
    mp_journal_note(game->journal, &(MpJournalNote){"c.lua", hashes[1], .state = MP_JOURNAL_TRIAL});
    mp_journal_begin_trial(game->journal, hashes, 1);
    mp_journal_begin_trial(game->journal, hashes + 1, 1);
    committed = mp_journal_commit(game->journal, set, 3);
    game_pass(game, "a.lua", "a2");
    game_pass(game, "c.lua", "c1");
}

/* A folder in which the old set runs and the game was left well. */
static void make_old(void)
{
    Game game;
    scratch_init(&scratch);
    game_start(&game, scratch.path);
    install_old(&game);
    game_quit(&game);
    committed = false;
}

static bool has_good_copies(const Game *game)
{
    const MpJournalContent *content = mp_journal_content(game->journal);
    for (size_t i = 0; i < content->patch_count; i++) {
        const MpHash *good = &content->patches[i].good[0];
        size_t size;
        char *copy =
            good->text[0] ? mp_patch_store_read(game->store, good, &size, NULL) : strdup("");
        free(copy);
        if (!copy)
            return false;
    }
    return true;
}

static void expect_old_or_new(const char *folder, bool must_be_new, const char *what, unsigned call)
{
    Game game = {
        .journal =
            mp_journal_open(&(MpJournalOptions){.user_folder = folder, .read_only = true}, NULL),
        .store = mp_patch_store_open(folder, 0, NULL),
    };
    const char *set = game_set(game.journal);
    bool is_new = strcmp(set, new_set) == 0;
    cr_expect(is_new || (!must_be_new && strcmp(set, old_set) == 0), "%s, call %u: %s", what, call,
              set);
    cr_expect(has_good_copies(&game), "%s, call %u: a copy is missing", what, call);
    mp_journal_close(game.journal);
    mp_patch_store_close(game.store);
}

static void expect_new_after_again(unsigned call)
{
    Game game;
    game_start(&game, scratch.path);
    install_new(&game);
    cr_expect_str_eq(game_set(game.journal), new_set, "call %u", call);
    game_quit(&game);
    expect_old_or_new(scratch.path, true, "done again", call);
}

/* ---- kill -9 -------------------------------------------------------------------------------- */

/* Runs a process that is killed at a call. Returns whether it came to its end before. */
static bool run_killed_at(unsigned call)
{
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        Game game;
        faults_plan((Faults){.kind = FAULT_DIE, .call = call});
        game_start(&game, scratch.path);
        install_new(&game);
        game_quit(&game);
        _exit(0);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status), "call %u", call);
    cr_assert(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == FAULT_EXIT_CODE, "call %u", call);
    return WEXITSTATUS(status) == 0;
}

Test(commit, killed_at_every_call)
{
    faults_sync(SYNC_SKIPPED);
    unsigned call = 0;
    bool whole = false;
    while (!whole) {
        make_old();
        whole = run_killed_at(++call);
        expect_old_or_new(scratch.path, whole, "killed", call);
        expect_new_after_again(call);
        scratch_finish(&scratch);
    }
    cr_expect_gt(call, 50, "the commit has so few calls? %u", call);
    make_old();
}

/* ---- disks that fail --------------------------------------------------------------------------
 */

/* Returns whether the commit came to its end before the call. */
static bool run_failing_at(FaultKind kind, unsigned call, int code)
{
    Game game;
    game_start(&game, scratch.path);
    faults_plan((Faults){kind, call, code});
    install_new(&game);
    bool over = faults_calls() < call;
    cr_expect_str_eq(game_set(game.journal), new_set, "what runs does not depend on the disk");
    const char *line = strchr(game.told, '\n');
    cr_expect(!line || !line[1], "told more than once: %s", game.told);
    if (kind == FAULT_FAIL_ONCE)
        game_quit(&game);
    else
        game_die(&game);
    faults_plan((Faults){0});
    return over;
}

static void fail_at_every_call(FaultKind kind, int code)
{
    bool over = false;
    for (unsigned call = 1; !over; call++) {
        make_old();
        over = run_failing_at(kind, call, code);
        bool must_be_new = committed || kind == FAULT_FAIL_ONCE;
        expect_old_or_new(scratch.path, must_be_new, strerror(code), call);
        expect_new_after_again(call);
        scratch_finish(&scratch);
    }
    make_old();
}

Test(commit, every_call_finds_a_full_disk)
{
    faults_sync(SYNC_SKIPPED);
    fail_at_every_call(FAULT_FAIL, ENOSPC);
}

Test(commit, every_call_finds_a_read_only_disk)
{
    faults_sync(SYNC_SKIPPED);
    fail_at_every_call(FAULT_FAIL, EROFS);
}

Test(commit, every_call_finds_a_broken_disk)
{
    faults_sync(SYNC_SKIPPED);
    fail_at_every_call(FAULT_FAIL, EIO);
}

Test(commit, every_call_fails_once)
{
    faults_sync(SYNC_SKIPPED);
    fail_at_every_call(FAULT_FAIL_ONCE, EIO);
}

/* ---- loss of power ----------------------------------------------------------------------------
 */

static unsigned cuts;

#define NAME(name) #name,
static const char *const cut_names[] = {POWER_CUT_LIST(NAME)};
#undef NAME

static void cut_everywhere(void)
{
    for (int cut = 0; cut < POWER_CUTS; cut++) {
        Scratch copy;
        scratch_init(&copy);
        power_cut((PowerCut)cut, copy.path);
        expect_old_or_new(copy.path, committed, cut_names[cut], ++cuts);
        scratch_finish(&copy);
    }
}

/* The old set is installed with everything synchronised; then the power may go at any call. */
Test(commit, without_power_after_every_call)
{
    Game game;
    scratch_init(&scratch);
    power_begin(scratch.path);
    game_start(&game, scratch.path);
    install_old(&game);
    faults_watch(cut_everywhere);
    install_new(&game);
    cr_expect(committed);
    cr_expect_gt(cuts, 100);
    game_quit(&game);
    faults_watch(NULL);
    power_end();
}
