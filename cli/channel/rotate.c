/* moonpatch rotate: other keys for a role, more of them or fewer, and how many of them sign. */
#include "channel/rotation.h"
#include "command.h"
#include "file/file.h"
#include "subcommand.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Order {
    MpWriter writer;
    MpRotation rotation;
} Order;

/* ---- rotating ------------------------------------------------------------------------------- */

/* As long as no root names the key that was made, there is none. */
static void clean_up(const Order *order, long version)
{
    char name[MP_REPOSITORY_NAME_SIZE];
    snprintf(name, sizeof name, "metadata/%ld.root.json", version);
    char *path = mp_repository_path(&order->writer.repository, name);
    if (order->rotation.made && path && !mp_file_exists(path))
        mp_keys_remove(order->rotation.path);
    free(path);
}

static void tell(const MpRotation *rotation, const json_t *root)
{
    const json_t *role = mp_rotation_role(root, rotation->role);
    if (rotation->path[0])
        printf("%s %s.pem\n", rotation->made ? "made" : "took", rotation->path);
    if (rotation->comes)
        printf("%s: key %.12s comes\n", rotation->role, rotation->came);
    if (rotation->goes)
        printf("%s: key %.12s goes\n", rotation->role, rotation->went);
    printf("root is version %ld: %lld of %zu keys sign for %s\n", mp_metadata_version(root),
           (long long)json_integer_value(json_object_get(role, "threshold")),
           json_array_size(json_object_get(role, "keyids")), rotation->role);
}

/* All is signed before anything is written. Games follow the root first; what the old keys signed
   is signed anew with it. */
static bool rotate(Order *order, MpError *error)
{
    MpWriter *writer = &order->writer;
    json_t *root = json_deep_copy(writer->repository.root);
    long next = mp_metadata_version(root) + 1;
    bool changed = mp_rotation_change(&order->rotation, root, error);
    bool good = changed &&
                mp_repository_stage_root(&writer->repository, &writer->keys, json_incref(root),
                                         writer->today, error) &&
                mp_writer_commit(writer, MP_COMMIT_NOTHING, error);
    if (good)
        tell(&order->rotation, root);
    else
        clean_up(order, next);
    json_decref(root);
    return good;
}

/* ---- the command ---------------------------------------------------------------------------- */

/* One that was interrupted is completed before there is another. */
static bool rotate_or_complete(void *data, MpError *error)
{
    Order *order = data;
    order->rotation.writer = &order->writer;
    if (!mp_rotation_decide(&order->rotation, error))
        return false;
    if (order->writer.repository.unsettled != MP_COMMIT_NOTHING) {
        puts("the rotation before this one was interrupted, and is completed now; for another one, "
             "say it again");
        return mp_writer_commit(&order->writer, MP_COMMIT_NOTHING, error);
    }
    if (mp_rotation_compare(&order->rotation))
        return rotate(order, error);
    puts("nothing was changed");
    return true;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    order->rotation.role = words->items[1];
    if (order->rotation.threshold == 0) {
        mp_error_set(error, MP_INVALID, "--threshold: at least one of the keys signs");
        return false;
    }
    return mp_writer_run(&order->writer, words->items[0], rotate_or_complete, order, error);
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        MP_WRITER_OPTIONS(Order, writer),
        {"--add", MP_OPTION_FLAG, offsetof(Order, rotation.add)},
        {"--remove", MP_OPTION_TEXT, offsetof(Order, rotation.remove)},
        {"--replace", MP_OPTION_TEXT, offsetof(Order, rotation.replace)},
        {"--with", MP_OPTION_TEXT, offsetof(Order, rotation.with)},
        {"--type", MP_OPTION_TEXT, offsetof(Order, rotation.type)},
        {"--threshold", MP_OPTION_NUMBER, offsetof(Order, rotation.threshold)},
        {0},
    };
    static const MpCommand command = {"rotate", options, "a channel and a role", 2, 2, work};
    Order order = {.rotation.threshold = -1};
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
