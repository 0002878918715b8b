/*
 * update/fetch/partial.h - a file that is on its way: its first bytes in a folder for such, and
 * beside them a note of what they are of. Private to this folder.
 *
 *     MpPartial partial;
 *     if (mp_partial_open(&partial, "user/updates/partial", url, length, &sha256, &error)) {
 *         ... partial.have bytes are there; write the rest to partial.file
 *         mp_partial_finish(&partial, "user/updates/objects/ab12", &error);
 *         mp_partial_close(&partial);
 *     }
 *
 * The files are named by the hash, so that two of one content must not be on their way at a time.
 */
#ifndef MP_UPDATE_PARTIAL_H
#define MP_UPDATE_PARTIAL_H

#include "patches/hash.h"
#include "update/fetch/fetch.h"

typedef struct MpPartial {
    char *path, *note;
    const char *url; /* borrowed */
    uint64_t length;
    MpHash sha256;
    int file;
    uint64_t have;                 /* when it was opened */
    char etag[MP_FETCH_ETAG_SIZE]; /* of what is there; "": not known */
} MpPartial;

/**
 * Opens what is there of the file, or an empty one if that is of another URL, length or hash.
 * Errors: false; MP_IO and the like.
 */
bool mp_partial_open(MpPartial *partial, const char *folder, const char *url, uint64_t length,
                     const MpHash *sha256, MpError *error);

/** Notes whose bytes came in. What cannot be noted is not used next time. */
void mp_partial_set_etag(MpPartial *partial, const char *etag);

/** Forgets what is there. */
void mp_partial_discard(MpPartial *partial);

/**
 * Moves the file to `path`, on the disk when this returns.
 * Errors: false; MP_FORMAT when it has another length or hash, else MP_IO and the like.
 */
bool mp_partial_finish(MpPartial *partial, const char *path, MpError *error);

/** Frees it; the files stay. */
void mp_partial_close(MpPartial *partial);

#endif
