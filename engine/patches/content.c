#include "patches/content.h"

#include "log/clean.h"

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
static void *append(void *items, size_t *count, size_t limit, size_t size)
{
    char *list = items;
    if (*count == limit)
        memmove(list, list + size, (limit - 1) * size);
    else if ((list = realloc(items, (*count + 1) * size)))
        ++*count;
    if (list)
        memset(list + (*count - 1) * size, 0, size);
    return list;
}

#define DEFINE_ADD(function, Type, list, number, limit)                               \
    Type *function(MpJournalContent *content)                                         \
    {                                                                                 \
        Type *grown = append(content->list, &content->number, (limit), sizeof(Type)); \
        if (!grown)                                                                   \
            return NULL;                                                              \
        content->list = grown;                                                        \
        return &grown[content->number - 1];                                           \
    }

DEFINE_ADD(mp_content_add_patch, MpJournalPatch, patches, patch_count, MP_JOURNAL_PATCH_LIMIT)
DEFINE_ADD(mp_content_add_condemned, MpCondemned, condemned, condemned_count,
           MP_JOURNAL_CONDEMNED_LIMIT)
DEFINE_ADD(mp_content_add_entry, MpJournalEntry, set, set_count, MP_JOURNAL_PATCH_LIMIT)
DEFINE_ADD(mp_content_add_trial, MpJournalTrial, trials, trial_count, MP_JOURNAL_TRIAL_LIMIT)

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
DEFINE_FIND_HASH(mp_content_find_trial, MpJournalTrial, trials, trial_count)

MpJournalPatch *mp_content_find_patch(const MpJournalContent *content, const char *file)
{
    char name[MP_JOURNAL_FILE_SIZE];
    mp_content_set_text(name, sizeof name, file);
    for (size_t i = 0; i < content->patch_count; i++) {
        if (strcmp(content->patches[i].file, name) == 0)
            return &content->patches[i];
    }
    return NULL;
}

void mp_content_drop_trial(MpJournalContent *content, MpJournalTrial *trial)
{
    size_t behind = (size_t)(content->trials + content->trial_count-- - (trial + 1));
    memmove(trial, trial + 1, behind * sizeof *trial);
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
    *content = (MpJournalContent){0};
}
