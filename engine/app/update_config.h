/*
 * app/update_config.h - which channel a game follows, as its data folder says.
 *
 *     channel/channel.json  {"url": "https://...", "app": "moonbase", "channel": "stable",
 *                            "poll": 60, "telemetry": "https://..."}; all but the url may be
 * missing channel/root.json     the keys: what `moonpatch channel init` made
 */
#ifndef MP_APP_UPDATE_CONFIG_H
#define MP_APP_UPDATE_CONFIG_H

#include "moonpatch/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** Zero means empty. */
typedef struct MpUpdateConfig {
    json_t *text; /**< What the texts are in. */
    const char *url, *app, *channel;
    const char *telemetry; /**< NULL: there is none. */
    unsigned poll_seconds;
    char *root; /**< Of `root_size` bytes. */
    size_t root_size;
} MpUpdateConfig;

/**
 * Reads them from a data folder. `url`, if not NULL, counts instead of the file's; `app` is for a
 * file that does not say it. The texts are borrowed.
 * Ownership: the caller passes `config` to mp_update_config_finish, also when it fails.
 * Errors: false; MP_NOT_FOUND when there is no channel; MP_FORMAT, MP_IO, MP_MEMORY.
 */
bool mp_update_config_read(MpUpdateConfig *config, const char *data, const char *url,
                           const char *app, MpError *error);

void mp_update_config_finish(MpUpdateConfig *config);

#endif
