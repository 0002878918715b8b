/*
 * watch/watch.h - tells when something changed in a folder.
 *
 *     MpWatch *watch = mp_watch_create(NULL, &error);
 *     mp_watch_directory(watch, "patch", &error);
 *     each frame:
 *         if (mp_watch_poll(watch))
 *             load_patches_again();
 *
 * An editor or a copy makes many changes in a row. They are reported as one, when nothing has
 * happened for the settle time, or at the latest after the longest time.
 *
 * The system reports changes by itself (inotify and its kin, through libuv). Where it will not,
 * because its watches are used up, folders are read again and again and compared instead.
 *
 * Glossary
 *   tree        a watched folder with all folders below it; links are not followed
 *   settle      no change for a while, so that the writer is likely to be done
 *   scanning    watching by reading the tree again and again
 *
 * Thread: all functions on one thread.
 */
#ifndef MP_WATCH_H
#define MP_WATCH_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MpWatch MpWatch;

/** Zero members mean the default. */
typedef struct MpWatchConfig {
    unsigned settle_ms;  /**< 30 */
    unsigned longest_ms; /**< 200 */
    unsigned rescan_ms;  /**< 250: how often a scanned tree is read. */
    bool scan;           /**< Scan even where the system would report. */
} MpWatchConfig;

/**
 * `config` may be NULL: all defaults.
 * Ownership: the caller's, until mp_watch_destroy.
 * Errors: MP_MEMORY, MP_IO.
 */
MpWatch *mp_watch_create(const MpWatchConfig *config, MpError *error);

/** Takes NULL. */
void mp_watch_destroy(MpWatch *watch);

/**
 * Watches a tree, at most 16 folders deep. The folder may be deleted and made again later.
 * Errors: MP_NOT_FOUND when it is not there now, MP_MEMORY. Running out of the system's watches
 * is none: the tree is scanned then.
 */
bool mp_watch_directory(MpWatch *watch, const char *path, MpError *error);

/** True once after a change has settled. Never waits; a few microseconds when nothing happened. */
bool mp_watch_poll(MpWatch *watch);

/** Whether any tree is scanned. */
bool mp_watch_is_scanning(const MpWatch *watch);

typedef enum MpWatchType {
    MP_WATCH_FILE,
    MP_WATCH_DIRECTORY,
    MP_WATCH_OTHER, /**< Links, pipes, devices. */
} MpWatchType;

typedef struct MpWatchEntry {
    char *name;
    MpWatchType type;
    int64_t size;        /**< Bytes. */
    int64_t modified_ns; /**< Nanoseconds since 1970. */
    int64_t changed_ns;  /**< The same, but nobody can set it: a copy with an old time shows. */
    uint64_t identity;   /**< The inode: another file moved to this name shows. */
} MpWatchEntry;

/** Whether two looks at a name found the same file, unchanged. Thread: any. */
bool mp_watch_entry_same(const MpWatchEntry *a, const MpWatchEntry *b);

/** What is in a folder at one moment, sorted by the bytes of the names. Zero means empty. */
typedef struct MpWatchList {
    MpWatchEntry *entries;
    size_t count;
} MpWatchList;

enum { MP_WATCH_LIST_LIMIT = 65536 };

/**
 * Reads the entries of a folder, without those below it. Links are not followed; a file that
 * vanishes meanwhile is left out.
 * Ownership: the caller passes `list` to mp_watch_list_finish when this succeeded.
 * Errors: MP_NOT_FOUND, MP_LIMIT, MP_IO, MP_MEMORY.
 */
bool mp_watch_list(const char *directory, MpWatchList *list, MpError *error);

/** Takes a list of zeroes. */
void mp_watch_list_finish(MpWatchList *list);

#endif
