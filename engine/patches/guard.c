/*
 * guard.c - what the journal makes of the run before, when the next one starts.
 */
#include "patches/journal.h"

#include "patches/journal_core.h"
#include "patches/system.h"

#include <stdio.h>
#include <string.h>

static void condemn(MpJournal *journal, const MpHash *hash, MpCause cause, const char *why)
{
    MpJournalContent *content = &journal->content;
    MpJournalPatch *patch = mp_content_find_hash(content, hash);
    const char *file = patch ? patch->file : "a version that is gone";
    mp_journal_condemn(journal, hash, file, cause, why);
    if (patch) {
        patch->state = MP_JOURNAL_QUARANTINED;
        patch->cause = cause;
        patch->since = mp_system_time();
        mp_content_set_text(patch->why, sizeof patch->why, why);
        mp_journal_remember(journal, patch, cause, why);
    }
    mp_journal_tell(journal, "%s is left out%s: %s", file,
                    patch && patch->good[0].text[0] ? ", for its last good version" : "", why);
}

static MpCause cause_of(char mark)
{
    switch (mark) {
    case 0:
        return MP_CAUSE_KILLED_FROM_OUTSIDE;
    case MP_SYSTEM_EXITED:
        return MP_CAUSE_NONE;
    case MP_SYSTEM_HUNG:
        return MP_CAUSE_HANG;
    default:
        return MP_CAUSE_NATIVE_CRASH;
    }
}

static void judge_crash(MpJournal *journal, const MpJournalTrial *trial, char mark)
{
    char why[MP_JOURNAL_WHY_SIZE];
    snprintf(why, sizeof why, "the game died of %s while the patch was on trial",
             mp_system_mark_name(mark));
    condemn(journal, &trial->hash, cause_of(mark), why);
}

static size_t count_open(const MpJournalContent *content)
{
    size_t count = 0;
    for (size_t i = 0; i < content->trial_count; i++)
        count += content->trials[i].open;
    return count;
}

/* Only what left a mark is proven: whoever was killed from outside is tried again. */
static void judge_trials(MpJournal *journal, char mark)
{
    MpJournalContent *content = &journal->content;
    const size_t count = count_open(content);
    for (size_t i = content->trial_count; mark && i-- > 0;) {
        MpJournalTrial *trial = &content->trials[i];
        if (!trial->open)
            continue;
        trial->suspect = count > 1;
        if (trial->suspect)
            continue;
        judge_crash(journal, trial, mark);
        const MpHash over = trial->hash;
        mp_content_drop_trials(content, &over, 1);
    }
    if (mark && count > 1)
        mp_journal_tell(journal,
                        "the game died while %zu patches were on trial: they are tried one after "
                        "the other",
                        count);
}

static void judge(MpJournal *journal)
{
    const MpJournalBoot boot = journal->content.boot;
    if (boot.phase == MP_BOOT_NONE || boot.phase == MP_BOOT_CLEAN_EXIT)
        return;
    char mark = mp_system_read_mark(journal->folder, boot.mark);
    char why[MP_JOURNAL_WHY_SIZE];
    snprintf(why, sizeof why, "the run before ended while %s: %s", mp_boot_phase_name(boot.phase),
             mark ? mp_system_mark_name(mark) : "killed from outside");
    mp_journal_remember(journal, NULL, cause_of(mark), why);
    if (mark == MP_SYSTEM_EXITED)
        return; /* nobody's fault */
    if (boot.phase == MP_BOOT_TRIAL)
        judge_trials(journal, mark);
    else
        journal->needs_trial = mark != 0;
}

/* A trial that was cut short by a clean exit says nothing. */
static void close_trials(MpJournalContent *content)
{
    for (size_t i = 0; i < content->trial_count; i++)
        content->trials[i].open = false;
}

void mp_journal_begin_boot(MpJournal *journal)
{
    if (!mp_journal_is_writer(journal) || journal->booted)
        return;
    MpJournalBoot *boot = &journal->content.boot;
    MpError error;
    judge(journal);
    close_trials(&journal->content);
    char program[sizeof boot->program];
    mp_content_set_text(program, sizeof program,
                        journal->options.program ? journal->options.program : "");
    if (boot->phase != MP_BOOT_NONE && strcmp(program, boot->program) != 0)
        journal->needs_trial = true;
    *boot = (MpJournalBoot){
        .process = mp_system_process(),
        .started = mp_system_time(),
        .phase = MP_BOOT_STARTING,
        .mark = -1,
    };
    memcpy(boot->program, program, sizeof program);
    if (!mp_system_arm(journal->folder, journal->options.is_patch_running, &boot->mark, &error))
        boot->mark = -1; /* the disk that will not be written either is told of below */
    journal->booted = true;
    mp_journal_write(journal, MP_JOURNAL_NOW);
}
