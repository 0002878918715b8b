/* What a child of a rehearsal says is taken word by word, or not at all. */
#include "patches/wire.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 3 };

/* 0 is accepted, 1 and 2 wait for a verdict. */
static const MpRehearsalFile files[FILES] = {
    {.file = "old.lua", .accepted = true}, {.file = "a.lua"}, {.file = "b.lua"}};

static MpAnswers feed(MpRehearsalVerdict verdicts[FILES], const char *text, size_t size)
{
    MpAnswers answers = {.verdicts = verdicts, .files = files, .count = FILES};
    memset(verdicts, 0, FILES * sizeof *verdicts);
    mp_answers_feed(&answers, text, size);
    return answers;
}

Test(answers, a_whole_rehearsal)
{
    static const char text[] =
        "ready\nstaging 1\nstaging 2\nrefused 1 a.lua:2: oops\npassed 2\ndone\n";
    MpRehearsalVerdict verdicts[FILES];
    MpAnswers answers = feed(verdicts, text, strlen(text));
    cr_assert(answers.ready && answers.done && !answers.broken);
    cr_assert_eq(verdicts[1].cause, MP_REHEARSAL_REFUSED);
    cr_assert_str_eq(verdicts[1].message, "a.lua:2: oops");
    cr_assert_eq(verdicts[2].cause, MP_REHEARSAL_PASSED);
    cr_assert_str_eq(verdicts[2].message, "");
    cr_assert_eq(verdicts[0].cause, MP_REHEARSAL_UNDECIDED);
}

Test(answers, causes_are_told_apart)
{
    static const struct {
        const char *text;
        MpRehearsalCause cause;
    } cases[] = {
        {"ready\nrunaway 1 a\n", MP_REHEARSAL_RUNAWAY},
        {"ready\nmemory 1 a\n", MP_REHEARSAL_MEMORY},
        {"ready\nmigration 1 a\n", MP_REHEARSAL_MIGRATION},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpRehearsalVerdict verdicts[FILES];
        MpAnswers answers = feed(verdicts, cases[i].text, strlen(cases[i].text));
        cr_expect(!answers.broken);
        cr_expect_eq(verdicts[1].cause, cases[i].cause, "%s", cases[i].text);
        cr_expect_str_eq(verdicts[1].message, "a");
    }
}

Test(answers, arrive_in_any_pieces)
{
    static const char text[] = "ready\nstaging 1\npassed 1\npassed 2\ndone\n";
    MpRehearsalVerdict verdicts[FILES] = {{0}};
    MpAnswers answers = {.verdicts = verdicts, .files = files, .count = FILES};
    for (size_t i = 0; i < strlen(text); i++) {
        cr_assert(!answers.done);
        mp_answers_feed(&answers, &text[i], 1);
    }
    cr_assert(answers.done && !answers.broken);
    cr_assert_eq(verdicts[2].cause, MP_REHEARSAL_PASSED);
}

Test(answers, tell_where_a_child_was)
{
    static const char text[] = "ready\nstaging 1\nstaging 2\nstag";
    MpRehearsalVerdict verdicts[FILES];
    MpAnswers answers = feed(verdicts, text, strlen(text));
    cr_assert(answers.staging && !answers.broken && !answers.done);
    cr_assert_eq(answers.current, 2);
}

Test(answers, control_characters_do_not_reach_anybody)
{
    static const char text[] = "ready\nrefused 1 a\r\x1b[2Jb\x7f\n";
    MpRehearsalVerdict verdicts[FILES];
    MpAnswers answers = feed(verdicts, text, strlen(text));
    cr_assert(!answers.broken);
    cr_assert_str_eq(verdicts[1].message, "a??[2Jb?");
}

#define NONSENSE(text)         \
    {                          \
        text, sizeof(text) - 1 \
    }

static const struct {
    const char *text;
    size_t size;
} nonsense[] = {
    NONSENSE("\n"),
    NONSENSE("hello\n"),
    NONSENSE("Ready\n"),
    NONSENSE("ready \n"),
    NONSENSE("passed 1\n"),
    NONSENSE("done\n"),
    NONSENSE("ready\nready\n"),
    NONSENSE("ready\ndone\n"),
    NONSENSE("ready\npassed 1\ndone\n"),
    NONSENSE("ready\npassed 1\npassed 1\n"),
    NONSENSE("ready\npassed 0\n"),
    NONSENSE("ready\npassed 3\n"),
    NONSENSE("ready\npassed -1\n"),
    NONSENSE("ready\npassed  1\n"),
    NONSENSE("ready\npassed\n"),
    NONSENSE("ready\npassed 1x\n"),
    NONSENSE("ready\npassed 1 x\n"),
    NONSENSE("ready\npassed 4294967297\n"),
    NONSENSE("ready\npassed 99999999999999999999999999\n"),
    NONSENSE("ready\nrefused 1\n"),
    NONSENSE("ready\nrefused 1 \n"),
    NONSENSE("ready\nmemory 1\n"),
    NONSENSE("ready\nstaging 0\n"),
    NONSENSE("ready\nstaging 1 \n"),
    NONSENSE("ready\nstaging 1 x\n"),
    NONSENSE("ready\npassed 1\nstaging 1\n"),
    NONSENSE("ready\npassed 1\npassed 2\ndone\n\n"),
    NONSENSE("ready\npassed 1\npassed 2\ndone\npassed 2\n"),
    NONSENSE("ready\0\n"),
};

Test(answers, nonsense_is_none)
{
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        MpRehearsalVerdict verdicts[FILES];
        MpAnswers answers = feed(verdicts, nonsense[i].text, nonsense[i].size);
        cr_expect(answers.broken, "taken for an answer: %s", nonsense[i].text);
    }
}

Test(answers, a_line_without_an_end_is_none)
{
    MpRehearsalVerdict verdicts[FILES];
    char *line = malloc(1 << 20);
    memset(line, 'x', 1 << 20);
    memcpy(line, "ready\nrefused 1 ", 16);
    cr_assert(feed(verdicts, line, 1 << 20).broken);
    free(line);
}

Test(answers, time_is_not_given_for_ever)
{
    MpRehearsalVerdict verdicts[FILES] = {{0}};
    MpAnswers answers = {.verdicts = verdicts, .files = files, .count = FILES};
    mp_answers_feed(&answers, "ready\n", 6);
    for (int i = 0; i < 1000 && !answers.broken; i++)
        mp_answers_feed(&answers, "staging 1\n", 10);
    cr_assert(answers.broken);
}
