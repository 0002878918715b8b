/* moonpatch channel init: a new channel, and the keys that it is signed with. */
#include "channel/channel.h"
#include "channel/cohorts.h"
#include "channel/day.h"
#include "channel/writer.h"
#include "command.h"
#include "file/file.h"
#include "file/path.h"
#include "update/channel/cohort.h"
#include "update/tuf/key.h"
#include "update/tuf/signer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    MpWriter writer;
    const char *app, *channel, *type;
    const char *keys[MP_METADATA_ROLES]; /* "2/3" */
    long days[MP_METADATA_ROLES];
    MpWords cohorts;
} Order;

static const MpOption options[] = {
    {"--app", MP_OPTION_TEXT, offsetof(Order, app)},
    {"--channel", MP_OPTION_TEXT, offsetof(Order, channel)},
    {"--type", MP_OPTION_TEXT, offsetof(Order, type)},
    {"--root", MP_OPTION_TEXT, offsetof(Order, keys[0])},
    {"--timestamp", MP_OPTION_TEXT, offsetof(Order, keys[1])},
    {"--snapshot", MP_OPTION_TEXT, offsetof(Order, keys[2])},
    {"--targets", MP_OPTION_TEXT, offsetof(Order, keys[3])},
    {"--days-root", MP_OPTION_NUMBER, offsetof(Order, days[0])},
    {"--days-timestamp", MP_OPTION_NUMBER, offsetof(Order, days[1])},
    {"--days-snapshot", MP_OPTION_NUMBER, offsetof(Order, days[2])},
    {"--days-targets", MP_OPTION_NUMBER, offsetof(Order, days[3])},
    {"--cohort", MP_OPTION_LIST, offsetof(Order, cohorts)},
    MP_WRITER_OPTIONS(Order, writer),
    {0},
};

enum { MOST_DAYS = 3650 };

/* ---- keys ----------------------------------------------------------------------------------- */

static bool read_threshold(const char *text, int *threshold, int *count, MpError *error)
{
    char rest;
    if (sscanf(text, "%d/%d%c", threshold, count, &rest) == 2 && *threshold >= 1 &&
        *threshold <= *count && *count <= MP_METADATA_KEYS)
        return true;
    mp_error_set(error, MP_INVALID, "so many of up to 16 keys expected, such as 2/3, not '%s'",
                 text);
    return false;
}

/* The key is made unless it is there: an interrupted command is completed by running it again. */
static json_t *key_of(Order *order, const char *role, int number, MpError *error)
{
    bool made;
    char path[MP_WRITER_PATH_SIZE + 64];
    const char *folder = order->writer.keys.folders.items[0];
    snprintf(path, sizeof path, "%s/%s-%d", folder, role, number);
    return mp_keys_take(&order->writer.keys, path, order->type, &made, error);
}

static bool add_role(Order *order, json_t *root, size_t index, MpError *error)
{
    const char *role = mp_metadata_roles[index];
    int threshold, count;
    if (!read_threshold(order->keys[index], &threshold, &count, error))
        return false;
    json_t *ids = json_array();
    json_object_set_new(json_object_get(root, "roles"), role,
                        json_pack("{s:o, s:i}", "keyids", ids, "threshold", threshold));
    for (int i = 1; i <= count; i++) {
        MpHash id;
        json_t *key = key_of(order, role, i, error);
        bool good = key && mp_tuf_key_id(key, &id, error);
        if (good) {
            json_array_append_new(ids, json_string(id.text));
            json_object_set(json_object_get(root, "keys"), id.text, key);
        }
        json_decref(key);
        if (!good)
            return false;
    }
    return true;
}

/* ---- metadata ------------------------------------------------------------------------------- */

static json_t *make_root(Order *order, MpError *error)
{
    json_t *root = mp_metadata_create("root"), *days = json_object();
    json_object_set_new(root, "consistent_snapshot", json_true());
    json_object_set_new(root, "keys", json_object());
    json_object_set_new(root, "roles", json_object());
    json_t *custom = mp_metadata_custom(root);
    json_object_set_new(custom, "app", json_string(order->app));
    json_object_set_new(custom, "channel", json_string(order->channel));
    json_object_set_new(custom, "days", days);
    for (size_t i = 0; i < MP_METADATA_ROLES; i++) {
        json_object_set_new(days, mp_metadata_roles[i], json_integer(order->days[i]));
        if (!add_role(order, root, i, error)) {
            json_decref(root);
            return NULL;
        }
    }
    return root;
}

static void make_roles(MpRepository *repository)
{
    repository->targets = mp_metadata_create("targets");
    json_object_set_new(repository->targets, "targets", json_object());
    repository->snapshot = mp_metadata_create("snapshot");
    json_object_set_new(repository->snapshot, "meta", json_object());
    repository->timestamp = mp_metadata_create("timestamp");
    json_object_set_new(repository->timestamp, "meta", json_object());
}

