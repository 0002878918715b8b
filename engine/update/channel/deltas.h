/*
 * update/channel/deltas.h - makes new objects of old ones, where that is less to download.
 *
 * Thread: as mp_round_run().
 */
#ifndef MP_CHANNEL_DELTAS_H
#define MP_CHANNEL_DELTAS_H

#include "update/channel/round.h"
#include "update/tuf/client.h"

/**
 * Makes those objects of `files` for which a delta is signed that is smaller, needs no more memory
 * than twice its base and 16 MiB, and whose base is at hand. Whatever goes wrong with one: its
 * object is not there afterwards, and has to be downloaded whole.
 */
void mp_deltas_use(MpRound *round, MpTufClient *tuf, const MpReleaseFile *const *files,
                   size_t count);

#endif
