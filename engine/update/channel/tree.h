/*
 * update/channel/tree.h - what slots need of the operating system; one .c file per system.
 *
 * Thread: any, one at a time per folder.
 */
#ifndef MP_CHANNEL_TREE_H
#define MP_CHANNEL_TREE_H

#include "moonpatch/error.h"

#include <stdbool.h>

/**
 * Gives the content of the file `from` the name `folder`/`path` too, and makes the folders that
 * `path` names, durably. Where a file can have but one name, it is copied. The name is durable once
 * mp_tree_synchronise() was called.
 * Errors: MP_IO.
 */
bool mp_tree_place(const char *from, const char *folder, const char *path, MpError *error);

/** Makes the names in the folder of `folder`/`path` durable. Errors: MP_IO. */
bool mp_tree_synchronise(const char *folder, const char *path, MpError *error);

/** Removes a folder with all that is in it, links not followed; one that is not there is fine.
    Errors: MP_IO. */
bool mp_tree_remove(const char *path, MpError *error);

typedef enum MpTreeKind { MP_TREE_FILE, MP_TREE_FOLDER, MP_TREE_OTHER } MpTreeKind;

/** `path` is below the folder that is walked. Returns whether to go on. */
typedef bool MpTreeVisit(void *user, const char *path, MpTreeKind kind);

/**
 * Calls `visit` for all that is in a folder, at any depth, a folder before what is in it; links are
 * others, and not followed, `folder` included.
 * Errors: false when `visit` ended it, and when something cannot be read: MP_IO.
 */
bool mp_tree_walk(const char *folder, MpTreeVisit *visit, void *user, MpError *error);

/** Calls `visit` with the name of each entry of a folder; one that is missing has none. */
void mp_tree_each(const char *folder, void (*visit)(void *user, const char *name), void *user);

#endif
