/* moonpatch rotate: another key for a role. */
#include "channel/command.h"
#include "channel/writer.h"
#include "subcommand.h"
#include "update/tuf/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    MpWriter writer;
    const char *replace, *with, *type;
    long threshold; /* 0: as it is */
    const char *role;
} Order;

static json_t *role_of(json_t *root, const char *role)
{
    return json_object_get(json_object_get(root, "roles"), role);
}

/* ---- which keys ----------------------------------------------------------------------------- */

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

/* The same of a name in one of the folders of keys. */
static bool id_of_name(const Order *order, const char *name, char id[MP_HASH_LENGTH + 1])
{
    const MpWords *folders = &order->writer.keys.folders;
    char path[MP_WRITER_PATH_SIZE];
    for (size_t i = 0; i < folders->count; i++) {
        snprintf(path, sizeof path, "%s/%s", folders->items[i], name);
        if (id_of_file(path, id))
            return true;
    }
    return false;
}

/* The place in the role's list of the key to replace: a file's, or one whose id begins so. */
static bool find_old(const Order *order, const json_t *ids, size_t *place, MpError *error)
{
    char id[MP_HASH_LENGTH + 1];
    size_t found = 0;
    const char *wanted = order->replace ? order->replace : "";
    if (!order->replace && json_array_size(ids) > 1) {
        mp_error_set(error, MP_INVALID, "%s has %zu keys: say which with --replace", order->role,
                     json_array_size(ids));
        return false;
    }
    if (order->replace && (id_of_file(order->replace, id) || id_of_name(order, order->replace, id)))
        wanted = id;
    for (size_t i = 0; i < json_array_size(ids); i++) {
        if (strncmp(json_string_value(json_array_get(ids, i)), wanted, strlen(wanted)) == 0) {
            *place = i;
            found++;
        }
    }
    if (found == 1)
        return true;
    mp_error_set(
        error, MP_NOT_FOUND,
        "--replace: '%s' is neither the file nor the beginning of the id of one key of %s, "
        "whose files lie in %s",
        wanted, order->role, order->writer.keys.folders.items[0]);
    return false;
}

/* The first free name for a new key in the first folder. */
static void name_new(const Order *order, char *path, size_t size)
{
    for (int number = 1;; number++) {
        snprintf(path, size, "%s/%s-%d", order->writer.keys.folders.items[0], order->role, number);
        json_t *key = mp_keys_public(path, NULL);
        if (!key)
            return;
        json_decref(key);
    }
}

static json_t *new_key(Order *order, MpError *error)
{
    char path[MP_WRITER_PATH_SIZE + 64];
    if (order->with)
        return mp_keys_public(order->with, error);
    name_new(order, path, sizeof path);
    if (!mp_keys_make(&order->writer.keys, path, order->type, error))
        return NULL;
    printf("made %s.pem\n", path);
    return mp_keys_public(path, error);
}

/* ---- the next root -------------------------------------------------------------------------- */

static bool is_used(const json_t *root, const char *id)
{
    const char *role;
    json_t *entry;
    json_object_foreach (json_object_get(root, "roles"), role, entry) {
        const json_t *ids = json_object_get(entry, "keyids");
        for (size_t i = 0; i < json_array_size(ids); i++) {
            if (strcmp(json_string_value(json_array_get(ids, i)), id) == 0)
                return true;
        }
    }
    return false;
}

static bool has(const json_t *ids, const char *id)
{
    for (size_t i = 0; i < json_array_size(ids); i++) {
        if (strcmp(json_string_value(json_array_get(ids, i)), id) == 0)
            return true;
    }
    return false;
}

/* Puts the new key into the old one's place. */
static bool replace(json_t *root, const Order *order, size_t place, json_t *key, MpError *error)
{
    MpHash id;
    json_t *ids = json_object_get(role_of(root, order->role), "keyids");
    if (!mp_tuf_key_id(key, &id, error))
        return false;
    json_t *old = json_incref(json_array_get(ids, place));
    json_array_set_new(ids, place, json_string(id.text));
    json_object_set(json_object_get(root, "keys"), id.text, key);
    if (!is_used(root, json_string_value(old)))
        json_object_del(json_object_get(root, "keys"), json_string_value(old));
    printf("%s: key %.12s takes the place of %.12s\n", order->role, id.text,
           json_string_value(old));
    json_decref(old);
    return true;
}

