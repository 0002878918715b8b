/* moonpatch cohort: who gets what. */
#include "channel/releases.h"
#include "command.h"
#include "subcommand.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    long simulate, api, seed;
    const char *platform, *install;
    bool json;
    /* what they are asked about */
    MpChannelClient client;
    MpCohorts cohorts;
    MpReleases releases;
} Order;

/* ---- installations -------------------------------------------------------------------------- */

/* The same ones each time: as random as those of players, whose numbers nobody knows. */
static MpInstall make_install(long seed, long index)
{
    char text[64];
    MpInstall install = {0};
    int length = snprintf(text, sizeof text, "%ld %ld", seed, index);
    MpHash hash = mp_hash_of(text, (size_t)length);
    memcpy(install.bytes, hash.text, sizeof install.bytes);
    return install;
}

static bool read_install(const char *text, MpInstall *install, MpError *error)
{
    MpSalt bytes;
    if (mp_salt_parse(text, &bytes, NULL) && bytes.size == MP_INSTALL_SIZE) {
        memcpy(install->bytes, bytes.bytes, sizeof install->bytes);
        return true;
    }
    mp_error_set(error, MP_INVALID, "--install: %d lower-case hexadecimal digits expected",
                 2 * MP_INSTALL_SIZE);
    return false;
}

/* The place of the release that it takes in the list; their number: what the program ships. */
static size_t choose(Order *order, MpInstall install)
{
    order->client.install = install;
    strcpy(order->client.cohort, mp_cohorts_pick(&order->cohorts, &install));
    const MpOffer *offer = mp_choose(&order->client, order->releases.list, order->releases.count);
    return offer ? (size_t)(offer - order->releases.list) : order->releases.count;
}

static size_t cohort_of(const Order *order)
{
    for (size_t i = 0; i < order->cohorts.count; i++) {
        if (strcmp(order->cohorts.list[i].name, order->client.cohort) == 0)
            return i;
    }
    return 0;
}

/* ---- many ----------------------------------------------------------------------------------- */

/* A row for each release and one for what the program ships, a column for each cohort. */
static long *count_all(Order *order, size_t columns)
{
    long *counts = calloc((order->releases.count + 1) * columns, sizeof *counts);
    for (long i = 0; counts && i < order->simulate; i++) {
        size_t row = choose(order, make_install(order->seed, i));
        counts[row * columns + cohort_of(order)]++;
    }
    return counts;
}

static long sum(const long *row, size_t columns)
{
    long total = 0;
    for (size_t i = 0; i < columns; i++)
        total += row[i];
    return total;
}

static json_t *row_json(const Order *order, size_t index, const long *row, size_t columns)
{
    bool shipped = index == order->releases.count;
    json_t *cohorts = json_object();
    for (size_t i = 0; i < order->cohorts.count; i++)
        json_object_set_new(cohorts, order->cohorts.list[i].name, json_integer(row[i]));
    return json_pack("{s:I, s:I, s:o}", "release",
                     shipped ? (json_int_t)0 : (json_int_t)order->releases.list[index].number,
                     "installations", (json_int_t)sum(row, columns), "cohorts", cohorts);
}

static void print_row(const Order *order, size_t index, const long *row, size_t columns)
{
    long total = sum(row, columns);
    if (index == order->releases.count)
        fputs("what the program ships", stdout);
    else
        printf("release %-14llu", (unsigned long long)order->releases.list[index].number);
    printf(" %9ld  %6.2f%%", total, 100.0 * (double)total / (double)order->simulate);
    for (size_t i = 0; i < order->cohorts.count; i++)
        printf("  %s %ld", order->cohorts.list[i].name, row[i]);
    putchar('\n');
}

