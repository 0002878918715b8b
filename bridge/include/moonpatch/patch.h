/*
 * moonpatch/patch.h - applying, listing and taking away patches.
 *
 * A patch is a Lua file that overrides functions:
 *
 *     local patch = require "patch"
 *     patch.override(native.Enemy, "damage", function(original, self, amount)
 *         return original(self, amount * 0.5)
 *     end)
 *
 * Running the file only records what it wants. The overrides take effect together, in
 * mp_patch_apply(), which the host calls between two frames; or nothing changes, and the patch's
 * `cause` says why. A host whose patches are files of a plain folder names it in
 * MpVmOptions.patch_folder instead, and mp_vm_step() does the rest.
 *
 * A patched function may return text, bytes or a list to C. C may read them until the same function
 * is called again, and even then until the next mp_vm_step(); but no longer than until the VM's
 * patches returned another MP_RESULTS_KEPT of them. What is to last must be copied.
 *
 * Glossary
 *   layer        one override of one function; several patches may stack layers on one function,
 *                in the order of their file names
 *   staged       fit, and waits: it came together with a file that was refused
 *   trial        in effect, for the first frames (MpVmOptions.trial_frames)
 *   active       in effect, and passed its trial
 *   quarantined  taken away after too many errors; an edited file gets a fresh chance
 *   refused      never took effect
 *   removed      its file is gone
 */
#ifndef MOONPATCH_PATCH_H
#define MOONPATCH_PATCH_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MpVm MpVm;

/** Results of patches that C can hold at least, beside the last one of each function. */
enum { MP_RESULTS_KEPT = 1024 };

/** A patch that raised this often since it was applied is quarantined. */
enum { MP_PATCH_ERROR_BUDGET = 8 };

/** Largest patch file, bytes. */
enum { MP_PATCH_SIZE_LIMIT = 1 << 20 };

/** What a patch that was taken away, or refused, did. */
typedef enum MpPatchBlame {
    MP_PATCH_BLAME_ERROR, /**< It raised errors, or was wrong. */
    MP_PATCH_BLAME_RUNAWAY,
    MP_PATCH_BLAME_MEMORY,
    MP_PATCH_BLAME_MIGRATION, /**< The game's state could not be migrated. */
    MP_PATCH_BLAME_CRASH,     /**< A process died of it. */
    MP_PATCH_BLAME_HANG,      /**< A process did not come to an end with it. */
} MpPatchBlame;

typedef enum MpPatchState {
    MP_PATCH_STAGED,
    MP_PATCH_TRIAL,
    MP_PATCH_ACTIVE,
    MP_PATCH_QUARANTINED,
    MP_PATCH_REFUSED,
    MP_PATCH_REMOVED,
} MpPatchState;

/** One file of the patch mount that was added, edited or removed. */
typedef struct MpPatchChange {
    const char *file; /**< Its name; the key under which the patch is known, and its order. */
    const char *text; /**< Its Lua code; NULL: the file is gone. */
    size_t size;      /**< Bytes of `text`. */
    const char *root; /**< Folder that `require` looks in first, for bundles; NULL: none. */
    /** Not NULL: nothing of the file is to be run; refuse it with this cause. The file's name is
        put before one that does not start with it. */
    const char *problem;
    MpPatchBlame blame; /**< What the file did, if there is a `problem`. */
    /** Not NULL: the file was quarantined before, for this cause. `text` is its last good version,
        which runs in its place; NULL: there is none, and the patch stays quarantined. */
    const char *condemned;
    /** Not NULL: a part of the change that is none of the VM's, such as a script, was refused, and
     * this is its name: nothing of the change takes effect now. */
    const char *waits_for;
    bool rehearsed; /**< Its tests have passed in another process: they are not run again. */
    bool proven;    /**< It passed its trial in an earlier run: it needs none. */
} MpPatchChange;

/** What became of a patch. Valid during the call that hands it over. */
typedef struct MpPatchEvent {
    const char *file;
    const char *id;
    MpPatchState state;
    bool changed;   /**< Whether what runs changed: false for a refused edit of an active patch. */
    bool in_effect; /**< Whether some version of it runs now. */
    bool rolled_back;   /**< What runs is the last version of this run that had passed its trial. */
    double version;     /**< As patch.info says; 0: it says nothing. */
    MpPatchBlame blame; /**< What it did, if it is quarantined or refused. */
    const char *cause;  /**< Why, for people; "" when there is nothing to say. If it runs: why a
                             good version runs in place of the file's. */
} MpPatchEvent;

/** A patch as mp_patch_each() reports it. Valid during the visit. */
typedef struct MpPatchInfo {
    const char *file;
    const char *id;
    MpPatchState state;
    const char *cause;
    double version;               /**< As patch.info says; 0: it says nothing. */
    const char *const *overrides; /**< "Enemy.damage", "Enemy.heal (1 of 2: one, other)", ... */
    size_t override_count;
    uint64_t calls;
    uint32_t errors;
} MpPatchInfo;

/** "staged", "trial", "active", "quarantined", "refused" or "removed". Thread: any. */
const char *mp_patch_state_name(MpPatchState state);

/**
 * Applies changes, all or nothing: each changed file is run, all are checked together, take effect
 * at once, and are tested. If any is refused nothing has changed, and the others wait: they are
 * tried again together with the next changes. A patch that loses what it requires goes as well.
 * Every verdict is logged and handed to MpVmOptions.patch_event. What a change of a bundle names as
 * its `root` must stay readable while it waits, runs, or is the last good version.
 * To be called between two frames, when no script is running.
 */
void mp_patch_apply(MpVm *vm, const MpPatchChange *changes, size_t count);

/**
 * The same for what is there when the game starts: files that are refused are left out, and the
 * others take effect.
 */
void mp_patch_apply_lenient(MpVm *vm, const MpPatchChange *changes, size_t count);

/**
 * mp_patch_apply() a piece at a time, for changes of many files: begins. Texts are copied. What was
 * begun before and is not over is applied first.
 */
void mp_patch_begin(MpVm *vm, const MpPatchChange *changes, size_t count);

/**
 * Runs files of the change that was begun for about so long, at least one, which changes nothing.
 * When all have run they take effect, or are refused, as by mp_patch_apply(). Returns whether it is
 * over; if not, to be called again between two later frames. Until then patches that fail are
 * passed over, and taken away afterwards.
 */
bool mp_patch_proceed(MpVm *vm, uint32_t microseconds);

/**
 * Whether a function of a patch is on the stack of the machine of this thread that runs: what
 * happens now, the end of the process by exit() for instance, is its doing. Takes a few
 * microseconds. Thread: any.
 */
bool mp_patch_is_running(void);

/**
 * Whether it is a patch that called C, or the host's library that did: whether the innermost function
 * that is neither C nor the library's (MpVmOptions.is_library) is a patch's. For C functions that
 * serve the game, but no patch. Takes a few microseconds. Thread: any.
 */
bool mp_patch_is_calling(void);

/** Visits all patches the VM has seen, removed ones included, in their order. */
void mp_patch_each(MpVm *vm, void (*visit)(void *user, const MpPatchInfo *info), void *user);

#endif
