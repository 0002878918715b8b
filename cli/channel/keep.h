/*
 * cli/channel/keep.h - which releases `gc` leaves alone, and why.
 *
 *     const char *why = mp_keep_reason(&releases, i, keep);
 *
 * A release goes only when nobody can be told to run it: see mp_choose(), update/channel/choose.h.
 */
#ifndef MP_CLI_CHANNEL_KEEP_H
#define MP_CLI_CHANNEL_KEEP_H

#include "channel/releases.h"

/**
 * Why release `index` of the list stays when the newest `keep` live ones do: a static string, "it
 * is pinned"; NULL: it goes. `keep` is 1 or more.
 */
const char *mp_keep_reason(const MpReleases *releases, size_t index, long keep);

/** How many releases are live. */
size_t mp_keep_live(const MpReleases *releases);

#endif
