/*
 * cli/channel/releases.h - what a channel offers: the releases, their files, whom they are for.
 */
#ifndef MP_CLI_CHANNEL_RELEASES_H
#define MP_CLI_CHANNEL_RELEASES_H

#include "channel/repository.h"
#include "pack_folder.h"
#include "update/channel/choose.h"

/** Zero means none. */
typedef struct MpReleases {
    MpOffer *list; /* by number */
    size_t count;
} MpReleases;

/**
 * Reads the releases of a channel.
 * Ownership: the caller frees `releases->list` with free(). Errors: false.
 */
bool mp_releases_read(const MpRepository *repository, MpReleases *releases, MpError *error);

/** The one with that number; 0: the newest. Errors: NULL; MP_NOT_FOUND. */
const MpOffer *mp_releases_find(const MpReleases *releases, long number, MpError *error);

enum { MP_RELEASE_TARGET_SIZE = 64 };

/** "releases/7.json", the target that lists its files. */
void mp_release_target(char target[MP_RELEASE_TARGET_SIZE], MpReleaseNumber number);

/** What can be changed about a release: its directives; borrowed. */
json_t *mp_release_directives(const MpRepository *repository, MpReleaseNumber number);

/** The list of a release's files. The caller passes it to mp_release_finish(). */
bool mp_release_read(const MpRepository *repository, MpReleaseNumber number, MpRelease *release,
                     MpError *error);

/** What a release is to be like, as the command line says it. */
typedef struct MpPlan {
    long rollout, min_api, max_api; /* max_api -1: any */
    MpWords platforms;
    const char *cohort, *apply, *description; /* NULL: not said */
    bool pin, mandatory, embedded;
} MpPlan;

/** The custom data of release `number`. Errors: NULL; MP_INVALID with the option's name. */
json_t *mp_plan_write(const MpPlan *plan, const MpRepository *repository, MpReleaseNumber number,
                      MpError *error);

enum { MP_PLAN_SALT_SIZE = 33 };

/**
 * A salt for `what`, the same one always: what nobody knows about the draw is the installations'
 * random numbers.
 */
void mp_plan_salt(const MpRepository *repository, const char *what, char salt[MP_PLAN_SALT_SIZE]);

/**
 * The files of a release, below patch/: of a patch folder all that is in it; of a bundle that is
 * not packed yet, a folder with a patch.lua, the bundle; patches and bundles as they are.
 * Ownership: the caller passes `files` to mp_pack_folder_finish(), also when it fails.
 */
bool mp_plan_read(const MpWords *sources, MpPackFolder *files, MpError *error);

#endif
