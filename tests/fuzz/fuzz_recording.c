/*
 * Any bytes as a recording: as a whole file, and as records alone, for no fuzzer finds a header.
 * What is read must come back the same when it is written and read again; what is not must say why.
 */
#include "fuzz.h"

#include "recording/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Bytes {
    char *bytes;
    size_t size;
} Bytes;

/* All records up to the end, written again. */
static Bytes copy_records(MpRecordReader reader)
{
    Bytes copy;
    MpRecord record;
    MpError error = {.status = MP_OK};
    MpReadResult result;
    FILE *file = open_memstream(&copy.bytes, &copy.size);
    fuzz_expect(file != NULL, "no memory");
    MpRecordWriter to = mp_recording_writer(file);
    while ((result = mp_recording_read(&reader, &record, &error)) == MP_READ_RECORD)
        mp_recording_write(&to, &record);
    fclose(file);
    fuzz_expect((result == MP_READ_DAMAGED) == (error.status != MP_OK && error.message[0]),
                "damage without a reason, or a reason without damage");
    return copy;
}

static void read_records(MpRecordReader reader)
{
    Bytes once = copy_records(reader);
    Bytes twice = copy_records(mp_recording_reader(once.bytes, once.size));
    fuzz_expect(once.size == twice.size && memcmp(once.bytes, twice.bytes, once.size) == 0,
                "it changes when it is read");
    free(once.bytes);
    free(twice.bytes);
}

static void read_file(const void *bytes, size_t size)
{
    MpRecordReader reader = mp_recording_reader(bytes, size);
    MpRecordingHeader header;
    MpError error = {.status = MP_OK};
    if (!mp_recording_read_header(&reader, &header, &error)) {
        fuzz_expect(error.status != MP_OK && error.message[0], "a refusal without a reason");
        return;
    }
    mp_recording_header_finish(&header);
    read_records(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *copy = fuzz_copy(data, size);
    read_file(copy, size);
    read_records(mp_recording_reader(copy, size));
    free(copy);
    return 0;
}
