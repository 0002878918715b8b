/*
 * update/channel/choose.h - which release of a channel an installation takes.
 *
 *     MpReleaseNumber number = mp_choose(&client, offers, count);
 *
 * Of the releases that are for this installation (mp_offer_refusal() says why not), live and not
 * condemned on this machine: the pinned one, else the one with the highest number. It does not
 * matter which one runs now: what was halted, or is not offered any more, is left for what is.
 *
 * Thread: any.
 */
#ifndef MP_CHANNEL_CHOOSE_H
#define MP_CHANNEL_CHOOSE_H

#include "update/channel/release.h"

/** What a release is judged by. */
typedef struct MpChannelClient {
    char app[MP_CHANNEL_NAME_SIZE];
    char channel[MP_CHANNEL_NAME_SIZE];
    const char *platform; /**< "linux"; static. */
    int64_t api;          /**< The level of its API. */
    MpInstall install;
    char cohort[MP_CHANNEL_NAME_SIZE]; /**< "": none. */
    const MpReleaseNumber *condemned;  /**< Borrowed. */
    size_t condemned_count;
} MpChannelClient;

/** A release, as its directives have it. */
typedef struct MpOffer {
    MpReleaseNumber number;
    MpDirectives directives;
} MpOffer;

/** Why a release is not for an installation: a static string, "it is halted"; NULL: it is. */
const char *mp_offer_refusal(const MpOffer *offer, const MpChannelClient *client);

/**
 * Whether any of them is for this game and channel, whoever it is for in it; nothing at all is.
 * Errors: false; MP_REFUSED names both channels.
 */
bool mp_offers_are_ours(const MpChannelClient *client, const MpOffer *offers, size_t count,
                        MpError *error);

/** The offer to take; NULL: none, what the program ships. One of `offers`. */
const MpOffer *mp_choose(const MpChannelClient *client, const MpOffer *offers, size_t count);

/** The platform that this program was built for. */
const char *mp_channel_platform(void);

#endif
