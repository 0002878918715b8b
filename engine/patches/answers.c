/*
 * answers.c - reads what a child says. It may be under the control of what it rehearses.
 */
#include "patches/wire.h"

#include <stdio.h>
#include <string.h>

/* A script is compiled and run, and run again for each other one that is refused with it. */
enum { STEPS_PER_FILE = 12 };

void mp_answers_reset(MpAnswers *answers)
{
    answers->ready = answers->done = answers->broken = answers->staging = false;
    answers->length = answers->steps = 0;
}

/* What follows `word` in the line, or NULL. */
static const char *after(const char *line, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(line, word, length) != 0)
        return NULL;
    if (line[length] == '\0')
        return line + length;
    return line[length] == ' ' ? line + length + 1 : NULL;
}

/* Takes the number of a file that waits for its verdict. False: it is none. */
static bool take_number(const MpAnswers *answers, const char **text, size_t *number)
{
    size_t digits = strspn(*text, "0123456789"), value = 0;
    if (digits < 1 || digits > 9)
        return false;
    for (size_t i = 0; i < digits; i++)
        value = value * 10 + (size_t)((*text)[i] - '0');
    *text += digits;
    *number = value;
    return value < answers->count && !answers->files[value].accepted &&
           answers->verdicts[value].cause == MP_REHEARSAL_UNDECIDED;
}

/* Only a refusal says more than whose it is. */
static bool note(MpAnswers *answers, const char *rest, MpRehearsalCause cause)
{
    size_t number;
    if (!take_number(answers, &rest, &number))
        return false;
    bool says_more = rest[0] == ' ' && rest[1];
    if (cause == MP_REHEARSAL_PASSED ? rest[0] != '\0' : !says_more)
        return false;
    MpRehearsalVerdict *verdict = &answers->verdicts[number];
    verdict->cause = cause;
    snprintf(verdict->message, sizeof verdict->message, "%s", says_more ? rest + 1 : "");
    for (char *c = verdict->message; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = '?';
    }
    return true;
}

/* Each step gives the child new time: it has no end of them. */
static bool note_staging(MpAnswers *answers, const char *rest)
{
    answers->staging = take_number(answers, &rest, &answers->current) && *rest == '\0';
    return answers->staging && ++answers->steps <= 1 + STEPS_PER_FILE * answers->count;
}

static bool all_decided(const MpAnswers *answers)
{
    for (size_t i = 0; i < answers->count; i++) {
        if (!answers->files[i].accepted && answers->verdicts[i].cause == MP_REHEARSAL_UNDECIDED)
            return false;
    }
    return true;
}

static const struct {
    const char *word;
    MpRehearsalCause cause;
} verdicts[] = {
    {"passed", MP_REHEARSAL_PASSED},       {"refused", MP_REHEARSAL_REFUSED},
    {"runaway", MP_REHEARSAL_RUNAWAY},     {"memory", MP_REHEARSAL_MEMORY},
    {"migration", MP_REHEARSAL_MIGRATION},
};

static bool take_line(MpAnswers *answers, const char *line)
{
    const char *rest;
    if (!answers->ready) {
        answers->steps++;
        return answers->ready = strcmp(line, "ready") == 0;
    }
    if (answers->done)
        return false;
    if ((rest = after(line, "staging")))
        return note_staging(answers, rest);
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        if ((rest = after(line, verdicts[i].word)))
            return note(answers, rest, verdicts[i].cause);
    }
    return answers->done = strcmp(line, "done") == 0 && all_decided(answers);
}

static void take_byte(MpAnswers *answers, char byte)
{
    if (byte == '\n') {
        answers->line[answers->length] = '\0';
        answers->length = 0;
        answers->broken = !take_line(answers, answers->line);
    } else if (byte == '\0' || answers->length == sizeof answers->line - 1) {
        answers->broken = true;
    } else {
        answers->line[answers->length++] = byte;
    }
}

void mp_answers_feed(MpAnswers *answers, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size && !answers->broken; i++)
        take_byte(answers, bytes[i]);
}
