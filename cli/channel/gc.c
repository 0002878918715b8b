/* moonpatch gc: removes what no player needs any more. */
#include "channel/keep.h"
#include "channel/writer.h"
#include "command.h"
#include "file/file.h"
#include "file/path.h"
#include "patches/system.h"
#include "subcommand.h"
#include "watch/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    MpWriter writer;
    long keep;
    bool dry, json;
    json_t *kept; /* [{"release": 3, "why": "it is pinned"}], newest first */
    size_t releases, files;
    unsigned long long bytes;
} Order;

/* ---- targets -------------------------------------------------------------------------------- */

/* The objects of a release go into `needed`, as "objects/<hash>". */
static bool need(const MpRepository *repository, MpReleaseNumber number, json_t *needed,
                 MpError *error)
{
    MpRelease release = {0};
    char target[MP_HASH_LENGTH + 16];
    if (!mp_release_read(repository, number, &release, error))
        return false;
    for (size_t i = 0; i < release.count; i++) {
        snprintf(target, sizeof target, "objects/%s", release.files[i].object.text);
        json_object_set_new(needed, target, json_true());
    }
    mp_release_finish(&release);
    return true;
}

/* Of an object's deltas those stay whose base does. */
static void keep_deltas(const json_t *description, json_t *needed)
{
    size_t i = 0;
    char base[MP_HASH_LENGTH + 16];
    json_t *custom = json_object_get(json_object_get(description, "custom"), "moonpatch");
    json_t *list = json_object_get(custom, "deltas");
    while (i < json_array_size(list)) {
        const json_t *one = json_array_get(list, i);
        snprintf(base, sizeof base, "objects/%s", json_string_value(json_object_get(one, "base")));
        if (json_object_get(needed, base)) {
            json_object_set_new(needed, json_string_value(json_object_get(one, "delta")),
                                json_true());
            i++;
        } else {
            json_array_remove(list, i);
        }
    }
}

static bool list_needed(Order *order, const MpReleases *releases, json_t *needed, MpError *error)
{
    for (size_t i = 0; i < releases->count; i++) {
        char target[MP_RELEASE_TARGET_SIZE];
        MpReleaseNumber number = releases->list[i].number;
        const char *why = mp_keep_reason(releases, i, order->keep);
        if (!why) {
            order->releases++;
            continue;
        }
        json_array_insert_new(order->kept, 0,
                              json_pack("{s:I, s:s}", "release", (json_int_t)number, "why", why));
        mp_release_target(target, number);
        json_object_set_new(needed, target, json_true());
        if (!need(&order->writer.repository, number, needed, error))
            return false;
    }
    return true;
}

/* Returns whether anything went. */
static bool drop_targets(const MpRepository *repository, json_t *needed)
{
    const char *target;
    json_t *description, *targets = json_object_get(repository->targets, "targets");
    json_t *kept = json_object();
    json_object_foreach (targets, target, description) {
        if (json_object_get(needed, target))
            keep_deltas(description, needed);
    }
    json_object_foreach (targets, target, description) {
        if (json_object_get(needed, target))
            json_object_set(kept, target, description);
    }
    bool dropped = json_object_size(kept) != json_object_size(targets);
    json_object_set_new(repository->targets, "targets", kept);
    return dropped;
}

/* ---- files ---------------------------------------------------------------------------------- */

static void remove_file(Order *order, const char *folder, const char *name)
{
    size_t size = 0;
    char *path = mp_path_join(folder, name);
    char *bytes = path ? mp_file_read(path, MP_RELEASE_TOTAL_LIMIT, &size, NULL) : NULL;
    order->files++;
    order->bytes += size;
    if (!order->dry)
        mp_system_remove(folder, name);
    free(bytes);
    free(path);
}

/* "targets/objects/HASH.NAME" of what is listed. */
static json_t *list_names(const MpRepository *repository)
{
    const char *target;
    json_t *description, *names = json_object();
    json_object_foreach (json_object_get(repository->targets, "targets"), target, description) {
        char *name = mp_repository_file_of(repository, target);
        json_object_set_new(names, name, json_true());
        free(name);
    }
    return names;
}

static bool is_old_metadata(const Order *order, const char *name)
{
    const MpRepository *repository = &order->writer.repository;
    long number;
    char role[32], rest;
    if (sscanf(name, "%ld.%31[a-z].jso%c", &number, role, &rest) != 3)
        return false;
    if (strcmp(role, "targets") == 0)
        return number <= mp_metadata_version(repository->targets) - order->keep;
    return strcmp(role, "snapshot") == 0 &&
           number <= mp_metadata_version(repository->snapshot) - order->keep;
}

