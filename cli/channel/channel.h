/*
 * cli/channel/channel.h - the parts of `moonpatch channel`, each a file of its own.
 */
#ifndef MP_CLI_CHANNEL_CHANNEL_H
#define MP_CLI_CHANNEL_CHANNEL_H

/** Each gets the words behind its own, and returns what to exit with. */
int mp_channel_init(char **argv);
int mp_channel_cohorts(char **argv);
int mp_channel_show(char **argv);

#endif
