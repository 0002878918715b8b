#include "host/net/framing.h"

#include <stdlib.h>
#include <string.h>

void mp_frames_finish(MpFrames *frames) { free(frames->bytes); }

static bool too_long(const MpFrames *frames, MpError *error)
{
    mp_error_set(error, MP_LIMIT, "it sent a message of more than %zu bytes", frames->longest);
    return false;
}

static bool keep(MpFrames *frames, const char *bytes, size_t count, MpError *error)
{
    size_t needed = frames->count + count;
    if (needed > frames->capacity) {
        char *grown = realloc(frames->bytes, 2 * needed);
        if (!grown) {
            mp_error_set(error, MP_MEMORY, "no memory for its message");
            return false;
        }
        frames->bytes = grown;
        frames->capacity = 2 * needed;
    }
    if (count)
        memcpy(frames->bytes + frames->count, bytes, count);
    frames->count = needed;
    return true;
}

/* Where the message ends that goes on with these bytes, or more than `count`; `*skipped` bytes are
   behind it. */
typedef struct Piece {
    size_t length, skipped;
    bool is_last;
} Piece;

static bool next_line(MpFrames *frames, const char *bytes, size_t count, Piece *piece,
                      MpError *error)
{
    const char *end = memchr(bytes, '\n', count);
    piece->is_last = end != NULL;
    piece->length = end ? (size_t)(end - bytes) : count;
    piece->skipped = piece->is_last;
    /* one more, for the carriage return that may end it */
    return frames->count + piece->length <= frames->longest + 1 || too_long(frames, error);
}

static size_t announced(const MpFrames *frames)
{
    const unsigned char *bytes = frames->header;
    return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

static bool next_counted(MpFrames *frames, const char *bytes, size_t count, Piece *piece,
                         MpError *error)
{
    (void)bytes;
    size_t wanted = announced(frames);
    if (wanted > frames->longest)
        return too_long(frames, error);
    size_t missing = wanted - frames->count;
    *piece = (Piece){.length = missing < count ? missing : count, .is_last = missing <= count};
    return true;
}

static size_t without_return(const MpFrames *frames, const char *bytes, size_t length)
{
    bool has_one = frames->framing == MP_FRAMING_LINES && length > 0 && bytes[length - 1] == '\r';
    return length - has_one;
}

static bool tell(MpFrames *frames, const char *bytes, size_t length, MpFramesHear *hear, void *user)
{
    frames->count = frames->header_count = 0;
    return hear(user, bytes, length);
}

/* Returns how many bytes of the header were taken. */
static size_t take_header(MpFrames *frames, const char *bytes, size_t count)
{
    if (frames->framing == MP_FRAMING_LINES)
        return 0;
    size_t missing = MP_FRAMES_HEADER - frames->header_count;
    size_t taken = missing < count ? missing : count;
    memcpy(frames->header + frames->header_count, bytes, taken);
    frames->header_count += taken;
    return taken;
}

static bool is_header_there(const MpFrames *frames)
{
    return frames->framing == MP_FRAMING_LINES || frames->header_count == MP_FRAMES_HEADER;
}

bool mp_frames_take(MpFrames *frames, const char *bytes, size_t count, MpFramesHear *hear,
                    void *user, MpError *error)
{
    while (count > 0) {
        size_t header = take_header(frames, bytes, count);
        bytes += header;
        count -= header;
        if (!is_header_there(frames))
            return true;
        Piece piece;
        bool fits = frames->framing == MP_FRAMING_LINES
                        ? next_line(frames, bytes, count, &piece, error)
                        : next_counted(frames, bytes, count, &piece, error);
        if (!fits)
            return false;
        bool is_whole = piece.is_last && frames->count == 0; /* nothing to copy */
        if (!is_whole && !keep(frames, bytes, piece.length, error))
            return false;
        const char *message = is_whole ? bytes : frames->bytes;
        size_t length = without_return(frames, message, is_whole ? piece.length : frames->count);
        if (piece.is_last && length > frames->longest)
            return too_long(frames, error);
        if (piece.is_last && !tell(frames, message, length, hear, user))
            return true;
        bytes += piece.length + piece.skipped;
        count -= piece.length + piece.skipped;
    }
    return true;
}