static bool simulate(Order *order, MpError *error)
{
    size_t columns = order->cohorts.count ? order->cohorts.count : 1;
    long *counts = count_all(order, columns);
    json_t *rows = json_array();
    if (!counts) {
        json_decref(rows);
        mp_error_set(error, MP_MEMORY, "no memory for so many releases");
        return false;
    }
    for (size_t i = 0; i <= order->releases.count; i++) {
        if (order->json)
            json_array_append_new(rows, row_json(order, i, counts + i * columns, columns));
        else
            print_row(order, i, counts + i * columns, columns);
    }
    if (order->json) {
        json_dumpf(rows, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
        putchar('\n');
    }
    json_decref(rows);
    free(counts);
    return true;
}

/* ---- one ------------------------------------------------------------------------------------ */

static bool explain(Order *order, MpError *error)
{
    MpInstall install;
    if (!read_install(order->install, &install, error))
        return false;
    size_t chosen = choose(order, install);
    if (order->cohorts.count)
        printf("cohort %s\n", order->client.cohort);
    for (size_t i = order->releases.count; i-- > 0;) {
        const MpOffer *offer = &order->releases.list[i];
        const char *why = mp_offer_refusal(offer, &order->client);
        printf("release %llu: %s\n", (unsigned long long)offer->number,
               i == chosen ? "this one runs"
               : why       ? why
                           : "another one goes before it");
    }
    if (chosen == order->releases.count)
        puts("what the program ships runs");
    return true;
}

/* ---- the command ---------------------------------------------------------------------------- */

static bool prepare(Order *order, const MpRepository *repository, MpError *error)
{
    const json_t *custom =
        json_object_get(json_object_get(repository->root, "custom"), "moonpatch");
    const char *app = json_string_value(json_object_get(custom, "app"));
    const char *channel = json_string_value(json_object_get(custom, "channel"));
    order->client = (MpChannelClient){.api = order->api};
    order->client.platform = order->platform ? order->platform : mp_channel_platform();
    snprintf(order->client.app, sizeof order->client.app, "%s", app ? app : "");
    snprintf(order->client.channel, sizeof order->client.channel, "%s", channel ? channel : "");
    custom = json_object_get(json_object_get(repository->targets, "custom"), "moonpatch");
    return mp_cohorts_parse(custom, &order->cohorts, error) &&
           mp_releases_read(repository, &order->releases, error);
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    MpRepository repository;
    if ((order->simulate > 0) == (order->install != NULL)) {
        mp_error_set(error, MP_INVALID,
                     "either --simulate, how many, or --install, which one, expected");
        return false;
    }
    bool good = mp_repository_open(&repository, words->items[0], false, error) &&
                prepare(order, &repository, error) &&
                (order->install ? explain(order, error) : simulate(order, error));
    free(order->releases.list);
    mp_repository_close(&repository);
    return good;
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        {"--simulate", MP_OPTION_NUMBER, offsetof(Order, simulate)},
        {"--install", MP_OPTION_TEXT, offsetof(Order, install)},
        {"--api", MP_OPTION_NUMBER, offsetof(Order, api)},
        {"--platform", MP_OPTION_TEXT, offsetof(Order, platform)},
        {"--seed", MP_OPTION_NUMBER, offsetof(Order, seed)},
        {"--json", MP_OPTION_FLAG, offsetof(Order, json)},
        {0},
    };
    static const MpCommand command = {"cohort", options, "a channel", 1, 1, work};
    Order order = {.api = 1};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_cohort = {
    .name = "cohort",
    .summary = "tells who gets which release of a channel",
    .usage = "usage: moonpatch cohort CHANNEL --simulate 100000 [--seed N] [--json] [options]\n"
             "       moonpatch cohort CHANNEL --install HEX [options]\n"
             "\n"
             "Asks so many made-up installations, with the very code of the game, which release\n"
             "they take; or one, and says why. It only reads.\n"
             "\n"
             "options\n"
             "  --api N           the API level of their game (1)\n"
             "  --platform NAME   their platform; this one, if not said\n"
             "  --seed N          other installations\n"
             "  --json            for programs; release 0 is what the program ships\n"
             "\n"
             "exit codes\n"
             "  0   it is told\n"
             "  1   the channel cannot be read\n"
             "  2   the command was called wrongly\n",
    .run = run,
};
