/* moonpatch rotate: other keys for a role, more of them or fewer, and how many of them sign. */
#include "channel/writer.h"
#include "command.h"
#include "file/file.h"
#include "subcommand.h"
#include "update/tuf/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    MpWriter writer;
    const char *replace, *remove, *with, *type;
    bool add;
    long threshold; /* 0: as it is */
    const char *role;
    /* what becomes of it */
    bool comes, goes;                    /* a key */
    bool made;                           /* the one that comes, just now */
    char path[MP_WRITER_PATH_SIZE + 64]; /* of it, if it was not named */
    char came[MP_HASH_LENGTH + 1], went[MP_HASH_LENGTH + 1];
} Order;

static bool refuse(MpError *error, const char *what)
{
    mp_error_set(error, MP_INVALID, "%s", what);
    return false;
}

static json_t *role_of(const json_t *root, const char *role)
{
    return json_object_get(json_object_get(root, "roles"), role);
}

static json_t *ids_of(const json_t *root, const char *role)
{
    return json_object_get(role_of(root, role), "keyids");
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
static bool id_of(const Order *order, const char *name, char id[MP_HASH_LENGTH + 1])
{
    const MpWords *folders = &order->writer.keys.folders;
    char path[MP_WRITER_PATH_SIZE];
    bool found = id_of_file(name, id);
    for (size_t i = 0; i < folders->count && !found; i++) {
        snprintf(path, sizeof path, "%s/%s", folders->items[i], name);
        found = id_of_file(path, id);
    }
    return found;
}

/* Its place in the role's list; it was told by its file, its name, or how its id begins. */
static bool find_old(const Order *order, const json_t *ids, size_t *place, MpError *error)
{
    const char *wanted = order->replace ? order->replace : order->remove;
    char id[MP_HASH_LENGTH + 1];
    size_t found = 0;
    if (!wanted && json_array_size(ids) > 1) {
        mp_error_set(error, MP_INVALID,
                     "%s has %zu keys: say which with --replace, or --add another one", order->role,
                     json_array_size(ids));
        return false;
    }
    const char *start = !wanted ? "" : id_of(order, wanted, id) ? id : wanted;
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
                 wanted, order->role, order->writer.keys.folders.items[0]);
    return false;
}

/* ---- the key that comes --------------------------------------------------------------------- */

/* Whether a key that is there already is of the type that was asked for, if any was. */
static bool has_type(const Order *order, const json_t *key, MpError *error)
{
    const char *type = json_string_value(json_object_get(key, "keytype"));
    if (order->made || !order->type || (type && strcmp(type, order->type) == 0))
        return true;
    mp_error_set(error, MP_REFUSED, "'%s' is there, and is no %s key: move it away, or use another",
                 order->path, order->type);
    return false;
}

/* The first key of the role's name that no root has named yet. One that is there already was made
   by a rotate that died, or put there to be taken. */
