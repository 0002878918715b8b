/* moonpatch publish: a folder of patches becomes a release of a channel. */
#include "channel/command.h"
#include "channel/deltas.h"
#include "channel/progress.h"
#include "channel/releases.h"
#include "channel/writer.h"
#include "platform.h"
#include "subcommand.h"
#include "update/tuf/canonical.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    MpWriter writer;
    MpPlan plan;
    MpWords against, disabled, globals; /* for lint */
    long deltas;
    bool force, json;
    /* what becomes of it */
    MpReleaseNumber number;
    MpDeltaCount delta_count;
    size_t new_objects, new_bytes, files;
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
    {"--against", MP_OPTION_LIST, offsetof(Order, against)},
    {"--disable", MP_OPTION_LIST, offsetof(Order, disabled)},
    {"--global", MP_OPTION_LIST, offsetof(Order, globals)},
    {"--deltas", MP_OPTION_NUMBER, offsetof(Order, deltas)},
    {"--force", MP_OPTION_FLAG, offsetof(Order, force)},
    {"--json", MP_OPTION_FLAG, offsetof(Order, json)},
    {0},
};

/* ---- lint ----------------------------------------------------------------------------------- */

static void add_all(char **words, int *count, const char *option, const MpWords *values)
{
    for (size_t i = 0; i < values->count; i++) {
        if (option)
            words[(*count)++] = (char *)(uintptr_t)option;
        words[(*count)++] = (char *)(uintptr_t)values->items[i];
    }
}

/* What it finds goes to stderr: stdout is for what was published. */
static int lint(const Order *order, const MpWords *sources)
{
    char *words[7 * MP_WORDS_LIMIT + 2];
    int count = 0;
    add_all(words, &count, "--against", &order->against);
    add_all(words, &count, "--disable", &order->disabled);
    add_all(words, &count, "--global", &order->globals);
    words[count++] = (char *)(uintptr_t) "--";
    add_all(words, &count, NULL, sources);
    words[count] = NULL;
    int output = mp_platform_divert();
    int code = mp_subcommand_lint.run(count, words);
    mp_platform_restore(output);
    return code;
}

static bool passes_lint(const Order *order, const MpWords *sources, MpError *error)
{
    if (order->force || sources->count == 0)
        return true;
    if (order->against.count == 0) {
        mp_error_set(error, MP_INVALID,
                     "against which API are the patches checked? name its manifest: --against "
                     "NAME.api.json; or --force to publish them unchecked");
        return false;
    }
    int code = lint(order, sources);
    if (code == MP_EXIT_FINDINGS)
        mp_error_set(error, MP_REFUSED,
                     "lint found something: correct it, or silence it where it stands, or publish "
                     "with --force; nothing was published");
    else if (code != MP_EXIT_OK)
        mp_error_set(error, MP_INVALID, "lint could not check the patches");
    return code == MP_EXIT_OK;
}

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

/* ---- whether it is there already ------------------------------------------------------------ */

static bool has_same_files(const MpRelease *release, const MpPackFolder *files)
{
    bool same = release->count == files->count;
    for (size_t i = 0; i < files->count && same; i++) {
        MpHash hash = mp_hash_of(files->files[i].content, files->files[i].size);
        same = strcmp(release->files[i].path, files->files[i].name) == 0 &&
               mp_hash_same(&release->files[i].object, &hash);
    }
    return same;
}

/* A publish that was interrupted when it was done already, and is run again, is no new release. */
static bool is_there(Order *order, const MpReleases *releases, const MpPackFolder *files)
{
    const MpOffer *newest = mp_releases_find(releases, 0, NULL);
    MpRelease release = {0};
    if (!newest)
        return false;
    MpRepository *repository = &order->writer.repository;
    json_t *custom = mp_plan_write(&order->plan, repository, newest->number, NULL);
    bool same = json_equal(json_object_get(custom, "moonpatch"),
                           mp_release_directives(repository, newest->number)) &&
                mp_release_read(repository, newest->number, &release, NULL) &&
                has_same_files(&release, files);
    order->number = newest->number;
    json_decref(custom);
    mp_release_finish(&release);
    return same;
}

/* ---- publishing ----------------------------------------------------------------------------- */

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

static bool add_list(Order *order, const char *text, size_t size, json_t *custom, MpError *error)
{
    char target[64];
    snprintf(target, sizeof target, "releases/%llu.json", (unsigned long long)order->number);
    json_t *description = mp_repository_add(&order->writer.repository, target, text, size, error);
    return description && json_object_set(description, "custom", custom) == 0;
}

