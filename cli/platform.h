/*
 * platform.h - the moonpatch command's few calls to the operating system; one .c file per system.
 */
#ifndef MP_CLI_PLATFORM_H
#define MP_CLI_PLATFORM_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** Whether a person reads what is written to that stream. */
bool mp_platform_is_terminal(FILE *stream);

/** Whether there is a process with that number. */
bool mp_platform_has_process(int64_t process);

/**
 * Goes on as another program: the one called `name` in this program's folder, or `other` if there
 * is none. Returns only when that fails. Errors: MP_NOT_FOUND, MP_IO.
 */
void mp_platform_become(const char *name, const char *other, char **words, MpError *error);

/** Creates one folder. Errors: MP_REFUSED: there is something of that name; MP_IO. */
bool mp_platform_make_folder(const char *path, MpError *error);

/**
 * Asks at the terminal for a line that is not shown while it is typed; `text` gets it without its
 * end. False: there is no terminal, or the line is longer than `size`.
 */
bool mp_platform_ask(const char *prompt, char *text, int size);

/** Writes a new file that only its owner may read, durably. Errors: MP_REFUSED: it is there; MP_IO.
 */
bool mp_platform_write_secret(const char *path, const void *data, size_t size, MpError *error);

/**
 * Reads a file that only its owner may read, as text.
 * Ownership: the caller frees it with free().
 * Errors: NULL; MP_REFUSED: others may read it too; those of mp_file_read().
 */
char *mp_platform_read_secret(const char *path, size_t limit, MpError *error);

enum { MP_PLATFORM_PATH_SIZE = 4096 };

/**
 * Makes a folder for what is needed until the command ends, where the system keeps such (TMPDIR).
 * Errors: MP_IO.
 */
bool mp_platform_make_scratch(char path[MP_PLATFORM_PATH_SIZE], MpError *error);

/** Removes it, with the files that are in it. */
void mp_platform_remove_scratch(const char *path);

/** Until mp_platform_restore(), what is written to stdout goes to stderr. Returns what that takes.
 */
int mp_platform_divert(void);

void mp_platform_restore(int output);

#endif