static json_t *next_key(Order *order, MpError *error)
{
    MpHash id;
    MpWriter *writer = &order->writer;
    for (int number = 1;; number++) {
        snprintf(order->path, sizeof order->path, "%s/%s-%d", writer->keys.folders.items[0],
                 order->role, number);
        json_t *key = mp_keys_take(&writer->keys, order->path,
                                   order->type ? order->type : "ed25519", &order->made, error);
        bool good = key && mp_tuf_key_id(key, &id, error);
        if (good && !json_object_get(writer->repository.known_keys, id.text)) {
            if (has_type(order, key, error))
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
static bool can_be(const Order *order, const json_t *root, MpError *error)
{
    size_t count = json_array_size(ids_of(root, order->role)) + order->comes - order->goes;
    json_int_t now = json_integer_value(json_object_get(role_of(root, order->role), "threshold"));
    json_int_t threshold = order->threshold ? order->threshold : now;
    if ((size_t)threshold <= count && count <= MP_METADATA_KEYS)
        return true;
    if (count > MP_METADATA_KEYS)
        mp_error_set(error, MP_INVALID, "%s has %d keys, and no role can have more", order->role,
                     MP_METADATA_KEYS);
    else
        mp_error_set(error, MP_INVALID, "%s would have %zu key%s, of which %lld are to sign: %s",
                     order->role, count, count == 1 ? "" : "s", (long long)threshold,
                     order->threshold ? "add keys first, with --add"
                                      : "say how many with --threshold");
    return false;
}

static bool add_key(json_t *root, Order *order, MpError *error)
{
    MpHash id;
    json_t *key = order->with ? mp_keys_public(order->with, error) : next_key(order, error);
    bool good = key && mp_tuf_key_id(key, &id, error);
    if (good) {
        memcpy(order->came, id.text, sizeof id.text);
        json_object_set(json_object_get(root, "keys"), id.text, key);
    }
    json_decref(key);
    return good;
}

/* The root that comes after `root`, which it changes. */
static bool change(json_t *root, Order *order, MpError *error)
{
    json_t *ids = ids_of(root, order->role);
    size_t place = json_array_size(ids);
    if ((order->goes && !find_old(order, ids, &place, error)) || !can_be(order, root, error) ||
        (order->comes && !add_key(root, order, error)))
        return false;
    if (order->goes) {
        strcpy(order->went, json_string_value(json_array_get(ids, place)));
        json_array_remove(ids, place);
    }
    if (order->comes)
        json_array_insert_new(ids, place, json_string(order->came));
    if (order->goes)
        drop_unused(root, order->went);
    return order->threshold == 0 || json_object_set_new(role_of(root, order->role), "threshold",
                                                        json_integer(order->threshold)) == 0;
}

/* ---- rotating ------------------------------------------------------------------------------- */

/* As long as no root names the key that was made, there is none. */
static void clean_up(const Order *order, long version)
{
    char name[MP_REPOSITORY_NAME_SIZE];
    snprintf(name, sizeof name, "metadata/%ld.root.json", version);
    char *path = mp_repository_path(&order->writer.repository, name);
    if (order->made && path && !mp_file_exists(path))
        mp_keys_remove(order->path);
    free(path);
}

static void tell(const Order *order, const json_t *root)
{
    const json_t *role = role_of(root, order->role);
    if (order->path[0])
        printf("%s %s.pem\n", order->made ? "made" : "took", order->path);
    if (order->comes)
        printf("%s: key %.12s comes\n", order->role, order->came);
    if (order->goes)
        printf("%s: key %.12s goes\n", order->role, order->went);
    printf("root is version %ld: %lld of %zu keys sign for %s\n", mp_metadata_version(root),
           (long long)json_integer_value(json_object_get(role, "threshold")),
           json_array_size(json_object_get(role, "keyids")), order->role);
}

/* All is signed before anything is written. Games follow the root first; what the old keys signed
   is signed anew with it. */
static bool rotate(Order *order, MpError *error)
{
    MpWriter *writer = &order->writer;
    json_t *root = json_deep_copy(writer->repository.root);
    long next = mp_metadata_version(root) + 1;
    bool changed = change(root, order, error);
    bool good = changed &&
                mp_repository_stage_root(&writer->repository, &writer->keys, json_incref(root),
                                         writer->today, error) &&
                mp_writer_commit(writer, MP_COMMIT_NOTHING, error);
    if (good)
        tell(order, root);
    else
        clean_up(order, next);
    json_decref(root);
    return good;
}

/* ---- the command ---------------------------------------------------------------------------- */

static bool decide(Order *order, MpError *error)
{
    bool others = order->with || order->type;
    int ways = order->add + (order->replace != NULL) + (order->remove != NULL);
    if (!role_of(order->writer.repository.root, order->role)) {
        mp_error_set(error, MP_INVALID, "root, targets, snapshot or timestamp expected, not '%s'",
                     order->role);
        return false;
    }
    if (ways > 1)
        return refuse(error, "one of --add, --replace and --remove at a time");
    if (order->remove && others)
        return refuse(error, "--remove: no key comes, so leave out --with and --type");
    order->comes = !order->remove && (ways || others || !order->threshold);
    order->goes = order->remove || (order->comes && !order->add);
    return true;
}

/* What is so already is left out. */
static void compare(Order *order)
{
    char id[MP_HASH_LENGTH + 1];
    const json_t *root = order->writer.repository.root, *ids = ids_of(root, order->role);
    if (order->with && id_of_file(order->with, id) && has(ids, id)) {
        printf("that key is one of %s already\n", order->role);
        order->comes = order->goes = false;
    }
    if (order->remove && id_of(order, order->remove, id) && !has(ids, id)) {
        printf("that key is none of %s\n", order->role);
        order->goes = false;
    }
    if (json_integer_value(json_object_get(role_of(root, order->role), "threshold")) ==
        order->threshold)
        order->threshold = 0;
}

/* One that was interrupted is completed before there is another. */
static bool rotate_or_complete(void *data, MpError *error)
{
    Order *order = data;
    if (!decide(order, error))
        return false;
    if (order->writer.repository.unsettled != MP_COMMIT_NOTHING) {
        puts("the rotation before this one was interrupted, and is completed now; for another one, "
             "say it again");
        return mp_writer_commit(&order->writer, MP_COMMIT_NOTHING, error);
    }
    compare(order);
    if (order->comes || order->goes || order->threshold)
        return rotate(order, error);
    puts("nothing was changed");
    return true;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    order->role = words->items[1];
    return mp_writer_run(&order->writer, words->items[0], rotate_or_complete, order, error);
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        MP_WRITER_OPTIONS(Order, writer),
        {"--add", MP_OPTION_FLAG, offsetof(Order, add)},
        {"--remove", MP_OPTION_TEXT, offsetof(Order, remove)},
        {"--replace", MP_OPTION_TEXT, offsetof(Order, replace)},
        {"--with", MP_OPTION_TEXT, offsetof(Order, with)},
        {"--type", MP_OPTION_TEXT, offsetof(Order, type)},
        {"--threshold", MP_OPTION_NUMBER, offsetof(Order, threshold)},
        {0},
    };
    static const MpCommand command = {"rotate", options, "a channel and a role", 2, 2, work};
    Order order = {0};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_rotate = {
    .name = "rotate",
    .summary = "gives a role other keys, because one leaked or is lost",
    .usage =
        "usage: moonpatch rotate CHANNEL root|targets|snapshot|timestamp [--replace KEY] "
        "[options]\n"
        "       moonpatch rotate CHANNEL ROLE --add [options]\n"
        "       moonpatch rotate CHANNEL ROLE --remove KEY [options]\n"
        "       moonpatch rotate CHANNEL ROLE --threshold K [options]\n"
        "\n"
        "Publishes the next root, in which a new key takes the place of an old one, or one more\n"
        "or one less is there; signed by enough keys of the root before it and of itself. Games\n"
        "that know the old root follow to the new one; nothing has to be shipped. What the old\n"
        "key has signed is signed anew. All is signed before anything is written: when it fails,\n"
        "channel and keys are as they were.\n"
        "\n"
        "options\n"
        "  --replace KEY            the old one: its file, or the beginning of its id; needed if\n"
        "                           the role has several\n"
        "  --add                    none goes\n"
        "  --remove KEY             none comes\n"
        "  --with KEY.pub           the new one, of moonpatch keygen; made if not said\n"
        "  --type TYPE              of a key that is made: ed25519, ecdsa or rsa (ed25519)\n"
        "  --threshold K            from now on so many of the role's keys sign; alone, the keys\n"
        "                           stay\n" MP_WRITER_HELP "\n"
        "exit codes\n"
        "  0   it is published, or was so already\n"
        "  1   it is not; said again, it completes what was interrupted\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
