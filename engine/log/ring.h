/*
 * log/ring.h - the last lines of the log, for scripts: scripts/log.lua, a console in the game.
 *
 *     MpLogRing *ring = mp_log_ring_create(&error);      // a sink from now on
 *     mp_log_ring_write(ring, 1, "waves", "the third one");
 *     mp_log_ring_read(ring, ring_count, &level, &source, &seconds)   -> "the third one"
 *
 * Other threads log too, so scripts are never called by the log: they look for new lines between
 * two frames.
 *
 * Glossary
 *   number   lines are counted from 1, as they come
 *   level    how much a line matters: 0 debug, 1 info, 2 warning, 3 error
 *   source   which part of the program wrote it: the name that a script gave, or "engine"
 */
#ifndef MP_LOG_RING_H
#define MP_LOG_RING_H

#include "log/log.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

enum { MP_LOG_RING_LINES = 500, MP_LOG_SOURCE_SIZE = 32 };

/** One line, as it is kept. */
typedef struct MpLogLine {
    MpLogLevel level;
    double seconds;
    char source[MP_LOG_SOURCE_SIZE];
    char *text;
} MpLogLine;

/** The last 500 lines of the log. */
typedef struct MP_CLASS MP_ROOT(log) MpLogRing {
    MpObject object;
    struct MpLogRingState *state; /**< What other threads share. */
    MpLogLine read;               /**< The line that was read last. */
} MpLogRing;

/**
 * Creates a ring and makes it a sink of the log.
 * Ownership: the caller's, until mp_log_ring_destroy. Errors: MP_MEMORY; MP_LIMIT: too many sinks.
 */
MpLogRing *mp_log_ring_create(MpError *error);

/** Takes NULL. */
void mp_log_ring_destroy(MpLogRing *self);

/**
 * Writes a line to all of the log, whatever the engine's level; `level` is 0 to 3, and `source` is
 * cut at 31 bytes.
 */
MP_METHOD void mp_log_ring_write(MpLogRing *self, int level, const char *source, const char *text);

/** How many lines there were so far. Thread: any. */
MP_LEAF MP_GETTER int mp_log_ring_get_count(const MpLogRing *self);

/**
 * The text of line `number`, its level, its source, and when it came, seconds since the start; nil
 * when it is not kept any more, or not there yet.
 * Ownership: valid until the next one is read.
 */
MP_METHOD const char *mp_log_ring_read(MpLogRing *self, int number, MP_OUT int *level,
                                       MP_OUT const char **source, MP_OUT double *seconds);

/** Messages of the engine below this level are dropped; 0 to 3. */
MP_LEAF MP_GETTER int mp_log_ring_get_level(const MpLogRing *self);
MP_LEAF MP_SETTER void mp_log_ring_set_level(MpLogRing *self, int level);

#endif
