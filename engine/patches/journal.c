#include "patches/journal.h"

#include "file/file.h"
#include "file/path.h"
#include "patches/format.h"
#include "patches/journal_core.h"
#include "patches/system.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const file_names[2] = {"journal.0", "journal.1"};

void mp_journal_tell(const MpJournal *journal, const char *format, ...)
{
    if (!journal->options.tell)
        return;
    MpError line;
    va_list arguments;
    va_start(arguments, format);
    mp_error_setv(&line, MP_OK, format, arguments);
    va_end(arguments);
    journal->options.tell(journal->options.user, line.message);
}

/* ---- what the files on the disk need --------------------------------------------------------- */

static size_t list_needed(const MpJournalContent *content, MpHash *hashes)
{
    size_t count = 0;
    for (size_t i = 0; i < content->set_count; i++)
        hashes[count++] = content->set[i].hash;
    for (size_t i = 0; i < content->patch_count; i++) {
        for (size_t k = 0; k < MP_JOURNAL_GOOD_LIMIT && content->patches[i].good[k].text[0]; k++)
            hashes[count++] = content->patches[i].good[k];
    }
    return count;
}

static void keep(MpJournalKept *kept, const MpJournalContent *content)
{
    size_t room = content->set_count + content->patch_count * MP_JOURNAL_GOOD_LIMIT + 1;
    free(kept->hashes);
    kept->hashes = malloc(room * sizeof *kept->hashes);
    kept->count = kept->hashes ? list_needed(content, kept->hashes) : 0;
}

static bool needs(const MpHash *hashes, size_t count, const MpHash *hash)
{
    for (size_t i = 0; i < count; i++) {
        if (mp_hash_same(&hashes[i], hash))
            return true;
    }
    return false;
}

bool mp_journal_needs(const MpJournal *journal, const MpHash *hash)
{
    MpJournalKept now = {0};
    keep(&now, &journal->content);
    /* Without memory to look, everything is needed. */
    bool needed = !now.hashes || needs(now.hashes, now.count, hash) ||
                  needs(journal->kept[0].hashes, journal->kept[0].count, hash) ||
                  needs(journal->kept[1].hashes, journal->kept[1].count, hash);
    free(now.hashes);
    return needed;
}

/* ---- writing ------------------------------------------------------------------------------- */

static void trouble(MpJournal *journal, const MpError *error)
{
    if (!journal->troubled)
        mp_journal_tell(journal, "what becomes of patches is not kept: %s", error->message);
    journal->troubled = true;
}

/* Looks whether the disk has what was written last by now. */
static void note_settled(MpJournal *journal)
{
    MpError error = {.status = MP_OK};
    if (!journal->settler ||
        mp_settler_done(journal->settler, &error) != journal->content.generation)
        return;
    if (error.status == MP_OK)
        journal->durable = journal->newest;
    else
        trouble(journal, &error);
}

/* The durable file stays until the other one is durable: then that is written to from now on. */
static bool write_content(MpJournal *journal, MpJournalHaste haste, MpError *error)
{
    MpJournalContent *content = &journal->content;
    note_settled(journal);
    const unsigned file = !journal->durable;
    const bool settles = haste == MP_JOURNAL_SOON && journal->settler;
    const bool waits = haste != MP_JOURNAL_QUICK && !settles;
    size_t size;
    content->generation++;
    char *text = mp_format_encode(content, &size);
    if (!text)
        mp_error_set(error, MP_MEMORY, "no memory to write the journal");
    bool written =
        text && mp_system_replace(journal->folder, file_names[file], text, size, waits, error);
    free(text);
    if (!written)
        return false;
    keep(&journal->kept[file], content);
    journal->newest = file;
    if (waits)
        journal->durable = file;
    if (settles)
        mp_settler_request(journal->settler, file_names[file], content->generation);
    return true;
}

bool mp_journal_write(MpJournal *journal, MpJournalHaste haste)
{
    journal->changed = false;
    if (journal->lock < 0)
        return false;
    MpError error;
    bool written = write_content(journal, haste, &error);
    if (!written)
        trouble(journal, &error);
    return written;
}

