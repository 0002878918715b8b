/*
 * patches/content.h - what the journal of patches knows, as plain data.
 *
 * Texts are one line of clean UTF-8 and cut to their array; times are seconds since 1970, for
 * people: nothing depends on them, for clocks are wrong. Lists are bounded: the oldest entry makes
 * room for one too many.
 *
 * Glossary
 *   set         what runs: files and the hashes of their versions, in order
 *   condemned   a version that did harm; it is not run again, a corrected one is
 *   good        a version that passed its trial, and of which there is a copy to go back to
 *   trial       the time in which a version runs watched
 */
#ifndef MP_PATCHES_CONTENT_H
#define MP_PATCHES_CONTENT_H

#include "patches/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What becomes of a patch. X(name, text) */
#define MP_JOURNAL_STATE_LIST(X)  \
    X(STAGED, "staged")           \
    X(TRIAL, "trial")             \
    X(ACTIVE, "active")           \
    X(QUARANTINED, "quarantined") \
    X(REFUSED, "refused")         \
    X(REMOVED, "removed")

/** Why. X(name, text) */
#define MP_CAUSE_LIST(X)                    \
    X(NONE, "none")                         \
    X(SCRIPT_ERROR, "script-error")         \
    X(RUNAWAY, "runaway")                   \
    X(MEMORY, "memory")                     \
    X(NATIVE_CRASH, "native-crash")         \
    X(HANG, "hang")                         \
    X(FAILED_MIGRATION, "failed-migration") \
    X(KILLED_FROM_OUTSIDE, "killed-from-outside")

/** Where a run of the game is, or was when it ended. X(name, text) */
#define MP_BOOT_PHASE_LIST(X) \
    X(NONE, "none")           \
    X(STARTING, "starting")   \
    X(TRIAL, "trial")         \
    X(RUNNING, "running")     \
    X(CLEAN_EXIT, "clean-exit")

#define MP_CONTENT_STATE(name, text) MP_JOURNAL_##name,
#define MP_CONTENT_CAUSE(name, text) MP_CAUSE_##name,
#define MP_CONTENT_PHASE(name, text) MP_BOOT_##name,
typedef enum MpJournalState {
    MP_JOURNAL_STATE_LIST(MP_CONTENT_STATE) MP_JOURNAL_STATES
} MpJournalState;
typedef enum MpCause { MP_CAUSE_LIST(MP_CONTENT_CAUSE) MP_CAUSES } MpCause;
typedef enum MpBootPhase { MP_BOOT_PHASE_LIST(MP_CONTENT_PHASE) MP_BOOT_PHASES } MpBootPhase;
#undef MP_CONTENT_STATE
#undef MP_CONTENT_CAUSE
#undef MP_CONTENT_PHASE

/** "active", "script-error", "clean-exit": static strings. Thread: any. */
const char *mp_journal_state_name(MpJournalState state);
const char *mp_cause_name(MpCause cause);
const char *mp_boot_phase_name(MpBootPhase phase);

enum {
    MP_JOURNAL_FILE_SIZE = 264,
    MP_JOURNAL_ID_SIZE = 136,
    MP_JOURNAL_WHY_SIZE = 512,
    MP_JOURNAL_GOOD_LIMIT = 3,
    MP_JOURNAL_PATCH_LIMIT = 4096,
    MP_JOURNAL_CONDEMNED_LIMIT = 1024,
    MP_JOURNAL_TRIAL_LIMIT = 4096,
    MP_JOURNAL_HISTORY_LIMIT = 500,
};

/** A file of the patch folder, known by its name. */
typedef struct MpJournalPatch {
    char file[MP_JOURNAL_FILE_SIZE];
    char id[MP_JOURNAL_ID_SIZE];
    bool has_version;
    double version;
    MpHash hash; /**< Of the version that `state` is about. */
    MpJournalState state;
    int64_t since;
    MpCause cause;
    char why[MP_JOURNAL_WHY_SIZE];
    MpHash good[MP_JOURNAL_GOOD_LIMIT]; /**< Latest first; "" behind the last. */
} MpJournalPatch;

typedef struct MpCondemned {
    MpHash hash;
    char file[MP_JOURNAL_FILE_SIZE]; /**< That had it. */
    int64_t since;
    MpCause cause;
    char why[MP_JOURNAL_WHY_SIZE];
} MpCondemned;

/** A member of the set. */
typedef struct MpJournalEntry {
    char file[MP_JOURNAL_FILE_SIZE];
    MpHash hash;
} MpJournalEntry;

typedef struct MpJournalTrial {
    MpHash hash;
    bool open;    /**< Not over when the journal was written last. */
    bool suspect; /**< A process crashed or hung in it, but others were on trial as well. */
} MpJournalTrial;

/** A line of the history. */
typedef struct MpJournalEvent {
    int64_t time;
    char file[MP_JOURNAL_FILE_SIZE]; /**< "": the game itself; then there is no state. */
    MpJournalState state;
    MpCause cause;
    char why[MP_JOURNAL_WHY_SIZE];
} MpJournalEvent;

/** The run of the game that wrote last. */
typedef struct MpJournalBoot {
    int64_t process;
    int64_t started;
    MpBootPhase phase;
    int64_t mark; /**< Where it would leave a crash mark; -1: nowhere. See patches/system.h. */
    char program[MP_JOURNAL_ID_SIZE]; /**< Which build of the game. */
} MpJournalBoot;

typedef struct MpJournalContent {
    uint64_t generation; /**< Grows with each writing; 0: never written. */
    MpJournalBoot boot;
    MpJournalPatch *patches;
    size_t patch_count;
    MpCondemned *condemned;
    size_t condemned_count;
    MpJournalEntry *set;
    size_t set_count;
    MpJournalTrial *trials;
    size_t trial_count;
    MpJournalEvent *history; /**< Oldest first. */
    size_t history_count;
    MpJournalEvent *history_room; /**< What `history` is a part of; the content's. */
    struct MpIndex *by_file;      /**< Of the patches. */
    struct MpIndex *by_trial;     /**< Of the trials, by their hashes. */
} MpJournalContent;

/** Frees the lists. Takes a content of zeroes. */
void mp_content_finish(MpJournalContent *content);

/** Copies a text as it may stand in the content. */
void mp_content_set_text(char *clean, size_t size, const char *text);

/**
 * Each appends an entry of zeroes and returns it; valid until the next one of its list.
 * Errors: NULL without memory.
 */
MpJournalPatch *mp_content_add_patch(MpJournalContent *content);
MpCondemned *mp_content_add_condemned(MpJournalContent *content);
MpJournalEntry *mp_content_add_entry(MpJournalContent *content);
MpJournalTrial *mp_content_add_trial(MpJournalContent *content);
MpJournalEvent *mp_content_add_event(MpJournalContent *content);

/** NULL: there is none. Valid until the next entry of its list. A patch keeps its file, a trial its
 * hash: both are found by an index. */
MpJournalPatch *mp_content_find_patch(const MpJournalContent *content, const char *file);
MpJournalPatch *mp_content_find_hash(const MpJournalContent *content, const MpHash *hash);
MpCondemned *mp_content_find_condemned(const MpJournalContent *content, const MpHash *hash);
MpJournalTrial *mp_content_find_trial(const MpJournalContent *content, const MpHash *hash);

/** Takes these trials, those of them that there are, or a member of the set, out of the list. */
void mp_content_drop_trials(MpJournalContent *content, const MpHash *hashes, size_t count);
void mp_content_drop_entry(MpJournalContent *content, size_t index);

#endif
