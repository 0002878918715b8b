#include "patches/journal.h"

#include "file/file.h"
#include "patches/faults.h"
#include "patches/fixture.h"
#include "patches/journal_core.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void restart(void)
{
    game_quit(&game);
    game_start(&game, scratch.path);
}

TestSuite(journal, .init = fixture_init, .fini = fixture_finish);

Test(journal, starts_empty_and_silent)
{
    cr_expect(mp_journal_is_writer(game.journal));
    cr_expect_str_eq(game_set(game.journal), "");
    cr_expect_str_eq(game.told, "");
    cr_expect_not(mp_journal_needs_trial(game.journal));
    restart();
    cr_expect_str_eq(game.told, "");
}

Test(journal, keeps_what_is_known_of_a_patch)
{
    MpHash hash = game_hash("one");
    mp_journal_note(game.journal, &(MpJournalNote){
                                      .file = "a.lua",
                                      .hash = hash,
                                      .state = MP_JOURNAL_REFUSED,
                                      .cause = MP_CAUSE_MEMORY,
                                      .why = "two\nlines \x1b[31m and \xff",
                                      .id = "alpha",
                                      .has_version = true,
                                      .version = 2.5,
                                  });
    restart();
    const MpJournalPatch *patch = mp_journal_find(game.journal, "a.lua");
    cr_assert(patch);
    cr_expect_str_eq(patch->id, "alpha");
    cr_expect(patch->has_version && patch->version == 2.5);
    cr_expect(mp_hash_same(&patch->hash, &hash));
    cr_expect_eq(patch->state, MP_JOURNAL_REFUSED);
    cr_expect_eq(patch->cause, MP_CAUSE_MEMORY);
    cr_expect_str_eq(patch->why, "two lines ?[31m and ?");
    cr_expect_geq(patch->since, 1000000000);
    cr_expect_null(mp_journal_find_condemned(game.journal, &hash), "a refusal condemns nobody");
}

Test(journal, keeps_the_set_in_its_order)
{
    cr_expect(game_try(&game, "b.lua", "b1"));
    cr_expect(game_try(&game, "a.lua", "a1"));
    cr_expect_str_eq(game_set(game.journal), "a.lua=a1, b.lua=b1");
    restart();
    cr_expect_str_eq(game_set(game.journal), "a.lua=a1, b.lua=b1");
    game_remove(&game, "a.lua");
    restart();
    cr_expect_str_eq(game_set(game.journal), "b.lua=b1");
}

Test(journal, the_same_note_twice_is_one_change)
{
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    size_t count = mp_journal_content(game.journal)->history_count;
    uint64_t generation = mp_journal_content(game.journal)->generation;
    mp_journal_note(
        game.journal,
        &(MpJournalNote){.file = "a.lua", .hash = game_hash("a1"), .state = MP_JOURNAL_ACTIVE});
    cr_expect(mp_journal_save(game.journal));
    cr_expect_eq(mp_journal_content(game.journal)->history_count, count);
    cr_expect_eq(mp_journal_content(game.journal)->generation, generation, "nothing to write");
}

Test(journal, history_is_bounded)
{
    for (int i = 0; i < MP_JOURNAL_HISTORY_LIMIT + 7; i++) {
        char why[32];
        snprintf(why, sizeof why, "change %d", i);
        mp_journal_note(game.journal, &(MpJournalNote){.file = "a.lua", .why = why});
    }
    restart();
    const MpJournalContent *content = mp_journal_content(game.journal);
    cr_expect_eq(content->history_count, MP_JOURNAL_HISTORY_LIMIT);
    cr_expect_str_eq(content->history[0].why, "change 7");
}

/* ---- condemned and good --------------------------------------------------------------------- */

Test(journal, condemns_by_content_and_goes_back)
{
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    game_try(&game, "a.lua", "a2");
    game_quarantine(&game, "a.lua", "a2");
    cr_expect_str_eq(game_set(game.journal), "a.lua=a1");
    restart();
    MpHash bad = game_hash("a2"), corrected = game_hash("a3");
    const MpCondemned *condemned = mp_journal_find_condemned(game.journal, &bad);
    cr_assert(condemned);
    cr_expect_eq(condemned->cause, MP_CAUSE_SCRIPT_ERROR);
    cr_expect_str_eq(condemned->file, "a.lua");
    cr_expect_null(mp_journal_find_condemned(game.journal, &corrected));
    cr_expect_str_eq(game_set(game.journal), "a.lua=a1");
}

