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

bool mp_writer_begin(MpWriter *writer, const char *channel, MpError *error)
{
    return mp_writer_prepare(writer, channel, error) &&
           mp_repository_open(&writer->repository, channel, true, error);
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
