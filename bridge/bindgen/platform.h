/*
 * platform.h - bindgen's few calls to the operating system; one .c file per system.
 */
#ifndef MP_BINDGEN_PLATFORM_H
#define MP_BINDGEN_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>

/** Writes the folder that this program is in to `path`. False: the system does not tell. */
bool mp_platform_program_folder(char *path, size_t size);

/** Makes a folder in one that exists. True as well if it is there already. */
bool mp_platform_make_folder(const char *path);

/** Whether a person reads what is written to stderr. */
bool mp_platform_stderr_is_terminal(void);

#endif
