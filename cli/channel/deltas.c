#include "channel/deltas.h"

#include "channel/progress.h"
#include "update/delta/delta.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One object, and what it is to be made of. */
typedef struct Pair {
    MpRepository *repository;
    const MpHash *base, *result;
    const MpPackFile *file;
    MpDeltaCount *made;
} Pair;

static json_t *description_of(const MpRepository *repository, const MpHash *object)
{
    char target[MP_HASH_LENGTH + 16];
    snprintf(target, sizeof target, "objects/%s", object->text);
    return json_object_get(json_object_get(repository->targets, "targets"), target);
}

/* The list of an object's deltas, which is made if there is none. */
static json_t *list_of(const Pair *pair)
{
    json_t *description = description_of(pair->repository, pair->result);
    json_t *custom = mp_metadata_custom(description);
    json_t *list = json_object_get(custom, "deltas");
    if (!list) {
        list = json_array();
        json_object_set_new(custom, "deltas", list);
    }
    return list;
}

static bool is_listed(const Pair *pair)
{
    const json_t *custom =
        json_object_get(description_of(pair->repository, pair->result), "custom");
    const json_t *list = json_object_get(json_object_get(custom, "moonpatch"), "deltas");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *base = json_string_value(json_object_get(json_array_get(list, i), "base"));
        if (base && strcmp(base, pair->base->text) == 0)
            return true;
    }
    return false;
}

static bool put(const Pair *pair, const MpDeltaBytes *delta, MpError *error)
{
    char target[64];
    snprintf(target, sizeof target, "deltas/%.12s-%.12s", pair->base->text, pair->result->text);
    if (!mp_repository_add(pair->repository, target, delta->bytes, delta->size, error))
        return false;
    json_t *entry = json_pack("{s:s, s:s, s:I}", "base", pair->base->text, "delta", target,
                              "memory", (json_int_t)delta->memory);
    pair->made->deltas++;
    pair->made->bytes += delta->size;
    return json_array_append_new(list_of(pair), entry) == 0;
}

static bool make(const Pair *pair, MpError *error)
{
    char target[MP_HASH_LENGTH + 16];
    size_t size;
    MpDeltaBytes delta = {0};
    snprintf(target, sizeof target, "objects/%s", pair->base->text);
    char *base = mp_repository_read(pair->repository, target, &size, error);
    bool good =
        base && mp_delta_make(base, size, pair->file->content, pair->file->size, &delta, error);
    if (good && delta.size < pair->file->size && delta.memory <= mp_delta_memory_limit(size))
        good = put(pair, &delta, error);
    free(delta.bytes);
    free(base);
    return good;
}

static const MpReleaseFile *find(const MpRelease *release, const char *path)
{
    for (size_t i = 0; i < release->count; i++) {
        if (strcmp(release->files[i].path, path) == 0)
            return &release->files[i];
    }
    return NULL;
}

static bool add_from(MpRepository *repository, const MpRelease *before, const MpPackFolder *files,
                     MpDeltaCount *made, MpError *error)
{
    bool good = true;
    for (size_t i = 0; i < files->count && good; i++) {
        const MpPackFile *file = &files->files[i];
        const MpReleaseFile *old = find(before, file->name);
        MpHash result = mp_hash_of(file->content, file->size);
        Pair pair = {repository, old ? &old->object : NULL, &result, file, made};
        if (old && !mp_hash_same(&old->object, &result) && !is_listed(&pair))
            good = make(&pair, error);
        mp_progress("deltas", i + 1, files->count);
    }
    return good;
}

bool mp_deltas_add(MpRepository *repository, const MpReleases *releases, const MpPackFolder *files,
                   size_t count, MpDeltaCount *made, MpError *error)
{
    bool good = true;
    for (size_t i = releases->count; i-- > 0 && count > 0 && good; count--) {
        MpRelease before = {0};
        good = mp_release_read(repository, releases->list[i].number, &before, error) &&
               add_from(repository, &before, files, made, error);
        mp_release_finish(&before);
    }
    return good;
}
