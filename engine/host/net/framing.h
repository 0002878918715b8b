/*
 * host/net/framing.h - a stream of bytes as messages.
 *
 *     MpFrames frames = {.framing = MP_FRAMING_LINES, .longest = 4096};
 *     for each piece that arrives:
 *         if (!mp_frames_take(&frames, bytes, count, hear, user, &error))
 *             ... the peer does not keep to the rules: give it up
 *     mp_frames_finish(&frames);
 *
 * Memory is bounded by the longest message. Thread: any, one at a time.
 */
#ifndef MP_NET_FRAMING_H
#define MP_NET_FRAMING_H

#include "host/net/net.h"

enum { MP_FRAMES_HEADER = 4 }; /* bytes */

/** Zero but for the first two is empty. */
typedef struct MpFrames {
    MpFraming framing;
    size_t longest; /**< Of a message, bytes. */
    char *bytes;    /**< Of a message that is not complete. */
    size_t count, capacity;
    unsigned char header[MP_FRAMES_HEADER]; /**< Of a message with a length before it. */
    size_t header_count;
} MpFrames;

/** Hears one message, which is borrowed. Returns whether more are wanted. */
typedef bool MpFramesHear(void *user, const char *message, size_t length);

/**
 * Takes the next bytes of the stream, and tells of every message that they complete.
 * Errors: false; MP_LIMIT: a message is longer than allowed, MP_MEMORY.
 */
bool mp_frames_take(MpFrames *frames, const char *bytes, size_t count, MpFramesHear *hear,
                    void *user, MpError *error);

/** Frees what was kept. */
void mp_frames_finish(MpFrames *frames);

#endif
