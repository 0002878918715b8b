/*
 * patches/confine.h - what a rehearsal asks of the operating system; one .c file per system.
 */
#ifndef MP_PATCHES_CONFINE_H
#define MP_PATCHES_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * A path under which this very program can be started again, even if its file was replaced
 * meanwhile. `path` has room for `size` bytes. False: the system does not say. Thread: any.
 */
bool mp_confine_program(char *path, size_t size);

/** On this thread, a pipe whose reader is gone is an error and no signal. */
void mp_confine_ignore_broken_pipes(void);

/** Whether a signal says that somebody wanted the process to end, and not that it went wrong. */
bool mp_confine_was_asked(int signal);

/** Whether a signal says that the process used up its time on the processor. */
bool mp_confine_was_slow(int signal);

/**
 * In the child, before anything else: it dies with the game, whose process is number `game`, dies
 * of signals that are faults, leaves no core, writes no file, opens few, and nothing of the game's
 * is open in it. Returns a stream to the game; what anybody else prints goes nowhere. Errors: NULL;
 * it cannot be done, or the game is not its parent.
 */
FILE *mp_confine_process(long game);

/** The processor is the process's for that many seconds more. */
bool mp_confine_time(unsigned seconds);

/** From here on the process gets `size` bytes more and no others; under sanitizers, some more. */
bool mp_confine_memory(size_t size);

/** Ends the process with an exit code, at once: nothing is closed, no code of the game's or of a
 * library's runs. */
_Noreturn void mp_confine_end(int code);

#endif
