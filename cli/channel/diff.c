/* moonpatch diff: what a game downloads to come from one release to another. */
#include "channel/releases.h"
#include "command.h"
#include "subcommand.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    bool json;
    MpRepository repository;
    MpRelease from, to;
    uint64_t full, download;
} Order;

typedef enum Way { KEPT, DELTA, WHOLE } Way;

static const char *const way_names[] = {"kept", "delta", "whole"};

static const json_t *target_of(const Order *order, const char *target)
{
    return json_object_get(json_object_get(order->repository.targets, "targets"), target);
}

/* Content is content, whatever it was called before. */
static bool has_object(const MpRelease *release, const char *object)
{
    for (size_t i = 0; i < release->count; i++) {
        if (strcmp(release->files[i].object.text, object) == 0)
            return true;
    }
    return false;
}

/* Takes the smallest delta of an object of the release before. */
static Way best_way(const Order *order, const MpReleaseFile *file, uint64_t *size)
{
    char target[MP_HASH_LENGTH + 16];
    Way way = WHOLE;
    *size = file->length;
    if (has_object(&order->from, file->object.text)) {
        *size = 0;
        return KEPT;
    }
    snprintf(target, sizeof target, "objects/%s", file->object.text);
    const json_t *custom = json_object_get(target_of(order, target), "custom");
    const json_t *list = json_object_get(json_object_get(custom, "moonpatch"), "deltas");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *base = json_string_value(json_object_get(one, "base"));
        const char *delta = json_string_value(json_object_get(one, "delta"));
        const json_t *length = json_object_get(target_of(order, delta ? delta : ""), "length");
        if (base && length && has_object(&order->from, base) &&
            (uint64_t)json_integer_value(length) < *size) {
            *size = (uint64_t)json_integer_value(length);
            way = DELTA;
        }
    }
    return way;
}

static void compare(Order *order, json_t *rows)
{
    for (size_t i = 0; i < order->to.count; i++) {
        uint64_t size;
        const MpReleaseFile *file = &order->to.files[i];
        Way way = best_way(order, file, &size);
        order->full += file->length;
        order->download += size;
        if (order->json)
            json_array_append_new(
                rows, json_pack("{s:s, s:s, s:I, s:I}", "path", file->path, "way", way_names[way],
                                "length", (json_int_t)file->length, "download", (json_int_t)size));
        else if (way != KEPT)
            printf("%-6s %10" PRIu64 " of %10" PRIu64 "  %s\n", way_names[way], size, file->length,
                   file->path);
    }
}

static void list_removed(const Order *order)
{
    for (size_t i = 0; i < order->from.count; i++) {
        bool there = false;
        for (size_t j = 0; j < order->to.count; j++)
            there = there || strcmp(order->to.files[j].path, order->from.files[i].path) == 0;
        if (!there)
            printf("gone   %10d    %10s  %s\n", 0, "", order->from.files[i].path);
    }
}

static void tell(Order *order)
{
    json_t *rows = json_array();
    compare(order, rows);
    if (order->json) {
        json_t *whole = json_pack("{s:O, s:I, s:I}", "files", rows, "full", (json_int_t)order->full,
                                  "download", (json_int_t)order->download);
        json_dumpf(whole, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
        putchar('\n');
        json_decref(whole);
    } else {
        list_removed(order);
        printf("%" PRIu64 " bytes to download, of %" PRIu64 "\n", order->download, order->full);
    }
    json_decref(rows);
}

/* Release 0 is what the program ships: nothing of a channel. */
static bool read_one(const MpRepository *repository, const char *word, MpRelease *release,
                     MpError *error)
{
    char *end;
    long number = strtol(word, &end, 10);
    if (end == word || *end || number < 0) {
        mp_error_set(error, MP_INVALID, "the number of a release expected, not '%s'", word);
        return false;
    }
    MpReleases releases = {0};
    bool good =
        number == 0 || (mp_releases_read(repository, &releases, error) &&
                        mp_releases_find(&releases, number, error) &&
                        mp_release_read(repository, (MpReleaseNumber)number, release, error));
    free(releases.list);
    return good;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    bool good = mp_repository_open(&order->repository, words->items[0], false, error) &&
                read_one(&order->repository, words->items[1], &order->from, error) &&
                read_one(&order->repository, words->items[2], &order->to, error);
    if (good)
        tell(order);
    mp_release_finish(&order->from);
    mp_release_finish(&order->to);
    mp_repository_close(&order->repository);
    return good;
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {{"--json", MP_OPTION_FLAG, offsetof(Order, json)}, {0}};
    static const MpCommand command = {"diff", options, "a channel and two releases", 3, 3, work};
    Order order = {0};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_diff = {
    .name = "diff",
    .summary = "tells what a game downloads to get from A to B",
    .usage =
        "usage: moonpatch diff CHANNEL A B [--json]\n"
        "\n"
        "A and B are the numbers of releases; 0 is what the program ships. For each file of B\n"
        "that a game on A does not have: whether it gets a delta or the whole, and its size.\n"
        "\n"
        "exit codes\n"
        "  0   it is told\n"
        "  1   there is no such release, or the channel cannot be read\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
