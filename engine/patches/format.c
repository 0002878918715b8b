#include "patches/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char head[] = "moonpatch-journal 1 ";
enum { HEAD_LENGTH = sizeof head - 1, LINE_LENGTH = HEAD_LENGTH + MP_HASH_LENGTH + 1 };

/* From 1970 to 9999: what the form has digits for. */
static const int64_t last_time = 253402300799;

/* ---- to JSON ------------------------------------------------------------------------------- */

void mp_format_time(int64_t time, char text[21])
{
    time_t seconds = (time_t)(time < 0 ? 0 : time > last_time ? last_time : time);
    struct tm parts;
    strftime(text, 21, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &parts));
}

static json_t *pack_time(int64_t time)
{
    char text[21];
    mp_format_time(time, text);
    return json_string(text);
}

static json_t *pack_good(const MpJournalPatch *patch)
{
    json_t *list = json_array();
    for (size_t i = 0; i < MP_JOURNAL_GOOD_LIMIT && patch->good[i].text[0]; i++)
        json_array_append_new(list, json_string(patch->good[i].text));
    return list;
}

static json_t *pack_patch(const void *item)
{
    const MpJournalPatch *patch = item;
    return json_pack("{s:s, s:s, s:o, s:s, s:s, s:o, s:s, s:s, s:o}", "file", patch->file, "id",
                     patch->id, "version",
                     patch->has_version ? json_real(patch->version) : json_null(), "hash",
                     patch->hash.text, "state", mp_journal_state_name(patch->state), "since",
                     pack_time(patch->since), "cause", mp_cause_name(patch->cause), "why",
                     patch->why, "good", pack_good(patch));
}

static json_t *pack_condemned(const void *item)
{
    const MpCondemned *condemned = item;
    return json_pack("{s:s, s:s, s:o, s:s, s:s}", "hash", condemned->hash.text, "file",
                     condemned->file, "since", pack_time(condemned->since), "cause",
                     mp_cause_name(condemned->cause), "why", condemned->why);
}

static json_t *pack_entry(const void *item)
{
    const MpJournalEntry *entry = item;
    return json_pack("{s:s, s:s}", "file", entry->file, "hash", entry->hash.text);
}

static json_t *pack_trial(const void *item)
{
    const MpJournalTrial *trial = item;
    return json_pack("{s:s, s:b, s:b}", "hash", trial->hash.text, "open", trial->open, "suspect",
                     trial->suspect);
}

static json_t *pack_event(const void *item)
{
    const MpJournalEvent *event = item;
    return json_pack("{s:o, s:s, s:s, s:s, s:s}", "time", pack_time(event->time), "file",
                     event->file, "state",
                     event->file[0] ? mp_journal_state_name(event->state) : "", "cause",
                     mp_cause_name(event->cause), "why", event->why);
}

static json_t *pack_boot(const MpJournalBoot *boot)
{
    return json_pack("{s:I, s:o, s:s, s:I, s:s}", "process", (json_int_t)boot->process, "started",
                     pack_time(boot->started), "phase", mp_boot_phase_name(boot->phase), "mark",
                     (json_int_t)boot->mark, "program", boot->program);
}

static json_t *pack_list(const void *items, size_t count, size_t size,
                         json_t *(*pack)(const void *item))
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < count; i++) {
        if (json_array_append_new(list, pack((const char *)items + i * size)) != 0) {
            json_decref(list);
            list = NULL;
        }
    }
    return list;
}

#define PACK_LIST(list, count, pack) \
    pack_list(content->list, content->count, sizeof *content->list, pack)

json_t *mp_format_json(const MpJournalContent *content)
{
    return json_pack(
        "{s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "generation", (json_int_t)content->generation,
        "boot", pack_boot(&content->boot), "patches", PACK_LIST(patches, patch_count, pack_patch),
        "condemned", PACK_LIST(condemned, condemned_count, pack_condemned), "set",
        PACK_LIST(set, set_count, pack_entry), "trials", PACK_LIST(trials, trial_count, pack_trial),
        "history", PACK_LIST(history, history_count, pack_event));
}

char *mp_format_encode(const MpJournalContent *content, size_t *size)
{
    json_t *root = mp_format_json(content);
    char *body = root ? json_dumps(root, JSON_COMPACT) : NULL;
    size_t length = body ? strlen(body) : 0;
    char *text = body ? malloc(LINE_LENGTH + length + 1) : NULL;
    if (text) {
        *size = LINE_LENGTH + length;
        snprintf(text, *size + 1, "%s%s\n%s", head, mp_hash_of(body, length).text, body);
    }
    free(body);
    json_decref(root);
    return text;
}

