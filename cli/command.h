/*
 * cli/command.h - how a subcommand with options and words is run.
 */
#ifndef MP_CLI_COMMAND_H
#define MP_CLI_COMMAND_H

#include "moonpatch/error.h"
#include "options.h"

typedef struct MpCommand {
    const char *name;
    const MpOption *options;
    const char *words;  /* "CHANNEL PERCENT": for people */
    size_t least, most; /* so many words */
    /** Does it; what is wrong with the words is MP_INVALID. */
    bool (*work)(void *order, const MpWords *words, MpError *error);
} MpCommand;

/** Reads the options into `order`, does the work, tells what went wrong. Returns an exit code. */
int mp_command_run(const MpCommand *command, char **argv, void *order);

#endif