bool mp_journal_save(MpJournal *journal)
{
    return !journal->changed || mp_journal_write(journal, MP_JOURNAL_SOON);
}

/* ---- opening and closing --------------------------------------------------------------------- */

/* Takes over a file of the journal if it is the newest so far. Returns false if it is damaged. */
static bool read_file(MpJournal *journal, unsigned file)
{
    MpJournalContent read;
    MpError error;
    size_t size;
    char *path = mp_path_join(journal->folder, file_names[file]);
    char *text = path ? mp_file_read(path, MP_FORMAT_SIZE_LIMIT, &size, &error) : NULL;
    bool missing = path && !text && error.status == MP_NOT_FOUND;
    bool good = text && mp_format_decode(text, size, &read, &error);
    free(text);
    free(path);
    if (!good)
        return missing;
    keep(&journal->kept[file], &read);
    if (read.generation > journal->content.generation) {
        mp_content_finish(&journal->content);
        journal->content = read;
        journal->newest = journal->durable = file;
    } else {
        mp_content_finish(&read);
    }
    return true;
}

static void read_files(MpJournal *journal)
{
    bool whole[2] = {read_file(journal, 0), read_file(journal, 1)};
    for (unsigned file = 0; file < 2; file++) {
        if (!whole[file])
            mp_journal_tell(journal, "%s/%s is damaged; what became of patches is taken from %s",
                            journal->folder, file_names[file],
                            journal->content.generation ? "the one before it" : "now on");
    }
}

static void take_lock(MpJournal *journal)
{
    MpError error;
    if (mp_system_make_folder(journal->options.user_folder, "patches", &error))
        journal->lock = mp_system_lock(journal->folder, &error);
    if (journal->lock >= 0)
        return;
    if (error.status == MP_REFUSED)
        mp_journal_tell(journal, "the game runs already: what becomes of patches is kept by the "
                                 "process that was first");
    else
        mp_journal_tell(journal, "what becomes of patches is not kept: %s", error.message);
}

static void destroy(MpJournal *journal)
{
    mp_settler_destroy(journal->settler);
    mp_system_unlock(journal->lock);
    mp_content_finish(&journal->content);
    free(journal->kept[0].hashes);
    free(journal->kept[1].hashes);
    free(journal->folder);
    free(journal);
}

MpJournal *mp_journal_open(const MpJournalOptions *options, MpError *error)
{
    MpJournal *journal = calloc(1, sizeof *journal);
    if (journal)
        journal->folder = mp_path_join(options->user_folder, "patches");
    if (!journal || !journal->folder) {
        free(journal);
        mp_error_set(error, MP_MEMORY, "no memory for the journal of patches");
        return NULL;
    }
    journal->options = *options;
    journal->lock = -1;
    if (!options->read_only)
        take_lock(journal); /* first: what is read then stays true */
    if (journal->lock >= 0 && options->in_background)
        journal->settler = mp_settler_create(journal->folder); /* without it, frames wait */
    read_files(journal);
    return journal;
}

void mp_journal_close(MpJournal *journal)
{
    if (!journal)
        return;
    if (journal->booted) {
        journal->content.boot.phase = MP_BOOT_CLEAN_EXIT;
        mp_journal_write(journal, MP_JOURNAL_NOW);
        mp_system_disarm();
    }
    destroy(journal);
}

/* ---- what becomes of patches ----------------------------------------------------------------- */

void mp_journal_remember(MpJournal *journal, const MpJournalPatch *patch, MpCause cause,
                         const char *why)
{
    MpJournalEvent *event = mp_content_add_event(&journal->content);
    if (!event)
        return;
    event->time = mp_system_time();
    event->cause = cause;
    if (patch) {
        memcpy(event->file, patch->file, sizeof event->file);
        event->state = patch->state;
    }
    mp_content_set_text(event->why, sizeof event->why, why);
    journal->changed = true;
}

