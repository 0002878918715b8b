/*
 * patches/journal_core.h - the journal, as the files that make it up share it.
 */
#ifndef MP_PATCHES_JOURNAL_CORE_H
#define MP_PATCHES_JOURNAL_CORE_H

#include "patches/journal.h"
#include "patches/settler.h"

/** The versions that one of the two files on the disk may lead back to. */
typedef struct MpJournalKept {
    MpHash *hashes;
    size_t count;
} MpJournalKept;

struct MpJournal {
    MpJournalOptions options;
    char *folder; /* the user folder's patches/ */
    MpJournalContent content;
    MpJournalKept kept[2]; /* by file */
    unsigned newest;       /* the file that was written last */
    unsigned durable;      /* the file that the disk surely has */
    MpSettler *settler;    /* NULL: who writes waits */
    int lock;              /* -1: not the writer */
    bool booted;
    bool needs_trial;
    bool changed;  /* since the last try to write */
    bool troubled; /* the player was told that writing fails */
};

/** Tells the player one line. */
void mp_journal_tell(const MpJournal *journal, const char *format, ...) MP_PRINTF(2, 3);

/** How long a writing takes. */
typedef enum MpJournalHaste {
    MP_JOURNAL_QUICK, /* the next writing takes its place: it need not outlive the power */
    MP_JOURNAL_SOON,  /* durable in a moment, or now if there is no settler */
    MP_JOURNAL_NOW,   /* durable when this returns */
} MpJournalHaste;

/**
 * Writes the journal, in place of the file that is not the durable one.
 * Returns false when it could not be, which is told once, and for readers.
 */
bool mp_journal_write(MpJournal *journal, MpJournalHaste haste);

/** Puts a line into the history; `patch` NULL: the game itself. */
void mp_journal_remember(MpJournal *journal, const MpJournalPatch *patch, MpCause cause,
                         const char *why);

/** Condemns a version: it is good no more, and leaves the set to the last good one. */
void mp_journal_condemn(MpJournal *journal, const MpHash *hash, const char *file, MpCause cause,
                        const char *why);

#endif
