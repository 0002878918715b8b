#include "app/patch_memory.h"

#include "patches/copier.h"
#include "patches/journal.h"
#include "patches/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct MpPatchMemory {
    MpPatchMemoryOptions options;
    MpJournal *journal;
    MpPatchStore *store;
    MpCopier *copier;
    MpHash *trials; /* that are prepared */
    size_t trial_count;
};

static void tell(MpPatchMemory *memory, const char *format, ...) MP_PRINTF(2, 3);

static void tell(MpPatchMemory *memory, const char *format, ...)
{
    MpError line;
    va_list arguments;
    va_start(arguments, format);
    mp_error_setv(&line, MP_OK, format, arguments);
    va_end(arguments);
    memory->options.tell(memory->options.user, line.message);
}

/* ---- copies --------------------------------------------------------------------------------- */

/* The version may have been taken away while it was copied: then the copy is for nobody. */
static void note_copy(MpPatchMemory *memory, const MpCopy *copy)
{
    if (copy->error.status != MP_OK) {
        tell(memory, "%s: %s", copy->file, copy->error.message);
        return;
    }
    const MpJournalPatch *patch = mp_journal_find(memory->journal, copy->file);
    if (!patch || patch->state != MP_JOURNAL_ACTIVE || !mp_hash_same(&patch->hash, &copy->hash))
        return;
    const MpJournalPatch active = *patch;
    mp_journal_note(memory->journal, &(MpJournalNote){
                                         .file = active.file,
                                         .hash = active.hash,
                                         .state = MP_JOURNAL_ACTIVE,
                                         .has_copy = true,
                                         .id = active.id,
                                         .has_version = active.has_version,
                                         .version = active.version,
                                     });
}

static void note_copies(MpPatchMemory *memory)
{
    MpCopy copy;
    while (mp_copier_take(memory->copier, &copy))
        note_copy(memory, &copy);
}

static void wait_for_copies(MpPatchMemory *memory)
{
    mp_copier_wait(memory->copier);
    note_copies(memory);
}

/* ---- opening and closing -------------------------------------------------------------------- */

MpPatchMemory *mp_patch_memory_open(const MpPatchMemoryOptions *options, MpError *error)
{
    MpPatchMemory *memory = calloc(1, sizeof *memory);
    if (!memory) {
        mp_error_set(error, MP_MEMORY, "no memory for what becomes of patches");
        return NULL;
    }
    memory->options = *options;
    memory->journal = mp_journal_open(
        &(MpJournalOptions){
            .user_folder = options->user_folder,
            .program = options->program,
            .in_background = true,
            .is_patch_running = mp_patch_is_running,
            .tell = options->tell,
            .user = options->user,
        },
        error);
    if (!memory->journal ||
        !(memory->store = mp_patch_store_open(options->user_folder, 0, error)) ||
        !(memory->copier = mp_copier_create(memory->store, error))) {
        mp_patch_memory_close(memory);
        return NULL;
    }
    mp_journal_begin_boot(memory->journal);
    mp_patch_store_collect(memory->store, memory->journal);
    return memory;
}

void mp_patch_memory_close(MpPatchMemory *memory)
{
    if (!memory)
        return;
    if (memory->copier)
        wait_for_copies(memory);
    mp_copier_destroy(memory->copier);
    mp_patch_store_close(memory->store);
    mp_journal_close(memory->journal);
    free(memory->trials);
    free(memory);
}

/* ---- what is known -------------------------------------------------------------------------- */

/* The file may have had another content, or another name, when that was condemned. */
static void note_condemned(MpPatchMemory *memory, const char *file, const MpCondemned *condemned)
{
    const MpJournalPatch *patch = mp_journal_find(memory->journal, file);
    if (patch && patch->state == MP_JOURNAL_QUARANTINED &&
        mp_hash_same(&patch->hash, &condemned->hash))
        return;
    mp_journal_note(memory->journal, &(MpJournalNote){
                                         .file = file,
                                         .hash = condemned->hash,
                                         .state = MP_JOURNAL_QUARANTINED,
                                         .cause = condemned->cause,
                                         .why = condemned->why,
                                     });
}

