/*
 * journal_writer DIR [well] - a game as far as its journal knows: a patch that is on trial, and,
 * unless all is well, one whose edited version is condemned and one that was refused. It lives
 * until its standard input ends, and then dies in the trial.
 */
#include "patches/journal.h"
#include "patches/store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static MpHash note(MpJournal *journal, const char *file, const char *text, MpJournalState state)
{
    MpHash hash = mp_hash_of(text, strlen(text));
    static const MpCause causes[MP_JOURNAL_STATES] = {
        [MP_JOURNAL_QUARANTINED] = MP_CAUSE_RUNAWAY,
        [MP_JOURNAL_REFUSED] = MP_CAUSE_SCRIPT_ERROR,
    };
    static const char *const whys[MP_JOURNAL_STATES] = {
        [MP_JOURNAL_QUARANTINED] = "runaway: Laser.fire ran \033[31mfor ever (laser.lua:3)",
        [MP_JOURNAL_REFUSED] = "torn.lua:3: '<eof>' expected",
    };
    mp_journal_note(journal, &(MpJournalNote){
                                 .file = file,
                                 .hash = hash,
                                 .state = state,
                                 .cause = causes[state],
                                 .why = whys[state],
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
    if (argc == 2) {
        note(journal, "laser.lua", "three", MP_JOURNAL_QUARANTINED);
        note(journal, "torn.lua", "four", MP_JOURNAL_REFUSED);
    }
    mp_journal_begin_trial(journal, &set[1].hash, 1);
    if (!mp_journal_commit(journal, set, 2))
        return 1;
    puts("ready");
    fflush(stdout);
    while (getchar() != EOF)
        ;
    _exit(0);
}
