/*
 * figures.h - what a process holds, measured again and again, and whether it stays the same.
 *
 *     Figures *figures = figures_create();
 *     now and then: figures_measure(figures, vm);
 *     if (!figures_are_flat(figures)) ...
 */
#ifndef SOAK_FIGURES_H
#define SOAK_FIGURES_H

#include "moonpatch/vm.h"

#include <stdbool.h>
#include <stdio.h>

typedef struct Figures Figures;

/** Ends the process when there is no memory. Ownership: the caller's. */
Figures *figures_create(void);
void figures_destroy(Figures *figures);

/**
 * Collects garbage, throws compiled code away and writes down what is left. To be called between
 * two frames, always at the same point of what the program does.
 */
void figures_measure(Figures *figures, MpVm *vm);

/**
 * Whether nothing grew: the lowest of the last third of the measurements is no more than a small
 * allowance above the lowest of the first third. Says on stderr what did.
 */
bool figures_are_flat(const Figures *figures);

/** Writes "Lua 812 -> 812 KiB, ..." */
void figures_print(const Figures *figures, FILE *stream);

#endif
