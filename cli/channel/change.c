/* moonpatch rollout, halt, rollback: whom the releases that are there are for. */
#include "channel/releases.h"
#include "channel/writer.h"
#include "command.h"
#include "subcommand.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Order {
    MpWriter writer;
    long release;        /* -1: the newest */
    long to;             /* -1: the one before the newest live one */
    const char *percent; /* of rollout: "50%" */
    bool shrink, lift;
    FILE *news; /* what is told once it is published */
    /* Changes what is offered. Returns 1; 0 when it is so already; -1 when that fails. */
    int (*change)(struct Order *order, const MpReleases *releases, MpError *error);
} Order;

/* 0 is what the program ships, which nobody publishes. */
static const MpOffer *chosen(const Order *order, const MpReleases *releases, MpError *error)
{
    if (order->release != 0)
        return mp_releases_find(releases, order->release < 0 ? 0 : order->release, error);
    mp_error_set(error, MP_INVALID, "--release: releases count from 1");
    return NULL;
}

/* As order->change, with what there is to tell in `news`: the caller's, for free(); NULL: no
 * memory. */
static int change_offers(Order *order, char **news, MpError *error)
{
    MpReleases releases = {0};
    size_t size;
    order->news = open_memstream(news, &size);
    bool good = order->news && mp_releases_read(&order->writer.repository, &releases, error);
    int changed = good ? order->change(order, &releases, error) : -1;
    free(releases.list);
    if (order->news)
        fclose(order->news);
    else
        mp_error_set(error, MP_MEMORY, "no memory");
    return changed;
}

static bool change(void *data, MpError *error)
{
    Order *order = data;
    char *news = NULL;
    int changed = change_offers(order, &news, error);
    bool good =
        changed == 0 || (changed > 0 && mp_writer_commit(&order->writer, MP_COMMIT_TARGETS, error));
    if (good)
        printf("%s%s\n", news, changed ? "published" : "it is so already; nothing was changed");
    free(news);
    return good;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    order->percent = words->items[1];
    return mp_writer_run(&order->writer, words->items[0], change, order, error);
}

static void set(const Order *order, const MpOffer *offer, const char *name, json_t *value)
{
    json_object_set_new(mp_release_directives(&order->writer.repository, offer->number), name,
                        value);
}

/* ---- rollout -------------------------------------------------------------------------------- */

static int change_rollout(Order *order, const MpReleases *releases, MpError *error)
{
    long percent;
    const MpOffer *offer = chosen(order, releases, error);
    if (!offer)
        return -1;
    if (!mp_options_percent(order->percent, &percent)) {
        mp_error_set(error, MP_INVALID, "%s expected, not '%s'", MP_OPTIONS_PERCENT,
                     order->percent);
        return -1;
    }
    long now = (long)offer->directives.rollout.percent;
    unsigned long long number = offer->number;
    if (percent < now && !order->shrink) {
        mp_error_set(error, MP_REFUSED,
                     "release %llu reaches %ld%%: with less, players who run it go back to another "
                     "release; say --shrink if that is meant, or halt it",
                     number, now);
        return -1;
    }
    fprintf(order->news, "release %llu: %ld%% -> %ld%%%s\n", number, now, percent,
            offer->directives.halted ? ", but it is halted: moonpatch halt --lift" : "");
    json_t *rollout =
        json_object_get(mp_release_directives(&order->writer.repository, number), "rollout");
    json_object_set_new(rollout, "percent", json_integer(percent));
    return percent != now;
}

static int run_rollout(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        MP_WRITER_OPTIONS(Order, writer),
        {"--release", MP_OPTION_NUMBER, offsetof(Order, release)},
        {"--shrink", MP_OPTION_FLAG, offsetof(Order, shrink)},
        {0},
    };
    static const MpCommand command = {"rollout", options, "a channel and a percentage", 2, 2, work};
    Order order = {.change = change_rollout, .release = -1};
    return mp_command_run(&command, argv, &order);
}

/* ---- halt ----------------------------------------------------------------------------------- */

static int set_halted(const Order *order, const MpOffer *offer, bool halted)
{
    if (offer->directives.halted == halted)
        return 0;
    fprintf(order->news, "release %llu is %s\n", (unsigned long long)offer->number,
            halted ? "halted" : "live");
    set(order, offer, "state", json_string(halted ? "halted" : "live"));
    return 1;
}

