#include "update/channel/state.h"

#include "file/file.h"
#include "file/path.h"
#include "patches/system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATE_LIMIT = 1 << 20 };

/* Written one after the other: whatever damages one of them, the other is whole. */
static const char *const file_names[] = {"state.json", "state.copy.json"};

void mp_state_init(MpChannelState *state, const char *app, const char *channel)
{
    *state = (MpChannelState){.active = MP_SLOT_EMBEDDED, .next = MP_SLOT_NONE};
    snprintf(state->app, sizeof state->app, "%s", app);
    snprintf(state->channel, sizeof state->channel, "%s", channel);
}

const char *mp_slot_name(int slot) { return slot == 0 ? "a" : slot == 1 ? "b" : NULL; }

/* ---- questions ----------------------------------------------------------------------------- */

MpReleaseNumber mp_state_release(const MpChannelState *state, int slot)
{
    return slot < 0 ? 0 : state->slots[slot].release;
}

const char *mp_state_find_condemned(const MpChannelState *state, MpReleaseNumber number)
{
    for (size_t i = 0; i < state->condemned_count; i++) {
        if (state->condemned[i].number == number)
            return state->condemned[i].cause;
    }
    return NULL;
}

int mp_state_find(const MpChannelState *state, MpReleaseNumber number)
{
    for (int slot = 0; slot < MP_SLOTS; slot++) {
        if (state->slots[slot].release == number && !mp_state_find_condemned(state, number))
            return slot;
    }
    return MP_SLOT_NONE;
}

int mp_state_free_slot(const MpChannelState *state)
{
    if (state->active >= 0) {
        int other = 1 - state->active;
        bool fallback = !state->slots[state->active].good && state->slots[other].good;
        return fallback ? MP_SLOT_NONE : other;
    }
    return state->slots[0].good ? 1 : 0;
}

int mp_state_fallback(const MpChannelState *state)
{
    for (int slot = 0; slot < MP_SLOTS; slot++) {
        if (slot != state->active && state->slots[slot].release && state->slots[slot].good)
            return slot;
    }
    return MP_SLOT_EMBEDDED;
}

static void forget_oldest(MpChannelState *state)
{
    state->condemned_count--;
    memmove(state->condemned, state->condemned + 1,
            state->condemned_count * sizeof *state->condemned);
}

void mp_state_condemn(MpChannelState *state, MpReleaseNumber number, const char *cause)
{
    if (mp_state_release(state, state->active) == number)
        state->active = mp_state_fallback(state);
    if (mp_state_release(state, state->next) == number)
        state->next = MP_SLOT_NONE;
    for (int slot = 0; slot < MP_SLOTS; slot++) {
        if (state->slots[slot].release == number)
            state->slots[slot] = (MpSlot){0};
    }
    if (mp_state_find_condemned(state, number))
        return;
    if (state->condemned_count == MP_CONDEMNED_LIMIT)
        forget_oldest(state);
    MpCondemnedRelease *condemned = &state->condemned[state->condemned_count++];
    condemned->number = number;
    snprintf(condemned->cause, sizeof condemned->cause, "%.*s", (int)strcspn(cause, "\n"), cause);
}

/* ---- to JSON ------------------------------------------------------------------------------- */

/* Causes hold what files and servers say, which need not be UTF-8 once it is cut. */
static json_t *pack_text(const char *text)
{
    json_t *string = json_string(text);
    return string ? string : json_string("(not readable)");
}

static json_t *pack_slot(const MpSlot *slot)
{
    return slot->release ? json_pack("{s:I, s:s, s:b}", "release", (json_int_t)slot->release,
                                     "list", slot->list.text, "good", (int)slot->good)
                         : json_null();
}

static json_t *pack_condemned(const MpChannelState *state)
{
    json_t *list = json_array();
    for (size_t i = 0; i < state->condemned_count; i++) {
        const MpCondemnedRelease *condemned = &state->condemned[i];
        json_array_append_new(list,
                              json_pack("{s:I, s:o}", "release", (json_int_t)condemned->number,
                                        "cause", pack_text(condemned->cause)));
    }
    return list;
}