/* ---- from JSON ----------------------------------------------------------------------------- */

static bool unpack_time(const char *text, int64_t *time)
{
    struct tm parts = {0};
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    *time = (int64_t)timegm(&parts);
    return end && !*end;
}

/* The number of a word in a list of `count`. */
static bool unpack_word(const char *word, const char *(*name)(unsigned number), unsigned count,
                        unsigned *number)
{
    for (*number = 0; *number < count; ++*number) {
        if (strcmp(name(*number), word) == 0)
            return true;
    }
    return false;
}

static const char *state_name(unsigned number)
{
    return mp_journal_state_name((MpJournalState)number);
}
static const char *cause_name(unsigned number) { return mp_cause_name((MpCause)number); }
static const char *phase_name(unsigned number) { return mp_boot_phase_name((MpBootPhase)number); }

static bool unpack_state(const char *word, MpJournalState *state)
{
    unsigned number;
    bool known = unpack_word(word, state_name, MP_JOURNAL_STATES, &number);
    *state = (MpJournalState)number;
    return known;
}

static bool unpack_cause(const char *word, MpCause *cause)
{
    unsigned number;
    bool known = unpack_word(word, cause_name, MP_CAUSES, &number);
    *cause = (MpCause)number;
    return known;
}

static bool unpack_phase(const char *word, MpBootPhase *phase)
{
    unsigned number;
    bool known = unpack_word(word, phase_name, MP_BOOT_PHASES, &number);
    *phase = (MpBootPhase)number;
    return known;
}

static bool unpack_good(const json_t *list, MpJournalPatch *patch)
{
    if (json_array_size(list) > MP_JOURNAL_GOOD_LIMIT)
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (!text || !mp_hash_parse(text, &patch->good[i]))
            return false;
    }
    return true;
}

static bool unpack_version(const json_t *version, MpJournalPatch *patch)
{
    patch->has_version = json_is_number(version);
    patch->version = json_number_value(version);
    return patch->has_version || json_is_null(version);
}

static bool unpack_patch(json_t *item, MpJournalContent *content)
{
    MpJournalPatch *patch = mp_content_add_patch(content);
    const char *file, *id, *hash, *state, *since, *cause, *why;
    json_t *version, *good;
    if (!patch || json_unpack(item, "{s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:s, s:o}", "file", &file,
                              "id", &id, "version", &version, "hash", &hash, "state", &state,
                              "since", &since, "cause", &cause, "why", &why, "good", &good) != 0)
        return false;
    mp_content_set_text(patch->file, sizeof patch->file, file);
    mp_content_set_text(patch->id, sizeof patch->id, id);
    mp_content_set_text(patch->why, sizeof patch->why, why);
    return (!*hash || mp_hash_parse(hash, &patch->hash)) && unpack_version(version, patch) &&
           unpack_state(state, &patch->state) && unpack_time(since, &patch->since) &&
           unpack_cause(cause, &patch->cause) && json_is_array(good) && unpack_good(good, patch);
}

static bool unpack_condemned(json_t *item, MpJournalContent *content)
{
    MpCondemned *condemned = mp_content_add_condemned(content);
    const char *hash, *file, *since, *cause, *why;
    if (!condemned || json_unpack(item, "{s:s, s:s, s:s, s:s, s:s}", "hash", &hash, "file", &file,
                                  "since", &since, "cause", &cause, "why", &why) != 0)
        return false;
    mp_content_set_text(condemned->file, sizeof condemned->file, file);
    mp_content_set_text(condemned->why, sizeof condemned->why, why);
    return mp_hash_parse(hash, &condemned->hash) && unpack_time(since, &condemned->since) &&
           unpack_cause(cause, &condemned->cause);
}

static bool unpack_entry(json_t *item, MpJournalContent *content)
{
    MpJournalEntry *entry = mp_content_add_entry(content);
    const char *file, *hash;
    if (!entry || json_unpack(item, "{s:s, s:s}", "file", &file, "hash", &hash) != 0)
        return false;
    mp_content_set_text(entry->file, sizeof entry->file, file);
    return mp_hash_parse(hash, &entry->hash);
}

static bool unpack_trial(json_t *item, MpJournalContent *content)
{
    MpJournalTrial *trial = mp_content_add_trial(content);
    const char *hash;
    int open, suspect = false;
    if (!trial || json_unpack(item, "{s:s, s:b, s?b}", "hash", &hash, "open", &open, "suspect",
                              &suspect) != 0)
        return false;
    trial->open = open;
    trial->suspect = suspect;
    return mp_hash_parse(hash, &trial->hash);
}

