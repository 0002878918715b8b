/*
 * cli/channel/progress.h - how far long work is; for people at a terminal only.
 */
#ifndef MP_CLI_CHANNEL_PROGRESS_H
#define MP_CLI_CHANNEL_PROGRESS_H

#include <stddef.h>

/** Shows "objects 12 of 40" in one line of stderr, which goes when all are done. */
void mp_progress(const char *what, size_t done, size_t all);

#endif