Test(journal, a_file_that_was_removed_has_no_good_version)
{
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    game_remove(&game, "a.lua");
    cr_expect_null(mp_journal_good(game.journal, "a.lua"));
    game_try(&game, "a.lua", "a2");
    game_quarantine(&game, "a.lua", "a2");
    cr_expect_str_eq(game_set(game.journal), "");
}

Test(journal, a_good_version_that_turns_bad_gives_way_to_the_one_before)
{
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    game_try(&game, "a.lua", "a2");
    game_pass(&game, "a.lua", "a2");
    MpHash first = game_hash("a1"), second = game_hash("a2");
    cr_expect(mp_hash_same(mp_journal_good(game.journal, "a.lua"), &second));
    game_quarantine(&game, "a.lua", "a2");
    cr_expect(mp_hash_same(mp_journal_good(game.journal, "a.lua"), &first));
    game_quarantine(&game, "a.lua", "a1");
    cr_expect_null(mp_journal_good(game.journal, "a.lua"));
    cr_expect_str_eq(game_set(game.journal), "");
}

Test(journal, a_condemned_version_never_joins_the_set)
{
    game_try(&game, "a.lua", "a1");
    game_quarantine(&game, "a.lua", "a1");
    game_try(&game, "a.lua", "a1");
    cr_expect_str_eq(game_set(game.journal), "");
}

Test(journal, some_causes_condemn_nobody)
{
    static const MpCause causes[] = {MP_CAUSE_NONE, MP_CAUSE_KILLED_FROM_OUTSIDE};
    for (size_t i = 0; i < 2; i++) {
        MpHash hash = game_hash("a1");
        mp_journal_note(game.journal, &(MpJournalNote){.file = "a.lua",
                                                       .hash = hash,
                                                       .state = MP_JOURNAL_QUARANTINED,
                                                       .cause = causes[i]});
        cr_expect_null(mp_journal_find_condemned(game.journal, &hash));
    }
}

Test(journal, another_build_of_the_game_tries_everything_again)
{
    game_quit(&game);
    game_start_as(&game, scratch.path, "game 2");
    cr_expect(mp_journal_needs_trial(game.journal));
    game_quit(&game);
    game_start_as(&game, scratch.path, "game 2");
    cr_expect_not(mp_journal_needs_trial(game.journal));
}

/* ---- two processes -------------------------------------------------------------------------- */

Test(journal, the_second_process_only_reads)
{
    game_try(&game, "a.lua", "a1");
    game_die(&game);
    game_start(&game, scratch.path);
    game_try(&game, "a.lua", "a1");
    Game second;
    game_start(&second, scratch.path);
    cr_expect_not(mp_journal_is_writer(second.journal));
    cr_expect(strstr(second.told, "runs already"), "%s", second.told);
    MpHash hash = game_hash("a1");
    cr_expect_null(mp_journal_find_condemned(second.journal, &hash),
                   "the trial of a living process is no crash");
    cr_expect_str_eq(game_set(second.journal), "a.lua=a1");
    game_quarantine(&second, "a.lua", "a1");
    cr_expect_null(mp_journal_find_condemned(second.journal, &hash), "readers condemn nobody");
    cr_expect_not(game_try(&second, "b.lua", "b1"), "nothing reaches the disk");
    mp_patch_store_collect(second.store, second.journal);
    game_quit(&second);
    game_pass(&game, "a.lua", "a1");
    restart();
    cr_expect_str_eq(game.told, "");
    cr_expect_str_eq(game_set(game.journal), "a.lua=a1");
}

