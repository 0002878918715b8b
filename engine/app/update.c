#include "app/update.h"

#include "app/patch_mount.h"
#include "app/update_config.h"
#include "log/log.h"
#include "moonpatch/glue.h"
#include "update/channel/updater.h"

#include <stdio.h>
#include <stdlib.h>

/* Frames between two lines about one download. */
enum { PROGRESS_FRAMES = 15, LINE_SIZE = MP_ERROR_MESSAGE_SIZE };

struct MpUpdates {
    MpApp *app;
    MpUpdater *updater;
    bool judged;               /* what became of the release that runs was told */
    unsigned frames;           /* that it has been on trial */
    unsigned countdown;        /* until the next line about a download */
    MpReleaseNumber announced; /* the player knows that it comes later */
    bool waits_for_scene;
    int scene; /* how often scenes had changed when the update came */
};

/* ---- telling ------------------------------------------------------------------------------- */

static void tell_good(const MpUpdates *updates, const char *line)
{
    mp_log_info("%s", line);
    if (updates->app->can_tell)
        mp_app_call(updates->app, "tell", "s", line);
}

static void tell_applied(MpUpdates *updates)
{
    char line[64];
    MpReleaseNumber number = mp_updater_release(updates->updater);
    snprintf(line, sizeof line, "update %llu applied", (unsigned long long)number);
    tell_good(updates, number ? line : "no updates any more: the game is as it was shipped");
}

static void tell_failed(MpUpdates *updates, MpReleaseNumber failed, const char *why)
{
    char before[64], line[LINE_SIZE];
    MpReleaseNumber runs = mp_updater_release(updates->updater);
    snprintf(before, sizeof before, "update %llu", (unsigned long long)runs);
    snprintf(line, sizeof line, "update %llu taken back, %s runs: %.*s", (unsigned long long)failed,
             runs ? before : "the game as it was shipped", LINE_SIZE / 2, why);
    mp_app_tell(updates->app, line);
}

static void tell_progress(MpUpdates *updates)
{
    char line[LINE_SIZE];
    MpUpdateProgress progress;
    mp_updater_progress(updates->updater, &progress);
    if (!progress.number || !progress.total || (updates->countdown && updates->countdown--))
        return;
    updates->countdown = PROGRESS_FRAMES;
    snprintf(line, sizeof line, "update %llu: %llu of %llu KB", (unsigned long long)progress.number,
             (unsigned long long)(progress.received + 999) / 1000,
             (unsigned long long)(progress.total + 999) / 1000);
    mp_app_call(updates->app, "progress", "s", line);
}

static void tell_lines(MpUpdates *updates)
{
    char line[MP_ERROR_MESSAGE_SIZE];
    if (mp_updater_hear(updates->updater, MP_FOR_PLAYER, line))
        mp_app_tell(updates->app, line);
    if (mp_updater_hear(updates->updater, MP_FOR_LOG, line))
        mp_log_info("updates: %s", line);
}

/* ---- what runs ----------------------------------------------------------------------------- */

static void run_folder(MpUpdates *updates)
{
    mp_patch_mount_set_release(updates->app->patches, mp_updater_folder(updates->updater),
                               mp_updater_files(updates->updater));
    updates->judged = false;
    updates->frames = 0;
}

static void give_up_release(MpUpdates *updates, const char *why)
{
    MpReleaseNumber failed = mp_updater_release(updates->updater);
    mp_updater_fail(updates->updater, why);
    tell_failed(updates, failed, why);
    run_folder(updates);
    updates->judged = true; /* that it runs again is said */
}

/* A game that stands still proves nothing. */
static void judge_release(MpUpdates *updates)
{
    const char *why;
    MpReleaseState state = mp_patch_mount_release(updates->app->patches, &why);
    if (state == MP_RELEASE_FAILED) {
        give_up_release(updates, why);
        return;
    }
    if (state == MP_RELEASE_WAITS || mp_halt_is_on(updates->app))
        return;
    bool good = mp_updater_is_good(updates->updater);
    if (!updates->judged)
        tell_applied(updates);
    updates->judged = true;
    if (!good && ++updates->frames >= MP_PATCH_TRIAL_FRAMES) {
        mp_updater_confirm(updates->updater);
        mp_log_info("update %llu passed its trial",
                    (unsigned long long)mp_updater_release(updates->updater));
    }
}

