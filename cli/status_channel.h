/*
 * status_channel.h - what `moonpatch status` shows of updates.
 */
#ifndef MP_CLI_STATUS_CHANNEL_H
#define MP_CLI_STATUS_CHANNEL_H

#include <jansson.h>
#include <stdio.h>

/** Prints what a user folder knows of its channel; nothing if it follows none. */
void mp_cli_print_channel(const char *user_folder, FILE *stream);

/** The same as JSON; null if it follows none. Ownership: the caller's reference. */
json_t *mp_cli_channel_json(const char *user_folder);

#endif
