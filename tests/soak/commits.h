/*
 * commits.h - a round of commits that ends where it began: patches and scripts come, change, fail,
 * and go.
 */
#ifndef SOAK_COMMITS_H
#define SOAK_COMMITS_H

#include "moonpatch/reload.h"
#include "moonpatch/vm.h"

#include <stdbool.h>

/** What the game must be like after a commit. */
typedef struct Expected {
    const char *what; /**< For people. */
    int hit;          /**< Hit points left of 100 after a hit of 10. */
    int bonus;        /**< What the game's module says. */
} Expected;

/** Commits of a round. */
unsigned commits_in_round(void);

/** Makes commit `number`; each round's texts are new ones. What it leads to. */
Expected commits_make(MpVm *vm, unsigned number);

/** Whether commit `number` had, by now, the outcome that it must have; says on stderr if not. */
bool commits_came_out(MpVm *vm, unsigned number);

/** MpVmOptions.read: the game's files as they are. */
char *commits_read(void *user, const char *path, size_t *size, MpError *error);

/** MpVmOptions.reload_event. */
void commits_note_reload(void *user, const MpReloadEvent *event);

#endif