/* ---- what is new --------------------------------------------------------------------------- */

static void announce(MpUpdates *updates, const MpUpdate *update)
{
    char line[LINE_SIZE];
    if (updates->announced == update->number)
        return;
    updates->announced = update->number;
    snprintf(line, sizeof line, "update %llu comes with the %s", (unsigned long long)update->number,
             mp_apply_name(update->apply));
    tell_good(updates, line);
}

static bool scene_has_changed(MpUpdates *updates)
{
    int scene = 0;
    mp_app_ask(updates->app, "scene_changes", ">i", &scene);
    if (!updates->waits_for_scene)
        updates->scene = scene;
    updates->waits_for_scene = scene == updates->scene;
    return !updates->waits_for_scene;
}

/* Whether its time has come. */
static bool is_due(MpUpdates *updates, const MpUpdate *update)
{
    if (update->mandatory || update->apply == MP_APPLY_NOW)
        return true;
    announce(updates, update);
    if (update->apply == MP_APPLY_NEXT_SCENE)
        return scene_has_changed(updates);
    mp_updater_postpone(updates->updater);
    return false;
}

static void take_update(MpUpdates *updates)
{
    MpUpdate update;
    const char *why;
    bool settled = mp_patch_mount_release(updates->app->patches, &why) == MP_RELEASE_RUNS;
    if (!settled || !mp_updater_peek(updates->updater, &update) || !is_due(updates, &update))
        return;
    updates->waits_for_scene = false;
    if (mp_updater_accept(updates->updater))
        run_folder(updates);
}

void mp_updates_poll(MpUpdates *updates)
{
    if (!updates)
        return;
    judge_release(updates);
    take_update(updates);
    tell_progress(updates);
    tell_lines(updates);
}

/* ---- the start ----------------------------------------------------------------------------- */

void mp_updates_wait(MpUpdates *updates, unsigned milliseconds)
{
    const char *why;
    MpError error;
    if (!updates)
        return;
    while (mp_patch_mount_release(updates->app->patches, &why) == MP_RELEASE_FAILED) {
        give_up_release(updates, why);
        mp_patch_mount_begin(updates->app->patches);
        mp_patch_mount_wait(updates->app->patches, milliseconds);
    }
    if (updates->app->options.replay)
        return;
    if (!mp_updater_start(updates->updater, &error))
        mp_log_info("no updates: %s", error.message);
}

static int64_t api_of(const MpApp *app)
{
    uint32_t own = app->game->module ? app->game->module->level : 0;
    uint32_t engine = app->front->module->level;
    return own > engine ? own : engine;
}

static MpUpdater *open_updater(MpApp *app, const MpUpdateConfig *config, MpError *error)
{
    return mp_updater_open(
        &(MpUpdaterOptions){
            .user_folder = app->storage->directory,
            .app = config->app,
            .channel = config->channel,
            .url = config->url,
            .root = config->root,
            .root_size = config->root_size,
            .api = api_of(app),
            .program = app->program,
            .telemetry = config->telemetry,
            .poll_seconds = config->poll_seconds,
        },
        error);
}

static bool open_updates(MpUpdates *updates, MpApp *app, MpError *error)
{
    MpUpdateConfig config;
    bool ok = mp_update_config_read(&config, app->data_folder, app->options.channel_url,
                                    app->game->name, error);
    if (ok)
        updates->updater = open_updater(app, &config, error);
    mp_update_config_finish(&config);
    return updates->updater != NULL;
}

MpUpdates *mp_updates_open(MpApp *app)
{
    MpError error;
    MpUpdates *updates = app->options.no_updates ? NULL : calloc(1, sizeof *updates);
    if (!updates)
        return NULL;
    updates->app = app;
    if (!open_updates(updates, app, &error)) {
        if (error.status != MP_NOT_FOUND)
            mp_log_warning("no updates: %s", error.message);
        mp_updates_close(updates);
        return NULL;
    }
    run_folder(updates);
    updates->judged = mp_updater_is_good(updates->updater);
    return updates;
}

void mp_updates_close(MpUpdates *updates)
{
    if (!updates)
        return;
    mp_updater_close(updates->updater);
    free(updates);
}