/* What goes into the game. */
static bool copy_root(const Order *order, MpError *error)
{
    size_t size;
    char *from = mp_repository_path(&order->writer.repository, "metadata/1.root.json");
    char *to = mp_path_join(order->writer.keys.folders.items[0], "root.json");
    char *bytes = from && to ? mp_file_read(from, MP_METADATA_LIMIT, &size, error) : NULL;
    bool good = bytes && mp_file_write(to, bytes, size, error);
    if (good)
        printf("channel '%s' of '%s' is in %s\n"
               "ship %s with the game, as data/channel/root.json\n"
               "keep %s to yourself\n",
               order->channel, order->app, order->writer.repository.folder, to,
               order->writer.keys.folders.items[0]);
    free(bytes);
    free(to);
    free(from);
    return good;
}

/* ---- the command ---------------------------------------------------------------------------- */

static bool check(Order *order, MpError *error)
{
    const char *wrong = NULL;
    if (!order->app || !mp_channel_name_is_valid(order->app))
        wrong = order->app ? order->app : "";
    else if (!mp_channel_name_is_valid(order->channel))
        wrong = order->channel;
    if (wrong)
        mp_error_set(
            error, MP_INVALID,
            "--app and --channel: a name of up to 64 letters a-z, digits, '.', '_' and '-' "
            "expected, not '%s'",
            wrong);
    for (size_t i = 0; i < MP_METADATA_ROLES && !wrong; i++) {
        int threshold, count;
        if (!read_threshold(order->keys[i], &threshold, &count, error))
            return false;
        if (order->days[i] < 1 || order->days[i] > MOST_DAYS) {
            wrong = mp_metadata_roles[i];
            mp_error_set(error, MP_INVALID, "--days-%s: 1 to %d days expected", wrong, MOST_DAYS);
        } else if (!mp_day_can_expire(order->writer.today, order->days[i], error)) {
            return false;
        }
    }
    return !wrong && mp_tuf_signer_has_type(order->type, error);
}

static bool is_channel(const char *folder)
{
    char *path = mp_path_join(folder, "metadata/timestamp.json");
    bool there = path && mp_file_exists(path);
    free(path);
    return there;
}

static bool is_same(const Order *order, json_t *root, MpError *error)
{
    const json_t *custom = mp_metadata_custom(root);
    const char *app = json_string_value(json_object_get(custom, "app"));
    const char *channel = json_string_value(json_object_get(custom, "channel"));
    if (app && channel && strcmp(app, order->app) == 0 && strcmp(channel, order->channel) == 0)
        return true;
    mp_error_set(error, MP_REFUSED,
                 "'%s' is channel '%s' of '%s' already; nothing was changed: take another folder",
                 order->writer.repository.folder, channel ? channel : "", app ? app : "");
    return false;
}

/* It may have been interrupted before its last file, the one for the game. */
static bool complete(const Order *order, MpError *error)
{
    MpRepository there;
    bool good = mp_repository_open(&there, order->writer.repository.folder, false, error) &&
                is_same(order, there.root, error);
    mp_repository_close(&there);
    if (good)
        puts("it is there already; its keys stay as they are");
    return good && copy_root(order, error);
}

static bool init(Order *order, MpError *error)
{
    MpWriter *writer = &order->writer;
    json_t *root = make_root(order, error);
    if (!root ||
        !mp_repository_stage_root(&writer->repository, &writer->keys, root, writer->today, error))
        return false;
    make_roles(&writer->repository);
    return (order->cohorts.count == 0 || mp_cohorts_write(&writer->repository, order->cohorts.items,
                                                          order->cohorts.count, error)) &&
           mp_writer_commit(writer, MP_COMMIT_TARGETS, error) && copy_root(order, error);
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    MpWriter *writer = &order->writer;
    const char *folder = words->items[0];
    if (!mp_writer_prepare(writer, folder, error))
        return false;
    char name[MP_WRITER_PATH_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)(strlen(writer->folder) - strlen(".keys")),
             writer->folder);
    if (!order->channel)
        order->channel = mp_path_base(name);
    bool good = check(order, error) &&
                mp_file_make_directory(writer->keys.folders.items[0], error) &&
                mp_repository_create(&writer->repository, folder, error) &&
                (is_channel(folder) ? complete(order, error) : init(order, error));
    mp_writer_end(writer);
    return good;
}

int mp_channel_init(char **argv)
{
    static const MpCommand command = {
        "channel init", options, "the folder of the channel", 1, 1, work};
    Order order = {
        .type = "ed25519", .keys = {"1/1", "1/1", "1/1", "1/1"}, .days = {730, 7, 30, 365}};
    return mp_command_run(&command, argv, &order);
}
