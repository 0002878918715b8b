/*
 * patches/journal.h - what became of patches, kept from one run of the game to the next.
 *
 *     MpJournal *journal = mp_journal_open(&options, &error);
 *     mp_journal_begin_boot(journal);                  the run before is judged
 *     if (mp_journal_needs_trial(journal)) a trial of all that runs begins
 *
 *     a file is new or was edited:
 *         if (mp_journal_find_condemned(journal, &hash)) mp_journal_good() runs, or nothing
 *         mp_journal_note(journal, &(MpJournalNote){file, hash, MP_JOURNAL_TRIAL});
 *         mp_journal_begin_trial(journal, &hash, 1);   before its code runs
 *         mp_journal_commit(journal, set, count);      when it takes effect
 *     it ran for a while:
 *         kept = mp_patch_store_put(store, text, size, &error);
 *         note = (MpJournalNote){file, hash, MP_JOURNAL_ACTIVE, .has_copy = kept};
 *         mp_journal_note(journal, &note);
 *         mp_journal_end_trial(journal, &hash, 1);
 *     or it did harm:
 *         note = (MpJournalNote){file, hash, MP_JOURNAL_QUARANTINED, cause, why};
 *         mp_journal_note(journal, &note);
 *         mp_journal_end_trial(journal, &hash, 1);
 *         mp_journal_commit(journal, set, count);      the good version in its place, or none
 *     in each frame:
 *         mp_journal_save(journal);
 *
 *     mp_journal_close(journal);                       the game ended well
 *
 * The journal is two files in the user folder's patches/, journal.0 and journal.1, which are
 * written in turn, each whole and with a checksum. Whatever happens while one is written, the other
 * is there, and surely on the disk: the next start finds exactly the old set or the new one.
 *
 * What goes wrong on the disk is told once and changes nothing in the running game, which goes on
 * with what is in memory.
 *
 * Glossary
 *   writer   the first process of a game; others that run at the same time only read, and what they
 *            note stays in their memory
 *   The words of patches/content.h.
 *
 * Thread: that which opened it, except mp_journal_mark_hang().
 */
#ifndef MP_PATCHES_JOURNAL_H
#define MP_PATCHES_JOURNAL_H

#include "moonpatch/error.h"
#include "patches/content.h"

typedef struct MpJournal MpJournal;

typedef struct MpJournalOptions {
    const char *user_folder; /**< Must exist. */
    const char *program;     /**< Which build of the game this is: "moonbase 1.0". NULL: "". */
    bool read_only;          /**< Only look: nothing is locked, made or written. */
    /**
     * No frame waits for the disk: what is written outlives the process at once, and the power some
     * milliseconds later. If it goes in between, the next start has the set before.
     */
    bool in_background;
    /** Whether the code of a patch runs: a process that calls exit() meanwhile dies of it. NULL:
     * never. */
    bool (*is_patch_running)(void);
    /** Hears one line for the player: what was left out and why, what goes wrong. May be NULL. */
    void (*tell)(void *user, const char *line);
    void *user; /**< Handed to `tell`. */
} MpJournalOptions;

/** What became of a version of a patch. Texts may be NULL. */
typedef struct MpJournalNote {
    const char *file; /**< Its name in the patch folder. */
    MpHash hash;      /**< Of the version; "" when it could not be read, or is gone. */
    MpJournalState state;
    MpCause cause;
    const char *why; /**< For people. */
    bool has_copy;   /**< Of an active version: it is in the store, so one can go back to it. */
    const char *id;
    bool has_version;
    double version;
} MpJournalNote;

/**
 * Reads the journal, and becomes its writer if no other process is. A journal that is missing or
 * damaged is no failure: the one before it counts, or an empty one.
 * Ownership: the caller's, until mp_journal_close(). The options are copied; their texts are not,
 * and needed until mp_journal_begin_boot() returned. Errors: NULL; MP_MEMORY.
 */
