#include "app/update_config.h"

#include "file/file.h"
#include "file/path.h"
#include "text/nearest.h"
#include "update/channel/cohort.h"

#include <stdlib.h>
#include <string.h>

enum {
    CONFIG_LIMIT = 64 << 10,
    ROOT_LIMIT = 512000,
    POLL_SECONDS = 60,
    POLL_LONGEST = 24 * 3600,
};

static char *read_file(const char *data, const char *name, size_t limit, size_t *size,
                       MpError *error)
{
    char *path = mp_path_join(data, name);
    char *text = path ? mp_file_read(path, limit, size, error) : NULL;
    if (!path)
        mp_error_set(error, MP_MEMORY, "no memory for the channel");
    free(path);
    return text;
}

static bool is_url(const char *text)
{
    return strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0;
}

static bool fail(MpError *error, const char *what)
{
    mp_error_set(error, MP_FORMAT, "channel/channel.json: %s", what);
    return false;
}

/* Returns NULL for a member that is no text. */
static const char *text_of(const json_t *root, const char *key, const char *missing)
{
    const json_t *value = json_object_get(root, key);
    return value ? json_string_value(value) : missing;
}

/* A mistyped name would pass for one that was left out. */
static bool has_known_members(json_t *root, MpError *error)
{
    static const char *const known[] = {"app", "channel", "poll", "telemetry", "url", NULL};
    const char *name;
    json_t *value;
    json_object_foreach (root, name, value) {
        const char *meant = mp_text_nearest(name, known);
        if (meant && strcmp(meant, name) == 0)
            continue;
        if (meant)
            mp_error_set(error, MP_FORMAT,
                         "channel/channel.json: there is no \"%.40s\" (did you mean \"%s\"?)", name,
                         meant);
        else
            mp_error_set(
                error, MP_FORMAT,
                "channel/channel.json: there is no \"%.40s\": app, channel, poll, telemetry "
                "and url are known",
                name);
        return false;
    }
    return true;
}

static bool unpack(MpUpdateConfig *config, const char *url, const char *app, MpError *error)
{
    const json_t *poll = json_object_get(config->text, "poll");
    if (!has_known_members(config->text, error))
        return false;
    config->url = url ? url : text_of(config->text, "url", NULL);
    config->app = text_of(config->text, "app", app);
    config->channel = text_of(config->text, "channel", "stable");
    config->telemetry = text_of(config->text, "telemetry", NULL);
    config->poll_seconds = poll ? (unsigned)json_integer_value(poll) : POLL_SECONDS;
    if (!config->url || !is_url(config->url))
        return fail(error, "\"url\" is to begin with http:// or https://");
    if (!config->app || !mp_channel_name_is_valid(config->app) || !config->channel ||
        !mp_channel_name_is_valid(config->channel))
        return fail(error, "\"app\" and \"channel\" are names of a-z 0-9 . _ -");
    if (json_object_get(config->text, "telemetry") &&
        (!config->telemetry || !is_url(config->telemetry)))
        return fail(error, "\"telemetry\" is to begin with http:// or https://");
    if (poll && (!json_is_integer(poll) || json_integer_value(poll) < 1 ||
                 json_integer_value(poll) > POLL_LONGEST))
        return fail(error, "\"poll\" is from 1 to 86400 seconds");
    return true;
}

/* Who names a URL needs no file. */
static bool read_text(MpUpdateConfig *config, const char *data, bool optional, MpError *error)
{
    json_error_t why;
    MpError problem;
    size_t size = 0;
    char *text = read_file(data, "channel/channel.json", CONFIG_LIMIT, &size, &problem);
    if (!text && optional && problem.status == MP_NOT_FOUND)
        config->text = json_object();
    else if (!text)
        mp_error_set(error, problem.status, "%s", problem.message);
    else if (!(config->text = json_loadb(text, size, JSON_REJECT_DUPLICATES, &why)))
        mp_error_set(error, MP_FORMAT, "channel/channel.json:%d: %s", why.line, why.text);
    free(text);
    return config->text != NULL;
}

bool mp_update_config_read(MpUpdateConfig *config, const char *data, const char *url,
                           const char *app, MpError *error)
{
    MpError problem;
    *config = (MpUpdateConfig){0};
    if (!read_text(config, data, url != NULL, error) || !unpack(config, url, app, error))
        return false;
    config->root = read_file(data, "channel/root.json", ROOT_LIMIT, &config->root_size, &problem);
    if (!config->root)
        mp_error_set(error, problem.status == MP_NOT_FOUND ? MP_IO : problem.status,
                     "%s: it holds the channel's keys, and `moonpatch channel init` makes it",
                     problem.message);
    return config->root != NULL;
}

void mp_update_config_finish(MpUpdateConfig *config)
{
    json_decref(config->text);
    free(config->root);
    *config = (MpUpdateConfig){0};
}
