/*
 * storage/storage.h - the player's own small files: scores, settings, saved games.
 *
 *     MpStorage *storage = mp_storage_create(NULL, "moonpatch", "moonbase", &error);
 *     mp_storage_write(storage, "highscore", "4200", &error);
 *     const char *text = mp_storage_read(storage, "highscore", &error);
 *
 * Glossary
 *   user folder   where the system wants a game to keep such files, or the folder that was asked
 *                 for on the command line
 *   name          1 to 64 of a-z 0-9 . _ - without a dot at the start; no folders. Names that are
 *                 devices on some systems ("con", "nul", "com1.txt") are refused everywhere, and
 *                 so is "patches", the engine's own folder.
 */
#ifndef MP_STORAGE_H
#define MP_STORAGE_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"
#include "outside/outside.h"

#include <stdbool.h>

enum { MP_STORAGE_NAME_LIMIT = 64, MP_STORAGE_SIZE_LIMIT = 1 << 20 };

/**
 * Small text files that last from one run of the game to the next. They are the game's: what a
 * patch asks for itself is refused, what a function of the game does for it is not.
 */
typedef struct MP_CLASS MP_ROOT(storage) MpStorage {
    MpObject object;
    char *directory;          /**< Ends without a slash; NULL: there is none. */
    char *text;               /**< What was read last. */
    const MpOutside *outside; /**< Answers about saved files; NULL: they do. Borrowed. */
} MpStorage;

/**
 * Opens the user folder, which is made if it is missing. `directory` NULL: the system's place for
 * `organisation` and `application`.
 * Ownership: the caller's, until mp_storage_destroy.
 * Errors: MP_IO, MP_MEMORY.
 */
MpStorage *mp_storage_create(const char *directory, const char *organisation,
                             const char *application, MpError *error);

/**
 * A storage without a folder: nothing was ever written there, and nothing can be.
 * Ownership: the caller's, until mp_storage_destroy. Errors: MP_MEMORY.
 */
MpStorage *mp_storage_create_empty(MpError *error);

/** Takes NULL. */
void mp_storage_destroy(MpStorage *self);

/**
 * The text that was last written under `name`.
 * Ownership: the storage's; valid until its next read.
 * Errors: MP_NOT_FOUND before the first write; MP_REFUSED for a bad name; MP_FORMAT when the file
 * is not text; MP_LIMIT over 1 MB; MP_IO.
 */
MP_METHOD const char *mp_storage_read(MpStorage *self, const char *name, MpError *error);

/**
 * Keeps a text of at most 1 MB under `name`. A crash leaves the old text or the new one, never
 * half of it.
 * Errors: MP_REFUSED for a bad name, MP_LIMIT, MP_IO.
 */
MP_METHOD bool mp_storage_write(MpStorage *self, const char *name, const char *text,
                                MpError *error);

/** Whether there is a file of that name, readable or not. */
MP_METHOD bool mp_storage_exists(MpStorage *self, const char *name);

/**
 * Keeps the file `name` under the name `other`, in place of what that held; a crash leaves both
 * as they were, or as they are to be.
 * Errors: MP_NOT_FOUND, MP_REFUSED for a bad name, MP_IO.
 */
MP_METHOD bool mp_storage_rename(MpStorage *self, const char *name, const char *other,
                                 MpError *error);

#endif
