/*
 * journal_writer DIR [well] - a game as far as its journal knows: a patch that is on trial, and,
 * unless all is well, one whose edited version is condemned. It lives until its standard input
 * ends, and then dies in the trial.
 */
#include "patches/journal.h"
#include "patches/store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static MpHash note(MpJournal *journal, const char *file, const char *text, MpJournalState state)
{
    MpHash hash = mp_hash_of(text, strlen(text));
    bool bad = state == MP_JOURNAL_QUARANTINED;
    mp_journal_note(journal, &(MpJournalNote){
                                 .file = file,
                                 .hash = hash,
                                 .state = state,
                                 .cause = bad ? MP_CAUSE_RUNAWAY : MP_CAUSE_NONE,
                                 .why = bad ? "laser.lua:3: ran \033[31mfor ever" : NULL,
                                 .has_copy = state == MP_JOURNAL_ACTIVE,
                                 .has_version = true,
                                 .version = 2,
                             });
    return hash;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    MpJournal *journal = mp_journal_open(
        &(MpJournalOptions){.user_folder = argv[1], .program = "testgame 1.0"}, NULL);
    if (!journal)
        return 1;
    mp_journal_begin_boot(journal);
    MpJournalEntry set[] = {{"laser.lua", note(journal, "laser.lua", "one", MP_JOURNAL_ACTIVE)},
                            {"shield.lua", note(journal, "shield.lua", "two", MP_JOURNAL_TRIAL)}};
    if (argc == 2)
        note(journal, "laser.lua", "three", MP_JOURNAL_QUARANTINED);
    mp_journal_begin_trial(journal, &set[1].hash, 1);
    if (!mp_journal_commit(journal, set, 2))
        return 1;
    puts("ready");
    fflush(stdout);
    while (getchar() != EOF)
        ;
    _exit(0);
}
