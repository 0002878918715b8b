/*
 * script.c - the scripts' side: the VM, what it needs of the host, and the calls into
 * scripts/host.lua, which hands them on to the game's main.lua.
 */
#include "app/context.h"

#include "app/hang_watch.h"
#include "app/patch_mount.h"
#include "app/update.h"
#include "clock/clock.h"
#include "log/log.h"
#include "moonpatch/patch.h"
#include "moonpatch/plugin.h"
#include "moonpatch/reload.h"

#include <stdio.h>
#include <string.h>

/* Patches that are not through their rehearsal by then come to a game that is being played. */
enum { START_WAIT_MS = 30000 };

enum { SCRIPT_SIZE_LIMIT = 4 << 20, FRAME_BUDGET_MS = 1000 };

/* ---- what the VM asks of its host --------------------------------------------------------- */

static void on_log(void *user, MpSeverity severity, const char *text)
{
    static const MpLogLevel levels[] = {
        [MP_SEVERITY_DEBUG] = MP_LOG_DEBUG,
        [MP_SEVERITY_INFO] = MP_LOG_INFO,
        [MP_SEVERITY_WARNING] = MP_LOG_WARNING,
        [MP_SEVERITY_ERROR] = MP_LOG_ERROR,
    };
    (void)user;
    mp_log(levels[severity], "%s", text);
}

char *mp_app_read_script(void *user, const char *path, size_t *size, MpError *error)
{
    const MpApp *app = user;
    char *overlay = app->stage ? mp_stage_read(app->stage, path, size)
                               : mp_patch_mount_read(app->patches, path, size);
    return overlay ? overlay : mp_vfs_read(app->vfs, path, SCRIPT_SIZE_LIMIT, size, error);
}

static bool is_library(void *user, const char *path)
{
    const MpApp *app = user;
    MpVfsStat stat;
    return mp_vfs_stat(app->vfs, path, &stat, NULL) && stat.mount > 0 &&
           stat.mount <= app->library_mounts;
}

/* There is nobody to show it yet. */
static void note_at_start(MpApp *app, const MpPatchEvent *event)
{
    if (!event->in_effect && !app->notice[0])
        snprintf(app->notice, sizeof app->notice, "patch %s %s: %.*s", event->id,
                 mp_patch_state_name(event->state), MP_ERROR_MESSAGE_SIZE / 2, event->cause);
}

void mp_app_hear_patch(void *user, const MpPatchEvent *event)
{
    MpApp *app = user;
    if (app->stage) {
        mp_stage_note_event(app->stage, event);
        return;
    }
    mp_patch_mount_verdict(app->patches, event);
    if (event->state == MP_PATCH_ACTIVE && !event->changed)
        return; /* it passed its trial: nothing that a player sees */
    app->front->hear_patch(app, event);
    if (mp_halt_is_on(app)) /* it may be the remedy */
        app->halt->retry = app->halt->retry || event->changed;
    if (!app->can_tell)
        note_at_start(app, event);
    else
        mp_app_call(app, "patch_event", "sssb", event->id, mp_patch_state_name(event->state),
                    event->cause, event->in_effect);
}

static void on_patch_staging(void *user, const char *file)
{
    const MpApp *app = user;
    if (app->stage)
        mp_stage_note_staging(app->stage, file);
}

static void on_reload_event(void *user, const MpReloadEvent *event)
{
    MpApp *app = user;
    if (app->stage) {
        mp_stage_note_reload(app->stage, event);
        return;
    }
    app->front->hear_reload(app, event);
    if (!app->can_tell || (mp_halt_is_on(app) && !event->problem))
        return;
    if (mp_halt_is_on(app)) {
        mp_halt_note_refusal(app, event->problem);
        return;
    }
    mp_app_call(app, "reload_event", "ss", event->files, event->problem ? event->problem : "");
}

static void on_held(void *user, const MpHolding *holding)
{
    (void)user;
    mp_log_debug("closing: %s held %s", holding->owner, holding->what);
}

/* ---- calls -------------------------------------------------------------------------------- */

void mp_app_report_error(MpApp *app, const MpError *error)
{
    app->script_errors++;
    if (mp_repeats_note(&app->repeats, error->message, mp_clock_seconds()))
        mp_log_error("%s", error->message);
}

/* An error in what lies over the game's own scripts is its end, not the game's. */
static bool take_away(MpApp *app, const MpError *error)
{
    if (!mp_patch_mount_blame(app->patches, error->message))
        return false;
    mp_vm_reload(app->vm);
    return true;
}

