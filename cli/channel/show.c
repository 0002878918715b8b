/* moonpatch channel show: the releases of a channel. */
#include "channel/channel.h"
#include "channel/releases.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Order {
    bool json;
} Order;

static const json_t *content_of(const MpRepository *repository, size_t role)
{
    const json_t *all[MP_METADATA_ROLES] = {repository->root, repository->timestamp,
                                            repository->snapshot, repository->targets};
    return all[role];
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

/* ---- for programs --------------------------------------------------------------------------- */

static json_t *describe(const MpRepository *repository, const MpReleases *releases)
{
    json_t *custom = mp_metadata_custom(repository->root);
    json_t *metadata = json_object(), *list = json_array();
    for (size_t i = 0; i < MP_METADATA_ROLES; i++) {
        const json_t *content = content_of(repository, i);
        json_object_set_new(metadata, mp_metadata_roles[i],
                            json_pack("{s:O, s:O}", "version", json_object_get(content, "version"),
                                      "expires", json_object_get(content, "expires")));
    }
    for (size_t i = 0; i < releases->count; i++) {
        MpReleaseNumber number = releases->list[i].number;
        json_array_append_new(list,
                              json_pack("{s:I, s:O}", "release", (json_int_t)number, "directives",
                                        mp_release_directives(repository, number)));
    }
    return json_pack("{s:O, s:O, s:o, s:o}", "app", json_object_get(custom, "app"), "channel",
                     json_object_get(custom, "channel"), "metadata", metadata, "releases", list);
}

static bool print_json(const MpRepository *repository, const MpReleases *releases)
{
    json_t *whole = describe(repository, releases);
    bool good = whole && json_dumpf(whole, stdout, JSON_INDENT(2) | JSON_SORT_KEYS) == 0;
    putchar('\n');
    json_decref(whole);
    return good;
}

/* ---- for people ----------------------------------------------------------------------------- */

static void print_whom(const MpDirectives *its)
{
    if (its->max_api == INT64_MAX)
        printf(", API %lld and newer", (long long)its->min_api);
    else
        printf(", API %lld to %lld", (long long)its->min_api, (long long)its->max_api);
    for (size_t i = 0; i < its->platform_count; i++)
        printf("%s%s", i ? " " : ", ", its->platforms[i]);
    if (its->cohort[0])
        printf(", cohort %s", its->cohort);
    if (its->pin)
        fputs(", pinned", stdout);
    if (its->mandatory)
        fputs(", mandatory", stdout);
    if (its->embedded)
        fputs(", what the program ships", stdout);
    if (its->description[0])
        printf(": %s", its->description);
    putchar('\n');
}

static void print(const MpRepository *repository, const MpReleases *releases)
{
    const json_t *custom = mp_metadata_custom(repository->root);
    printf("channel '%s' of '%s'\n", text_of(custom, "channel"), text_of(custom, "app"));
    for (size_t i = 0; i < MP_METADATA_ROLES; i++) {
        const json_t *content = content_of(repository, i);
        printf("  %-10s version %-4ld until %.10s\n", mp_metadata_roles[i],
               mp_metadata_version(content), text_of(content, "expires"));
    }
    for (size_t i = releases->count; i-- > 0;) {
        const MpOffer *offer = &releases->list[i];
        printf("  release %-4llu %s %3u%%", (unsigned long long)offer->number,
               offer->directives.halted ? "halted" : "live  ", offer->directives.rollout.percent);
        print_whom(&offer->directives);
    }
    if (releases->count == 0)
        puts("  nothing is published yet");
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    MpReleases releases = {0};
    MpRepository repository;
    bool good = mp_repository_open(&repository, words->items[0], false, error) &&
                mp_releases_read(&repository, &releases, error);
    if (good && order->json)
        good = print_json(&repository, &releases);
    else if (good)
        print(&repository, &releases);
    free(releases.list);
    mp_repository_close(&repository);
    return good;
}

int mp_channel_show(char **argv)
{
    static const MpOption options[] = {{"--json", MP_OPTION_FLAG, offsetof(Order, json)}, {0}};
    static const MpCommand command = {
        "channel show", options, "the folder of the channel", 1, 1, work};
    Order order = {0};
    return mp_command_run(&command, argv, &order);
}
