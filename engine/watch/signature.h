/*
 * watch/signature.h - one number for the state of a whole tree of files.
 */
#ifndef MP_WATCH_SIGNATURE_H
#define MP_WATCH_SIGNATURE_H

#include <stdint.h>

/** Deepest folder that is looked into, counted from the top. */
enum { MP_WATCH_DEPTH_LIMIT = 16 };

/**
 * Changes when a name, type, size, time or inode of anything below `path` changes. A tree that is
 * not there has the signature 0. Thread: any.
 */
uint64_t mp_watch_signature(const char *path);

/** Identity of the folder at `path` itself, links followed; 0 when there is none. */
uint64_t mp_watch_identity(const char *path);

#endif
