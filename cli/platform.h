/*
 * platform.h - the moonpatch command's few calls to the operating system; one .c file per system.
 */
#ifndef MP_CLI_PLATFORM_H
#define MP_CLI_PLATFORM_H

#include "moonpatch/error.h"

#include <stdbool.h>
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

#endif
