/*
 * app/update.h - joins a channel to the running game: what the game's channel/ folder names is
 * looked at while the game runs, and what is new takes effect between two frames.
 *
 *     app->updates = mp_updates_open(app);          NULL: the game has no channel
 *     mp_updates_wait(app->updates, milliseconds)   before the game's scripts are loaded
 *     each frame, after the patches:
 *         mp_updates_poll(app->updates);
 *
 * A release is the lower of two patch folders, see app/patch_mount.h: it is rehearsed, takes effect
 * as a whole, is on trial for MP_PATCH_TRIAL_FRAMES, and then confirmed. One that fails is told,
 * remembered, and the one that was good before takes its place.
 *
 * Thread: all functions on the main thread. None but mp_updates_wait() waits; all take NULL.
 */
#ifndef MP_APP_UPDATE_H
#define MP_APP_UPDATE_H

#include "app/context.h"

typedef struct MpUpdates MpUpdates;

/**
 * Reads the game's channel/, and puts the release that was good last below the patch folder, whose
 * mount must be open. Mistakes in the channel's files are logged, and the game plays without.
 * `app` is borrowed. Ownership: the caller's, until mp_updates_close(). NULL: no updates.
 */
MpUpdates *mp_updates_open(MpApp *app);

/** Ends what is under way. */
void mp_updates_close(MpUpdates *updates);

/** Waits for the rehearsal of what the game starts with; of a release that fails it, the one before
    has its turn. Then looks for new ones begin. */
void mp_updates_wait(MpUpdates *updates, unsigned milliseconds);

/** Takes over what is new, judges what is on trial, and tells the player. */
void mp_updates_poll(MpUpdates *updates);

#endif
