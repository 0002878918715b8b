/*
 * update/channel/telemetry.h - tells a server what became of a release, if the game names one.
 *
 * {"app": "moonbase", "channel": "stable", "program": "moonbase 1.0", "release": 12,
 *  "verdict": "failed", "cause": "fix.lua:3: oops"}
 *
 * That is all there is to it: nothing tells one machine from another.
 *
 * Thread: any; it waits for the network, a few seconds at most, and no longer than it is told to.
 */
#ifndef MP_CHANNEL_TELEMETRY_H
#define MP_CHANNEL_TELEMETRY_H

#include "update/channel/release.h"

typedef struct MpVerdict {
    const char *app, *channel, *program;
    MpReleaseNumber release;
    const char *verdict; /**< "confirmed", "failed". */
    const char *cause;
} MpVerdict;

/** The text that is sent, for free(). NULL without memory. */
char *mp_telemetry_text(const MpVerdict *verdict);

/** Posts it to `url`, as long as `goes_on`, which is asked many times a second, says so.
    Errors: false; MP_IO. */
bool mp_telemetry_post(const char *url, const MpVerdict *verdict, bool (*goes_on)(void *user),
                       void *user, MpError *error);

#endif
