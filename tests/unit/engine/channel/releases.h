/*
 * channel/releases.h - what tests of slots start with: three releases, and a user folder that no
 * disk is waited for.
 */
#ifndef TEST_CHANNEL_RELEASES_H
#define TEST_CHANNEL_RELEASES_H

#include "support/scratch.h"
#include "update/channel/slots.h"

typedef struct ReleaseFile {
    MpReleaseNumber release;
    const char *path, *text;
} ReleaseFile;

/** Release 1 says "one" in one of two files, release 2 "two" there and in a new folder. */
extern const ReleaseFile release_files[];
extern const size_t release_file_count;

extern Scratch scratch; /* the user folder */

void releases_init(void);
void releases_finish(void);

/** Opens the slots of the user folder, with the objects of all releases. */
void open_slots(MpSlots *slots, MpChannelState *state);

/** Puts a release into a slot; its objects are there already. */
bool install(const MpSlots *slots, MpChannelState *state, MpReleaseNumber number, int *slot,
             MpError *error);

/** A release runs, and is good: the first one in slot a, the next one in slot b. */
void run_release(MpReleaseNumber number);

/** Opens the slots in which release 1 runs, in slot a, and is good. */
void open_old(MpSlots *slots, MpChannelState *state);

/** What a file of a slot says, until the next call; "": it is not there. */
const char *content(int slot, const char *path);

#endif
