/*
 * app/patch_memory.h - what the game knows of its patches from one run to the next: the journal and
 * the copies of good versions in the user folder, as app/patch_mount.h needs them.
 *
 *     a file is new or was edited:
 *         if (mp_patch_memory_condemns(memory, file, &hash, cause)) the version that
 *             mp_patch_memory_recall() finds runs in its place, or nothing
 *     mp_patch_memory_prepare_trial(memory, file, &version) for each version that will run
 *     mp_patch_memory_begin_trial(memory)                   before their code does
 *     each MpPatchEvent:
 *         mp_patch_memory_note(memory, event, &version)
 *     mp_patch_memory_commit(memory, running, count, ...)   when all events of a change are noted
 *     mp_patch_memory_save(memory)                          each frame
 *
 * No function waits for the disk, but mp_patch_memory_prepare_trial() when a version passed its
 * trial a moment before. What cannot be written is told once, and the game goes on.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_PATCH_MEMORY_H
#define MP_APP_PATCH_MEMORY_H

#include "app/patch_version.h"
#include "patches/content.h"

typedef struct MpPatchMemory MpPatchMemory;

typedef struct MpPatchMemoryOptions {
    const char *user_folder;                    /**< Must exist. */
    const char *program;                        /**< Which build of the game this is. */
    void (*tell)(void *user, const char *line); /**< Hears one line for the player. */
    void *user;
} MpPatchMemoryOptions;

/**
 * Opens journal and store, and judges how the run before ended. To be called before any patch runs.
 * The texts are borrowed until mp_patch_memory_close().
 * Ownership: the caller's, until mp_patch_memory_close(). Errors: NULL; MP_MEMORY.
 */
MpPatchMemory *mp_patch_memory_open(const MpPatchMemoryOptions *options, MpError *error);

/** The game ended well, and no code of a patch will run any more. Takes NULL. */
void mp_patch_memory_close(MpPatchMemory *memory);

/** Whether a version is condemned; `cause` gets a line that says why, and the way out. */
bool mp_patch_memory_condemns(MpPatchMemory *memory, const char *file, const MpHash *hash,
                              char cause[MP_ERROR_MESSAGE_SIZE]);

/** Whether the version is condemned, and its file has a good one to go back to. */
bool mp_patch_memory_can_recall(const MpPatchMemory *memory, const char *file, const MpHash *hash);

/** Fills `version` with a file's last good one. Returns false, and has told why, if it cannot. */
bool mp_patch_memory_recall(MpPatchMemory *memory, const char *file, MpPatchVersion *version);

/** Whether a version of a file passed its trial in an earlier run, and needs no other one. */
bool mp_patch_memory_trusts(const MpPatchMemory *memory, const char *file, const MpHash *hash);

/** Whether a version should be on trial alone: see mp_journal_is_suspect(). */
bool mp_patch_memory_suspects(const MpPatchMemory *memory, const MpHash *hash);

/** A version is to run watched from the next mp_patch_memory_begin_trial() on, unless it is
 * trusted.
 */
void mp_patch_memory_prepare_trial(MpPatchMemory *memory, const char *file,
                                   const MpPatchVersion *version);

/** The code of the versions that were prepared is about to run. */
void mp_patch_memory_begin_trial(MpPatchMemory *memory);

/**
 * Keeps what became of `version`, which must be the one that the event is about; one of zeroes if
 * there is none. A version that passed its trial is copied.
 */
void mp_patch_memory_note(MpPatchMemory *memory, const MpPatchEvent *event,
                          const MpPatchVersion *version);

/** What runs now, in order. All trials but those of `on_trial`, which is sorted here, are over. */
void mp_patch_memory_commit(MpPatchMemory *memory, const MpJournalEntry *running, size_t count,
                            MpHash *on_trial, size_t trial_count);

/** Files that are known, but not `there` any more, are removed patches. */
void mp_patch_memory_forget_missing(MpPatchMemory *memory,
                                    bool (*there)(void *user, const char *file), void *user);

/** Takes note of copies that are done, and writes what was noted. Takes no time if that is none. */
void mp_patch_memory_save(MpPatchMemory *memory);

#endif
