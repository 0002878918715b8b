/*
 * update/channel/round.h - one look at a channel: what is new is downloaded, verified and put into
 * a slot.
 *
 *     MpRound round = {.url = url, .root = root, .root_size = size, .fetcher = fetcher,
 *                      .slots = &slots, .state = &state, .client = &client};
 *     if (!mp_round_run(&round, &error)) ... round.retry_after
 *     if (round.is_new) the game is to run round.slot
 *
 * Thread: any; it waits for the network and the disk. mp_fetcher_cancel() ends it early.
 */
#ifndef MP_CHANNEL_ROUND_H
#define MP_CHANNEL_ROUND_H

#include "update/channel/choose.h"
#include "update/channel/slots.h"
#include "update/fetch/fetch.h"

#include <stdatomic.h>

/** What can be read of a round from other threads. */
typedef struct MpRoundProgress {
    atomic_ullong release;  /**< What is being downloaded; 0: nothing. */
    atomic_ullong received; /**< Bytes. */
    atomic_ullong total;
} MpRoundProgress;

typedef struct MpRound {
    const char *url;  /**< Of the channel: metadata/ and targets/ are below it. */
    const void *root; /**< What the game ships of its keys. */
    size_t root_size;
    MpFetcher *fetcher;
    const MpSlots *slots;
    MpChannelState *state;
    MpChannelClient *client; /**< Its cohort is set. */
    MpRoundProgress *progress;
    /** Whether the free slot of `state` may be filled now. May be NULL: it may. */
    bool (*begin)(void *user);
    void *user;

    /* What came of it: */
    bool is_new;             /**< Not what the game runs, or starts with next, is wanted: */
    int slot;                /**< It is in this slot, or MP_SLOT_EMBEDDED. */
    MpReleaseNumber number;  /**< 0: none is offered, and what the program ships is wanted. */
    MpDirectives directives; /**< Of the release, if there is one. */
    bool is_local;           /**< After a failure: this machine is at fault, such as a full disk. */
    unsigned retry_after; /**< After a failure: seconds that the server wants to be left alone. */
} MpRound;

/**
 * Errors: false; what was published wrongly is MP_REFUSED, MP_FORMAT or MP_LIMIT, the network and
 * the disk are MP_IO. What the game runs is untouched.
 */
bool mp_round_run(MpRound *round, MpError *error);

#endif
