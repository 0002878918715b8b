/* moonpatch refresh-timestamp: what says that the channel is as it was yesterday. */
#include "channel/day.h"
#include "channel/writer.h"
#include "command.h"
#include "message.h"
#include "subcommand.h"

#include <stdio.h>
#include <string.h>

typedef struct Order {
    MpWriter writer;
} Order;

/* How many days what a role signed is good from today on. */
static int64_t days_left(const MpWriter *writer, const json_t *content)
{
    int64_t day = 0;
    const char *expires = json_string_value(json_object_get(content, "expires"));
    return expires && mp_day_read(expires, &day) ? day - writer->today : 0;
}

static int64_t days_given(const MpWriter *writer, const char *role)
{
    json_t *custom = mp_metadata_custom(writer->repository.root);
    return json_integer_value(json_object_get(json_object_get(custom, "days"), role));
}

/* Offline keys sign these two: somebody must come and do it. */
static void warn(const MpWriter *writer, const json_t *content, const char *way_out)
{
    const char *role = mp_metadata_role(content);
    int64_t left = days_left(writer, content);
    if (left <= days_given(writer, role) / 4)
        mp_cli_warn("the metadata of %s is good for %lld more day%s: %s", role, (long long)left,
                    left == 1 ? "" : "s", way_out);
}

static bool refresh(void *data, MpError *error)
{
    MpWriter *writer = &((Order *)data)->writer;
    const MpRepository *repository = &writer->repository;
    bool snapshot = days_left(writer, repository->snapshot) <= days_given(writer, "snapshot") / 2;
    warn(writer, repository->targets, "publish a release, or set the rollout of one");
    warn(writer, repository->root, "moonpatch rotate CHANNEL root");
    int64_t left = days_left(writer, repository->timestamp),
            given = days_given(writer, "timestamp");
    if (left > given)
        mp_cli_warn("the timestamp is good for %lld days, and %lld is what it gets: is this "
                    "machine's clock slow?",
                    (long long)left, (long long)given);
    if (!snapshot && left >= given) {
        puts("it was signed today already; nothing was changed");
        return true;
    }
    if (!mp_writer_commit(writer, snapshot ? MP_COMMIT_SNAPSHOT : MP_COMMIT_TIMESTAMP, error))
        return false;
    printf("%s until %.10s\n", snapshot ? "timestamp and snapshot are signed, the first" : "signed",
           json_string_value(json_object_get(repository->timestamp, "expires")));
    return true;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    return mp_writer_run(&order->writer, words->items[0], refresh, order, error);
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {MP_WRITER_OPTIONS(Order, writer), {0}};
    static const MpCommand command = {"refresh-timestamp", options, "a channel", 1, 1, work};
    Order order = {0};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_refresh = {
    .name = "refresh-timestamp",
    .summary = "says anew that a channel is up to date; from a timer",
    .usage =
        "usage: moonpatch refresh-timestamp CHANNEL [options]\n"
        "\n"
        "Signs the timestamp anew, and the snapshot when half of its time is over. Games do not\n"
        "believe a timestamp that has expired, so that nobody can keep them on an old release:\n"
        "let a timer do this daily. It needs the keys of timestamp and snapshot only. It warns\n"
        "when the metadata of targets or root is about to expire.\n"
        "\n"
        "options\n" MP_WRITER_HELP "\n"
        "exit codes\n"
        "  0   it is signed\n"
        "  1   nothing was changed\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
