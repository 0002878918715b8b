/*
 * update/channel/objects.h - brings the contents of a release's files here.
 *
 * Thread: as mp_round_run().
 */
#ifndef MP_CHANNEL_OBJECTS_H
#define MP_CHANNEL_OBJECTS_H

#include "update/channel/round.h"
#include "update/tuf/client.h"

/**
 * Downloads what targets sign of a path to `file`, unless that is there.
 * Errors: false; round->retry_after is set.
 */
bool mp_objects_get(MpRound *round, MpTufClient *tuf, const char *target, const char *file,
                    MpError *error);

/** Downloads all objects of a release that are not there. Errors: as above. */
bool mp_objects_bring(MpRound *round, MpTufClient *tuf, const MpRelease *release, MpError *error);

#endif
