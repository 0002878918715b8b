/*
 * update/channel/state.h - what an installation knows of its channel from one run to the next:
 * which release runs, which one it can go back to, and which did harm.
 *
 *     MpChannelState state;
 *     mp_state_load(folder, &state, &error);
 *     if (state.next != MP_SLOT_NONE) ...
 *     mp_state_save(folder, &state, &error);
 *
 * Glossary
 *   slot      one of two folders that hold an unpacked release each
 *   embedded  what the program ships; it needs no slot
 *   good      a slot's release that passed its trial on this machine
 *
 * Thread: any.
 */
#ifndef MP_CHANNEL_STATE_H
#define MP_CHANNEL_STATE_H

#include "update/channel/release.h"

enum {
    MP_SLOT_NONE = -2,
    MP_SLOT_EMBEDDED = -1,
    MP_SLOTS = 2,
    MP_CONDEMNED_LIMIT = 64, /**< The oldest makes room for one too many. */
};

typedef struct MpSlot {
    MpReleaseNumber release; /**< 0: there is nothing in it. */
    MpHash list;             /**< Of the release's list of files. */
    bool good;
} MpSlot;

typedef struct MpCondemnedRelease {
    MpReleaseNumber number;
    char cause[MP_RELEASE_TEXT_SIZE]; /**< One line. */
} MpCondemnedRelease;

/** A state of zeroes is none: see mp_state_init(). */
typedef struct MpChannelState {
    char app[MP_CHANNEL_NAME_SIZE], channel[MP_CHANNEL_NAME_SIZE]; /**< What all this is about. */
    MpSlot slots[MP_SLOTS];
    int active; /**< The slot that the game runs, or MP_SLOT_EMBEDDED. */
    int next;   /**< The one that it starts with instead; MP_SLOT_NONE: `active`. */
    MpCondemnedRelease condemned[MP_CONDEMNED_LIMIT]; /**< Oldest first. */
    size_t condemned_count;
    int64_t checked; /**< When the channel was asked last, seconds since 1970; 0: never. */
    char problem[MP_RELEASE_TEXT_SIZE]; /**< What came of that; "": it went well. */
} MpChannelState;

/** Nothing is known: what the program ships runs. */
void mp_state_init(MpChannelState *state, const char *app, const char *channel);

/**
 * Reads `folder`/state.json, or the copy beside it when that is damaged or missing.
 * Errors: false, and `state` is left alone; what is wrong with the first: MP_NOT_FOUND, MP_FORMAT
 * when it is damaged, MP_IO.
 */
bool mp_state_load(const char *folder, MpChannelState *state, MpError *error);

/** Replaces both, durably; a crash leaves each old or new. Errors: MP_IO, MP_MEMORY. */
bool mp_state_save(const char *folder, const MpChannelState *state, MpError *error);

/** The release in a slot; 0: none, or embedded. */
MpReleaseNumber mp_state_release(const MpChannelState *state, int slot);

/** The slot with a release that is not condemned; MP_SLOT_NONE: there is none. */
int mp_state_find(const MpChannelState *state, MpReleaseNumber number);

/**
 * The slot that the next release may be put into: neither what runs nor what there is to go back to
 * is lost. MP_SLOT_NONE: not before the trial that goes on is over.
 */
int mp_state_free_slot(const MpChannelState *state);

/** Where to go when the release that runs fails: the other slot if it is good, else embedded. */
int mp_state_fallback(const MpChannelState *state);

/** A release did harm: its slot is empty, it is not taken again, and what there is to go back to
    is what runs. */
void mp_state_condemn(MpChannelState *state, MpReleaseNumber number, const char *cause);

/** Why a release is condemned; NULL: it is not. */
const char *mp_state_find_condemned(const MpChannelState *state, MpReleaseNumber number);

/** "a", "b" or NULL: a static string. */
const char *mp_slot_name(int slot);

#endif
