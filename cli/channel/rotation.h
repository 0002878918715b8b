/*
 * cli/channel/rotation.h - the next root: which keys a role gets and loses, and how many of them
 * sign.
 *
 *     MpRotation rotation = {.writer = &writer, .role = "root", .add = true};
 *     mp_rotation_decide(&rotation, &error) && mp_rotation_compare(&rotation) &&
 *         mp_rotation_change(&rotation, root, &error)
 */
#ifndef MP_CLI_CHANNEL_ROTATION_H
#define MP_CLI_CHANNEL_ROTATION_H

#include "channel/writer.h"
#include "patches/hash.h"

typedef struct MpRotation {
    MpWriter *writer;                                  /* of a channel that is open */
    const char *role, *replace, *remove, *with, *type; /* NULL: not said */
    bool add;
    long threshold; /* -1: as it is */
    /* what becomes of it */
    bool comes, goes;                                        /* a key */
    bool made;                                               /* the one that comes, just now */
    char path[MP_WRITER_PATH_SIZE + 64];                     /* of it, if it was not named */
    char came[MP_HASH_LENGTH + 1], went[MP_HASH_LENGTH + 1]; /* their ids */
} MpRotation;

/** Whether a key comes and one goes. Errors: false; MP_INVALID: that cannot be meant. */
bool mp_rotation_decide(MpRotation *rotation, MpError *error);

/** Leaves out what is so already, and tells of it. False: nothing is left. */
bool mp_rotation_compare(MpRotation *rotation);

/**
 * Makes the root that comes after `root` of it, and the key that comes, if it is not there.
 * Errors: false; MP_INVALID, MP_NOT_FOUND, MP_REFUSED, those of mp_keys_take().
 */
bool mp_rotation_change(MpRotation *rotation, json_t *root, MpError *error);

/** A role of a root; borrowed; NULL: there is none of that name. */
json_t *mp_rotation_role(const json_t *root, const char *role);

#endif