bool mp_patch_memory_condemns(MpPatchMemory *memory, const char *file, const MpHash *hash,
                              char cause[MP_ERROR_MESSAGE_SIZE])
{
    const MpCondemned *found = mp_journal_find_condemned(memory->journal, hash);
    if (!found)
        return false;
    const MpCondemned condemned = *found;
    bool earlier = condemned.since < mp_journal_content(memory->journal)->boot.started;
    MpError line;
    mp_error_set(&line, MP_REFUSED, "%s%s; edit the file to try again", condemned.why,
                 earlier ? " (in an earlier run)" : "");
    memcpy(cause, line.message, sizeof line.message);
    note_condemned(memory, file, &condemned);
    return true;
}

bool mp_patch_memory_can_recall(const MpPatchMemory *memory, const char *file, const MpHash *hash)
{
    return mp_journal_find_condemned(memory->journal, hash) &&
           mp_journal_good(memory->journal, file);
}

bool mp_patch_memory_recall(MpPatchMemory *memory, const char *file, MpPatchVersion *version)
{
    MpError error;
    wait_for_copies(memory);
    const MpHash *good = mp_journal_good(memory->journal, file);
    if (!good)
        return false;
    *version = (MpPatchVersion){.hash = *good, .stands_in = true};
    version->bytes = mp_patch_store_read(memory->store, good, &version->size, &error);
    if (!version->bytes)
        tell(memory, "%s: its last good version cannot be read: %s", file, error.message);
    return version->bytes != NULL;
}

bool mp_patch_memory_suspects(const MpPatchMemory *memory, const MpHash *hash)
{
    return mp_journal_is_suspect(memory->journal, hash);
}

bool mp_patch_memory_trusts(const MpPatchMemory *memory, const char *file, const MpHash *hash)
{
    const MpJournalPatch *patch = mp_journal_find(memory->journal, file);
    if (!patch || mp_journal_needs_trial(memory->journal) || mp_patch_memory_suspects(memory, hash))
        return false;
    for (size_t i = 0; i < MP_JOURNAL_GOOD_LIMIT; i++) {
        if (mp_hash_same(&patch->good[i], hash))
            return true;
    }
    return false;
}

/* ---- what happens --------------------------------------------------------------------------- */

void mp_patch_memory_prepare_trial(MpPatchMemory *memory, const char *file,
                                   const MpPatchVersion *version)
{
    if (mp_patch_memory_trusts(memory, file, &version->hash))
        return;
    wait_for_copies(memory); /* of the good version, while it still is the one that runs */
    if (!version->stands_in)
        mp_journal_note(
            memory->journal,
            &(MpJournalNote){.file = file, .hash = version->hash, .state = MP_JOURNAL_TRIAL});
    MpHash *grown = realloc(memory->trials, (memory->trial_count + 1) * sizeof *grown);
    if (!grown)
        return; /* it runs unwatched */
    memory->trials = grown;
    memory->trials[memory->trial_count++] = version->hash;
}

void mp_patch_memory_begin_trial(MpPatchMemory *memory)
{
    if (memory->trial_count)
        mp_journal_begin_trial(memory->journal, memory->trials, memory->trial_count);
    memory->trial_count = 0;
}