static bool set_threshold(json_t *root, const Order *order, MpError *error)
{
    json_t *entry = role_of(root, order->role);
    size_t count = json_array_size(json_object_get(entry, "keyids"));
    if (order->threshold == 0)
        return true;
    if ((size_t)order->threshold > count) {
        mp_error_set(error, MP_INVALID, "--threshold: %s has %zu keys", order->role, count);
        return false;
    }
    return json_object_set_new(entry, "threshold", json_integer(order->threshold)) == 0;
}

/* The root that comes after `root`, which it changes. */
static bool change(json_t *root, Order *order, MpError *error)
{
    size_t place = 0;
    const json_t *ids = json_object_get(role_of(root, order->role), "keyids");
    json_t *key = find_old(order, ids, &place, error) ? new_key(order, error) : NULL;
    bool good = key && replace(root, order, place, key, error) && set_threshold(root, order, error);
    json_decref(key);
    return good;
}

/* Games follow the root first; what the old keys signed is signed anew at once. */
static bool rotate(Order *order, MpError *error)
{
    MpWriter *writer = &order->writer;
    json_t *root = json_deep_copy(writer->repository.root);
    if (!change(root, order, error)) {
        json_decref(root);
        return false;
    }
    if (!mp_repository_commit_root(&writer->repository, &writer->keys, root, writer->today, error))
        return false;
    printf("root is version %ld\n", mp_metadata_version(root));
    return mp_writer_commit(writer, MP_COMMIT_NOTHING, error);
}

/* Whether the key that is to come is one of the role's. */
static bool is_done(const Order *order)
{
    char id[MP_HASH_LENGTH + 1];
    json_t *entry = role_of(order->writer.repository.root, order->role);
    return order->with && id_of_file(order->with, id) && has(json_object_get(entry, "keyids"), id);
}

/* One that was interrupted is completed before there is another. */
static bool rotate_or_complete(Order *order, MpError *error)
{
    if (!role_of(order->writer.repository.root, order->role)) {
        mp_error_set(error, MP_INVALID, "root, targets, snapshot or timestamp expected, not '%s'",
                     order->role);
        return false;
    }
    if (order->writer.repository.unsettled != MP_COMMIT_NOTHING) {
        puts("the rotation before this one was interrupted, and is completed now; for another one, "
             "say it again");
        return mp_writer_commit(&order->writer, MP_COMMIT_NOTHING, error);
    }
    if (!is_done(order))
        return rotate(order, error);
    printf("that key is one of %s already; nothing was changed\n", order->role);
    return true;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    order->role = words->items[1];
    bool good =
        mp_writer_begin(&order->writer, words->items[0], error) && rotate_or_complete(order, error);
    mp_writer_end(&order->writer);
    return good;
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        MP_WRITER_OPTIONS(Order, writer),
        {"--replace", MP_OPTION_TEXT, offsetof(Order, replace)},
        {"--with", MP_OPTION_TEXT, offsetof(Order, with)},
        {"--type", MP_OPTION_TEXT, offsetof(Order, type)},
        {"--threshold", MP_OPTION_NUMBER, offsetof(Order, threshold)},
        {0},
    };
    static const MpCommand command = {"rotate", options, "a channel and a role", 2, 2, work};
    Order order = {.type = "ed25519"};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_rotate = {
    .name = "rotate",
    .summary = "gives a role another key, because the old one leaked",
    .usage =
        "usage: moonpatch rotate CHANNEL root|targets|snapshot|timestamp [options]\n"
        "\n"
        "Publishes the next root, in which a new key takes the place of an old one, signed by\n"
        "enough keys of the root before it and of itself. Games that know the old root follow to\n"
        "the new one; nothing has to be shipped. What the old key has signed is signed anew.\n"
        "\n"
        "options\n"
        "  --replace KEY            the old one: its file, or the beginning of its id; needed if\n"
        "                           the role has several\n"
        "  --with KEY.pub           the new one, of moonpatch keygen; made if not said\n"
        "  --type TYPE              of a key that is made: ed25519, ecdsa or rsa\n"
        "  --threshold K            from now on so many of the role's keys sign\n" MP_WRITER_HELP
        "\n"
        "exit codes\n"
        "  0   it is published\n"
        "  1   it is not; said again, it completes what was interrupted\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
