/*
 * update/tuf/client.h - a client of The Update Framework: which files a channel publishes now, as
 * its keys signed it, by the workflow of the specification (1.0, part 5).
 *
 *     MpTufClient *client = mp_tuf_client_create(
 *         &(MpTufOptions){.folder = "updates/metadata", .source = http.source, .root = shipped,
 *                         .root_size = size}, &error);
 *     MpTufTarget target;
 *     if (mp_tuf_client_refresh(client, &error) &&
 *         mp_tuf_client_find(client, "releases/3.json", &target, &error)) {
 *         ... download, at most target.length bytes; mp_tuf_target_fits() ...
 *         mp_tuf_target_finish(&target);
 *     }
 *     mp_tuf_client_destroy(client);
 *
 * A client is for one look at a channel: everything must be valid at the moment it was created.
 * What it learns is in `folder` at once, step by step, so that the next one goes on from there; no
 * failure keeps a later one from succeeding.
 *
 * Thread: any; one at a time for a client, and for a folder.
 */
#ifndef MP_TUF_CLIENT_H
#define MP_TUF_CLIENT_H

#include "update/tuf/source.h"
#include "update/tuf/target.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    MP_TUF_ROOT_LIMIT = 512000, /* bytes of each kind of metadata, whatever is announced */
    MP_TUF_TIMESTAMP_LIMIT = 16384,
    MP_TUF_SNAPSHOT_LIMIT = 2000000,
    MP_TUF_TARGETS_LIMIT = 5000000,
    MP_TUF_ROTATION_LIMIT = 256,  /* roots that are followed in one look */
    MP_TUF_DELEGATION_LIMIT = 32, /* delegated roles that are searched for one target */
};

typedef struct MpTufOptions {
    const char *folder; /**< Of the metadata; it is made. */
    MpTufSource source; /**< Its context must last as long as the client. */
    const void *root;   /**< What the program ships: the first root. NULL: the stored one counts. */
    size_t root_size;
    int64_t now; /**< Seconds since 1970; 0: what the system's clock says. */
} MpTufOptions;

typedef struct MpTufClient MpTufClient;

/**
 * Starts from the stored root, or from the shipped one if that is newer or the other cannot be
 * used; then it becomes the stored one.
 * Ownership: the caller's, until mp_tuf_client_destroy. `options` is copied, its root is not kept.
 * Errors: NULL; those of both roots, MP_IO, MP_MEMORY.
 */
MpTufClient *mp_tuf_client_create(const MpTufOptions *options, MpError *error);

/** Takes NULL. */
void mp_tuf_client_destroy(MpTufClient *self);

/**
 * Gets what is new of root, timestamp, snapshot and targets.
 * Errors: MP_REFUSED, MP_FORMAT and MP_LIMIT for what was published wrongly or by somebody else,
 * MP_NOT_FOUND for what is missing there, those of the source, MP_IO of the folder.
 */
bool mp_tuf_client_refresh(MpTufClient *self, MpError *error);

/**
 * Looks a target up, after a refresh: in targets, and then in the roles that it delegates this path
 * to, whose metadata is fetched when it is needed.
 * Ownership: `target` is the caller's, until mp_tuf_target_finish.
 * Errors: MP_NOT_FOUND: nobody who may has it; MP_LIMIT after 32 delegated roles; else as above.
 */
bool mp_tuf_client_find(MpTufClient *self, const char *path, MpTufTarget *target, MpError *error);

/** All that targets signed, after a refresh. Ownership: the client's. */
const json_t *mp_tuf_client_targets(const MpTufClient *self);

/**
 * Where a target is, below the URL of all targets: "a/b.lua", or "a/HASH.b.lua" if the channel has
 * consistent snapshots; quoted. Ownership: for free(). Errors: NULL without memory.
 */
char *mp_tuf_client_url_of(const MpTufClient *self, const MpTufTarget *target);

#endif