/* What a game would refuse is found before anything is written. */
static bool publish(Order *order, const MpReleases *releases, const MpPackFolder *files,
                    MpError *error)
{
    size_t size;
    MpRepository *repository = &order->writer.repository;
    const MpOffer *newest = mp_releases_find(releases, 0, NULL);
    order->number = newest ? newest->number + 1 : 1;
    char *text = write_list(files, order->number, &size, error);
    json_t *custom = text ? mp_plan_write(&order->plan, repository, order->number, error) : NULL;
    bool good = custom && add_objects(order, files, error) &&
                mp_deltas_add(repository, releases, files, (size_t)order->deltas,
                              &order->delta_count, error) &&
                add_list(order, text, size, custom, error) &&
                mp_writer_commit(&order->writer, MP_COMMIT_TARGETS, error);
    json_decref(custom);
    free(text);
    return good;
}

static void tell(const Order *order, bool was_there)
{
    unsigned long long number = order->number;
    if (order->json) {
        json_t *whole = json_pack(
            "{s:I, s:b, s:I, s:I, s:I, s:I, s:I, s:I}", "release", (json_int_t)number, "new",
            !was_there, "percent", (json_int_t)order->plan.rollout, "files",
            (json_int_t)order->files, "objects", (json_int_t)order->new_objects, "object_bytes",
            (json_int_t)order->new_bytes, "deltas", (json_int_t)order->delta_count.deltas,
            "delta_bytes", (json_int_t)order->delta_count.bytes);
        json_dumpf(whole, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
        putchar('\n');
        json_decref(whole);
    } else if (was_there) {
        printf("release %llu is that already; nothing was changed\n", number);
    } else {
        printf("published release %llu to %ld%%: %zu file%s; %zu new, %zu bytes; %zu delta%s, %zu "
               "bytes\n",
               number, order->plan.rollout, order->files, order->files == 1 ? "" : "s",
               order->new_objects, order->new_bytes, order->delta_count.deltas,
               order->delta_count.deltas == 1 ? "" : "s", order->delta_count.bytes);
    }
}

static bool read_and_publish(Order *order, const MpWords *sources, MpError *error)
{
    MpReleases releases = {0};
    MpPackFolder files;
    bool was_there = false;
    bool good = mp_plan_read(sources, &files, error) &&
                mp_releases_read(&order->writer.repository, &releases, error);
    order->files = files.count;
    if (good)
        was_there = is_there(order, &releases, &files);
    good = good && (was_there ? mp_writer_commit(&order->writer, MP_COMMIT_NOTHING, error)
                              : publish(order, &releases, &files, error));
    if (good)
        tell(order, was_there);
    mp_pack_folder_finish(&files);
    free(releases.list);
    return good;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    MpWords sources = {.count = words->count - 1};
    memcpy(sources.items, words->items + 1, sources.count * sizeof *sources.items);
    if ((sources.count == 0) != order->plan.embedded) {
        mp_error_set(error, MP_INVALID,
                     order->plan.embedded ? "--embedded: such a release has no files"
                                          : "which patches? a folder, patches or bundles expected");
        return false;
    }
    bool good = passes_lint(order, &sources, error) &&
                mp_writer_begin(&order->writer, words->items[0], error) &&
                read_and_publish(order, &sources, error);
    mp_writer_end(&order->writer);
    return good;
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
        "  --platform NAME          linux, windows, macos; once for each; all, if not said\n"
        "  --cohort NAME            the players of that cohort\n"
        "\n"
        "what they do with it\n"
        "  --apply WHEN             now, next-scene, next-start (now)\n"
        "  --mandatory              now, whatever else was said\n"
        "  --pin                    they take it, though there are newer ones\n"
        "  --embedded               they go back to what the program ships\n"
        "  --description TEXT       one line that players may see\n"
        "\n"
        "checks\n"
        "  --against FILE           the API manifest that lint checks against, once for each "
        "module\n"
        "  --disable, --global      as with lint\n"
        "  --force                  publishes what lint did not check or found fault with\n"
        "\n"
        "others\n"
        "  --deltas N               from so many releases before it (3)\n"
        "  --json                   what was published, for programs\n" MP_WRITER_HELP "\n"
        "exit codes\n"
        "  0   it is published, or was so already\n"
        "  1   it is not: lint found something, or the work failed\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
