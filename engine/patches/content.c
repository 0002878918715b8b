#include "patches/content.h"

#include "log/clean.h"
#include "patches/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME(name, text) text,
static const char *const state_names[] = {MP_JOURNAL_STATE_LIST(NAME)};
static const char *const cause_names[] = {MP_CAUSE_LIST(NAME)};
static const char *const phase_names[] = {MP_BOOT_PHASE_LIST(NAME)};
#undef NAME

const char *mp_journal_state_name(MpJournalState state) { return state_names[state]; }

const char *mp_cause_name(MpCause cause) { return cause_names[cause]; }

const char *mp_boot_phase_name(MpBootPhase phase) { return phase_names[phase]; }

void mp_content_set_text(char *clean, size_t size, const char *text)
{
    char line[2 * MP_JOURNAL_WHY_SIZE];
    snprintf(line, sizeof line, "%s", text);
    for (char *c = line; (c = strpbrk(c, "\r\n"));)
        *c = ' ';
    mp_log_clean(clean, size, line);
}

/* ---- lists --------------------------------------------------------------------------------- */

/* Makes room for one entry more at the end of a list, and counts it. */
static void *append(void *items, size_t *count, size_t limit, size_t size, MpIndex **index)
{
    char *list = items;
    if (index && !*index)
        *index = mp_index_create();
    if (index && *count == limit)
        mp_index_clear(*index);
    if (*count == limit)
        memmove(list, list + size, (limit - 1) * size);
    else if ((list = realloc(items, (*count + 1) * size)))
        ++*count;
    if (list)
        memset(list + (*count - 1) * size, 0, size);
    return list;
}

#define DEFINE_ADD(function, Type, list, number, limit, index)                               \
    Type *function(MpJournalContent *content)                                                \
    {                                                                                        \
        Type *grown = append(content->list, &content->number, (limit), sizeof(Type), index); \
        if (!grown)                                                                          \
            return NULL;                                                                     \
        content->list = grown;                                                               \
        return &grown[content->number - 1];                                                  \
    }

DEFINE_ADD(mp_content_add_patch, MpJournalPatch, patches, patch_count, MP_JOURNAL_PATCH_LIMIT,
           &content->by_file)
DEFINE_ADD(mp_content_add_condemned, MpCondemned, condemned, condemned_count,
           MP_JOURNAL_CONDEMNED_LIMIT, NULL)
DEFINE_ADD(mp_content_add_entry, MpJournalEntry, set, set_count, MP_JOURNAL_PATCH_LIMIT, NULL)
DEFINE_ADD(mp_content_add_trial, MpJournalTrial, trials, trial_count, MP_JOURNAL_TRIAL_LIMIT,
           &content->by_trial)

/* The lines move to the beginning of their room when they have come to its end, not one by one. */
MpJournalEvent *mp_content_add_event(MpJournalContent *content)
{
    enum { LIMIT = MP_JOURNAL_HISTORY_LIMIT, ROOM = 2 * LIMIT };
    if (!content->history_room) {
        content->history = content->history_room =
            malloc(ROOM * sizeof *content->history); /* most of it is never touched */
        if (!content->history_room)
            return NULL;
    }
    if (content->history_count < LIMIT) {
        content->history_count++;
    } else if (content->history + LIMIT < content->history_room + ROOM) {
        content->history++;
    } else {
        memcpy(content->history_room, content->history + 1, (LIMIT - 1) * sizeof *content->history);
        content->history = content->history_room;
    }
    MpJournalEvent *last = &content->history[content->history_count - 1];
    *last = (MpJournalEvent){0};
    return last;
}

#define DEFINE_FIND_HASH(function, Type, list, number)                  \
    Type *function(const MpJournalContent *content, const MpHash *hash) \
    {                                                                   \
        for (size_t i = content->number; i-- > 0;) {                    \
            if (mp_hash_same(&content->list[i].hash, hash))             \
                return &content->list[i];                               \
        }                                                               \
        return NULL;                                                    \
    }

DEFINE_FIND_HASH(mp_content_find_hash, MpJournalPatch, patches, patch_count)
DEFINE_FIND_HASH(mp_content_find_condemned, MpCondemned, condemned, condemned_count)

MpJournalPatch *mp_content_find_patch(const MpJournalContent *content, const char *file)
{
    char name[MP_JOURNAL_FILE_SIZE];
    mp_content_set_text(name, sizeof name, file);
    const size_t count = content->patch_count;
    size_t place = mp_index_find(
        content->by_file,
        (MpIndexed){count ? content->patches->file : "", sizeof *content->patches, count}, name);
    return place < count ? &content->patches[place] : NULL;
}

MpJournalTrial *mp_content_find_trial(const MpJournalContent *content, const MpHash *hash)
{
    const size_t count = content->trial_count;
    size_t place = mp_index_find(
        content->by_trial,
        (MpIndexed){count ? content->trials->hash.text : "", sizeof *content->trials, count},
        hash->text);
    return hash->text[0] && place < count ? &content->trials[place] : NULL;
}

void mp_content_drop_trials(MpJournalContent *content, const MpHash *hashes, size_t count)
{
    bool gone[MP_JOURNAL_TRIAL_LIMIT] = {false};
    for (size_t i = 0; i < count; i++) {
        const MpJournalTrial *trial = mp_content_find_trial(content, &hashes[i]);
        if (trial)
            gone[trial - content->trials] = true;
    }
    size_t kept = 0;
    for (size_t i = 0; i < content->trial_count; i++) {
        if (!gone[i])
            content->trials[kept++] = content->trials[i];
    }
    content->trial_count = kept;
    mp_index_clear(content->by_trial);
}

void mp_content_drop_entry(MpJournalContent *content, size_t index)
{
    MpJournalEntry *entry = &content->set[index];
    memmove(entry, entry + 1, (--content->set_count - index) * sizeof *entry);
}

void mp_content_finish(MpJournalContent *content)
{
    free(content->patches);
    free(content->condemned);
    free(content->set);
    free(content->trials);
    free(content->history_room);
    mp_index_destroy(content->by_file);
    mp_index_destroy(content->by_trial);
    *content = (MpJournalContent){0};
}
