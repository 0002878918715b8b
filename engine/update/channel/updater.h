/*
 * update/channel/updater.h - follows a channel while a program runs.
 *
 *     MpUpdater *updater = mp_updater_open(&options, &error);
 *     run mp_updater_folder(updater), the release that was good last; NULL: what the program ships
 *     mp_updater_start(updater, &error);                 looks at the channel from now on
 *     from time to time:
 *         if (mp_updater_peek(updater, &update) && mp_updater_accept(updater))
 *             run mp_updater_folder(updater)
 *         mp_updater_confirm(updater)                    it passed its trial
 *         mp_updater_fail(updater, "why")                it did harm: run
 * mp_updater_folder(updater) mp_updater_close(updater);
 *
 * A program never waits: the network and the disk are a thread's. Where something goes wrong it
 * runs what it ran, and the channel is asked again later.
 *
 * Glossary: the words of update/channel/state.h, and
 *   update   a release, or what the program ships, that is to run in the place of what runs
 *
 * Thread: all functions on one thread.
 */
#ifndef MP_CHANNEL_UPDATER_H
#define MP_CHANNEL_UPDATER_H

#include "update/channel/release.h"

typedef struct MpUpdater MpUpdater;

typedef struct MpUpdaterOptions {
    const char *user_folder; /**< Must exist. */
    const char *app, *channel;
    const char *url;  /**< Of the channel. */
    const void *root; /**< The metadata of its keys that the program ships. */
    size_t root_size;
    int64_t api;           /**< The level of the program's API. */
    const char *program;   /**< "moonbase 1.0": for telemetry. */
    const char *telemetry; /**< Where verdicts are posted to; NULL: nowhere. */
    unsigned poll_seconds; /**< Between two looks, more or less. */
} MpUpdaterOptions;

typedef struct MpUpdate {
    MpReleaseNumber number; /**< 0: none is offered, and what the program ships is to run. */
    MpApply apply;
    bool mandatory;
    char description[MP_RELEASE_TEXT_SIZE];
} MpUpdate;

/** How a download goes on. */
typedef struct MpUpdateProgress {
    MpReleaseNumber number; /**< 0: none is under way. */
    uint64_t received, total;
} MpUpdateProgress;

/**
 * Opens what is on the disk, and checks every file of the release that was good last; one that is
 * damaged is left for the one before. Options are copied.
 * Ownership: the caller's, until mp_updater_close. Errors: NULL; MP_IO, MP_MEMORY.
 */
MpUpdater *mp_updater_open(const MpUpdaterOptions *options, MpError *error);

/** Ends what is under way, and writes what is known. Takes NULL. */
void mp_updater_close(MpUpdater *updater);

/** Starts to look at the channel. Errors: false; MP_REFUSED when another process does so for this
    user folder, MP_MEMORY. */
bool mp_updater_start(MpUpdater *updater, MpError *error);

/** The folder of the patches that are to run now; NULL: what the program ships does. */
const char *mp_updater_folder(const MpUpdater *updater);

/** What was signed to be in that folder: whatever else lies there is not to run. Valid until
   another release runs. */
const MpRelease *mp_updater_files(const MpUpdater *updater);

/** The release that runs, or is taken over; 0: what the program ships. */
MpReleaseNumber mp_updater_release(MpUpdater *updater);

/** Whether that has passed its trial, on this machine; what the program ships needs none. */
bool mp_updater_is_good(MpUpdater *updater);

/** Whether an update is ready; another one may be in its place later. */
bool mp_updater_peek(MpUpdater *updater, MpUpdate *update);

/** Takes the update that is ready, so that mp_updater_folder() is its folder. False: none is, or it
    was damaged since; then it is loaded again. */
bool mp_updater_accept(MpUpdater *updater);

/** The program starts with the update that is ready next time. */
void mp_updater_postpone(MpUpdater *updater);

/** What runs passed its trial. */
void mp_updater_confirm(MpUpdater *updater);

/** The release that was accepted was refused, or did harm: it is not taken again. Then
    mp_updater_folder() is what was good before, whose files are checked as at the start. */
void mp_updater_fail(MpUpdater *updater, const char *why);

void mp_updater_progress(MpUpdater *updater, MpUpdateProgress *progress);

/** Whom a line is for. */
typedef enum MpAudience {
    MP_FOR_PLAYER, /**< Something is wrong that does not pass by itself. */
    MP_FOR_LOG,    /**< Why the channel cannot be read now, once for each cause; and that it can. */
    MP_AUDIENCES,
} MpAudience;

/** A line that was not handed over yet; false: there is none. */
bool mp_updater_hear(MpUpdater *updater, MpAudience audience, char line[MP_ERROR_MESSAGE_SIZE]);

#endif
