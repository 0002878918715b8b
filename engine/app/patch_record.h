/*
 * app/patch_record.h - the patch folder as patch_mount.c and patch_apply.c keep it, and what
 * patch_record.c tells app/patch_memory.h of it.
 */
#ifndef MP_APP_PATCH_RECORD_H
#define MP_APP_PATCH_RECORD_H

#include "app/patch_mount.h"
#include "app/patch_release.h"
#include "app/patch_trial.h"
#include "app/patch_version.h"
#include "watch/watch.h"

/* A file of the folder, as it was when it was looked at last. */
typedef struct MpPatchFile {
    MpWatchEntry entry;
    MpPatchVersion staged; /* being judged, or waiting for the next change */
    MpPatchVersion active; /* in effect */
    MpPatchVersion good;   /* the one before it that passed its trial; none if `active` did */
    bool active_is_good;   /* it passed its trial */
    unsigned frames;       /* that an overlay has been on trial */
    bool held;             /* waits until no other suspect is on trial */
    bool lost;             /* what ran was taken away, and there is a good version to go back to */
    bool of_release;       /* it lies in the release, and not in the patch folder */
    bool gone;             /* the file */
    bool removed;          /* the patch */
} MpPatchFile;

/* A file that changed since the last look. */
typedef struct MpPatchFileChange {
    const char *file;
    MpPatchVersion version;                /* none: the file is gone, or there is a problem */
    MpError problem;                       /* MP_OK: none */
    char condemned[MP_ERROR_MESSAGE_SIZE]; /* why the file's own content is not run; "": it is */
    MpPatchReading reading;
} MpPatchFileChange;

struct MpPatchMount {
    char *folder;
    char *assets; /* its folder of assets */
    MpVfs *vfs;
    MpWatch *watch;
    MpPatchTrial *trial;
    MpPatchMemory *memory;
    MpPatchFile *files; /* sorted by name; stays as it is while changes are tried out */
    size_t count;
    MpPatchFileChange *changes; /* being tried out */
    size_t change_count;
    unsigned versions; /* of files, to name the mounts of bundles */
    bool touched;      /* the folder, since the last look */
    bool applied;      /* something was, ever */
    bool laid;         /* the overlays among `changes` have had their turn */
    bool applying;     /* the VM is running the files of the change, some in each frame */
    bool uncommitted;  /* something happened that the memory is not told of as a whole */
    bool overlays_changed;
    MpPatchHear *hear; /* what becomes of overlays */
    void *hearer;
    MpPatchRelease release;        /* its folder is NULL: none */
    MpPatchRelease wanted_release; /* that is to come in its place, if it is due */
    bool release_due;
    bool tries_release;   /* the changes are those to the release, and maybe others */
    char *release_assets; /* of the release that is in effect; NULL: none */
    MpReleaseState release_state;
    MpError release_problem;
    MpWatchList seen; /* what the folder held at the last look */
};

/** NULL: there is none. Valid while the list of files stays as it is. */
MpPatchFile *mp_patch_find_file(const MpPatchMount *mount, const char *name);
const MpPatchFileChange *mp_patch_find_change(const MpPatchMount *mount, const char *file);

/** Whether a version is a suspect while another one is on trial, or among the first `count` of the
    changes; then it has to wait. */
bool mp_patch_must_wait(const MpPatchMount *mount, const MpPatchVersion *version,
                        const MpPatchFileChange *changes, size_t count);

/** Whether no suspect is on trial: those that wait have their turn. */
bool mp_patch_suspects_may_come(const MpPatchMount *mount);

/** Staged versions are about to run. */
void mp_patch_record_trial(const MpPatchMount *mount);

/** Something became of a version; `file` has what runs now, and still what was taken away. */
void mp_patch_record_event(MpPatchMount *mount, MpPatchFile *file, const MpPatchEvent *event);

/** Files went while the game did not run. To be called before the first versions run. */
void mp_patch_record_missing(MpPatchMount *mount);

/** The end of a frame: all events so far are one step from one set of versions to the next. */
void mp_patch_record_end(MpPatchMount *mount);

#endif
