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
        return true;
    mp_error_set(error, MP_INVALID, "games would refuse the cohorts: %s", problem.message);
    return false;
}

typedef struct Order {
    MpWriter writer;
    const char *const *cohorts; /* "a=50" */
    size_t count;
} Order;

static bool divide(void *data, MpError *error)
{
    Order *order = data;
    MpWriter *writer = &order->writer;
    if (!mp_cohorts_write(&writer->repository, order->cohorts, order->count, error) ||
        !mp_writer_commit(writer, MP_COMMIT_TARGETS, error))
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
