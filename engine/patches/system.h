/*
 * patches/system.h - what the journal needs of the operating system; one .c file per system.
 *
 * Glossary
 *   durable      on the disk itself: it outlives the loss of power, not only the process
 *   crash mark   a byte that a dying process leaves in a file that it opened when it was well
 */
#ifndef MP_PATCHES_SYSTEM_H
#define MP_PATCHES_SYSTEM_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Seconds since 1970, by the clock of the machine, which may be wrong. Thread: any. */
int64_t mp_system_time(void);

/** This process. Thread: any. */
int64_t mp_system_process(void);

/** Makes `folder`/`name`, durably; one that exists is fine. Errors: MP_IO. */
bool mp_system_make_folder(const char *folder, const char *name, MpError *error);

/**
 * Replaces `folder`/`name` whole, by way of `folder`/new: whatever happens, a reader finds the old
 * file or the new one. Unless `durable`, that holds only while the power is on.
 * Errors: MP_IO; the file is the old one, or already the new one.
 * Thread: any, one process and thread at a time per folder.
 */
bool mp_system_replace(const char *folder, const char *name, const void *data, size_t size,
                       bool durable, MpError *error);

/** Waits until `folder`/`name` is durable, name and content. Errors: MP_IO. Thread: any. */
bool mp_system_synchronise(const char *folder, const char *name, MpError *error);

/** Removes `folder`/`name`, if it is there. */
void mp_system_remove(const char *folder, const char *name);

/**
 * Takes the lock of `folder`, which the process holds until mp_system_unlock or its end, however it
 * ends. Returns the lock.
 * Errors: -1; MP_REFUSED when another process has it, MP_IO.
 */
int mp_system_lock(const char *folder, MpError *error);

/** Takes -1. */
void mp_system_unlock(int lock);

/* ---- crash marks ----------------------------------------------------------------------------- */

/** The mark of a process that its watchdog found hanging; other marks stand for signals. */
enum { MP_SYSTEM_HUNG = 'H' };

/** The mark of a process that ended itself by exit(), and of one that did so in a patch's call. */
enum { MP_SYSTEM_EXITED = 'X', MP_SYSTEM_EXITED_IN_PATCH = 'P' };

/**
 * From now on a process that dies of SIGSEGV, SIGBUS, SIGILL, SIGFPE or SIGABRT, or ends itself by
 * exit(), leaves a mark in `folder`/crashes, at `*place`, and then dies as it would have. Handlers
 * that were there run afterwards; the calling thread gets a stack for handlers if it has none. One
 * folder per process. `is_patch_running`, asked in exit(), says whose doing it is; NULL: nobody's.
 * Errors: MP_IO; then nobody leaves a mark.
 */
bool mp_system_arm(const char *folder, bool (*is_patch_running)(void), int64_t *place,
                   MpError *error);

/** Undoes mp_system_arm(). */
void mp_system_disarm(void);

/** Leaves a mark now. Does nothing unless armed. Thread: any, and signal handlers. */
void mp_system_mark(char mark);

/** Takes mp_system_mark() back. Thread: any. */
void mp_system_unmark(void);

/** The mark in `folder`/crashes at `place`; 0: none. */
char mp_system_read_mark(const char *folder, int64_t place);

/** What a mark stands for: "SIGSEGV", "a hang"; NULL for no mark. A static string. */
const char *mp_system_mark_name(char mark);

#endif
