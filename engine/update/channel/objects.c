#include "update/channel/objects.h"

#include "update/channel/deltas.h"
#include "update/channel/order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool no_memory(MpError *error)
{
    mp_error_set(error, MP_MEMORY, "no memory for a download");
    return false;
}

bool mp_objects_get(MpRound *round, MpTufClient *tuf, const char *target, const char *file,
                    MpError *error)
{
    MpOrder order = {0};
    MpTufTarget found = {0};
    bool ok = mp_tuf_client_find(tuf, target, &found, error) && mp_order_open(&order, 1, error) &&
              mp_order_add(&order, round, tuf, &found, file, error) &&
              mp_order_carry_out(&order, round, error);
    mp_tuf_target_finish(&found);
    mp_order_close(&order);
    return ok;
}

/* ---- all that is missing ------------------------------------------------------------------- */

static int compare_objects(const void *a, const void *b)
{
    const MpReleaseFile *const *first = a, *const *second = b;
    return strcmp((*first)->object.text, (*second)->object.text);
}

/* The files whose objects are not there, each object once. */
static const MpReleaseFile **list_missing(const MpRound *round, const MpRelease *release,
                                          size_t *count)
{
    const MpReleaseFile **files = calloc(release->count + 1, sizeof *files);
    *count = 0;
    if (!files)
        return NULL;
    for (size_t i = 0; i < release->count; i++)
        files[i] = &release->files[i];
    qsort(files, release->count, sizeof *files, compare_objects);
    const MpHash *before = NULL;
    for (size_t i = 0; i < release->count; i++) {
        const MpReleaseFile *file = files[i];
        bool again = before && mp_hash_same(before, &file->object);
        before = &file->object;
        if (!again && !mp_slots_has_object(round->slots, &file->object, file->length))
            files[(*count)++] = file;
    }
    return files;
}

static bool add_object(MpOrder *order, MpRound *round, MpTufClient *tuf, const MpReleaseFile *file,
                       MpError *error)
{
    char target[16 + MP_HASH_LENGTH];
    MpTufTarget found = {0};
    char *path = mp_slots_object(round->slots, &file->object);
    snprintf(target, sizeof target, "objects/%s", file->object.text);
    bool ok = (path || no_memory(error)) && mp_tuf_client_find(tuf, target, &found, error);
    if (ok && (uint64_t)found.length != file->length) {
        mp_error_set(error, MP_FORMAT, "'%s' is published with two lengths", target);
        ok = false;
    }
    ok = ok && mp_order_add(order, round, tuf, &found, path, error);
    if (ok && !mp_hash_same(&order->downloads[order->count - 1].sha256, &file->object)) {
        mp_error_set(error, MP_FORMAT, "'%s' is published with another hash", target);
        ok = false;
    }
    mp_tuf_target_finish(&found);
    free(path);
    return ok;
}

static bool bring_whole(MpRound *round, MpTufClient *tuf, const MpRelease *release, MpError *error)
{
    size_t count;
    MpOrder order = {0};
    const MpReleaseFile **missing = list_missing(round, release, &count);
    bool ok = (missing || no_memory(error)) && mp_order_open(&order, count, error);
    for (size_t i = 0; ok && i < count; i++)
        ok = add_object(&order, round, tuf, missing[i], error);
    ok = ok && (count == 0 || mp_order_carry_out(&order, round, error));
    mp_order_close(&order);
    free(missing);
    return ok;
}

/* What comes of the deltas shows by what is missing afterwards. */
bool mp_objects_bring(MpRound *round, MpTufClient *tuf, const MpRelease *release, MpError *error)
{
    size_t count = 0;
    atomic_store(&round->progress->release, release->number);
    const MpReleaseFile **missing = list_missing(round, release, &count);
    if (missing && count)
        mp_deltas_use(round, tuf, missing, count);
    free(missing);
    return bring_whole(round, tuf, release, error);
}
