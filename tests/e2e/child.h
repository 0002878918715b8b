/*
 * child.h - a program that a test starts, and that ends with the test however that ends.
 */
#ifndef E2E_CHILD_H
#define E2E_CHILD_H

#include <sys/types.h>

/**
 * Starts the program words[0] with the arguments after it, NULL at the end; what it writes to
 * stderr goes to `log`, also why it cannot be started. Returns its process; fails the test if there
 * is none.
 */
pid_t child_start(const char *const *words, int log);

#endif
