/*
 * platform.h - the moonpatch command's few calls to the operating system; one .c file per system.
 */
#ifndef MP_CLI_PLATFORM_H
#define MP_CLI_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** Whether a person reads what is written to that stream. */
bool mp_platform_is_terminal(FILE *stream);

/** Whether there is a process with that number. */
bool mp_platform_has_process(int64_t process);

#endif
