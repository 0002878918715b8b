/*
 * Any bytes as what a client of a server sends, in both framings, in pieces of any size. Messages
 * are no longer than allowed, and the same however the stream is cut; memory is bounded by them.
 */
#include "fuzz.h"

#include "host/net/framing.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 16, HEARD_LIMIT = 8192 };

typedef struct Heard {
    char bytes[HEARD_LIMIT]; /* of all messages, each with its length before it */
    size_t count;
} Heard;

static bool hear(void *user, const char *message, size_t length)
{
    Heard *heard = user;
    fuzz_expect(length <= LONGEST, "a message that is too long");
    if (heard->count + 1 + length > HEARD_LIMIT)
        return true;
    heard->bytes[heard->count++] = (char)length;
    memcpy(heard->bytes + heard->count, message, length);
    heard->count += length;
    return true;
}

/* Returns whether the stream keeps to the rules. */
static bool take(MpFraming framing, const char *bytes, size_t count, size_t piece, Heard *heard)
{
    MpFrames frames = {.framing = framing, .longest = LONGEST};
    MpError error = {.status = MP_OK};
    bool good = true;
    heard->count = 0;
    for (size_t at = 0; good && at < count; at += piece) {
        size_t length = count - at < piece ? count - at : piece;
        good = mp_frames_take(&frames, bytes + at, length, hear, heard, &error);
        fuzz_expect(frames.capacity <= 4 * (LONGEST + 1), "memory that is not bounded");
    }
    fuzz_expect(good || (error.status == MP_LIMIT && error.message[0]), "a refusal without reason");
    mp_frames_finish(&frames);
    return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Heard whole, cut;
    if (size < 2)
        return 0;
    MpFraming framing = data[0] % 2 ? MP_FRAMING_LENGTHS : MP_FRAMING_LINES;
    size_t piece = 1 + data[1] % 7, count = size - 2;
    char *bytes = fuzz_copy(data + 2, count);
    bool good = take(framing, bytes, count, count + 1, &whole);
    fuzz_expect(take(framing, bytes, count, piece, &cut) == good, "another verdict in pieces");
    fuzz_expect(whole.count == cut.count && memcmp(whole.bytes, cut.bytes, whole.count) == 0,
                "other messages in pieces");
    free(bytes);
    return 0;
}
