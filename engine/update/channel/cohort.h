/*
 * update/channel/cohort.h - which installations a rollout reaches, and which cohort each belongs
 * to.
 *
 *     if (mp_rollout_reaches(&rollout, install)) the release is for this installation
 *     const char *name = mp_cohorts_pick(&cohorts, install);      "b", or "" without cohorts
 *
 * Both are a hash of a public salt and of the installation's random number, which never leaves the
 * machine: the same answer each time, no server asked. With one salt a higher percentage reaches
 * all that a lower one did.
 *
 * Glossary
 *   bucket   the first 8 bytes, big-endian, of SHA-256(salt, installation), modulo 10,000
 *
 * Thread: any.
 */
#ifndef MP_CHANNEL_COHORT_H
#define MP_CHANNEL_COHORT_H

#include "moonpatch/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MP_INSTALL_SIZE = 16,
    MP_SALT_LIMIT = 32,
    MP_ROLLOUT_BUCKETS = 10000,
    MP_COHORT_LIMIT = 32,
    MP_CHANNEL_NAME_SIZE = 65,
};

/** The random number of an installation. */
typedef struct MpInstall {
    unsigned char bytes[MP_INSTALL_SIZE];
} MpInstall;

/** The bytes that a text of hexadecimal digits stands for. */
typedef struct MpSalt {
    unsigned char bytes[MP_SALT_LIMIT];
    size_t size;
} MpSalt;

typedef struct MpRollout {
    unsigned percent; /**< 0 to 100. */
    MpSalt salt;
} MpRollout;

typedef struct MpCohort {
    char name[MP_CHANNEL_NAME_SIZE];
    unsigned weight; /**< 0 to 1,000,000. */
} MpCohort;

typedef struct MpCohorts {
    MpCohort list[MP_COHORT_LIMIT];
    size_t count; /**< 0: there are none. */
    MpSalt salt;
} MpCohorts;

/** Errors: false; MP_FORMAT when the text is not an even number of 2 to 64 lower-case digits. */
bool mp_salt_parse(const char *text, MpSalt *salt, MpError *error);

/** From 0 to MP_ROLLOUT_BUCKETS - 1. */
unsigned mp_rollout_bucket(const MpSalt *salt, const MpInstall *install);

bool mp_rollout_reaches(const MpRollout *rollout, const MpInstall *install);

/**
 * Reads {"cohorts": [{"name": "a", "weight": 50}, ...], "salt": "<hex>"}, the `moonpatch` member of
 * the custom data of the targets role. One without "cohorts", or NULL, has none.
 * Errors: false; MP_FORMAT, MP_LIMIT.
 */
bool mp_cohorts_parse(const json_t *value, MpCohorts *cohorts, MpError *error);

/** The name of an installation's cohort, as likely as its weight is of all; "": there is none. */
const char *mp_cohorts_pick(const MpCohorts *cohorts, const MpInstall *install);

/** Whether a text may name an app, a channel or a cohort: 1 to 64 of a-z 0-9 . _ - */
bool mp_channel_name_is_valid(const char *text);

#endif
