#include "channel/repository.h"

#include "file/file.h"
#include "file/path.h"
#include "patches/system.h"
#include "update/tuf/key.h"
#include "watch/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OBJECT_LIMIT = 256 << 20 };

char *mp_repository_path(const MpRepository *repository, const char *name)
{
    return mp_path_join(repository->folder, name);
}

static const char from_copy[] = "restore it from a copy, such as the web server's";

/* ---- reading -------------------------------------------------------------------------------- */

static json_t *read_role(const MpRepository *repository, const char *role, long version,
                         MpError *error)
{
    char name[MP_REPOSITORY_NAME_SIZE];
    if (version > 0)
        snprintf(name, sizeof name, "metadata/%ld.%s.json", version, role);
    else
        snprintf(name, sizeof name, "metadata/%s.json", role);
    MpError problem = {.status = MP_MEMORY};
    char *path = mp_repository_path(repository, name);
    json_t *file = path ? mp_metadata_read(path, &problem) : NULL;
    if (file && strcmp(mp_metadata_role(json_object_get(file, "signed")), role) != 0) {
        mp_error_set(&problem, MP_FORMAT, "'%s' is not the metadata of %s", path, role);
        json_decref(file);
        file = NULL;
    }
    if (!file)
        mp_error_set(error, problem.status, "%s; %s", problem.message, from_copy);
    free(path);
    return file;
}

/* The signed part alone; takes the file's reference. */
static json_t *content_of(json_t *file)
{
    json_t *content = json_incref(json_object_get(file, "signed"));
    json_decref(file);
    return content;
}

static bool refuse(MpError *error, const char *role, long version)
{
    mp_error_set(error, MP_REFUSED,
                 "version %ld of %s is not signed by the keys of its role: somebody else wrote it; "
                 "%s",
                 version, role, from_copy);
    return false;
}

/* Each root is signed by itself and by the one before. `before` gets the last but one. */
static bool read_roots(MpRepository *repository, json_t **before, MpError *error)
{
    MpError problem = {0};
    for (long version = 1;; version++) {
        json_t *file = read_role(repository, "root", version, &problem);
        if (!file)
            break;
        json_t *root = json_object_get(file, "signed"), *last = repository->root;
        bool good = mp_metadata_version(root) == version &&
                    mp_metadata_is_signed(file, root, "root") &&
                    (!last || mp_metadata_is_signed(file, last, "root"));
        json_decref(*before);
        *before = last;
        repository->root = content_of(file);
        json_object_update(repository->known_keys, json_object_get(repository->root, "keys"));
        if (!good)
            return refuse(error, "root", version);
    }
    if (problem.status != MP_NOT_FOUND) {
        *error = problem;
        return false;
    }
    if (!repository->root)
        mp_error_set(error, MP_NOT_FOUND,
                     "'%s' is no channel: it has no metadata/1.root.json; moonpatch channel init "
                     "makes one",
                     repository->folder);
    return repository->root;
}

static long listed_version(const json_t *content, const char *name)
{
    return mp_metadata_version(json_object_get(json_object_get(content, "meta"), name));
}

static const struct {
    const char *role;
    MpCommit commit;
} signed_roles[] = {
    {"targets", MP_COMMIT_TARGETS},
    {"snapshot", MP_COMMIT_SNAPSHOT},
    {"timestamp", MP_COMMIT_TIMESTAMP},
};

MpCommit mp_repository_find_unsettled(const MpRepository *repository)
{
    for (size_t i = 0; i < sizeof signed_roles / sizeof *signed_roles; i++) {
        const char *role = signed_roles[i].role;
        if (!mp_metadata_is_signed(json_object_get(repository->files, role), repository->root,
                                   role))
            return signed_roles[i].commit;
    }
    return MP_COMMIT_NOTHING;
}

/* Reads a role and keeps it. `content` gets what is signed. While keys are rotated, what the ones
   before have signed is good too. */
static bool take_role(MpRepository *repository, const char *role, long version,
                      const json_t *before, json_t **content, MpError *error)
{
    json_t *file = read_role(repository, role, version, error);
    if (!file)
        return false;
    json_object_set_new(repository->files, role, file);
    *content = json_incref(json_object_get(file, "signed"));
    return mp_metadata_is_signed(file, repository->root, role) ||
           (before && mp_metadata_is_signed(file, before, role)) || refuse(error, role, version);
}

static bool read_all(MpRepository *repository, json_t **before, MpError *error)
{
    repository->files = json_object();
    repository->known_keys = json_object();
    bool good =
        read_roots(repository, before, error) &&
        take_role(repository, "timestamp", 0, *before, &repository->timestamp, error) &&
        take_role(repository, "snapshot", listed_version(repository->timestamp, "snapshot.json"),
                  *before, &repository->snapshot, error) &&
        take_role(repository, "targets", listed_version(repository->snapshot, "targets.json"),
                  *before, &repository->targets, error);
    if (good)
        repository->unsettled = mp_repository_find_unsettled(repository);
    return good;
}

/* ---- opening -------------------------------------------------------------------------------- */

/* What was being written when the process died; nobody else writes now. */
static void sweep(const MpRepository *repository, const char *name)
{
    MpWatchList list;
    char *folder = mp_repository_path(repository, name);
    if (folder && mp_watch_list(folder, &list, NULL)) {
        for (size_t i = 0; i < list.count; i++) {
            const char *entry = list.entries[i].name;
            if (entry[strlen(entry) - 1] == '~')
                mp_system_remove(folder, entry);
        }
        mp_watch_list_finish(&list);
    }
    free(folder);
}

