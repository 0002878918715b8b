/*
 * platform.h - the bridge's few calls to the operating system; one .c file per system.
 */
#ifndef MP_PLATFORM_H
#define MP_PLATFORM_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Reserves zeroed address space that is backed by memory only where it is touched. It is never
 * given back. Returns NULL when the system has no such space. Thread: any.
 */
void *mp_platform_reserve(size_t size);

/** Nanoseconds of a clock that only goes forward. Thread: any. */
uint64_t mp_platform_now(void);

/**
 * Reads a regular file of at most `limit` bytes; links are followed, pipes are never waited for.
 * Ownership: the caller frees the result with free().
 * Errors: NULL; MP_NOT_FOUND, MP_IO, MP_LIMIT, MP_MEMORY. Thread: any.
 */
char *mp_platform_read(const char *path, size_t limit, size_t *size, MpError *error);

/**
 * Visits what is in a folder, in any order. `stamp` is never 0, and another one when the entry was
 * written or replaced.
 * Errors: false; MP_NOT_FOUND when there is no such folder, MP_IO. Thread: any.
 */
bool mp_platform_list(const char *path, void (*visit)(void *user, const char *name, uint64_t stamp),
                      void *user, MpError *error);

typedef struct MpTicks MpTicks;

/**
 * Calls `tick` in a signal handler of the calling thread whenever the thread used `milliseconds` of
 * CPU time. A thread that sleeps, or is stopped by a debugger, hears nothing.
 * Errors: NULL; MP_DEVICE when the system has no such clock or the program uses the signal itself.
 */
MpTicks *mp_platform_ticks_start(void (*tick)(void), int milliseconds, MpError *error);

/** Ends it. Takes NULL. Thread: the one that started it. */
void mp_platform_ticks_stop(MpTicks *ticks);

/** The lowest address of the calling thread's stack, and its size; NULL when nobody knows. */
const char *mp_platform_stack(size_t *size);

/** The stamp of a file; 0: there is none. Thread: any. */
uint64_t mp_platform_stamp(const char *path);

/** What the name of a shared library ends with: ".so" */
extern const char mp_platform_library_suffix[];

/** Opens a shared library, whose symbols stay its own. NULL: MP_IO. Thread: any. */
void *mp_platform_library_open(const char *path, MpError *error);

/** The address of an object that the library itself exports, or NULL. Thread: any. */
const void *mp_platform_library_symbol(void *library, const char *name);

/** Undoes one mp_platform_library_open(). Thread: any. */
void mp_platform_library_close(void *library);

#endif
