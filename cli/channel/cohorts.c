/* moonpatch channel cohorts: how players are divided. */
#include "channel/cohorts.h"

#include "channel/channel.h"
#include "channel/releases.h"
#include "channel/writer.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *read_cohort(const char *word)
{
    char *end;
    const char *equals = strchr(word, '=');
    long weight = equals ? strtol(equals + 1, &end, 10) : 0;
    if (!equals || !equals[1] || *end)
        return NULL;
    return json_pack("{s:s%, s:I}", "name", word, (size_t)(equals - word), "weight",
                     (json_int_t)weight);
}

static json_t *read_cohorts(const char *const *words, size_t count, MpError *error)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *cohort = read_cohort(words[i]);
        if (cohort && json_array_append_new(list, cohort) == 0)
            continue;
        mp_error_set(error, MP_INVALID, "a cohort such as a=50 expected, not '%s'", words[i]);
        json_decref(list);
        return NULL;
    }
    return list;
}

/* Games could read them; people who wrote that meant something else. */
static bool are_meant(const MpCohorts *cohorts, MpError *error)
{
    unsigned long total = 0;
    for (size_t i = 0; i < cohorts->count; i++) {
        total += cohorts->list[i].weight;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(cohorts->list[k].name, cohorts->list[i].name) != 0)
                continue;
            mp_error_set(error, MP_INVALID, "there are two cohorts '%s'", cohorts->list[i].name);
            return false;
        }
    }
    if (total || cohorts->count == 0)
        return true;
    mp_error_set(error, MP_INVALID, "nobody would be in any cohort: give one a weight");
    return false;
}

bool mp_cohorts_write(const MpRepository *repository, const char *const *words, size_t count,
                      MpError *error)
{
    MpCohorts parsed;
    MpError problem;
    char salt[MP_PLAN_SALT_SIZE];
    json_t *list = read_cohorts(words, count, error);
    if (!list)
        return false;
    json_t *custom = mp_metadata_custom(repository->targets);
    mp_plan_salt(repository, "cohorts", salt);
    json_object_set_new(custom, "cohorts", list);
    json_object_set_new(custom, "salt", json_string(salt));
    if (mp_cohorts_parse(custom, &parsed, &problem))
        return are_meant(&parsed, error);
    mp_error_set(error, MP_INVALID, "games would refuse the cohorts: %s", problem.message);
    return false;
}

typedef struct Order {
    MpWriter writer;
    const char *const *cohorts; /* "a=50" */
    size_t count;
} Order;

static bool has(const Order *order, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < order->count; i++) {
        if (strncmp(order->cohorts[i], name, length) == 0 && order->cohorts[i][length] == '=')
            return true;
    }
    return false;
}

/* Who runs a release of a cohort that goes would lose it without a word. */
static bool keeps_those_in_use(const Order *order, MpError *error)
{
    MpReleases releases;
    if (!mp_releases_read(&order->writer.repository, &releases, error))
        return false;
    const MpOffer *lost = NULL;
    for (size_t i = 0; i < releases.count && !lost; i++) {
        const MpDirectives *directives = &releases.list[i].directives;
        if (!directives->halted && directives->cohort[0] && !has(order, directives->cohort))
            lost = &releases.list[i];
    }
    if (lost)
        mp_error_set(
            error, MP_REFUSED,
            "release %llu is for cohort '%s': name it too, with a weight of 0 if it is to be "
            "empty, or halt the release first",
            (unsigned long long)lost->number, lost->directives.cohort);
    free(releases.list);
    return !lost;
}

static bool divide(void *data, MpError *error)
{
    Order *order = data;
    MpWriter *writer = &order->writer;
    if (!mp_cohorts_write(&writer->repository, order->cohorts, order->count, error) ||
        !keeps_those_in_use(order, error) || !mp_writer_commit(writer, MP_COMMIT_TARGETS, error))
        return false;
    printf("players are divided into %zu cohort%s\n", order->count, order->count == 1 ? "" : "s");
    return true;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    order->cohorts = words->items + 1;
    order->count = words->count - 1;
    return mp_writer_run(&order->writer, words->items[0], divide, order, error);
}

int mp_channel_cohorts(char **argv)
{
    static const MpOption options[] = {MP_WRITER_OPTIONS(Order, writer), {0}};
    static const MpCommand command = {"channel cohorts", options, "a channel and its cohorts", 1,
                                      MP_WORDS_LIMIT,    work};
    Order order = {0};
    return mp_command_run(&command, argv, &order);
}