static void drop_good(MpJournalPatch *patch, const MpHash *hash)
{
    size_t count = 0;
    for (size_t i = 0; i < MP_JOURNAL_GOOD_LIMIT; i++) {
        if (!mp_hash_same(&patch->good[i], hash))
            patch->good[count++] = patch->good[i];
    }
    while (count < MP_JOURNAL_GOOD_LIMIT)
        patch->good[count++] = (MpHash){""};
}

static void add_good(MpJournal *journal, MpJournalPatch *patch, const MpHash *hash)
{
    if (!hash->text[0] || mp_hash_same(&patch->good[0], hash))
        return;
    drop_good(patch, hash);
    memmove(patch->good + 1, patch->good, (MP_JOURNAL_GOOD_LIMIT - 1) * sizeof *patch->good);
    patch->good[0] = *hash;
    journal->changed = true;
}

static void replace_in_set(MpJournalContent *content, const MpHash *hash)
{
    for (size_t i = content->set_count; i-- > 0;) {
        if (!mp_hash_same(&content->set[i].hash, hash))
            continue;
        const MpJournalPatch *patch = mp_content_find_patch(content, content->set[i].file);
        if (patch && patch->good[0].text[0])
            content->set[i].hash = patch->good[0];
        else
            mp_content_drop_entry(content, i);
    }
}

void mp_journal_condemn(MpJournal *journal, const MpHash *hash, const char *file, MpCause cause,
                        const char *why)
{
    MpJournalContent *content = &journal->content;
    MpCondemned *condemned = mp_content_find_condemned(content, hash);
    if (!condemned)
        condemned = mp_content_add_condemned(content);
    if (condemned) {
        *condemned = (MpCondemned){.hash = *hash, .since = mp_system_time(), .cause = cause};
        mp_content_set_text(condemned->file, sizeof condemned->file, file);
        mp_content_set_text(condemned->why, sizeof condemned->why, why);
    }
    for (size_t i = 0; i < content->patch_count; i++)
        drop_good(&content->patches[i], hash);
    replace_in_set(content, hash);
    journal->changed = true;
}

static bool condemns(const MpJournal *journal, const MpJournalNote *note)
{
    return journal->lock >= 0 && note->state == MP_JOURNAL_QUARANTINED && note->hash.text[0] &&
           note->cause != MP_CAUSE_NONE && note->cause != MP_CAUSE_KILLED_FROM_OUTSIDE;
}

static void describe(MpJournalPatch *patch, const MpJournalNote *note)
{
    mp_content_set_text(patch->file, sizeof patch->file, note->file);
    if (note->id)
        mp_content_set_text(patch->id, sizeof patch->id, note->id);
    mp_content_set_text(patch->why, sizeof patch->why, note->why ? note->why : "");
    patch->has_version = note->has_version && isfinite(note->version);
    patch->version = patch->has_version ? note->version : 0;
    patch->hash = note->hash;
    patch->state = note->state;
    patch->cause = note->cause;
}

static bool same_name(const MpJournalPatch *a, const MpJournalPatch *b)
{
    return strcmp(a->id, b->id) == 0 && a->has_version == b->has_version &&
           a->version == b->version;
}

/* Two notes that tell the same of a version are one. */
static bool same_fate(const MpJournalPatch *a, const MpJournalPatch *b)
{
    return strcmp(a->why, b->why) == 0 && strcmp(a->hash.text, b->hash.text) == 0 &&
           a->state == b->state && a->cause == b->cause;
}

void mp_journal_note(MpJournal *journal, const MpJournalNote *note)
{
    MpJournalPatch *patch = mp_content_find_patch(&journal->content, note->file);
    bool known = patch != NULL;
    if (!known)
        patch = mp_content_add_patch(&journal->content);
    if (!patch)
        return;
    MpJournalPatch before = *patch;
    describe(patch, note);
    if (note->state == MP_JOURNAL_ACTIVE && note->has_copy)
        add_good(journal, patch, &note->hash);
    if (note->state == MP_JOURNAL_REMOVED) /* what comes under that name is another patch */
        memset(patch->good, 0, sizeof patch->good);
    journal->changed = journal->changed || !same_name(&before, patch);
    if (known && same_fate(&before, patch))
        return;
    patch->since = mp_system_time();
    mp_journal_remember(journal, patch, note->cause, patch->why);
    if (condemns(journal, note))
        mp_journal_condemn(journal, &note->hash, note->file, note->cause, patch->why);
}

