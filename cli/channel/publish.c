/* moonpatch publish: a folder of patches becomes a release of a channel. */
#include "channel/deltas.h"
#include "channel/gate.h"
#include "channel/progress.h"
#include "channel/releases.h"
#include "channel/writer.h"
#include "command.h"
#include "subcommand.h"
#include "update/tuf/canonical.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    MpWriter writer;
    MpPlan plan;
    MpGate gate;
    MpWords sources;
    long deltas;
    bool json;
    /* what becomes of it */
    MpReleaseNumber number;
    MpDeltaCount delta_count;
    bool was_there;
    size_t new_objects, new_bytes, files, mended;
} Order;

static const MpOption options[] = {
    MP_WRITER_OPTIONS(Order, writer),
    {"--rollout", MP_OPTION_PERCENT, offsetof(Order, plan.rollout)},
    {"--requires-api", MP_OPTION_NUMBER, offsetof(Order, plan.min_api)},
    {"--max-api", MP_OPTION_NUMBER, offsetof(Order, plan.max_api)},
    {"--platform", MP_OPTION_LIST, offsetof(Order, plan.platforms)},
    {"--cohort", MP_OPTION_TEXT, offsetof(Order, plan.cohort)},
    {"--apply", MP_OPTION_TEXT, offsetof(Order, plan.apply)},
    {"--description", MP_OPTION_TEXT, offsetof(Order, plan.description)},
    {"--pin", MP_OPTION_FLAG, offsetof(Order, plan.pin)},
    {"--mandatory", MP_OPTION_FLAG, offsetof(Order, plan.mandatory)},
    {"--embedded", MP_OPTION_FLAG, offsetof(Order, plan.embedded)},
    MP_GATE_OPTIONS(Order, gate),
    {"--deltas", MP_OPTION_NUMBER, offsetof(Order, deltas)},
    {"--json", MP_OPTION_FLAG, offsetof(Order, json)},
    {0},
};

/* ---- the list of files ---------------------------------------------------------------------- */

static json_t *list_files(const MpPackFolder *files)
{
    json_t *list = json_array();
    for (size_t i = 0; i < files->count; i++) {
        MpHash hash = mp_hash_of(files->files[i].content, files->files[i].size);
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:I}", "path", files->files[i].name, "object",
                                        hash.text, "length", (json_int_t)files->files[i].size));
    }
    return list;
}

/* The text of releases/N.json, once a game would take it. */
static char *write_list(const MpPackFolder *files, MpReleaseNumber number, size_t *size,
                        MpError *error)
{
    MpRelease parsed = {0};
    MpError problem;
    json_t *whole =
        json_pack("{s:I, s:o}", "release", (json_int_t)number, "files", list_files(files));
    char *text = mp_tuf_canonical(whole, size, error);
    json_decref(whole);
    if (text && !mp_release_parse(text, *size, number, &parsed, &problem)) {
        mp_error_set(error, problem.status, "games would refuse the release: %s", problem.message);
        free(text);
        return NULL;
    }
    mp_release_finish(&parsed);
    return text;
}

/* ---- the release ---------------------------------------------------------------------------- */

/* What is said of a release that has this number. */
typedef struct Draft {
    char target[MP_RELEASE_TARGET_SIZE];
    char *text; /* the list of its files */
    size_t size;
    json_t *custom;
} Draft;

static void finish_draft(Draft *draft)
{
    json_decref(draft->custom);
    free(draft->text);
    *draft = (Draft){0};
}

/* What a game would refuse is found here, before anything is written. */
static bool make_draft(Draft *draft, const Order *order, const MpPackFolder *files,
                       MpReleaseNumber number, MpError *error)
{
    mp_release_target(draft->target, number);
    draft->text = write_list(files, number, &draft->size, error);
    if (draft->text)
        draft->custom = mp_plan_write(&order->plan, &order->writer.repository, number, error);
    if (!draft->custom)
        finish_draft(draft);
    return draft->custom != NULL;
}