bool mp_state_save(const char *folder, const MpChannelState *state, MpError *error)
{
    json_t *root =
        json_pack("{s:s, s:s, s:i, s:i, s:[o, o], s:o, s:I, s:o}", "app", state->app, "channel",
                  state->channel, "active", state->active, "next", state->next, "slots",
                  pack_slot(&state->slots[0]), pack_slot(&state->slots[1]), "condemned",
                  pack_condemned(state), "checked", (json_int_t)state->checked, "problem",
                  pack_text(state->problem));
    char *text = root ? json_dumps(root, JSON_INDENT(2)) : NULL;
    json_decref(root);
    if (!text) {
        mp_error_set(error, MP_MEMORY, "no memory for the state of updates");
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < sizeof file_names / sizeof *file_names && ok; i++)
        ok = mp_system_replace(folder, file_names[i], text, strlen(text), true, error);
    free(text);
    return ok;
}

/* ---- from JSON ----------------------------------------------------------------------------- */

static bool take_number(const json_t *value, MpReleaseNumber *number)
{
    *number = (MpReleaseNumber)json_integer_value(value);
    return json_is_integer(value) && json_integer_value(value) > 0;
}

static bool take_text(const json_t *value, char *text, size_t size)
{
    const char *given = json_string_value(value);
    snprintf(text, size, "%s", given ? given : "");
    return given != NULL;
}

static bool take_slot(const json_t *value, MpSlot *slot)
{
    const char *list = json_string_value(json_object_get(value, "list"));
    slot->good = json_is_true(json_object_get(value, "good"));
    return json_is_null(value) || (take_number(json_object_get(value, "release"), &slot->release) &&
                                   list && mp_hash_parse(list, &slot->list));
}

static bool take_condemned(const json_t *list, MpChannelState *state)
{
    bool ok = json_is_array(list) && json_array_size(list) <= MP_CONDEMNED_LIMIT;
    state->condemned_count = ok ? json_array_size(list) : 0;
    for (size_t i = 0; i < state->condemned_count; i++) {
        const json_t *value = json_array_get(list, i);
        MpCondemnedRelease *condemned = &state->condemned[i];
        ok = ok && take_number(json_object_get(value, "release"), &condemned->number) &&
             take_text(json_object_get(value, "cause"), condemned->cause, sizeof condemned->cause);
    }
    return ok;
}

/* A slot that is named must have something in it. */
static bool take_place(const json_t *value, const MpChannelState *state, int lowest, int *place)
{
    *place = (int)json_integer_value(value);
    return json_is_integer(value) && json_integer_value(value) >= lowest &&
           json_integer_value(value) < MP_SLOTS && (*place < 0 || state->slots[*place].release);
}

static bool unpack(const json_t *root, MpChannelState *state)
{
    const json_t *slots = json_object_get(root, "slots");
    const json_t *checked = json_object_get(root, "checked");
    state->checked = json_integer_value(checked);
    return take_text(json_object_get(root, "app"), state->app, sizeof state->app) &&
           take_text(json_object_get(root, "channel"), state->channel, sizeof state->channel) &&
           take_text(json_object_get(root, "problem"), state->problem, sizeof state->problem) &&
           take_slot(json_array_get(slots, 0), &state->slots[0]) &&
           take_slot(json_array_get(slots, 1), &state->slots[1]) &&
           take_place(json_object_get(root, "active"), state, MP_SLOT_EMBEDDED, &state->active) &&
           take_place(json_object_get(root, "next"), state, MP_SLOT_NONE, &state->next) &&
           take_condemned(json_object_get(root, "condemned"), state) && json_is_integer(checked);
}

static bool load(const char *folder, const char *name, MpChannelState *state, MpError *error)
{
    size_t size = 0;
    char *path = mp_path_join(folder, name);
    char *text = path ? mp_file_read(path, STATE_LIMIT, &size, error) : NULL;
    if (!path)
        mp_error_set(error, MP_MEMORY, "no memory for the state of updates");
    json_t *root = text ? json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL) : NULL;
    MpChannelState loaded = {0};
    bool ok = root && unpack(root, &loaded);
    if (text && !ok)
        mp_error_set(error, MP_FORMAT, "'%s' is damaged", path);
    if (ok)
        *state = loaded;
    json_decref(root);
    free(text);
    free(path);
    return ok;
}

bool mp_state_load(const char *folder, MpChannelState *state, MpError *error)
{
    return load(folder, file_names[0], state, error) || load(folder, file_names[1], state, NULL);
}
