#include "patches/journal.h"

#include "patches/fixture.h"
#include "patches/system.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void init(void)
{
    fixture_init();
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    game_quit(&game);
}

TestSuite(guard, .init = init, .fini = fixture_finish);

static bool b_has_passed; /* before the end comes: a.lua is on trial alone */

/* A process that tries two patches, and then ends its own way. */
static void run(void (*end)(Game *child))
{
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0});
        close(STDERR_FILENO); /* sanitizers report what is meant to happen */
        game_start(&game, scratch.path);
        game_try(&game, "a.lua", "a2");
        game_try(&game, "b.lua", "b1");
        if (b_has_passed)
            game_pass(&game, "b.lua", "b1");
        end(&game);
        _exit(0);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
}

static bool is_condemned(const char *text, MpCause cause)
{
    MpHash hash = game_hash(text);
    const MpCondemned *condemned = mp_journal_find_condemned(game.journal, &hash);
    return condemned && condemned->cause == cause;
}

static bool is_free(const char *text)
{
    MpHash hash = game_hash(text);
    return !mp_journal_find_condemned(game.journal, &hash);
}

/* ---- crashes -------------------------------------------------------------------------------- */

static volatile int sink;

static void read_nowhere(Game *child)
{
    (void)child;
    int *volatile nowhere = (int *)(uintptr_t)4096; /* NULL would be a matter of sanitizers */
    sink = *nowhere;
}

static void call_abort(Game *child)
{
    (void)child;
    abort();
}

static void send_fpe(Game *child)
{
    (void)child;
    raise(SIGFPE);
}

static void send_bus(Game *child)
{
    (void)child;
    kill(getpid(), SIGBUS);
    pause();
}

static void send_ill(Game *child)
{
    (void)child;
    raise(SIGILL);
}

static int fill_stack(volatile const char *above);

/* Through a pointer, so that no compiler sees that it has no end. */
static int (*volatile deeper)(volatile const char *above) = fill_stack;

static int fill_stack(volatile const char *above)
{
    volatile char frame[4096];
    frame[0] = *above;
    return deeper(frame) + frame[0];
}

static void overflow(Game *child)
{
    (void)child;
    const char first = 1;
    sink = fill_stack(&first);
}

Test(guard, a_crash_in_a_trial_condemns_what_was_on_trial)
{
    static const struct {
        void (*end)(Game *child);
        const char *signal;
    } crashes[] = {
        {read_nowhere, "SIGSEGV"}, {call_abort, "SIGABRT"}, {send_fpe, "SIGFPE"},
        {send_bus, "SIGBUS"},      {send_ill, "SIGILL"},    {overflow, "SIGSEGV"},
    };
    b_has_passed = true;
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++) {
        run(crashes[i].end);
        game_start(&game, scratch.path);
        cr_expect(is_condemned("a2", MP_CAUSE_NATIVE_CRASH), "%zu %s", i, game.told);
        cr_expect(is_free("a1") && is_free("b1"));
        cr_expect_str_eq(game_set(game.journal), "a.lua=a1, b.lua=b1",
                         "the last good version is back");
        cr_expect(strstr(game.told, crashes[i].signal), "%s: %s", crashes[i].signal, game.told);
        cr_expect(strstr(game.told, "a.lua is left out, for its last good version: "));
        cr_expect_eq(mp_journal_find(game.journal, "a.lua")->state, MP_JOURNAL_QUARANTINED);
        game_quit(&game);
        game_start(&game, scratch.path);
        cr_expect_str_eq(game.told, "", "it is told once");
        game_quit(&game);
        /* The same again, in a folder that knows nothing. */
        scratch_finish(&scratch);
        init();
    }
    game_start(&game, scratch.path);
}

static void hang(Game *child)
{
    (void)child;
    mp_journal_mark_hang();
    abort();
}

static bool is_suspect(const char *text)
{
    MpHash hash = game_hash(text);
    return mp_journal_is_suspect(game.journal, &hash);
}