static int change_state(Order *order, const MpReleases *releases, MpError *error)
{
    const MpOffer *offer = chosen(order, releases, error);
    return offer ? set_halted(order, offer, !order->lift) : -1;
}

static int run_halt(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        MP_WRITER_OPTIONS(Order, writer),
        {"--release", MP_OPTION_NUMBER, offsetof(Order, release)},
        {"--lift", MP_OPTION_FLAG, offsetof(Order, lift)},
        {0},
    };
    static const MpCommand command = {"halt", options, "a channel", 1, 1, work};
    Order order = {.change = change_state, .release = -1};
    return mp_command_run(&command, argv, &order);
}

/* ---- rollback ------------------------------------------------------------------------------- */

/* The newest live release but one; 0: what the program ships. */
static long before_newest(const MpReleases *releases)
{
    int live = 0;
    for (size_t i = releases->count; i-- > 0;) {
        live += !releases->list[i].directives.halted;
        if (live == 2)
            return (long)releases->list[i].number;
    }
    return 0;
}

static int roll_back(Order *order, const MpReleases *releases, MpError *error)
{
    long to = order->to >= 0 ? order->to : before_newest(releases);
    const MpOffer *target = to ? mp_releases_find(releases, to, error) : NULL;
    int changed = 0;
    if (to && !target)
        return -1;
    if (target && target->directives.halted) {
        mp_error_set(error, MP_REFUSED,
                     "release %ld is halted itself: moonpatch halt --lift "
                     "--release %ld first, or choose another with --to",
                     to, to);
        return -1;
    }
    for (size_t i = 0; i < releases->count; i++) {
        if (releases->list[i].number > (MpReleaseNumber)to)
            changed |= set_halted(order, &releases->list[i], true);
    }
    if (changed && to)
        fprintf(order->news, "players go back to release %ld\n", to);
    else if (changed)
        fputs("players go back to what the program ships\n", order->news);
    return changed;
}

static int run_rollback(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        MP_WRITER_OPTIONS(Order, writer),
        {"--to", MP_OPTION_NUMBER, offsetof(Order, to)},
        {0},
    };
    static const MpCommand command = {"rollback", options, "a channel", 1, 1, work};
    Order order = {.to = -1, .change = roll_back};
    return mp_command_run(&command, argv, &order);
}

#define EXIT_CODES                               \
    "\n"                                         \
    "exit codes\n"                               \
    "  0   it is published, or was so already\n" \
    "  1   nothing was changed\n"                \
    "  2   the command was called wrongly\n"

const MpSubcommand mp_subcommand_rollout = {
    .name = "rollout",
    .summary = "widens a release to more of the players",
    .usage =
        "usage: moonpatch rollout CHANNEL 50% [--release N] [--shrink] [options]\n"
        "\n"
        "Who has the release keeps it: a higher percentage reaches the same players, and more.\n"
        "\n"
        "options\n"
        "  --release N              which one; the newest, if not said\n"
        "  --shrink                 allows a lower percentage, which takes the release away\n"
        "                           from some who run it\n" MP_WRITER_HELP EXIT_CODES,
    .run = run_rollout,
};

const MpSubcommand mp_subcommand_halt = {
    .name = "halt",
    .summary = "withdraws a release",
    .usage =
        "usage: moonpatch halt CHANNEL [--release N] [--lift] [options]\n"
        "\n"
        "Nobody takes the release any more, and who runs it goes to the highest other one that\n"
        "is for them, or to what the program ships.\n"
        "\n"
        "options\n"
        "  --release N              which one; the newest, if not said\n"
        "  --lift                   it is live again\n" MP_WRITER_HELP EXIT_CODES,
    .run = run_halt,
};

const MpSubcommand mp_subcommand_rollback = {
    .name = "rollback",
    .summary = "goes back to an earlier release",
    .usage = "usage: moonpatch rollback CHANNEL [--to N] [options]\n"
             "\n"
             "Halts all releases after release N, so that players go back to it.\n"
             "\n"
             "options\n"
             "  --to N                   the last live one but one, if not said; 0: what the\n"
             "                           program ships\n" MP_WRITER_HELP EXIT_CODES,
    .run = run_rollback,
};