static bool clean(Order *order, const char *folder, const json_t *names, MpError *error)
{
    MpWatchList list;
    char *path = mp_repository_path(&order->writer.repository, folder);
    if (!path || !mp_file_is_directory(path)) {
        free(path);
        return true;
    }
    bool good = mp_watch_list(path, &list, error);
    for (size_t i = 0; good && i < list.count; i++) {
        char name[512];
        snprintf(name, sizeof name, "%s/%s", folder, list.entries[i].name);
        if (names ? !json_object_get(names, name) : is_old_metadata(order, list.entries[i].name))
            remove_file(order, path, list.entries[i].name);
    }
    if (good)
        mp_watch_list_finish(&list);
    free(path);
    return good;
}

static bool clean_all(Order *order, MpError *error)
{
    json_t *names = list_names(&order->writer.repository);
    bool good = clean(order, "targets/objects", names, error) &&
                clean(order, "targets/deltas", names, error) &&
                clean(order, "targets/releases", names, error) &&
                clean(order, "metadata", NULL, error);
    json_decref(names);
    return good;
}

/* ---- the command ---------------------------------------------------------------------------- */

static void tell_program(const Order *order)
{
    json_t *what =
        json_pack("{s:I, s:I, s:I, s:O}", "releases", (json_int_t)order->releases, "files",
                  (json_int_t)order->files, "bytes", (json_int_t)order->bytes, "kept", order->kept);
    json_dumpf(what, stdout, 0);
    putchar('\n');
    json_decref(what);
}

static void tell_kept(const Order *order, size_t live)
{
    for (size_t i = 0; i < json_array_size(order->kept); i++) {
        const json_t *one = json_array_get(order->kept, i);
        printf("release %lld stays: %s\n",
               (long long)json_integer_value(json_object_get(one, "release")),
               json_string_value(json_object_get(one, "why")));
    }
    if (live == 0 && json_array_size(order->kept))
        puts("none goes while all are halted: nobody knows which of them will be live again");
    else if (live < (size_t)order->keep)
        printf("none goes: %zu of them %s live, and %ld are to stay\n", live,
               live == 1 ? "is" : "are", order->keep);
}

static void tell(const Order *order, size_t live)
{
    tell_kept(order, live);
    printf("%s %zu release%s, %zu file%s, %llu bytes\n", order->dry ? "would remove" : "removed",
           order->releases, order->releases == 1 ? "" : "s", order->files,
           order->files == 1 ? "" : "s", order->bytes);
}

/* What nobody is told of any more goes last. */
static bool collect(void *data, MpError *error)
{
    Order *order = data;
    MpReleases releases = {0};
    json_t *needed = json_object();
    order->kept = json_array();
    bool good = mp_releases_read(&order->writer.repository, &releases, error) &&
                list_needed(order, &releases, needed, error);
    bool dropped = good && drop_targets(&order->writer.repository, needed);
    if (dropped && !order->dry)
        good = mp_writer_commit(&order->writer, MP_COMMIT_TARGETS, error);
    good = good && clean_all(order, error);
    if (good && order->json)
        tell_program(order);
    else if (good)
        tell(order, mp_keep_live(&releases));
    json_decref(order->kept);
    json_decref(needed);
    free(releases.list);
    return good;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    if (order->keep < 1) {
        mp_error_set(error, MP_INVALID, "--keep: how many releases? at least one expected");
        return false;
    }
    return mp_writer_run(&order->writer, words->items[0], collect, order, error);
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        MP_WRITER_OPTIONS(Order, writer),
        {"--keep", MP_OPTION_NUMBER, offsetof(Order, keep)},
        {"--dry-run", MP_OPTION_FLAG, offsetof(Order, dry)},
        {"--json", MP_OPTION_FLAG, offsetof(Order, json)},
        {0},
    };
    static const MpCommand command = {"gc", options, "a channel", 1, 1, work};
    Order order = {0};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_gc = {
    .name = "gc",
    .summary = "removes old releases of a channel, and what only they need",
    .usage =
        "usage: moonpatch gc CHANNEL --keep N [--dry-run] [--json] [options]\n"
        "\n"
        "Keeps the last N live releases and the halted ones between them; pinned ones; and each\n"
        "live one that some players may run, because no newer live one is for all of them: with\n"
        "a rollout of 100%, for all cohorts, platforms and APIs that the older is for. It says\n"
        "which stay, and why. While all are halted, all stay. N versions of the metadata stay,\n"
        "for games that are downloading, and all roots.\n"
        "Players who still run an older release get the new one whole.\n"
        "\n"
        "options\n"
        "  --keep N                 so many\n"
        "  --dry-run                tells what would go, and what stays\n"
        "  --json                   the same for programs\n" MP_WRITER_HELP "\n"
        "exit codes\n"
        "  0   it is done\n"
        "  1   it could not be done\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
