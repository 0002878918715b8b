/* The game's side of a rehearsal, with shell scripts for children: they say and do what they like.
 */
#include "patches/rehearsal.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

enum { PATIENCE = 60000 };

static const MpRehearsalFile two_files[] = {
    {.file = "old.lua", .bytes = "return", .size = 6, .accepted = true},
    {.file = "a.lua", .bytes = "first", .size = 5},
    {.file = "b.lua", .bytes = "second", .size = 6},
};

static MpRehearsal *start_within(unsigned start_ms, const char *script,
                                 const MpRehearsalFile *files, size_t count)
{
    static const char *arguments[3] = {"-c"};
    arguments[1] = script;
    MpError error;
    MpRehearsal *rehearsal = mp_rehearsal_create(
        &(MpRehearsalConfig){
            .program = "/bin/sh", .arguments = arguments, .start_ms = start_ms, .file_ms = 300},
        &error);
    cr_assert_not_null(rehearsal);
    cr_assert(mp_rehearsal_start(rehearsal, files, count, &error), "%s", error.message);
    return rehearsal;
}

static MpRehearsal *start(const char *script, const MpRehearsalFile *files, size_t count)
{
    return start_within(20000, script, files, count);
}

static const MpRehearsalVerdict *finish(MpRehearsal *rehearsal)
{
    cr_assert(mp_rehearsal_wait(rehearsal, PATIENCE));
    const MpRehearsalVerdict *verdicts = mp_rehearsal_poll(rehearsal);
    cr_assert_not_null(verdicts);
    cr_assert_null(mp_rehearsal_poll(rehearsal), "verdicts come once");
    return verdicts;
}

/* A child that reads what it is sent and knows which of a.lua and b.lua it was sent. */
#define HEAD                                                                               \
    "read n; names=; i=0; while [ $i -lt $n ]; do read role number size name; "            \
    "names=\"$names $number:$role:$name\"; dd bs=1 count=$size of=/dev/null 2>/dev/null; " \
    "i=$((i+1)); done; "

static const struct Behaviour {
    const char *script;
    MpRehearsalCause causes[3];
    const char *first; /* message of a.lua */
} behaviours[] = {
    {HEAD "echo ready; echo staging 1; echo staging 2; echo refused 1 a.lua:1: oops; "
          "echo passed 2; echo done",
     {0, MP_REHEARSAL_REFUSED, MP_REHEARSAL_PASSED},
     "a.lua:1: oops"},
    {HEAD "echo ready; case $names in *a.lua*) echo staging 1; exit 83;; esac; echo passed 2; "
          "echo done",
     {0, MP_REHEARSAL_MEMORY, MP_REHEARSAL_PASSED},
     "a.lua: its rehearsal needed more than 256 MB"},
    /* Dies at a.lua whenever it is sent: the next child is sent b.lua alone. */
    {HEAD "echo ready; case $names in *a.lua*) echo staging 1; kill -SEGV $$;; esac; "
          "echo staging 2; echo passed 2; echo done",
     {0, MP_REHEARSAL_CRASHED, MP_REHEARSAL_PASSED},
     "a.lua: its rehearsal crashed with signal 11"},
    /* A verdict of a child that dies later counts for nothing. */
    {HEAD "echo ready; case $names in *b.lua*) echo passed 1; echo staging 2; exit 3;; esac; "
          "echo refused 1 a.lua: no; echo done",
     {0, MP_REHEARSAL_REFUSED, MP_REHEARSAL_ENDED},
     "a.lua: no"},
    {HEAD "echo ready; case $names in *a.lua*) echo staging 1; while :; do :; done;; esac; "
          "echo passed 2; echo done",
     {0, MP_REHEARSAL_SLOW, MP_REHEARSAL_PASSED},
     "a.lua: its rehearsal took longer than 0.3 s"},
    /* Does not read, and closes its ears and mouth. */
    {"echo ready; echo staging 1; exec <&- >&-; while :; do sleep 1; done",
     {0, MP_REHEARSAL_SLOW, MP_REHEARSAL_NONSENSE},
     "a.lua: its rehearsal took longer than 0.3 s"},
    /* At once: what comes after the end is not waited for. */
    {"printf 'ready\\nstaging 1\\npassed 1\\npassed 2\\ndone\\nmore\\n'",
     {0, MP_REHEARSAL_NONSENSE, MP_REHEARSAL_NONSENSE},
     "a.lua: its rehearsal answered nonsense"},
    {"echo ready; cat /dev/urandom",
     {0, MP_REHEARSAL_NONSENSE, MP_REHEARSAL_NONSENSE},
     "a.lua: its rehearsal, or that of a file that changed with it, answered nonsense"},
    {"cat /dev/zero",
     {0, MP_REHEARSAL_FAILED, MP_REHEARSAL_FAILED},
     "a.lua: not rehearsed: the rehearsal answered nonsense before it came to it; save it again, "
     "or start with --rehearsal=off"},
    {"exit 7",
     {0, MP_REHEARSAL_FAILED, MP_REHEARSAL_FAILED},
     "a.lua: not rehearsed: the rehearsal ended by itself with exit code 7 before it came to it; "
     "save it again, or start with --rehearsal=off"},
    /* Killed from outside: that condemns nobody, but says so in the end. */
    {HEAD "echo ready; echo staging 1; kill -TERM $$",
     {0, MP_REHEARSAL_FAILED, MP_REHEARSAL_FAILED},
     "a.lua: not rehearsed: somebody ended the rehearsal with signal 15; save it again, or start "
     "with --rehearsal=off"},
};

