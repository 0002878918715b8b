/*
 * patches/settler.h - waits for the disk in a thread of its own, so that no frame does.
 *
 *     mp_system_replace(folder, "journal.1", text, size, false, &error);
 *     mp_settler_request(settler, "journal.1", 7);
 *     ... some frames later: mp_settler_done(settler) == 7
 *
 * Thread: that which created it.
 */
#ifndef MP_PATCHES_SETTLER_H
#define MP_PATCHES_SETTLER_H

#include "moonpatch/error.h"

#include <stdint.h>

typedef struct MpSettler MpSettler;

/**
 * For files of `folder`, which is borrowed.
 * Ownership: the caller's, until mp_settler_destroy().
 * Errors: NULL without memory or threads.
 */
MpSettler *mp_settler_create(const char *folder);

/** Waits for what the disk does at the moment, not for what was asked for since. Takes NULL. */
void mp_settler_destroy(MpSettler *settler);

/**
 * Makes a file durable. `generation` stands for its content; a request that has not begun is
 * replaced by the next. `name` is borrowed until the settler is destroyed.
 */
void mp_settler_request(MpSettler *settler, const char *name, uint64_t generation);

/**
 * The generation of the last request that came to its end; 0: none did. When that failed, `error`
 * is filled.
 */
uint64_t mp_settler_done(MpSettler *settler, MpError *error);

#endif
