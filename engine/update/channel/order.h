/*
 * update/channel/order.h - downloads that are made together.
 *
 *     MpOrder order;
 *     bool ok = mp_order_open(&order, count, &error) &&
 *               mp_order_add(&order, round, tuf, &target, path, &error) && ... &&
 *               mp_order_carry_out(&order, round, &error);
 *     mp_order_close(&order);
 *
 * Thread: as mp_round_run().
 */
#ifndef MP_CHANNEL_ORDER_H
#define MP_CHANNEL_ORDER_H

#include "update/channel/round.h"
#include "update/fetch/download.h"
#include "update/tuf/client.h"

/** Zero means empty. */
typedef struct MpOrder {
    MpDownload *downloads;
    const char *(*urls)[2];
    char **texts; /* two for each: the URL and the path */
    size_t count, room;
    uint64_t total; /**< Bytes. */
} MpOrder;

/** For at most `room` downloads. Errors: false, MP_MEMORY. */
bool mp_order_open(MpOrder *order, size_t room, MpError *error);

/** May be called in any case. */
void mp_order_close(MpOrder *order);

/** Adds a target, which is to come to `path`. Errors: false; MP_FORMAT, MP_MEMORY. */
bool mp_order_add(MpOrder *order, const MpRound *round, MpTufClient *tuf, const MpTufTarget *target,
                  const char *path, MpError *error);

/** Downloads all; their progress is the round's. Errors: false when one failed; see round.h. */
bool mp_order_carry_out(MpOrder *order, MpRound *round, MpError *error);

#endif