static bool is_published(const Draft *draft, const MpRepository *repository)
{
    const json_t *targets = json_object_get(repository->targets, "targets");
    const json_t *there = json_object_get(targets, draft->target);
    json_t *now = mp_metadata_describe(draft->text, draft->size);
    json_object_set(now, "custom", draft->custom);
    bool same = json_equal(there, now);
    json_decref(now);
    return same;
}

static bool add_objects(Order *order, const MpPackFolder *files, MpError *error)
{
    MpRepository *repository = &order->writer.repository;
    json_t *targets = json_object_get(repository->targets, "targets");
    for (size_t i = 0; i < files->count; i++) {
        char target[MP_HASH_LENGTH + 16];
        const MpPackFile *file = &files->files[i];
        MpHash hash = mp_hash_of(file->content, file->size);
        snprintf(target, sizeof target, "objects/%s", hash.text);
        bool is_new = !json_object_get(targets, target);
        order->new_objects += is_new;
        order->new_bytes += is_new ? file->size : 0;
        if (!mp_repository_add(repository, target, file->content, file->size, error))
            return false;
        mp_progress("objects", i + 1, files->count);
    }
    return true;
}

static bool add_list(MpRepository *repository, const Draft *draft, MpError *error)
{
    json_t *description =
        mp_repository_add(repository, draft->target, draft->text, draft->size, error);
    return description && json_object_set(description, "custom", draft->custom) == 0;
}

/* The newest release is this one already, which makes it no new one: a publish that was interrupted
   when it was done, or files that somebody deleted or damaged, and that are put back. */
static bool mend(Order *order, const Draft *draft, const MpPackFolder *files, MpError *error)
{
    bool dropped = false;
    MpRepository *repository = &order->writer.repository;
    bool good = add_objects(order, files, error) && add_list(repository, draft, error) &&
                mp_deltas_mend(repository, files, &dropped, error);
    order->mended = repository->writes;
    return good &&
           mp_writer_commit(&order->writer, dropped ? MP_COMMIT_TARGETS : MP_COMMIT_NOTHING, error);
}

static bool publish(Order *order, const Draft *draft, const MpReleases *releases,
                    const MpPackFolder *files, MpError *error)
{
    MpRepository *repository = &order->writer.repository;
    return add_objects(order, files, error) &&
           mp_deltas_add(repository, releases, files, (size_t)order->deltas, &order->delta_count,
                         error) &&
           add_list(repository, draft, error) &&
           mp_writer_commit(&order->writer, MP_COMMIT_TARGETS, error);
}

static bool publish_or_mend(Order *order, const MpReleases *releases, const MpPackFolder *files,
                            MpError *error)
{
    Draft draft = {0};
    const MpOffer *newest = mp_releases_find(releases, 0, NULL);
    order->number = newest ? newest->number : 0;
    order->was_there = newest && make_draft(&draft, order, files, order->number, NULL) &&
                       is_published(&draft, &order->writer.repository);
    bool good = order->was_there && mend(order, &draft, files, error);
    finish_draft(&draft);
    if (order->was_there)
        return good;
    good = make_draft(&draft, order, files, ++order->number, error) &&
           publish(order, &draft, releases, files, error);
    finish_draft(&draft);
    return good;
}

/* ---- the command ---------------------------------------------------------------------------- */

