/* How a channel is signed: all of it first, and then it is written. A key that does not come
   forward leaves the channel as it was. */
#include "channel/repository.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "metadata/7.targets.json"; of the timestamp, there is one only. */
static void name_file(char name[MP_REPOSITORY_NAME_SIZE], const json_t *content)
{
    const char *role = mp_metadata_role(content);
    if (strcmp(role, "timestamp") == 0)
        snprintf(name, MP_REPOSITORY_NAME_SIZE, "metadata/%s.json", role);
    else
        snprintf(name, MP_REPOSITORY_NAME_SIZE, "metadata/%ld.%s.json",
                 mp_metadata_version(content), role);
}

/* Signs what is next of a role. Returns the text that will be its file: borrowed. */
static const char *stage(MpRepository *repository, MpKeys *keys, json_t *content,
                         const json_t *root, const json_t *before, int64_t today, MpError *error)
{
    mp_metadata_renew(content, root, today);
    char *text = mp_metadata_sign(content, keys, root, before, error);
    if (text) {
        MpStaged *staged = &repository->staged[repository->staged_count++];
        name_file(staged->name, content);
        staged->text = text;
    }
    return text;
}

bool mp_repository_stage_root(MpRepository *repository, MpKeys *keys, json_t *root, int64_t today,
                              MpError *error)
{
    bool good = stage(repository, keys, root, root, repository->root, today, error) != NULL;
    json_decref(repository->root);
    repository->root = root;
    if (repository->files)
        repository->unsettled = mp_repository_find_unsettled(repository);
    return good;
}

/* Signs a role anew, and tells the role above, if there is one. */
static bool stage_role(MpRepository *repository, MpKeys *keys, json_t *content, json_t *above,
                       int64_t today, MpError *error)
{
    char name[MP_REPOSITORY_NAME_SIZE];
    const char *text = stage(repository, keys, content, repository->root, NULL, today, error);
    if (!text || !above)
        return text != NULL;
    json_t *listed = mp_metadata_describe(text, strlen(text));
    json_object_set(listed, "version", json_object_get(content, "version"));
    snprintf(name, sizeof name, "%s.json", mp_metadata_role(content));
    return json_object_set_new(json_object_get(above, "meta"), name, listed) == 0;
}

/* In the order in which they were signed: what others refer to first. */
static bool write_staged(MpRepository *repository, MpError *error)
{
    for (size_t i = 0; i < repository->staged_count; i++) {
        const MpStaged *staged = &repository->staged[i];
        if (!mp_repository_put(repository, staged->name, staged->text, strlen(staged->text), error))
            return false;
    }
    return true;
}

bool mp_repository_commit(MpRepository *repository, MpKeys *keys, MpCommit changed, int64_t today,
                          MpError *error)
{
    MpCommit level = changed > repository->unsettled ? changed : repository->unsettled;
    return (level < MP_COMMIT_TARGETS || stage_role(repository, keys, repository->targets,
                                                    repository->snapshot, today, error)) &&
           (level < MP_COMMIT_SNAPSHOT || stage_role(repository, keys, repository->snapshot,
                                                     repository->timestamp, today, error)) &&
           (level < MP_COMMIT_TIMESTAMP ||
            stage_role(repository, keys, repository->timestamp, NULL, today, error)) &&
           write_staged(repository, error);
}