Test(guard, of_two_that_were_on_trial_together_neither_is_condemned_before_it_is_tried_alone)
{
    static void (*const ends[])(Game *) = {call_abort, hang};
    for (size_t i = 0; i < 2; i++) {
        run(ends[i]);
        game_start(&game, scratch.path);
        cr_expect(is_free("a2") && is_free("b1"), "%s", game.told);
        cr_expect(is_suspect("a2") && is_suspect("b1") && !is_suspect("a1"));
        cr_expect(strstr(game.told, "2 patches were on trial: they are tried one after the other"),
                  "%s", game.told);
        cr_expect_str_eq(game_set(game.journal), "a.lua=a2, b.lua=b1");
        game_quit(&game);
    }
    game_start(&game, scratch.path);
    game_try(&game, "a.lua", "a2");
    game_pass(&game, "a.lua", "a2");
    cr_expect_not(is_suspect("a2"));
    game_try(&game, "b.lua", "b1");
    mp_system_mark('S');
    game_die(&game);
    game_start(&game, scratch.path);
    cr_expect(is_condemned("b1", MP_CAUSE_NATIVE_CRASH), "%s", game.told);
    cr_expect_not(is_suspect("b1"));
    cr_expect_str_eq(game_set(game.journal), "a.lua=a2");
}

Test(guard, a_hang_is_told_from_a_crash)
{
    b_has_passed = true;
    run(hang);
    game_start(&game, scratch.path);
    cr_expect(is_condemned("a2", MP_CAUSE_HANG), "%s", game.told);
    cr_expect(strstr(game.told, "died of a hang"), "%s", game.told);
}

static void crash_later(Game *child)
{
    game_pass(child, "a.lua", "a2");
    game_pass(child, "b.lua", "b1");
    abort();
}

Test(guard, a_crash_after_the_trial_condemns_nobody)
{
    run(crash_later);
    game_start(&game, scratch.path);
    cr_expect(is_free("a2") && is_free("b1"));
    cr_expect_str_eq(game_set(game.journal), "a.lua=a2, b.lua=b1");
    const MpJournalContent *content = mp_journal_content(game.journal);
    cr_expect_eq(content->history[content->history_count - 1].cause, MP_CAUSE_NATIVE_CRASH);
    cr_expect(mp_journal_needs_trial(game.journal), "but all of them may be the reason");
}

static void crash_with_one_on_trial(Game *child)
{
    game_pass(child, "a.lua", "a2");
    abort();
}

Test(guard, what_passed_before_the_crash_stays)
{
    run(crash_with_one_on_trial);
    game_start(&game, scratch.path);
    cr_expect(is_free("a2"));
    cr_expect(is_condemned("b1", MP_CAUSE_NATIVE_CRASH));
    cr_expect_str_eq(game_set(game.journal), "a.lua=a2");
}

static bool handled;
static void handle(int number)
{
    (void)number;
    handled = true;
}

Test(guard, handlers_that_were_there_run_afterwards)
{
    signal(SIGFPE, handle);
    game_start(&game, scratch.path);
    game_try(&game, "a.lua", "a2");
    raise(SIGFPE);
    cr_expect(handled);
    game_die(&game);
    game_start(&game, scratch.path);
    cr_expect(is_condemned("a2", MP_CAUSE_NATIVE_CRASH), "and the mark was left");
}

/* ---- kills ---------------------------------------------------------------------------------- */

static void kill_itself(Game *child)
{
    (void)child;
    kill(getpid(), SIGKILL);
    pause();
}

static void end_itself(Game *child) { (void)child; }

Test(guard, killed_from_outside_condemns_nobody_however_often)
{
    b_has_passed = true;
    for (int i = 0; i < 4; i++) {
        run(i % 2 ? end_itself : kill_itself);
        game_start(&game, scratch.path);
        cr_expect(is_free("a2") && is_free("b1") && !is_suspect("a2"), "%s", game.told);
        cr_expect_str_eq(game.told, "");
        const MpJournalContent *content = mp_journal_content(game.journal);
        cr_expect_eq(content->history[content->history_count - 1].cause,
                     MP_CAUSE_KILLED_FROM_OUTSIDE);
        game_quit(&game);
    }
    run(call_abort);
    game_start(&game, scratch.path);
    cr_expect(is_condemned("a2", MP_CAUSE_NATIVE_CRASH), "a crash is one all the same");
    cr_expect_str_eq(game_set(game.journal), "a.lua=a1, b.lua=b1");
}

