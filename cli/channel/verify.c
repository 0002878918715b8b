/* moonpatch verify: looks at a channel as a game would, and at everything that it could download.
 */
#include "channel/day.h"
#include "channel/mirror.h"
#include "channel/progress.h"
#include "channel/releases.h"
#include "command.h"
#include "file/file.h"
#include "file/path.h"
#include "message.h"
#include "platform.h"
#include "subcommand.h"
#include "update/tuf/client.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMED = 20 };

typedef struct Order {
    const char *root, *now;
    bool json;
    MpMirror *mirror;
    MpTufClient *client;
    size_t releases, files, wrong;
    uint64_t bytes;
} Order;

/* ---- the root that is trusted --------------------------------------------------------------- */

/* The one that was named, or the one beside the channel, or else what the channel says itself. */
static unsigned char *read_root(const Order *order, const char *place, size_t *size, MpError *error)
{
    char path[4096];
    size_t length = strlen(place);
    while (length > 1 && place[length - 1] == '/')
        length--;
    snprintf(path, sizeof path, "%.*s.keys/root.json", (int)length, place);
    if (order->root)
        return (unsigned char *)mp_file_read(order->root, MP_TUF_ROOT_LIMIT, size, error);
    if (mp_file_exists(path))
        return (unsigned char *)mp_file_read(path, MP_TUF_ROOT_LIMIT, size, error);
    mp_cli_warn("the channel's own first root is believed; name the one that the game ships with "
                "--root");
    unsigned char *bytes;
    MpTufSource source = mp_mirror_metadata(order->mirror);
    MpTufAnswer answer =
        source.get(source.context, "1.root.json", MP_TUF_ROOT_LIMIT, &bytes, size, error);
    if (answer == MP_TUF_HAS)
        return bytes;
    if (answer == MP_TUF_HAS_NOT)
        mp_error_set(error, MP_NOT_FOUND, "'%s' is no channel: it has no metadata/1.root.json",
                     place);
    return NULL;
}

static bool start(Order *order, const char *place, const char *store, MpError *error)
{
    size_t size;
    int64_t today;
    unsigned char *root = read_root(order, place, &size, error);
    bool good = root && mp_day_today(order->now, &today, error);
    if (good)
        order->client =
            mp_tuf_client_create(&(MpTufOptions){.folder = store,
                                                 .source = mp_mirror_metadata(order->mirror),
                                                 .root = root,
                                                 .root_size = size,
                                                 .now = order->now ? today * 24 * 60 * 60 : 0},
                                 error);
    free(root);
    return order->client && mp_tuf_client_refresh(order->client, error);
}

/* ---- what can be downloaded ----------------------------------------------------------------- */

static bool fits(const MpTufTarget *target, const unsigned char *bytes, size_t size)
{
    const char *sha256 = json_string_value(json_object_get(target->hashes, "sha256"));
    MpHash hash = mp_hash_of(bytes, size);
    return (int64_t)size == target->length && sha256 && strcmp(sha256, hash.text) == 0;
}

/* The bytes of a target, for free(). */
static unsigned char *get(Order *order, const char *path, MpTufTarget *target, size_t *size,
                          MpError *error)
{
    if (!mp_tuf_client_find(order->client, path, target, error))
        return NULL;
    char *url = mp_tuf_client_url_of(order->client, target);
    unsigned char *bytes =
        url ? mp_mirror_target(order->mirror, url, (size_t)target->length, size, error) : NULL;
    if (bytes && !fits(target, bytes, *size)) {
        mp_error_set(error, MP_REFUSED, "'%s' has other bytes than were signed", path);
        free(bytes);
        bytes = NULL;
    }
    free(url);
    order->files++;
    order->bytes += *size;
    return bytes;
}

/* Every file of a release must be a target of the length that the list says. */
static bool check_release(Order *order, const MpRelease *release, MpError *error)
{
    for (size_t i = 0; i < release->count; i++) {
        char path[MP_HASH_LENGTH + 16];
        MpTufTarget target;
        const MpReleaseFile *file = &release->files[i];
        snprintf(path, sizeof path, "objects/%s", file->object.text);
        if (!mp_tuf_client_find(order->client, path, &target, error))
            return false;
        bool same = target.length == (int64_t)file->length;
        mp_tuf_target_finish(&target);
        if (!same) {
            mp_error_set(error, MP_FORMAT, "release %llu: '%s' has another length than its object",
                         (unsigned long long)release->number, file->path);
            return false;
        }
    }
    return true;
}