static void tell(const Order *order)
{
    unsigned long long number = order->number;
    if (order->json) {
        json_t *whole =
            json_pack("{s:I, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "release",
                      (json_int_t)number, "new", !order->was_there, "percent",
                      (json_int_t)order->plan.rollout, "files", (json_int_t)order->files, "objects",
                      (json_int_t)order->new_objects, "object_bytes", (json_int_t)order->new_bytes,
                      "deltas", (json_int_t)order->delta_count.deltas, "delta_bytes",
                      (json_int_t)order->delta_count.bytes, "mended", (json_int_t)order->mended);
        json_dumpf(whole, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
        putchar('\n');
        json_decref(whole);
    } else if (order->mended) {
        printf("release %llu is that already; %zu of its files %s missing or damaged, and put "
               "back\n",
               number, order->mended, order->mended == 1 ? "was" : "were");
    } else if (order->was_there) {
        printf("release %llu is that already; nothing was changed\n", number);
    } else {
        printf("published release %llu to %ld%%: %zu file%s; %zu new, %zu bytes; %zu delta%s, %zu "
               "bytes\n",
               number, order->plan.rollout, order->files, order->files == 1 ? "" : "s",
               order->new_objects, order->new_bytes, order->delta_count.deltas,
               order->delta_count.deltas == 1 ? "" : "s", order->delta_count.bytes);
    }
}

/* A folder that was meant to be another one takes all patches from everybody. */
static bool has_files(const Order *order, const MpPackFolder *files, MpError *error)
{
    if (files->count || order->plan.embedded)
        return true;
    mp_error_set(error, MP_REFUSED,
                 "there are no files in it%s, and a release of none takes all patches from "
                 "players: if that is meant, say --embedded and no folder",
                 files->hidden ? " but hidden ones, whose names begin with a dot" : "");
    return false;
}

static bool read_and_publish(void *data, MpError *error)
{
    Order *order = data;
    MpReleases releases = {0};
    MpPackFolder files;
    bool good = mp_plan_read(&order->sources, &files, error) && has_files(order, &files, error) &&
                mp_releases_read(&order->writer.repository, &releases, error) &&
                publish_or_mend(order, &releases, &files, error);
    order->files = files.count;
    if (good)
        tell(order);
    mp_pack_folder_finish(&files);
    free(releases.list);
    return good;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    MpWords *sources = &order->sources;
    sources->count = words->count - 1;
    memcpy(sources->items, words->items + 1, sources->count * sizeof *sources->items);
    if ((sources->count == 0) != order->plan.embedded) {
        mp_error_set(error, MP_INVALID,
                     order->plan.embedded ? "--embedded: such a release has no files"
                                          : "which patches? a folder, patches or bundles expected");
        return false;
    }
    return mp_gate_passes(&order->gate, sources, error) &&
           mp_writer_run(&order->writer, words->items[0], read_and_publish, order, error);
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpCommand command = {
        "publish", options, "a channel, and folders, patches or bundles", 1, MP_WORDS_LIMIT, work};
    Order order = {
        .plan = {.rollout = 100, .max_api = -1}, .deltas = 3, .writer.repository.lock = -1};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_publish = {
    .name = "publish",
    .summary = "makes a release of patches, and puts it into a channel",
    .usage =
        "usage: moonpatch publish CHANNEL FOLDER|PATCH.lua|BUNDLE.zip ... [options]\n"
        "       moonpatch publish CHANNEL --embedded [options]\n"
        "\n"
        "A FOLDER is what a game's patch folder would be; one with a patch.lua is packed to a\n"
        "bundle. lint checks the patches first. Nothing is changed for anybody before all of it\n"
        "is there: interrupted, it is completed by running it again.\n"
        "\n"
        "whom it is for\n"
        "  --rollout 5%             so many of the players (100%)\n"
        "  --requires-api N         games of that API level or a newer one (0)\n"
        "  --max-api N              and of none newer than this\n"
        "  --platform NAME          linux, windows, macos, other; once for each; all, if not said\n"
        "  --cohort NAME            the players of that cohort\n"
        "\n"
        "what they do with it\n"
        "  --apply WHEN             now, next-scene, next-start (now)\n"
        "  --mandatory              now, whatever else was said\n"
        "  --pin                    they take it, though there are newer ones\n"
        "  --embedded               they go back to what the program ships\n"
        "  --description TEXT       one line that players may see\n"
        "\n"
        "checks\n" MP_GATE_HELP "\n"
        "others\n"
        "  --deltas N               from so many releases before it (3)\n"
        "  --json                   what was published, for programs\n" MP_WRITER_HELP "\n"
        "exit codes\n"
        "  0   it is published, or was so already\n"
        "  1   it is not: lint found something, or the work failed\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
