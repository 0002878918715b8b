/*
 * app/options.h - the command line of every game, and of servers.
 */
#ifndef MP_APP_OPTIONS_H
#define MP_APP_OPTIONS_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** Which program's: flags are of games, of servers, or of both. */
typedef enum MpOptionsProgram {
    MP_OPTIONS_BOTH,
    MP_OPTIONS_GAME,
    MP_OPTIONS_HOST
} MpOptionsProgram;

typedef struct MpOptions {
    bool headless;
    bool autoplay;
    bool no_jit;
    bool show_version;
    bool show_help;
    bool has_seed;
    bool no_rehearsal;
    uint32_t seed;
    long frames;                     /**< 0: until the player quits. */
    long rehearse;                   /**< Not 0: be the child of a rehearsal for that process. */
    int output_width, output_height; /**< 0: the window's default. */
    long metrics_port;               /**< 0: one that the system chooses; -1: no metrics. */
    const char *script;              /**< Of a server. */
    const char *patch_dir;
    const char *release_dir; /**< Of a rehearsal: the release below the patches; NULL: none. */
    const char *plugin_dir;  /**< NULL: none. */
    const char *user_dir;    /**< NULL: the system's place. */
    const char *channel_url; /**< NULL: as the game's data/channel/channel.json has it. */
    bool no_updates;
    const char *screenshot;
    const char *report;
    const char *record;
    const char *replay;
} MpOptions;

/**
 * Reads the command line. The texts stay argv's.
 * Errors: MP_INVALID with one line that names the flag and what it takes.
 */
bool mp_options_parse(int argc, char **argv, MpOptionsProgram program, MpOptions *options,
                      MpError *error);

/** Writes the flags and what they do. */
void mp_options_print_help(FILE *stream, const char *name, MpOptionsProgram program);

#endif
