/*
 * cli/message.h - how the moonpatch command speaks to people: in one line, in colours if it is a
 * terminal that they read.
 */
#ifndef MP_CLI_MESSAGE_H
#define MP_CLI_MESSAGE_H

#include <stdbool.h>
#include <stdio.h>

/**
 * Whether what is written to that stream is coloured: it is a terminal, TERM is not "dumb", and
 * nobody asks for none (NO_COLOR, see no-color.org).
 */
bool mp_cli_coloured(FILE *stream);

/** Writes "moonpatch: error: ..." to stderr. Returns MP_EXIT_FINDINGS. */
int mp_cli_failed(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** The same for a mistake in how it was called. Returns MP_EXIT_USAGE. */
int mp_cli_misused(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Writes "moonpatch: warning: ..." to stderr, and goes on. */
void mp_cli_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
