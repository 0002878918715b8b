/*
 * update/channel/offers.h - all releases that a channel offers.
 *
 *     MpOffers offers;
 *     if (mp_offers_read(mp_tuf_client_targets(tuf), &offers, &error)) {
 *         strcpy(client.cohort, mp_cohorts_pick(&offers.cohorts, &client.install));
 *         const MpOffer *offer = mp_choose(&client, offers.list, offers.count);
 *         ...
 *         mp_offers_finish(&offers);
 *     }
 *
 * Thread: any.
 */
#ifndef MP_CHANNEL_OFFERS_H
#define MP_CHANNEL_OFFERS_H

#include "update/channel/choose.h"

typedef struct MpOffers {
    MpOffer *list;
    size_t count;
    MpCohorts cohorts;
} MpOffers;

/**
 * Reads what the targets role signed. A release whose directives are not understood is not offered:
 * it may be for later versions of the program.
 * Ownership: the caller passes `offers` to mp_offers_finish when this succeeded.
 * Errors: false; MP_FORMAT for wrong cohorts, MP_MEMORY.
 */
bool mp_offers_read(const json_t *targets, MpOffers *offers, MpError *error);

/** Takes one of zeroes. */
void mp_offers_finish(MpOffers *offers);

#endif
