#include "channel/writer.h"

#include "channel/day.h"

#include <stdio.h>
#include <string.h>

bool mp_writer_prepare(MpWriter *writer, const char *channel, MpError *error)
{
    size_t length = strlen(channel);
    while (length > 1 && channel[length - 1] == '/')
        length--;
    snprintf(writer->folder, sizeof writer->folder, "%.*s.keys", (int)length, channel);
    if (writer->keys.folders.count == 0)
        writer->keys.folders.items[writer->keys.folders.count++] = writer->folder;
    writer->repository.lock = -1;
    return mp_day_today(writer->now, &writer->today, error);
}

/* Before anything is written: a commit is of several roles. */
static bool can_expire(const MpWriter *writer, MpError *error)
{
    const json_t *custom = mp_metadata_custom(writer->repository.root);
    const json_t *days = json_object_get(custom, "days");
    for (size_t i = 0; i < MP_METADATA_ROLES; i++) {
        json_int_t given = json_integer_value(json_object_get(days, mp_metadata_roles[i]));
        if (!mp_day_can_expire(writer->today, given, error))
            return false;
    }
    return true;
}

bool mp_writer_run(MpWriter *writer, const char *channel, MpWriterWork *work, void *order,
                   MpError *error)
{
    bool good = mp_writer_prepare(writer, channel, error) &&
                mp_repository_open(&writer->repository, channel, true, error) &&
                can_expire(writer, error) && work(order, error);
    mp_writer_end(writer);
    return good;
}

bool mp_writer_commit(MpWriter *writer, MpCommit changed, MpError *error)
{
    return mp_repository_commit(&writer->repository, &writer->keys, changed, writer->today, error);
}

void mp_writer_end(MpWriter *writer)
{
    mp_repository_close(&writer->repository);
    mp_passphrase_forget(&writer->keys.passphrase);
}
