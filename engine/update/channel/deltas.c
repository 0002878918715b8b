#include "update/channel/deltas.h"

#include "file/path.h"
#include "patches/system.h"
#include "update/channel/order.h"
#include "update/delta/delta.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A delta that is to be used. */
typedef struct Use {
    const MpReleaseFile *file;
    MpHash base;
    char *base_path, *path; /* of the base, and of the delta */
    uint64_t memory;
} Use;

static void finish_use(Use *use)
{
    if (use->path)
        remove(use->path);
    free(use->base_path);
    free(use->path);
    *use = (Use){0};
}

/* What one entry of an object's custom data says. */
static bool read_use(const MpRound *round, const json_t *entry, Use *use)
{
    struct stat status;
    const char *base = json_string_value(json_object_get(entry, "base"));
    const json_t *memory = json_object_get(entry, "memory");
    use->memory = (uint64_t)json_integer_value(memory);
    if (!base || !mp_hash_parse(base, &use->base) || !json_is_integer(memory))
        return false;
    use->base_path = mp_slots_object(round->slots, &use->base);
    return use->base_path && stat(use->base_path, &status) == 0 &&
           use->memory <= mp_delta_memory_limit((uint64_t)status.st_size);
}

/* Where a delta is downloaded to. */
static char *path_of(const MpRound *round, const MpReleaseFile *file)
{
    char name[32 + MP_HASH_LENGTH];
    snprintf(name, sizeof name, "partial/%s.delta", file->object.text);
    return mp_path_join(round->slots->folder, name);
}

static bool order_delta(MpOrder *order, MpRound *round, MpTufClient *tuf, const json_t *entry,
                        Use *use)
{
    MpTufTarget target = {0};
    const char *name = json_string_value(json_object_get(entry, "delta"));
    bool ok = name && read_use(round, entry, use) && mp_tuf_client_find(tuf, name, &target, NULL) &&
              (uint64_t)target.length < use->file->length &&
              (use->path = path_of(round, use->file)) &&
              mp_order_add(order, round, tuf, &target, use->path, NULL);
    mp_tuf_target_finish(&target);
    return ok;
}

/* The first of an object's deltas that can be used; the publisher puts the newest base first. */
static bool order_use(MpOrder *order, MpRound *round, MpTufClient *tuf, const MpReleaseFile *file,
                      Use *use)
{
    char name[16 + MP_HASH_LENGTH];
    size_t index;
    json_t *entry;
    MpTufTarget target = {0};
    bool found = false;
    snprintf(name, sizeof name, "objects/%s", file->object.text);
    if (!mp_tuf_client_find(tuf, name, &target, NULL))
        return false;
    const json_t *custom = json_object_get(target.custom, "moonpatch");
    json_array_foreach (json_object_get(custom, "deltas"), index, entry) {
        *use = (Use){.file = file};
        if ((found = order_delta(order, round, tuf, entry, use)))
            break;
        finish_use(use);
    }
    mp_tuf_target_finish(&target);
    return found;
}

static void apply(const MpRound *round, const Use *use)
{
    char *path = mp_slots_object(round->slots, &use->file->object);
    if (path)
        mp_delta_apply(
            &(MpDelta){
                .base = use->base_path,
                .delta = use->path,
                .path = path,
                .base_hash = use->base,
                .result_hash = use->file->object,
                .result_length = use->file->length,
                .memory = use->memory,
            },
            NULL);
    free(path);
}

void mp_deltas_use(MpRound *round, MpTufClient *tuf, const MpReleaseFile *const *files,
                   size_t count)
{
    MpOrder order = {0};
    size_t used = 0;
    Use *uses = calloc(count, sizeof *uses);
    if (!uses || !mp_order_open(&order, count, NULL))
        count = 0;
    for (size_t i = 0; i < count; i++)
        used += order_use(&order, round, tuf, files[i], &uses[used]);
    if (used)
        mp_order_carry_out(&order, round, NULL);
    for (size_t i = 0; i < used; i++) {
        apply(round, &uses[i]);
        finish_use(&uses[i]);
    }
    mp_order_close(&order);
    free(uses);
}