static MpCause cause_of(const MpPatchEvent *event)
{
    static const MpCause causes[] = {
        [MP_PATCH_BLAME_ERROR] = MP_CAUSE_SCRIPT_ERROR,
        [MP_PATCH_BLAME_RUNAWAY] = MP_CAUSE_RUNAWAY,
        [MP_PATCH_BLAME_MEMORY] = MP_CAUSE_MEMORY,
        [MP_PATCH_BLAME_MIGRATION] = MP_CAUSE_FAILED_MIGRATION,
        [MP_PATCH_BLAME_CRASH] = MP_CAUSE_NATIVE_CRASH,
        [MP_PATCH_BLAME_HANG] = MP_CAUSE_HANG,
    };
    bool is_bad = event->state == MP_PATCH_QUARANTINED || event->state == MP_PATCH_REFUSED;
    return is_bad ? causes[event->blame] : MP_CAUSE_NONE;
}

void mp_patch_memory_note(MpPatchMemory *memory, const MpPatchEvent *event,
                          const MpPatchVersion *version)
{
    static const MpJournalState states[] = {
        [MP_PATCH_STAGED] = MP_JOURNAL_STAGED,   [MP_PATCH_TRIAL] = MP_JOURNAL_TRIAL,
        [MP_PATCH_ACTIVE] = MP_JOURNAL_ACTIVE,   [MP_PATCH_QUARANTINED] = MP_JOURNAL_QUARANTINED,
        [MP_PATCH_REFUSED] = MP_JOURNAL_REFUSED, [MP_PATCH_REMOVED] = MP_JOURNAL_REMOVED,
    };
    bool passed = event->state == MP_PATCH_ACTIVE;
    bool is_good = passed && mp_patch_memory_trusts(memory, event->file, &version->hash);
    mp_journal_note(memory->journal, &(MpJournalNote){
                                         .file = event->file,
                                         .hash = version->hash,
                                         .state = states[event->state],
                                         .cause = cause_of(event),
                                         .why = event->cause,
                                         .has_copy = is_good,
                                         .id = event->id,
                                         .has_version = event->version != 0,
                                         .version = event->version,
                                     });
    if (passed && !is_good && mp_journal_is_writer(memory->journal) &&
        !mp_copier_request(memory->copier, event->file, version->bytes, version->size))
        tell(memory, "%s: no memory for a copy to go back to", event->file);
}

static int compare_hashes(const void *a, const void *b)
{
    return strcmp(((const MpHash *)a)->text, ((const MpHash *)b)->text);
}

/* Ends the trials that the journal knows and that do not go on. */
static void end_trials(MpPatchMemory *memory, const MpHash *on_trial, size_t count)
{
    const MpJournalContent *content = mp_journal_content(memory->journal);
    MpHash *over = calloc(content->trial_count + 1, sizeof *over);
    size_t ended = 0;
    for (size_t i = 0; over && i < content->trial_count; i++) {
        const MpJournalTrial *trial = &content->trials[i];
        if (trial->open &&
            !bsearch(&trial->hash, on_trial, count, sizeof *on_trial, compare_hashes))
            over[ended++] = trial->hash;
    }
    if (ended)
        mp_journal_end_trial(memory->journal, over, ended);
    free(over);
}

void mp_patch_memory_commit(MpPatchMemory *memory, const MpJournalEntry *running, size_t count,
                            MpHash *on_trial, size_t trial_count)
{
    qsort(on_trial, trial_count, sizeof *on_trial, compare_hashes);
    end_trials(memory, on_trial, trial_count);
    mp_journal_commit(memory->journal, running, count);
}

void mp_patch_memory_forget_missing(MpPatchMemory *memory,
                                    bool (*there)(void *user, const char *file), void *user)
{
    const MpJournalContent *content = mp_journal_content(memory->journal);
    for (size_t i = 0; i < content->patch_count; i++) {
        const MpJournalPatch patch = content->patches[i];
        if (patch.state != MP_JOURNAL_REMOVED && !there(user, patch.file))
            mp_journal_note(
                memory->journal,
                &(MpJournalNote){.file = patch.file, .state = MP_JOURNAL_REMOVED, .id = patch.id});
    }
}

void mp_patch_memory_save(MpPatchMemory *memory)
{
    note_copies(memory);
    mp_journal_save(memory->journal);
}
