/*
 * update/channel/updater_core.h - an updater, as the files that make it up share it.
 */
#ifndef MP_CHANNEL_UPDATER_CORE_H
#define MP_CHANNEL_UPDATER_CORE_H

#include "update/channel/round.h"
#include "update/channel/updater.h"

#include <uv.h>

enum { MP_UPDATER_REPORTS = 16 };

/* A verdict that is to be posted. */
typedef struct MpUpdateReport {
    MpReleaseNumber release;
    bool failed;
    char cause[MP_RELEASE_TEXT_SIZE];
} MpUpdateReport;

struct MpUpdater {
    /* set once */
    char *url, *telemetry, *program;
    void *root;
    size_t root_size;
    unsigned poll_seconds;
    MpSlots slots;
    MpChannelClient client; /* the thread's */
    MpFetcher *fetcher;     /* the thread's, but for cancelling */
    uv_thread_t thread;
    bool started;
    char *folder;    /* the program's: of what runs; */
    MpRelease files; /* and what is in it */
    MpRoundProgress progress;

    uv_mutex_t lock; /* of all that follows */
    uv_cond_t changed;
    bool stops;
    uint64_t patience; /* when it stops: until when verdicts may still be posted, uv_hrtime() */
    MpChannelState state;
    bool unsaved; /* since it was written last */
    int running;  /* the slot that runs, or was handed over to */
    bool ready;   /* an update that was not taken yet: */
    int ready_slot;
    MpUpdate update;
    bool filling; /* the thread fills the slot that is free */
    MpUpdateReport reports[MP_UPDATER_REPORTS];
    size_t report_count;
    char lines[MP_AUDIENCES][MP_ERROR_MESSAGE_SIZE]; /* not handed over yet; "": none */
    char told[MP_AUDIENCES][MP_ERROR_MESSAGE_SIZE];  /* why looks fail; "": they do not */
    bool disk_told;    /* the player knows that the disk cannot be written */
    unsigned failures; /* in a row */
    int seen_active;   /* when the round began */
};

/** Keeps a line, in place of the one before. With the lock held, or before there is a thread. */
void mp_updater_tell(MpUpdater *updater, MpAudience audience, const char *line);

/** The thread. `user`: the MpUpdater. */
void mp_updater_follow(void *user);

#endif
