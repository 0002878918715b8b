#include "channel/releases.h"

#include "patches/faults.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Scratch scratch;

void releases_init(void)
{
    scratch_init(&scratch);
    faults_sync(SYNC_SKIPPED);
}

void releases_finish(void) { scratch_finish(&scratch); }

const ReleaseFile release_files[] = {
    {1, "patch/a.lua", "one"},      {1, "patch/b.lua", "the same"},    {2, "patch/a.lua", "two"},
    {2, "patch/b.lua", "the same"}, {2, "patch/scripts/c.lua", "two"}, {3, "patch/a.lua", "three"},
};
const size_t release_file_count = sizeof release_files / sizeof *release_files;

static void put_object(const MpSlots *slots, const char *text)
{
    MpHash hash = mp_hash_of(text, strlen(text));
    char *path = mp_slots_object(slots, &hash);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file, "%s", path);
    fputs(text, file);
    fclose(file);
    free(path);
}

static char *make_list(const MpSlots *slots, MpReleaseNumber number)
{
    json_t *list = json_array();
    for (size_t i = 0; i < release_file_count; i++) {
        const ReleaseFile *file = &release_files[i];
        if (file->release != number)
            continue;
        if (slots)
            put_object(slots, file->text);
        json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "path", file->path, "object",
                                              mp_hash_of(file->text, strlen(file->text)).text,
                                              "length", (json_int_t)strlen(file->text)));
    }
    json_t *root = json_pack("{s:I, s:o}", "release", (json_int_t)number, "files", list);
    char *text = json_dumps(root, JSON_COMPACT);
    json_decref(root);
    return text;
}

bool install(const MpSlots *slots, MpChannelState *state, MpReleaseNumber number, int *slot,
             MpError *error)
{
    MpRelease release;
    char *list = make_list(NULL, number);
    cr_assert(mp_release_parse(list, strlen(list), number, &release, NULL));
    bool ok = mp_slots_install(slots, state, &release, list, strlen(list), slot, error);
    mp_release_finish(&release);
    free(list);
    return ok;
}

void open_slots(MpSlots *slots, MpChannelState *state)
{
    MpError error;
    cr_assert(mp_slots_open(slots, scratch.path, &error), "%s", error.message);
    if (!mp_state_load(slots->folder, state, NULL))
        mp_state_init(state, "moonbase", "stable");
    for (MpReleaseNumber number = 1; number <= 3; number++)
        free(make_list(slots, number));
}

void run_release(MpReleaseNumber number)
{
    MpSlots slots;
    MpChannelState state;
    MpError error;
    int slot;
    open_slots(&slots, &state);
    cr_assert(install(&slots, &state, number, &slot, &error), "%s", error.message);
    state.active = slot;
    state.slots[slot].good = true;
    cr_assert(mp_state_save(slots.folder, &state, &error), "%s", error.message);
    mp_slots_close(&slots);
}

void open_old(MpSlots *slots, MpChannelState *state)
{
    run_release(1);
    open_slots(slots, state);
}

const char *content(int slot, const char *path)
{
    static char text[64];
    char name[128];
    snprintf(name, sizeof name, "updates/slots/%s/%s", mp_slot_name(slot), path);
    FILE *file = fopen(scratch_path(&scratch, name), "rb");
    size_t size = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[size] = '\0';
    if (file)
        fclose(file);
    return text;
}