/* ---- exits ---------------------------------------------------------------------------------- */

static void call_exit(Game *child)
{
    (void)child;
    exit(0);
}

static void call_exit_in_patch(Game *child)
{
    game_runs_patch = true;
    call_exit(child);
}

Test(guard, exit_is_no_kill_and_condemns_nobody)
{
    b_has_passed = true;
    run(call_exit);
    game_start(&game, scratch.path);
    cr_expect(is_free("a2") && is_free("b1") && !is_suspect("a2"), "%s", game.told);
    const MpJournalContent *content = mp_journal_content(game.journal);
    const MpJournalEvent *last = &content->history[content->history_count - 1];
    cr_expect_eq(last->cause, MP_CAUSE_NONE);
    cr_expect_not_null(strstr(last->why, "a call of exit()"), "%s", last->why);
}

Test(guard, exit_in_the_code_of_a_patch_condemns_it)
{
    b_has_passed = true;
    run(call_exit_in_patch);
    game_start(&game, scratch.path);
    cr_expect(is_condemned("a2", MP_CAUSE_NATIVE_CRASH) && is_free("b1"));
    cr_expect_not_null(strstr(game.told, "a call of exit() by a patch"), "%s", game.told);
}

static void exit_in_fork(Game *child)
{
    pid_t fork_of_child = fork();
    if (fork_of_child == 0)
        call_exit_in_patch(child);
    waitpid(fork_of_child, NULL, 0);
}

Test(guard, a_process_that_the_game_forked_may_exit)
{
    b_has_passed = true;
    run(exit_in_fork);
    game_start(&game, scratch.path);
    cr_expect(is_free("a2"), "%s", game.told);
}

Test(guard, a_suspect_that_is_passed_is_none)
{
    run(call_abort);
    game_start(&game, scratch.path);
    cr_expect(is_suspect("a2") && is_suspect("b1"));
    game_try(&game, "a.lua", "a2");
    game_pass(&game, "a.lua", "a2");
    game_quit(&game);
    run(kill_itself);
    game_start(&game, scratch.path);
    cr_expect(is_free("a2") && !is_suspect("a2"));
    cr_expect(is_suspect("b1"), "it had no chance yet");
}

static void quit_in_trial(Game *child) { game_quit(child); }

Test(guard, a_clean_exit_in_a_trial_condemns_nobody)
{
    for (int i = 0; i < 3; i++)
        run(quit_in_trial);
    game_start(&game, scratch.path);
    cr_expect(is_free("a2") && is_free("b1"));
    cr_expect_str_eq(game_set(game.journal), "a.lua=a2, b.lua=b1");
}

static void kill_outside_trial(Game *child)
{
    game_pass(child, "a.lua", "a2");
    game_pass(child, "b.lua", "b1");
    kill(getpid(), SIGKILL);
    pause();
}

Test(guard, kills_outside_of_trials_are_not_counted)
{
    for (int i = 0; i < 3; i++)
        run(kill_outside_trial);
    game_start(&game, scratch.path);
    cr_expect(is_free("a2") && is_free("b1"));
    cr_expect_str_eq(game.told, "");
    cr_expect_not(mp_journal_needs_trial(game.journal));
}

/* A mark of a process long gone must not speak for the one that was killed now. */
Test(guard, an_old_mark_is_no_new_crash)
{
    run(call_abort);
    game_start(&game, scratch.path);
    game_try(&game, "c.lua", "c1");
    game_die(&game);
    game_start(&game, scratch.path);
    cr_expect(is_free("c1"), "%s", game.told);
}