void mp_app_call(MpApp *app, const char *function, const char *signature, ...)
{
    MpError error;
    va_list arguments;
    if (mp_halt_is_on(app))
        return;
    va_start(arguments, signature);
    bool ok = mp_vm_callv(app->vm, "host", function, &error, signature, &arguments);
    va_end(arguments);
    if (ok)
        return;
    bool halts = app->playing && mp_vm_failure(app->vm);
    if (!halts || take_away(app, &error)) {
        mp_app_report_error(app, &error);
        return;
    }
    char where[sizeof app->halt->where];
    const char *own = mp_vm_failure(app->vm)->function;
    snprintf(where, sizeof where, "in %s", *own ? own : function);
    app->front->fail(app, where, false, &error);
}

void mp_app_ask(MpApp *app, const char *function, const char *signature, ...)
{
    MpError error;
    bool started = app->can_tell && !(mp_halt_is_on(app) && app->halt->at_start);
    if (!started)
        return;
    va_list arguments;
    va_start(arguments, signature);
    if (!mp_vm_callv(app->vm, "host", function, &error, signature, &arguments))
        mp_app_report_error(app, &error);
    va_end(arguments);
}

void mp_app_tell(void *user, const char *line)
{
    MpApp *app = user;
    mp_log_warning("%s", line);
    if (app->can_tell)
        mp_app_call(app, "notice", "s", line);
    else if (!app->notice[0]) /* the first of a start counts */
        snprintf(app->notice, sizeof app->notice, "%s", line);
}

/* ---- opening ------------------------------------------------------------------------------ */

static void set_roots(MpApp *app)
{
    const struct {
        const char *name;
        const MpObject *object;
    } roots[] = {
        {"storage", &app->storage->object},
        {"random", &app->random->object},
        {"json", &app->json->object},
        {"log", &app->log->object},
    };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        mp_vm_set_root(app->vm, roots[i].name, roots[i].object);
    app->front->set_roots(app);
}

bool mp_app_open_scripts(MpApp *app, MpError *error)
{
    app->vm = mp_vm_create(
        &(MpVmOptions){
            .jit = !app->options.no_jit,
            .inspector = true,
            .seed = app->seed,
            .frame_budget_ms = FRAME_BUDGET_MS,
            .user = app,
            .log = on_log,
            .read = mp_app_read_script,
            .is_library = is_library,
            .patch_event = mp_app_hear_patch,
            .patch_staging = on_patch_staging,
            .trial_frames = MP_PATCH_TRIAL_FRAMES,
            .reload_event = on_reload_event,
            .held = on_held,
        },
        error);
    if (!app->vm)
        return false;
    mp_log_debug("scripts: %s", mp_vm_version(app->vm));
    if (!mp_vm_register(app->vm, app->front->module, error) ||
        (app->game->module && !mp_vm_register(app->vm, app->game->module, error)))
        return false;
    set_roots(app);
    if (app->options.plugin_dir) /* the game goes on without those that the log complains of */
        mp_plugin_load_folder(app->vm, app->options.plugin_dir, NULL);
    return true;
}

/* A script of the patch folder must not keep the game from starting with its own. */
static bool load_host(MpApp *app, MpError *error)
{
    bool ok;
    do {
        ok = mp_vm_require(app->vm, "host", error);
    } while (!ok && mp_patch_mount_withdraw(app->patches, error->message));
    return ok;
}

/* The same for a script whose load() fails. */
static bool load_game(MpApp *app, MpError *error)
{
    bool ok;
    do {
        ok = mp_vm_call(app->vm, "host", "load", error, "b", (int)app->options.autoplay);
    } while (!ok && mp_vm_failure(app->vm) && take_away(app, error));
    return ok;
}

void mp_app_start_scripts(MpApp *app)
{
    MpError error;
    app->playing = true;
    mp_patch_mount_wait(app->patches, START_WAIT_MS);
    mp_updates_wait(app->updates, START_WAIT_MS);
    if (!load_host(app, &error)) {
        app->front->fail(app, "at the start", true, &error);
        return;
    }
    app->can_tell = true;
    if (app->notice[0])
        mp_app_call(app, "notice", "s", app->notice);
    app->notice[0] = '\0';
    mp_hang_watch_begin(app->hang_watch);
    mp_app_poll_patches(app); /* they are in effect before the game starts */
    if (!mp_halt_is_on(app) && !load_game(app, &error))
        app->front->fail(app, "in load", true, &error);
    mp_hang_watch_end(app->hang_watch);
}