Test(journal, the_lock_goes_with_the_process_however_it_ends)
{
    game_quit(&game);
    pid_t child = fork();
    if (child == 0) {
        Game other;
        game_start(&other, scratch.path);
        _exit(mp_journal_is_writer(other.journal) ? 0 : 1);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    game_start(&game, scratch.path);
    cr_expect(mp_journal_is_writer(game.journal));
}

Test(journal, looking_makes_and_writes_nothing)
{
    Scratch empty;
    scratch_init(&empty);
    MpJournal *looked =
        mp_journal_open(&(MpJournalOptions){.user_folder = empty.path, .read_only = true}, NULL);
    cr_assert(looked);
    mp_journal_begin_boot(looked);
    cr_expect_eq(mp_journal_content(looked)->generation, 0);
    mp_journal_close(looked);
    cr_expect_eq(rmdir(empty.path), 0, "the folder is still empty");
}

/* ---- disks that do not take it ----------------------------------------------------------------
 */

Test(journal, goes_on_in_memory_and_says_so_once)
{
    static const int codes[] = {ENOSPC, EROFS, EIO};
    for (size_t i = 0; i < 3; i++) {
        restart();
        faults_plan((Faults){.kind = FAULT_FAIL, .code = codes[i]});
        cr_expect_not(game_try(&game, "a.lua", "a1"));
        cr_expect_not(game_pass(&game, "a.lua", "a1"));
        cr_expect_str_eq(game_set(game.journal), "a.lua=a1");
        char *line = strstr(game.told, "is not kept: ");
        cr_assert(line, "%s", game.told);
        cr_expect(strstr(line, strerror(codes[i])), "%s", line);
        cr_expect_eq(strchr(game.told, '\n'), strrchr(game.told, '\n'), "once: %s", game.told);
        faults_plan((Faults){0});
        game_remove(&game, "a.lua");
    }
}

Test(journal, a_full_disk_gets_its_room_back)
{
    faults_plan((Faults){.kind = FAULT_FAIL, .call = 2, .code = ENOSPC});
    game_try(&game, "a.lua", "a1");
    cr_expect_gt(faults_calls(), 1, "the file was made");
    cr_expect_null(mp_file_read(scratch_path(&scratch, "patches/new"), 1 << 20, NULL, NULL));
    faults_plan((Faults){0});
}

/* The next writing must replace the older file again, not the one that is whole. */
Test(journal, a_failed_writing_costs_nothing_of_what_is_there)
{
    game_try(&game, "a.lua", "a1");
    faults_plan((Faults){.kind = FAULT_FAIL, .code = ENOSPC});
    mp_journal_note(game.journal, &(MpJournalNote){.file = "b.lua"});
    cr_expect_not(mp_journal_save(game.journal));
    faults_plan((Faults){0});
    game_remove(&game, "a.lua");
    char newest[32];
    snprintf(newest, sizeof newest, "patches/journal.%u", game.journal->newest);
    game_die(&game);
    scratch_remove(&scratch, newest);
    game_start(&game, scratch.path);
    cr_expect_str_eq(game_set(game.journal), "a.lua=a1");
}

Test(journal, writes_everything_when_the_disk_has_room_again)
{
    faults_plan((Faults){.kind = FAULT_FAIL, .code = ENOSPC});
    game_try(&game, "a.lua", "a1");
    faults_plan((Faults){0});
    cr_expect(game_try(&game, "b.lua", "b1"));
    restart();
    cr_expect_str_eq(game_set(game.journal), "a.lua=a1, b.lua=b1");
}

Test(journal, a_full_disk_is_not_asked_again_in_every_frame)
{
    faults_plan((Faults){.kind = FAULT_FAIL, .code = ENOSPC});
    game_try(&game, "a.lua", "a1");
    unsigned calls = faults_calls();
    mp_journal_save(game.journal);
    mp_journal_save(game.journal);
    cr_expect_eq(faults_calls(), calls);
    faults_plan((Faults){0});
}

Test(journal, starts_on_a_folder_where_nothing_can_be_made)
{
    game_quit(&game);
    faults_plan((Faults){.kind = FAULT_FAIL, .code = EROFS});
    Scratch empty;
    scratch_init(&empty);
    Game other;
    game_start(&other, empty.path);
    game_try(&other, "a.lua", "a1");
    cr_expect_str_eq(game_set(other.journal), "a.lua=a1");
    cr_expect(strstr(other.told, strerror(EROFS)), "%s", other.told);
    game_quit(&other);
    faults_plan((Faults){0});
    cr_expect_eq(rmdir(empty.path), 0);
    game_start(&game, scratch.path);
}

Test(journal, a_read_only_disk_still_guards)
{
    game_try(&game, "a.lua", "a1");
    mp_journal_mark_hang();
    game_die(&game);
    MpHash hash = game_hash("a1");
    faults_plan((Faults){.kind = FAULT_FAIL, .call = 2, .code = EROFS});
    game_start(&game, scratch.path);
    cr_expect(mp_journal_find_condemned(game.journal, &hash), "%s", game.told);
    faults_plan((Faults){0});
}