MpJournal *mp_journal_open(const MpJournalOptions *options, MpError *error);

/** The game ended well, also in the middle of a trial: nobody is condemned for it. Takes NULL. */
void mp_journal_close(MpJournal *journal);

/** Whether this process writes the journal. */
bool mp_journal_is_writer(const MpJournal *journal);

/**
 * Judges how the run before ended and writes that this one starts. To be called once, before any
 * patch runs. Of a run that did not end well:
 * - left it a crash mark in a trial, the version on trial is condemned for a native crash; or for
 *   a hang, when mp_journal_mark_hang() left it;
 * - were several versions on trial then, none is condemned: all are suspects;
 * - the same for exit() in a patch's call; after any other exit() nobody is condemned;
 * - was it killed without a mark, nobody is condemned, however often;
 * - outside any trial nobody is condemned.
 * A condemned version's place in the set goes to the file's last good version, if there is one.
 * The process leaves a crash mark from now on. Readers do nothing here.
 */
void mp_journal_begin_boot(MpJournal *journal);

/**
 * Whether all that runs should be on trial again, good or not: the run before was of another build
 * of the game, or it crashed although no patch was on trial. So a game that its patches keep from
 * starting starts the second time.
 */
bool mp_journal_needs_trial(const MpJournal *journal);

/**
 * Keeps what became of a patch, in memory until the journal is written next. Texts are copied, one
 * line each. An active version with a copy is the file's last good one from now on; a removed file
 * has none any more; a quarantined version is condemned, unless by a reader or for MP_CAUSE_NONE or
 * MP_CAUSE_KILLED_FROM_OUTSIDE.
 */
void mp_journal_note(MpJournal *journal, const MpJournalNote *note);

/**
 * Versions are about to run watched: if this process dies now, the next start knows them. Written
 * at once, so that it outlives the process; whether it outlives the power does not matter.
 */
void mp_journal_begin_trial(MpJournal *journal, const MpHash *hashes, size_t count);

/** Their trial is over, whatever came of it. In memory until the journal is written next. */
void mp_journal_end_trial(MpJournal *journal, const MpHash *hashes, size_t count);

/**
 * What runs from now on, in order; written at once and durably (see
 * MpJournalOptions.in_background), unless it is what was written last. Condemned versions are left
 * out. Returns whether it was written; for readers it never is.
 */
bool mp_journal_commit(MpJournal *journal, const MpJournalEntry *set, size_t count);

/**
 * Writes what was noted since the last try to write, durably; takes no time when that is nothing.
 * Returns false when it could not be written.
 */
bool mp_journal_save(MpJournal *journal);

/**
 * The watchdog's word that the process hangs: whatever kills it now, that was the reason.
 * Thread: any, and signal handlers. Does nothing before mp_journal_begin_boot().
 */
void mp_journal_mark_hang(void);

/** The process does not hang any more. Thread: any. */
void mp_journal_unmark_hang(void);

/**
 * Whether the game died while this version and others were on trial. Suspects should be on trial
 * one after the other, so that the next death tells which it was.
 */
bool mp_journal_is_suspect(const MpJournal *journal, const MpHash *hash);

/** Why a version is condemned; NULL: it is not. Valid until the next call that is not const. */
const MpCondemned *mp_journal_find_condemned(const MpJournal *journal, const MpHash *hash);

/** What is known of a file; NULL: nothing. Valid until the next call that is not const. */
const MpJournalPatch *mp_journal_find(const MpJournal *journal, const char *file);

/** The last good version of a file; NULL: none. Valid until the next call that is not const. */
const MpHash *mp_journal_good(const MpJournal *journal, const char *file);

/** Everything. Valid until the next call that is not const. */
const MpJournalContent *mp_journal_content(const MpJournal *journal);

/**
 * Whether this journal, or one of the two on the disk, may lead back to a version: as part of a set
 * or as a good one.
 */
bool mp_journal_needs(const MpJournal *journal, const MpHash *hash);

#endif