static bool check_list(Order *order, const MpTufTarget *target, MpReleaseNumber number,
                       const unsigned char *bytes, size_t size, MpError *error)
{
    MpDirectives directives;
    MpRelease release = {0};
    MpError problem = {0};
    bool good = mp_directives_parse(target->custom, &directives, &problem) &&
                mp_release_parse(bytes, size, number, &release, &problem);
    if (!good)
        mp_error_set(error, problem.status, "release %llu: %s", (unsigned long long)number,
                     problem.message);
    good = good && check_release(order, &release, error);
    mp_release_finish(&release);
    order->releases++;
    return good;
}

static bool check_target(Order *order, const char *path, MpError *error)
{
    size_t size = 0;
    MpTufTarget target = {0};
    MpReleaseNumber number = mp_release_number_of(path);
    unsigned char *bytes = get(order, path, &target, &size, error);
    bool good = bytes && (!number || check_list(order, &target, number, bytes, size, error));
    free(bytes);
    mp_tuf_target_finish(&target);
    return good;
}

static bool check_targets(Order *order, MpError *error)
{
    const char *path;
    json_t *description;
    json_t *targets = json_object_get(mp_tuf_client_targets(order->client), "targets");
    size_t count = json_object_size(targets), done = 0;
    json_object_foreach (targets, path, description) {
        if (!check_target(order, path, error)) {
            if (error->status == MP_IO) /* the next one will fare no better */
                return false;
            if (order->wrong++ < MOST_NAMED)
                mp_cli_warn("%s", error->message);
        }
        mp_progress("files", ++done, count);
    }
    if (order->wrong)
        mp_error_set(
            error, MP_FORMAT,
            "%zu of %zu files are missing or damaged: publish the newest release again, which "
            "puts back what is its own, or restore them from a copy; then upload",
            order->wrong, count);
    return !order->wrong;
}

/* ---- the command ---------------------------------------------------------------------------- */

static void tell(const Order *order)
{
    if (order->json)
        printf("{\"releases\": %zu, \"files\": %zu, \"bytes\": %" PRIu64 "}\n", order->releases,
               order->files, order->bytes);
    else
        printf("good: %zu release%s, %zu file%s, %" PRIu64 " bytes\n", order->releases,
               order->releases == 1 ? "" : "s", order->files, order->files == 1 ? "" : "s",
               order->bytes);
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    const char *place = words->items[0];
    char store[MP_PLATFORM_PATH_SIZE];
    if (!mp_platform_make_scratch(store, error))
        return false;
    order->mirror = mp_mirror_open(place, error);
    bool good = order->mirror && start(order, place, store, error) && check_targets(order, error);
    if (good)
        tell(order);
    mp_tuf_client_destroy(order->client);
    mp_mirror_close(order->mirror);
    mp_platform_remove_scratch(store);
    return good;
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        {"--root", MP_OPTION_TEXT, offsetof(Order, root)},
        {"--now", MP_OPTION_TEXT, offsetof(Order, now)},
        {"--json", MP_OPTION_FLAG, offsetof(Order, json)},
        {0},
    };
    static const MpCommand command = {"verify", options, "the folder or the URL of a channel",
                                      1,        1,       work};
    Order order = {0};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_verify = {
    .name = "verify",
    .summary = "looks at a channel as a game would",
    .usage =
        "usage: moonpatch verify DIR|URL [--root ROOT.json] [--now DAY] [--json]\n"
        "\n"
        "Follows the channel's roots from the one that the game ships, as a game does, and\n"
        "reads everything that is offered: signatures, expiry, hashes, lengths, lists of\n"
        "files. It changes nothing.\n"
        "\n"
        "options\n"
        "  --root FILE        what the game ships as data/channel/root.json; DIR.keys/root.json,\n"
        "                     if not said\n"
        "  --now 2026-01-31   whether it is good on that day\n"
        "  --json             what was read, for programs\n"
        "\n"
        "exit codes\n"
        "  0   a game would take everything\n"
        "  1   it would not, or the channel cannot be read\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