Test(rehearsal, every_behaviour_of_a_child_has_its_verdict)
{
    for (size_t i = 0; i < sizeof behaviours / sizeof *behaviours; i++) {
        const struct Behaviour *behaviour = &behaviours[i];
        MpRehearsal *rehearsal = start(behaviour->script, two_files, 3);
        const MpRehearsalVerdict *verdicts = finish(rehearsal);
        for (int j = 0; j < 3; j++)
            cr_expect_eq(verdicts[j].cause, behaviour->causes[j], "%s: file %d: %d %s",
                         behaviour->script, j, (int)verdicts[j].cause, verdicts[j].message);
        cr_expect_str_eq(verdicts[1].message, behaviour->first);
        mp_rehearsal_destroy(rehearsal);
        cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "%s: a process is left", behaviour->script);
    }
}

Test(rehearsal, a_program_that_cannot_be_started_is_told_apart)
{
    MpError error;
    MpRehearsal *rehearsal =
        mp_rehearsal_create(&(MpRehearsalConfig){.program = "/no/such/program"}, &error);
    cr_assert(mp_rehearsal_start(rehearsal, two_files, 3, &error));
    cr_assert_not(mp_rehearsal_start(rehearsal, two_files, 3, &error));
    cr_assert_eq(error.status, MP_INVALID);
    const MpRehearsalVerdict *verdicts = finish(rehearsal);
    cr_assert_eq(verdicts[0].cause, MP_REHEARSAL_UNDECIDED);
    cr_assert_eq(verdicts[1].cause, MP_REHEARSAL_NO_CHILD);
    cr_assert_str_eq(verdicts[1].message,
                     "a.lua: no process can be started to rehearse it: no such "
                     "file or directory");
    mp_rehearsal_destroy(rehearsal);
}

Test(rehearsal, a_child_that_is_never_ready_is_not_waited_for)
{
    MpRehearsal *rehearsal = start_within(100, "sleep 60", two_files, 3);
    const MpRehearsalVerdict *verdicts = finish(rehearsal);
    cr_assert_eq(verdicts[1].cause, MP_REHEARSAL_FAILED);
    cr_assert_str_eq(verdicts[1].message,
                     "a.lua: not rehearsed: the rehearsal took too long before it came to it; save "
                     "it again, or start with --rehearsal=off");
    mp_rehearsal_destroy(rehearsal);
}

Test(rehearsal, one_after_another)
{
    MpRehearsal *rehearsal = start(behaviours[0].script, two_files, 3);
    finish(rehearsal);
    MpError error;
    cr_assert(mp_rehearsal_start(rehearsal, two_files, 3, &error));
    cr_assert_eq(finish(rehearsal)[2].cause, MP_REHEARSAL_PASSED);
    cr_assert(mp_rehearsal_start(rehearsal, NULL, 0, &error));
    finish(rehearsal);
    mp_rehearsal_destroy(rehearsal);
}

/* More than pipes hold, both when it is read and when it is not. */
Test(rehearsal, large_files)
{
    const size_t size = 8 << 20;
    char *bytes = malloc(size);
    memset(bytes, 'x', size);
    const MpRehearsalFile file = {.file = "a.lua", .bytes = bytes, .size = size};
    MpRehearsal *rehearsal =
        start("read n; read head; [ $(head -c 8388608 | wc -c) = 8388608 ] || exit 1; "
              "echo ready; echo passed 0; echo done",
              &file, 1);
    cr_expect_eq(finish(rehearsal)[0].cause, MP_REHEARSAL_PASSED);
    mp_rehearsal_destroy(rehearsal);
    rehearsal = start("echo ready; echo staging 0; exit 1", &file, 1);
    cr_expect_eq(finish(rehearsal)[0].cause, MP_REHEARSAL_ENDED);
    mp_rehearsal_destroy(rehearsal);
    free(bytes);
}

Test(rehearsal, files_that_all_crash_are_given_up_in_the_end)
{
    enum { COUNT = 3 * MP_REHEARSAL_DEATHS };
    MpRehearsalFile files[COUNT];
    for (int i = 0; i < COUNT; i++)
        files[i] = (MpRehearsalFile){.file = "x.lua", .bytes = "", .size = 0};
    MpRehearsal *rehearsal =
        start("read n; read role number size name; echo ready; echo staging $number; "
              "kill -ABRT $$",
              files, COUNT);
    const MpRehearsalVerdict *verdicts = finish(rehearsal);
    for (int i = 0; i < COUNT; i++)
        cr_expect_eq(verdicts[i].cause,
                     i < MP_REHEARSAL_DEATHS ? MP_REHEARSAL_CRASHED : MP_REHEARSAL_FAILED);
    mp_rehearsal_destroy(rehearsal);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* In the middle of anything: at once, and without a trace. */
Test(rehearsal, can_be_destroyed_at_any_time)
{
    static const unsigned moments[] = {0, 1, 5, 20, 50};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        MpRehearsal *rehearsal = start("sleep 60", two_files, 3);
        double before = seconds();
        cr_assert_not(mp_rehearsal_wait(rehearsal, moments[i]));
        cr_assert_null(mp_rehearsal_poll(rehearsal));
        mp_rehearsal_destroy(rehearsal);
        cr_expect_lt(seconds() - before, 20);
        cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "a process is left");
    }
    mp_rehearsal_destroy(NULL);
}