/* ---- trials -------------------------------------------------------------------------------- */

void mp_journal_begin_trial(MpJournal *journal, const MpHash *hashes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        MpJournalTrial *trial = mp_content_find_trial(&journal->content, &hashes[i]);
        if (!trial)
            trial = mp_content_add_trial(&journal->content);
        if (!trial)
            continue;
        trial->hash = hashes[i];
        trial->open = true;
    }
    journal->content.boot.phase = MP_BOOT_TRIAL;
    mp_journal_write(journal, MP_JOURNAL_QUICK);
}

static bool is_on_trial(const MpJournalContent *content)
{
    for (size_t i = 0; i < content->trial_count; i++) {
        if (content->trials[i].open)
            return true;
    }
    return false;
}

void mp_journal_end_trial(MpJournal *journal, const MpHash *hashes, size_t count)
{
    MpJournalContent *content = &journal->content;
    mp_content_drop_trials(content, hashes, count);
    if (content->boot.phase == MP_BOOT_TRIAL && !is_on_trial(content))
        content->boot.phase = MP_BOOT_RUNNING;
    journal->changed = true;
}

/* ---- the set ------------------------------------------------------------------------------- */

static bool same_entry(const MpJournalEntry *a, const MpJournalEntry *b)
{
    return strcmp(a->file, b->file) == 0 && mp_hash_same(&a->hash, &b->hash);
}

/* Takes over what may run of a set. Returns whether that is another one than before. */
static bool take_set(MpJournalContent *content, const MpJournalEntry *set, size_t count)
{
    bool other = false;
    size_t taken = 0;
    for (size_t i = 0; i < count && taken < MP_JOURNAL_PATCH_LIMIT; i++) {
        MpJournalEntry next = {.hash = set[i].hash};
        mp_content_set_text(next.file, sizeof next.file, set[i].file);
        if (!next.hash.text[0] || mp_content_find_condemned(content, &next.hash))
            continue;
        MpJournalEntry *entry = taken < content->set_count ? &content->set[taken] : NULL;
        if (!entry && !(entry = mp_content_add_entry(content)))
            break;
        other = other || !same_entry(entry, &next);
        *entry = next;
        taken++;
    }
    other = other || taken != content->set_count;
    content->set_count = taken;
    return other;
}

bool mp_journal_commit(MpJournal *journal, const MpJournalEntry *set, size_t count)
{
    MpJournalContent *content = &journal->content;
    journal->changed = take_set(content, set, count) || journal->changed;
    if (content->boot.phase == MP_BOOT_STARTING) {
        content->boot.phase = MP_BOOT_RUNNING;
        journal->changed = true;
    }
    return mp_journal_save(journal);
}

/* ---- looking ------------------------------------------------------------------------------- */

bool mp_journal_is_writer(const MpJournal *journal) { return journal->lock >= 0; }

bool mp_journal_needs_trial(const MpJournal *journal) { return journal->needs_trial; }

void mp_journal_mark_hang(void) { mp_system_mark(MP_SYSTEM_HUNG); }

void mp_journal_unmark_hang(void) { mp_system_unmark(); }

bool mp_journal_is_suspect(const MpJournal *journal, const MpHash *hash)
{
    const MpJournalTrial *trial = mp_content_find_trial(&journal->content, hash);
    return trial && trial->suspect;
}

const MpCondemned *mp_journal_find_condemned(const MpJournal *journal, const MpHash *hash)
{
    return mp_content_find_condemned(&journal->content, hash);
}

const MpJournalPatch *mp_journal_find(const MpJournal *journal, const char *file)
{
    return mp_content_find_patch(&journal->content, file);
}

const MpHash *mp_journal_good(const MpJournal *journal, const char *file)
{
    const MpJournalPatch *patch = mp_journal_find(journal, file);
    return patch && patch->good[0].text[0] ? &patch->good[0] : NULL;
}

const MpJournalContent *mp_journal_content(const MpJournal *journal) { return &journal->content; }
