#include "channel/rotation.h"

#include "update/tuf/key.h"

#include <stdio.h>
#include <string.h>

static bool refuse(MpError *error, const char *what)
{
    mp_error_set(error, MP_INVALID, "%s", what);
    return false;
}

json_t *mp_rotation_role(const json_t *root, const char *role)
{
    return json_object_get(json_object_get(root, "roles"), role);
}

static json_t *ids_of(const json_t *root, const char *role)
{
    return json_object_get(mp_rotation_role(root, role), "keyids");
}

static bool has(const json_t *ids, const char *id)
{
    for (size_t i = 0; i < json_array_size(ids); i++) {
        if (strcmp(json_string_value(json_array_get(ids, i)), id) == 0)
            return true;
    }
    return false;
}

/* ---- the key that goes ---------------------------------------------------------------------- */

static bool id_of_file(const char *path, char id[MP_HASH_LENGTH + 1])
{
    MpHash hash;
    json_t *key = mp_keys_public(path, NULL); /* with or without .pub */
    bool good = key && mp_tuf_key_id(key, &hash, NULL);
    if (good)
        memcpy(id, hash.text, sizeof hash.text);
    json_decref(key);
    return good;
}

/* Of a file, or of a name in one of the folders of keys. */
static bool id_of(const MpRotation *rotation, const char *name, char id[MP_HASH_LENGTH + 1])
{
    const MpWords *folders = &rotation->writer->keys.folders;
    char path[MP_WRITER_PATH_SIZE];
    bool found = id_of_file(name, id);
    for (size_t i = 0; i < folders->count && !found; i++) {
        snprintf(path, sizeof path, "%s/%s", folders->items[i], name);
        found = id_of_file(path, id);
    }
    return found;
}

/* Its place in the role's list; it was told by its file, its name, or how its id begins. */
static bool find_old(const MpRotation *rotation, const json_t *ids, size_t *place, MpError *error)
{
    const char *wanted = rotation->replace ? rotation->replace : rotation->remove;
    char id[MP_HASH_LENGTH + 1];
    size_t found = 0;
    if (!wanted && json_array_size(ids) > 1) {
        mp_error_set(error, MP_INVALID,
                     "%s has %zu keys: say which with --replace, or --add another one",
                     rotation->role, json_array_size(ids));
        return false;
    }
    const char *start = !wanted ? "" : id_of(rotation, wanted, id) ? id : wanted;
    for (size_t i = 0; i < json_array_size(ids); i++) {
        if (strncmp(json_string_value(json_array_get(ids, i)), start, strlen(start)) == 0) {
            *place = i;
            found++;
        }
    }
    if (found == 1)
        return true;
    mp_error_set(error, MP_NOT_FOUND,
                 "'%s' is neither the file nor the beginning of the id of one key of %s, whose "
                 "files lie in %s",
                 wanted, rotation->role, rotation->writer->keys.folders.items[0]);
    return false;
}

/* ---- the key that comes --------------------------------------------------------------------- */

/* Whether a key that is there already is of the type that was asked for, if any was. */
static bool has_type(const MpRotation *rotation, const json_t *key, MpError *error)
{
    const char *type = json_string_value(json_object_get(key, "keytype"));
    if (rotation->made || !rotation->type || (type && strcmp(type, rotation->type) == 0))
        return true;
    mp_error_set(error, MP_REFUSED, "'%s' is there, and is no %s key: move it away, or use another",
                 rotation->path, rotation->type);
    return false;
}

/* The first key of the role's name that no root has named yet. One that is there already was made
   by a rotate that died, or put there to be taken. */
static json_t *next_key(MpRotation *rotation, MpError *error)
{
    MpHash id;
    MpWriter *writer = rotation->writer;
    for (int number = 1;; number++) {
        snprintf(rotation->path, sizeof rotation->path, "%s/%s-%d", writer->keys.folders.items[0],
                 rotation->role, number);
        json_t *key =
            mp_keys_take(&writer->keys, rotation->path, rotation->type ? rotation->type : "ed25519",
                         &rotation->made, error);
        bool good = key && mp_tuf_key_id(key, &id, error);
        if (good && !json_object_get(writer->repository.known_keys, id.text)) {
            if (has_type(rotation, key, error))
                return key;
            good = false;
        }
        json_decref(key);
        if (!good)
            return NULL;
    }
}

/* ---- the next root -------------------------------------------------------------------------- */

