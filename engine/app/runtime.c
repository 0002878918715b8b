/*
 * runtime.c - what games and servers have in common: files, scripts, patches.
 */
#include "app/context.h"

#include "app/bundles.h"
#include "app/hang_watch.h"
#include "app/patch_memory.h"
#include "app/patch_mount.h"
#include "app/update.h"
#include "file/path.h"
#include "log/log.h"
#include "patches/journal.h"
#include "watch/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mp_app_set_root(MpApp *app, const char *name, const MpObject *object)
{
    mp_vm_set_root(app->vm, name, object);
}

uint32_t mp_app_seed(const MpApp *app) { return app->seed; }

/* ---- opening and closing ------------------------------------------------------------------ */

/* The log of this run is beside the saves; without it the game plays all the same. */
static void open_log(const MpStorage *storage)
{
    MpError error;
    char *path = mp_path_join(storage->directory, "log.txt");
    if (path && !mp_log_open_file(path, &error))
        mp_log_warning("%s", error.message);
    free(path);
}

static bool open_memory(MpApp *app, MpError *error)
{
    snprintf(app->program, sizeof app->program, "%s %s", app->game->name, app->game->version);
    app->memory = mp_patch_memory_open(
        &(MpPatchMemoryOptions){
            .user_folder = app->storage->directory,
            .program = app->program,
            .tell = mp_app_tell,
            .user = app,
        },
        error);
    return app->memory != NULL;
}

bool mp_app_open_files(MpApp *app, const char *program, MpError *error)
{
    app->vfs = mp_vfs_create(program, error);
    if (!app->vfs || !mp_app_mount_data(app, error))
        return false;
    app->storage =
        mp_storage_create(app->options.user_dir, app->game->organisation, app->game->name, error);
    if (!app->storage)
        return false;
    open_log(app->storage);
    if (!open_memory(app, error))
        return false;
    app->patches =
        mp_patch_mount_open(&app->options, app->vfs, app->memory, mp_app_hear_patch, app, error);
    return app->patches != NULL;
}

/* Frames that do not end are part of what is known of patches. */
static bool open_hang_watch(MpApp *app, MpError *error)
{
    MpHangWatchOptions options = {.mark = mp_journal_mark_hang, .unmark = mp_journal_unmark_hang};
    app->hang_watch = mp_hang_watch_create(&options, error);
    return app->hang_watch != NULL;
}

bool mp_app_open_game(MpApp *app, MpError *error)
{
    return open_hang_watch(app, error) && mp_app_open_scripts(app, error) &&
           (!app->game->create || app->game->create(app, &app->state, error));
}

void mp_app_close_scripts(MpApp *app)
{
    mp_hang_watch_destroy(app->hang_watch);
    mp_watch_destroy(app->script_watch);
    mp_watch_destroy(app->asset_watch);
    mp_patch_mount_close(app->patches);
    app->can_tell = false; /* what is left to tell is for the log */
    mp_vm_destroy(app->vm);
    if (app->state)
        app->game->destroy(app->state);
    mp_patch_memory_close(app->memory); /* from here on no patch can do any harm */
}

void mp_app_close_files(MpApp *app)
{
    mp_storage_destroy(app->storage);
    mp_bundles_close(app->bundles);
    mp_vfs_destroy(app->vfs);
    free(app->data_folder);
    mp_log_close_file();
    mp_log_ring_destroy(app->log);
}

/* ---- running ------------------------------------------------------------------------------ */

void mp_app_poll_patches(MpApp *app)
{
    mp_vm_step(app->vm);
    bool bundles_changed = mp_bundles_poll(app->bundles);
    bool scripts_changed = mp_watch_poll(app->script_watch) || bundles_changed;
    bool overlays_changed = mp_patch_mount_poll(app->patches, app->vm);
    mp_updates_poll(app->updates);
    if (mp_halt_is_on(app))
        app->halt->retry = app->halt->retry || scripts_changed || overlays_changed;
    if (scripts_changed || overlays_changed)
        mp_vm_reload(app->vm);
    bool files_changed = mp_watch_poll(app->asset_watch) || bundles_changed;
    if (app->front->reload_assets)
        app->front->reload_assets(app, files_changed || overlays_changed);
}

/* One line for people at the terminal; the traceback below it is for the log file. */
int mp_app_complain(const MpError *error, int code)
{
    int length = (int)strcspn(error->message, "\n");
    mp_log_error("%.*s", length, error->message);
    if (error->message[length]) {
        mp_log_remove_sink(mp_log_to_terminal, NULL);
        mp_log_error("%s", error->message + length + 1);
        mp_log_add_sink(mp_log_to_terminal, NULL);
    }
    return code;
}