static bool lock(MpRepository *repository, MpError *error)
{
    static const char *const folders[] = {"metadata", "targets/objects", "targets/deltas",
                                          "targets/releases"};
    MpError problem;
    repository->lock = mp_system_lock(repository->folder, &problem);
    if (repository->lock < 0) {
        mp_error_set(error, problem.status, "%s%s", problem.message,
                     problem.status == MP_REFUSED
                         ? ": another moonpatch writes this channel; wait until it is done"
                         : "");
        return false;
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        sweep(repository, folders[i]);
    return true;
}

bool mp_repository_open(MpRepository *repository, const char *folder, bool writes, MpError *error)
{
    *repository = (MpRepository){.folder = folder, .lock = -1};
    char *metadata = mp_repository_path(repository, "metadata");
    bool there = metadata && mp_file_is_directory(metadata);
    free(metadata);
    if (!there) {
        mp_error_set(error, MP_NOT_FOUND,
                     "'%s' is no channel: it has no metadata/; moonpatch channel init makes one",
                     folder);
        return false;
    }
    json_t *before = NULL;
    bool good = (!writes || lock(repository, error)) && read_all(repository, &before, error);
    json_decref(before);
    return good;
}

bool mp_repository_create(MpRepository *repository, const char *folder, MpError *error)
{
    *repository = (MpRepository){.folder = folder, .lock = -1};
    return mp_file_make_directory(folder, error) && lock(repository, error);
}

void mp_repository_close(MpRepository *repository)
{
    json_decref(repository->root);
    json_decref(repository->targets);
    json_decref(repository->snapshot);
    json_decref(repository->timestamp);
    json_decref(repository->files);
    json_decref(repository->known_keys);
    while (repository->staged_count > 0)
        free(repository->staged[--repository->staged_count].text);
    mp_system_unlock(repository->lock);
    *repository = (MpRepository){.lock = -1};
}

/* ---- files ---------------------------------------------------------------------------------- */

static bool is_same(const char *path, const void *data, size_t size)
{
    size_t length;
    char *bytes = mp_file_read(path, OBJECT_LIMIT, &length, NULL);
    bool same = bytes && length == size && memcmp(bytes, data, size) == 0;
    free(bytes);
    return same;
}

static bool put(const char *path, const void *data, size_t size, MpError *error)
{
    char *folder = strndup(path, (size_t)(mp_path_base(path) - path) - 1);
    bool good =
        folder && mp_file_make_directory(folder, error) && mp_file_write(path, data, size, error);
    free(folder);
    return good;
}

bool mp_repository_put(MpRepository *repository, const char *name, const void *data, size_t size,
                       MpError *error)
{
    char *path = mp_repository_path(repository, name);
    bool same = path && is_same(path, data, size);
    bool good = same || (path && put(path, data, size, error));
    repository->writes += good && !same;
    free(path);
    return good;
}

static const char *hash_of(const json_t *description)
{
    return json_string_value(json_object_get(json_object_get(description, "hashes"), "sha256"));
}

/* "targets/objects/HASH.NAME" for "objects/NAME". */
static void name_file(char name[MP_REPOSITORY_NAME_SIZE], const char *target, const char *hash)
{
    const char *base = mp_path_base(target);
    snprintf(name, MP_REPOSITORY_NAME_SIZE, "targets/%.*s%s.%s", (int)(base - target), target, hash,
             base);
}

json_t *mp_repository_add(MpRepository *repository, const char *target, const void *data,
                          size_t size, MpError *error)
{
    char name[MP_REPOSITORY_NAME_SIZE];
    json_t *targets = json_object_get(repository->targets, "targets");
    json_t *description = json_object_get(targets, target);
    json_t *now = mp_metadata_describe(data, size);
    name_file(name, target, hash_of(now));
    bool good = mp_repository_put(repository, name, data, size, error);
    if (good && description)
        json_object_update(description, now);
    else if (good)
        json_object_set(targets, target, now);
    json_decref(now);
    return good ? json_object_get(targets, target) : NULL;
}

char *mp_repository_file_of(const MpRepository *repository, const char *target)
{
    char name[MP_REPOSITORY_NAME_SIZE];
    const json_t *targets = json_object_get(repository->targets, "targets");
    const char *hash = hash_of(json_object_get(targets, target));
    if (!hash)
        return NULL;
    name_file(name, target, hash);
    return strdup(name);
}

char *mp_repository_read(const MpRepository *repository, const char *target, size_t *size,
                         MpError *error)
{
    char *name = mp_repository_file_of(repository, target);
    char *path = name ? mp_repository_path(repository, name) : NULL;
    char *bytes = path ? mp_file_read(path, OBJECT_LIMIT, size, error) : NULL;
    if (!path)
        mp_error_set(error, MP_NOT_FOUND, "there is no target '%s'", target);
    if (bytes) {
        MpHash hash = mp_hash_of(bytes, *size);
        if (strncmp(mp_path_base(path), hash.text, MP_HASH_LENGTH) != 0) {
            mp_error_set(
                error, MP_FORMAT,
                "'%s' is damaged: publish the same release again, or restore it from a copy", path);
            free(bytes);
            bytes = NULL;
        }
    }
    free(path);
    free(name);
    return bytes;
}
