/*
 * patches/faults.h - what can happen to a process and its disk in the middle of a commit. The test
 * program is linked so that the calls of patches/system_posix.c and update/channel/tree_posix.c
 * that change the disk come here.
 *
 *     faults_plan((Faults){.kind = FAULT_FAIL, .call = 3, .code = ENOSPC});
 *     ... the third call from now on, and all after it, say that the disk is full
 *     faults_plan((Faults){0});
 */
#ifndef TEST_PATCHES_FAULTS_H
#define TEST_PATCHES_FAULTS_H

#include <stdbool.h>

enum { FAULT_EXIT_CODE = 99 };

typedef enum FaultKind {
    FAULT_NONE,
    FAULT_DIE,       /* the process ends at the call, as by kill -9; half of a write is done */
    FAULT_FAIL_ONCE, /* the call fails, with `code` */
    FAULT_FAIL,      /* so do all after it */
} FaultKind;

typedef struct Faults {
    FaultKind kind;
    unsigned call; /* counted from 1 */
    int code;
} Faults;

/** From now on; counts from the first call again. */
void faults_plan(Faults faults);

/** Calls since the last plan. */
unsigned faults_calls(void);

typedef enum FaultSync {
    SYNC_REAL,
    SYNC_SKIPPED, /* nothing happens, for tests that have no loss of power */
    SYNC_HELD,    /* it does not come to an end, until another mode is set */
    SYNC_FAILS,   /* with EIO */
} FaultSync;

/** What becomes of fsync from now on. */
void faults_sync(FaultSync sync);

/** Is called after each call of this thread that changed the disk. NULL: nobody is. */
void faults_watch(void (*after)(void));

#endif
