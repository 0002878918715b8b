/*
 * file/file.h - whole files of the operating system, on every platform through libuv.
 *
 *     size_t size;
 *     char *text = mp_file_read("notes.txt", 1 << 20, &size, &error);
 *     ...
 *     free(text);
 *
 * Game data is read through vfs/vfs.h instead; this is for the user folder and for archives.
 * Glossary
 *   atomic    a reader, or the next start after a crash, sees the old file or the new one whole
 */
#ifndef MP_FILE_H
#define MP_FILE_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Reads a regular file of at most `limit` bytes. A zero byte is put behind the content.
 * `size` may be NULL.
 * Ownership: the caller frees the result with free().
 * Errors: MP_NOT_FOUND, MP_IO, MP_LIMIT, MP_MEMORY; devices and pipes are MP_IO.
 * Thread: any.
 */
char *mp_file_read(const char *path, size_t limit, size_t *size, MpError *error);

/**
 * Replaces a regular file atomically, by way of a new file in the same folder; it keeps its access
 * rights. Links are followed. What is no regular file, a device or a pipe, stays what it is and is
 * written to, which may wait for a pipe's reader; a pipe that nobody reads is MP_IO.
 * Errors: MP_IO and the like; then a regular file is as it was.
 * Thread: any, one at a time per file.
 */
bool mp_file_write(const char *path, const void *data, size_t size, MpError *error);

/**
 * Gives a file another name in the same folder, atomically, in place of what had that name.
 * Errors: MP_NOT_FOUND, MP_IO. Thread: any.
 */
bool mp_file_rename(const char *from, const char *to, MpError *error);

/** Takes a file, or a link, away. Errors: MP_NOT_FOUND, MP_IO. Thread: any. */
bool mp_file_remove(const char *path, MpError *error);

/** Whether there is anything at `path`, links followed. Thread: any. */
bool mp_file_exists(const char *path);

/** Creates a folder and the folders above it; one that exists is fine. Thread: any. */
bool mp_file_make_directory(const char *path, MpError *error);

/** Whether `path` is a folder, links followed. Thread: any. */
bool mp_file_is_directory(const char *path);

/**
 * Whether a file at `path`, which need not exist, lies in `folder` or below it, links followed.
 * False where one of the two folders does not exist. Thread: any.
 */
bool mp_file_is_inside(const char *path, const char *folder);

/** Maps a code of libuv to a status, with the message "cannot <verb> '<path>': <reason>". */
MpStatus mp_file_error(MpError *error, const char *verb, const char *path, int code);

#endif
