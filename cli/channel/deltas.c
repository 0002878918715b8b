#include "channel/deltas.h"

#include "channel/progress.h"
#include "message.h"
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

/* What is said of an object's deltas; NULL: it has none. */
static json_t *deltas_of(const json_t *description)
{
    const json_t *custom = json_object_get(description, "custom");
    return json_object_get(json_object_get(custom, "moonpatch"), "deltas");
}

/* The same, which is made if there is none. */
static json_t *list_of(const Pair *pair)
{
    json_t *description = description_of(pair->repository, pair->result);
    if (!deltas_of(description))
        json_object_set_new(mp_metadata_custom(description), "deltas", json_array());
    return deltas_of(description);
}

static bool is_listed(const Pair *pair)
{
    const json_t *list = deltas_of(description_of(pair->repository, pair->result));
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

/* The delta from one object to a file; `base_size` gets the object's size. */
static bool make_from(const MpRepository *repository, const char *base, const MpPackFile *file,
                      MpDeltaBytes *delta, size_t *base_size, MpError *error)
{
    char target[MP_HASH_LENGTH + 16];
    snprintf(target, sizeof target, "objects/%s", base);
    char *bytes = mp_repository_read(repository, target, base_size, error);
    bool good = bytes && mp_delta_make(bytes, *base_size, file->content, file->size, delta, error);
    free(bytes);
    return good;
}

/* What is damaged is no base; players who run it download the whole file. */
static bool make(const Pair *pair, MpError *error)
{
    size_t size;
    MpError problem;
    MpDeltaBytes delta = {0};
    bool made = make_from(pair->repository, pair->base->text, pair->file, &delta, &size, &problem);
    bool is_better =
        made && delta.size < pair->file->size && delta.memory <= mp_delta_memory_limit(size);
    bool good = !is_better || put(pair, &delta, error);
    if (!made)
        mp_cli_warn("no delta for '%s': %s", pair->file->name, problem.message);
    free(delta.bytes);
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
        MpError problem;
        MpReleaseNumber number = releases->list[i].number;
        if (mp_release_read(repository, number, &before, &problem))
            good = add_from(repository, &before, files, made, error);
        else
            mp_cli_warn("no deltas from release %llu: %s", (unsigned long long)number,
                        problem.message);
        mp_release_finish(&before);
    }
    return good;
}

/* ---- mending -------------------------------------------------------------------------------- */

static bool is_whole(const MpRepository *repository, const char *target)
{
    size_t size;
    char *bytes = mp_repository_read(repository, target, &size, NULL);
    free(bytes);
    return bytes != NULL;
}

/* Whether the delta is as it was listed once it is made again. */
static bool is_same(const MpRepository *repository, const char *target, const MpDeltaBytes *delta)
{
    const json_t *targets = json_object_get(repository->targets, "targets");
    json_t *now = mp_metadata_describe(delta->bytes, delta->size);
    bool same = json_equal(json_object_get(targets, target), now);
    json_decref(now);
    return same;
}

/* Returns 1 when the entry's delta is there again, 0 when it cannot be, -1 for an error. */
static int mend(MpRepository *repository, const json_t *entry, const MpPackFile *file,
                MpError *error)
{
    size_t size;
    MpDeltaBytes delta = {0};
    const char *target = json_string_value(json_object_get(entry, "delta"));
    const char *base = json_string_value(json_object_get(entry, "base"));
    if (is_whole(repository, target))
        return 1;
    int result = make_from(repository, base, file, &delta, &size, NULL) &&
                 is_same(repository, target, &delta);
    if (result && !mp_repository_add(repository, target, delta.bytes, delta.size, error))
        result = -1;
    free(delta.bytes);
    return result;
}

static bool mend_file(MpRepository *repository, const MpPackFile *file, bool *dropped,
                      MpError *error)
{
    MpHash object = mp_hash_of(file->content, file->size);
    json_t *list = deltas_of(description_of(repository, &object));
    for (size_t i = json_array_size(list); i-- > 0;) {
        const json_t *entry = json_array_get(list, i);
        int mended = mend(repository, entry, file, error);
        if (mended < 0)
            return false;
        if (mended)
            continue;
        json_object_del(json_object_get(repository->targets, "targets"),
                        json_string_value(json_object_get(entry, "delta")));
        json_array_remove(list, i);
        *dropped = true;
    }
    return true;
}

bool mp_deltas_mend(MpRepository *repository, const MpPackFolder *files, bool *dropped,
                    MpError *error)
{
    for (size_t i = 0; i < files->count; i++) {
        if (!mend_file(repository, &files->files[i], dropped, error))
            return false;
    }
    return true;
}
