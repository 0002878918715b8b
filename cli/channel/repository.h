/*
 * cli/channel/repository.h - the folder of a channel, which any web server serves as it is.
 *
 *     metadata/1.root.json ...           the keys; each number signed by the one before
 *     metadata/N.targets.json            what there is, and whom it is for; signed offline
 *     metadata/N.snapshot.json           which targets file belongs to which moment
 *     metadata/timestamp.json            the one file that changes: which snapshot is the newest
 *     targets/objects/HASH.HASH          contents of files
 *     targets/deltas/HASH.BASE-RESULT    how to make one of another
 *     targets/releases/HASH.N.json       lists of files
 *
 *     MpRepository repository;
 *     if (mp_repository_open(&repository, "stable", true, &error)) {
 *         ... change repository.targets ...
 *         mp_repository_commit(&repository, &keys, MP_COMMIT_TARGETS, today, &error);
 *     }
 *     mp_repository_close(&repository);
 *
 * Files are written whole or not at all, what others refer to before those that refer to it, and
 * timestamp.json last: until then nothing has changed for anybody.
 */
#ifndef MP_CLI_CHANNEL_REPOSITORY_H
#define MP_CLI_CHANNEL_REPOSITORY_H

#include "channel/metadata.h"

/** What is to be signed anew: a role, and those that tell of it. */
typedef enum MpCommit {
    MP_COMMIT_NOTHING,
    MP_COMMIT_TIMESTAMP,
    MP_COMMIT_SNAPSHOT,
    MP_COMMIT_TARGETS,
} MpCommit;

enum { MP_REPOSITORY_NAME_SIZE = 256 };

/** A file of metadata that is signed, and not written yet. */
typedef struct MpStaged {
    char name[MP_REPOSITORY_NAME_SIZE];
    char *text;
} MpStaged;

typedef struct MpRepository {
    const char *folder;
    int lock;     /* -1: only read */
    json_t *root; /* signed parts; owned */
    json_t *targets;
    json_t *snapshot;
    json_t *timestamp;
    json_t *files;      /* the three whole, as they were read */
    json_t *known_keys; /* of all roots: {id: key} */
    MpStaged staged[MP_METADATA_ROLES];
    size_t staged_count;
    size_t writes;      /* so many files mp_repository_put() had to write */
    MpCommit unsettled; /* keys were rotated, and the new ones have not signed that yet */
} MpRepository;

/**
 * Reads a channel and checks who signed it. To write, it is locked, and what an interrupted write
 * left behind is removed.
 * Ownership: the caller passes `repository` to mp_repository_close, also when it fails.
 * Errors: false; MP_NOT_FOUND: it is no channel; MP_REFUSED: another process writes it, or it is
 * not signed by its keys.
 */
bool mp_repository_open(MpRepository *repository, const char *folder, bool writes, MpError *error);

/** Locks a folder that becomes a channel; its four roles are the caller's to make. */
bool mp_repository_create(MpRepository *repository, const char *folder, MpError *error);

void mp_repository_close(MpRepository *repository);

/**
 * Writes a file of `size` bytes below the channel's folder; one with the same content is left
 * alone. `name` gets the path: "targets/objects/ab.ab".
 */
bool mp_repository_put(MpRepository *repository, const char *name, const void *data, size_t size,
                       MpError *error);

/**
 * Puts the file of a target, "objects/ab...", and says so in `targets`. Returns what it says, to
 * add to: borrowed; what was said before stays.
 * Errors: NULL.
 */
json_t *mp_repository_add(MpRepository *repository, const char *target, const void *data,
                          size_t size, MpError *error);

/** The path of a target's file, below the channel's folder: for free(); NULL: there is none. */
char *mp_repository_file_of(const MpRepository *repository, const char *target);

/** Reads a target's file and checks its hash. The caller frees it. Errors: NULL. */
char *mp_repository_read(const MpRepository *repository, const char *target, size_t *size,
                         MpError *error);

/** The first of the roles that the keys of the newest root have not signed. */
MpCommit mp_repository_find_unsettled(const MpRepository *repository);

/**
 * Signs the next root, which `repository->root` becomes; takes the reference. It is written by
 * mp_repository_commit(). Errors: false.
 */
bool mp_repository_stage_root(MpRepository *repository, MpKeys *keys, json_t *root, int64_t today,
                              MpError *error);

/**
 * Signs what has changed and what is unsettled, and then writes it: last before
 * mp_repository_close(). Errors: false; those of mp_keys_sign(), and then nothing was written.
 */
bool mp_repository_commit(MpRepository *repository, MpKeys *keys, MpCommit changed, int64_t today,
                          MpError *error);

/** "<folder>/<name>" for free(). */
char *mp_repository_path(const MpRepository *repository, const char *name);

#endif