static void drop_unused(json_t *root, const char *id)
{
    const char *role;
    json_t *entry;
    bool used = false;
    json_object_foreach (json_object_get(root, "roles"), role, entry)
        used = used || has(json_object_get(entry, "keyids"), id);
    if (!used)
        json_object_del(json_object_get(root, "keys"), id);
}

/* Before a key is made. */
static bool can_be(const MpRotation *rotation, const json_t *root, MpError *error)
{
    size_t count = json_array_size(ids_of(root, rotation->role)) + rotation->comes - rotation->goes;
    json_int_t now =
        json_integer_value(json_object_get(mp_rotation_role(root, rotation->role), "threshold"));
    json_int_t threshold = rotation->threshold < 0 ? now : rotation->threshold;
    if ((size_t)threshold <= count && count <= MP_METADATA_KEYS)
        return true;
    if (count > MP_METADATA_KEYS)
        mp_error_set(error, MP_INVALID, "%s has %d keys, and no role can have more", rotation->role,
                     MP_METADATA_KEYS);
    else
        mp_error_set(error, MP_INVALID, "%s would have %zu key%s, of which %lld are to sign: %s",
                     rotation->role, count, count == 1 ? "" : "s", (long long)threshold,
                     rotation->threshold < 0 ? "say how many with --threshold"
                                             : "add keys first, with --add");
    return false;
}

static bool add_key(json_t *root, MpRotation *rotation, MpError *error)
{
    MpHash id;
    json_t *key =
        rotation->with ? mp_keys_public(rotation->with, error) : next_key(rotation, error);
    bool good = key && mp_tuf_key_id(key, &id, error);
    if (good) {
        memcpy(rotation->came, id.text, sizeof id.text);
        json_object_set(json_object_get(root, "keys"), id.text, key);
    }
    json_decref(key);
    return good;
}

bool mp_rotation_change(MpRotation *rotation, json_t *root, MpError *error)
{
    json_t *ids = ids_of(root, rotation->role);
    size_t place = json_array_size(ids);
    if ((rotation->goes && !find_old(rotation, ids, &place, error)) ||
        !can_be(rotation, root, error) || (rotation->comes && !add_key(root, rotation, error)))
        return false;
    if (rotation->goes) {
        strcpy(rotation->went, json_string_value(json_array_get(ids, place)));
        json_array_remove(ids, place);
    }
    if (rotation->comes)
        json_array_insert_new(ids, place, json_string(rotation->came));
    if (rotation->goes)
        drop_unused(root, rotation->went);
    return rotation->threshold < 0 ||
           json_object_set_new(mp_rotation_role(root, rotation->role), "threshold",
                               json_integer(rotation->threshold)) == 0;
}

/* ---- what is asked for ----------------------------------------------------------------------- */

bool mp_rotation_decide(MpRotation *rotation, MpError *error)
{
    bool others = rotation->with || rotation->type;
    int ways = rotation->add + (rotation->replace != NULL) + (rotation->remove != NULL);
    if (!mp_rotation_role(rotation->writer->repository.root, rotation->role)) {
        mp_error_set(error, MP_INVALID, "root, targets, snapshot or timestamp expected, not '%s'",
                     rotation->role);
        return false;
    }
    if (ways > 1)
        return refuse(error, "one of --add, --replace and --remove at a time");
    if (rotation->remove && others)
        return refuse(error, "--remove: no key comes, so leave out --with and --type");
    rotation->comes = !rotation->remove && (ways || others || rotation->threshold < 0);
    rotation->goes = rotation->remove || (rotation->comes && !rotation->add);
    return true;
}

bool mp_rotation_compare(MpRotation *rotation)
{
    char id[MP_HASH_LENGTH + 1];
    const json_t *root = rotation->writer->repository.root, *ids = ids_of(root, rotation->role);
    if (rotation->with && id_of_file(rotation->with, id) && has(ids, id)) {
        printf("that key is one of %s already\n", rotation->role);
        rotation->comes = rotation->goes = false;
    }
    if (rotation->remove && id_of(rotation, rotation->remove, id) && !has(ids, id)) {
        printf("that key is none of %s\n", rotation->role);
        rotation->goes = false;
    }
    if (json_integer_value(json_object_get(mp_rotation_role(root, rotation->role), "threshold")) ==
        rotation->threshold)
        rotation->threshold = -1;
    return rotation->comes || rotation->goes || rotation->threshold >= 0;
}
