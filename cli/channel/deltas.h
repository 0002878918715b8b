/*
 * cli/channel/deltas.h - how to make a release's files of those of earlier releases.
 */
#ifndef MP_CLI_CHANNEL_DELTAS_H
#define MP_CLI_CHANNEL_DELTAS_H

#include "channel/releases.h"

typedef struct MpDeltaCount {
    size_t deltas, bytes;
} MpDeltaCount;

/**
 * Adds deltas to the objects of `files` from the files of the same paths in the last `count`
 * releases, where they are smaller than the file.
 * Errors: false.
 */
bool mp_deltas_add(MpRepository *repository, const MpReleases *releases, const MpPackFolder *files,
                   size_t count, MpDeltaCount *made, MpError *error);

/**
 * Makes the deltas again that `files` have and that are missing or damaged. One that cannot be made
 * as it was is listed no more, and `dropped` tells so: games download the file instead.
 * Errors: false.
 */
bool mp_deltas_mend(MpRepository *repository, const MpPackFolder *files, bool *dropped,
                    MpError *error);

#endif
