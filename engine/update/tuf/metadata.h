/*
 * update/tuf/metadata.h - one file of metadata, read strictly: what can be read has the shape that
 * its role demands, so that whoever uses it need not look again. Nothing is verified here.
 *
 *     MpTufMetadata *root = mp_tuf_metadata_parse(MP_TUF_ROOT, "root", bytes, size, &error);
 *     if (root)
 *         printf("version %lld\n", (long long)root->version);
 *     mp_tuf_metadata_destroy(root);
 *
 * Refused whole: two equal keys in an object, fractions, zero bytes in texts, what is nested deep,
 * two signatures with one key id, and whatever is not as the specification (1.0, part 4) has it.
 * Members that it does not know are kept, and are part of what is signed.
 *
 * Glossary
 *   role       who signs: root, timestamp, snapshot, targets, or one that targets delegated to,
 *              whose metadata is of the kind MP_TUF_TARGETS
 *   delegator  the metadata that names a role's keys: root, or the metadata of a targets role
 */
#ifndef MP_TUF_METADATA_H
#define MP_TUF_METADATA_H

#include "moonpatch/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum MpTufKind {
    MP_TUF_ROOT,
    MP_TUF_TIMESTAMP,
    MP_TUF_SNAPSHOT,
    MP_TUF_TARGETS,
    MP_TUF_KINDS
} MpTufKind;

/** "root", "timestamp", "snapshot", "targets". */
extern const char *const mp_tuf_kind_names[MP_TUF_KINDS];

enum { MP_TUF_NAME_LIMIT = 64 }; /**< Bytes in the name of a delegated role. */

typedef struct MpTufMetadata {
    json_t *document;
    const json_t *content;    /**< The document's `signed`. */
    const json_t *signatures; /**< The document's `signatures`. */
    int64_t version;          /**< From 1. */
    int64_t expires;          /**< Seconds since 1970, UTC. */
    char *canonical;          /**< What is signed. */
    size_t canonical_size;
} MpTufMetadata;

/**
 * Reads metadata of a kind; `role` is its name for messages.
 * Ownership: the caller's, until mp_tuf_metadata_destroy. `bytes` is not kept.
 * Errors: MP_FORMAT, MP_LIMIT, MP_MEMORY. Thread: any.
 */
MpTufMetadata *mp_tuf_metadata_parse(MpTufKind kind, const char *role, const void *bytes,
                                     size_t size, MpError *error);

/** Takes NULL. */
void mp_tuf_metadata_destroy(MpTufMetadata *self);

/** The keys that a delegator names, by their ids; NULL: it delegates nothing. */
const json_t *mp_tuf_metadata_keys(const MpTufMetadata *delegator);

/**
 * Which keys a delegator wants for a role, and how many of them: an object with `keyids` and
 * `threshold`. NULL: it does not delegate to it. Of a role that is named twice it is the first.
 */
const json_t *mp_tuf_metadata_role(const MpTufMetadata *delegator, const char *role);

/** What a snapshot, or a timestamp, says of a file: `version`, and perhaps `length` and `hashes`.
 */
const json_t *mp_tuf_metadata_file(const MpTufMetadata *self, const char *role);

/** Whether a root says that files of metadata have a version, and targets a hash, in their names.
 */
bool mp_tuf_metadata_is_consistent(const MpTufMetadata *root);

#endif