static bool unpack_event(json_t *item, MpJournalContent *content)
{
    MpJournalEvent *event = mp_content_add_event(content);
    const char *time, *file, *state, *cause, *why;
    if (!event || json_unpack(item, "{s:s, s:s, s:s, s:s, s:s}", "time", &time, "file", &file,
                              "state", &state, "cause", &cause, "why", &why) != 0)
        return false;
    mp_content_set_text(event->file, sizeof event->file, file);
    mp_content_set_text(event->why, sizeof event->why, why);
    return unpack_time(time, &event->time) && unpack_cause(cause, &event->cause) &&
           (!*file || unpack_state(state, &event->state));
}

static bool unpack_boot(json_t *item, MpJournalContent *content)
{
    MpJournalBoot *boot = &content->boot;
    json_int_t process, mark;
    const char *started, *phase, *program;
    if (json_unpack(item, "{s:I, s:s, s:s, s:I, s:s}", "process", &process, "started", &started,
                    "phase", &phase, "mark", &mark, "program", &program) != 0)
        return false;
    boot->process = process;
    boot->mark = mark;
    mp_content_set_text(boot->program, sizeof boot->program, program);
    return unpack_time(started, &boot->started) && unpack_phase(phase, &boot->phase);
}

/* The parts of a journal: one object, or a list of them. */
static const struct {
    const char *key;
    bool (*unpack)(json_t *item, MpJournalContent *content);
    size_t limit; /* 0: no list */
} parts[] = {
    {"boot", unpack_boot, 0},
    {"patches", unpack_patch, MP_JOURNAL_PATCH_LIMIT},
    {"condemned", unpack_condemned, MP_JOURNAL_CONDEMNED_LIMIT},
    {"set", unpack_entry, MP_JOURNAL_PATCH_LIMIT},
    {"trials", unpack_trial, MP_JOURNAL_TRIAL_LIMIT},
    {"history", unpack_event, MP_JOURNAL_HISTORY_LIMIT},
};

static bool unpack_part(size_t part, json_t *value, MpJournalContent *content)
{
    if (!parts[part].limit)
        return parts[part].unpack(value, content);
    if (!json_is_array(value) || json_array_size(value) > parts[part].limit)
        return false;
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!parts[part].unpack(json_array_get(value, i), content))
            return false;
    }
    return true;
}

bool mp_format_from_json(const json_t *root, MpJournalContent *content, MpError *error)
{
    MpJournalContent read = {0};
    json_int_t generation = json_integer_value(json_object_get(root, "generation"));
    const char *wrong = generation < 1 || generation >= (json_int_t)1 << 53 ? "generation" : NULL;
    for (size_t i = 0; !wrong && i < sizeof parts / sizeof parts[0]; i++) {
        if (!unpack_part(i, json_object_get(root, parts[i].key), &read))
            wrong = parts[i].key;
    }
    if (wrong) {
        mp_content_finish(&read);
        mp_error_set(error, MP_FORMAT, "its \"%s\" is not as a journal has it", wrong);
        return false;
    }
    read.generation = (uint64_t)generation;
    *content = read;
    return true;
}

static bool check_line(const char *text, size_t size, MpError *error)
{
    const char *why = NULL;
    if (size < LINE_LENGTH || memcmp(text, head, HEAD_LENGTH) != 0 || text[LINE_LENGTH - 1] != '\n')
        why = "it does not start as a journal does";
    else if (memcmp(text + HEAD_LENGTH, mp_hash_of(text + LINE_LENGTH, size - LINE_LENGTH).text,
                    MP_HASH_LENGTH) != 0)
        why = "its checksum differs";
    if (why)
        mp_error_set(error, MP_FORMAT, "%s", why);
    return !why;
}

bool mp_format_decode(const char *text, size_t size, MpJournalContent *content, MpError *error)
{
    if (!check_line(text, size, error))
        return false;
    json_error_t where;
    json_t *root =
        json_loadb(text + LINE_LENGTH, size - LINE_LENGTH, JSON_REJECT_DUPLICATES, &where);
    if (!root) {
        mp_error_set(error, MP_FORMAT, "it is no JSON from byte %d on", where.position);
        return false;
    }
    bool good = mp_format_from_json(root, content, error);
    json_decref(root);
    return good;
}
