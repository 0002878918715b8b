/*
 * cli/channel/cohorts.h - cohorts as the command line names them: "a=50".
 */
#ifndef MP_CLI_CHANNEL_COHORTS_H
#define MP_CLI_CHANNEL_COHORTS_H

#include "channel/repository.h"

/** Puts cohorts, `count` of them, into the targets of a channel. Errors: false; MP_INVALID. */
bool mp_cohorts_write(const MpRepository *repository, const char *const *words, size_t count,
                      MpError *error);

#endif
