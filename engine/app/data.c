/*
 * data.c - finding and mounting the game's files.
 */
#include "app/context.h"

#include "app/bundles.h"
#include "file/file.h"
#include "file/path.h"
#include "watch/watch.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

/* What is installed is beside its program: <prefix>/bin and <prefix>/share/<name>. NULL: it is not.
 */
static char *installed_folder(const char *name)
{
    char program[PATH_MAX];
    size_t size = sizeof program;
    char *slash = uv_exepath(program, &size) == 0 ? strrchr(program, '/') : NULL;
    if (!slash)
        return NULL;
    *slash = '\0';
    char *share = mp_path_join(program, "../share");
    char *folder = share ? mp_path_join(share, name) : NULL;
    free(share);
    if (folder && !mp_file_is_directory(folder)) {
        free(folder);
        return NULL;
    }
    return folder;
}

/* Ownership: the caller's. */
static char *find_data(const MpGame *game, MpError *error)
{
    const char *wanted = getenv("MOONPATCH_DATA");
    char *folder = wanted ? NULL : installed_folder(game->name);
    if (folder)
        return folder;
    const char *there = wanted ? wanted : game->data_folder;
    if (mp_file_is_directory(there))
        return strdup(there);
    mp_error_set(error, MP_NOT_FOUND,
                 "the game's data folder '%s' is missing; name it with MOONPATCH_DATA", there);
    return NULL;
}

static bool has_engine(const char *folder)
{
    char *host = mp_path_join(folder, "scripts/host.lua");
    bool has = host && access(host, F_OK) == 0;
    free(host);
    return has;
}

/* The engine's own data, which may be part of the game's. Ownership: the caller's. */
static char *find_engine(const MpGame *game, const char *data, MpError *error)
{
    char *installed = installed_folder("moonpatch");
    const char *places[] = {data, installed, game->engine_folder};
    char *found = NULL;
    for (size_t i = 0; !found && i < sizeof places / sizeof *places; i++) {
        if (places[i] && has_engine(places[i]))
            found = strdup(places[i]);
    }
    if (!found)
        mp_error_set(error, MP_NOT_FOUND,
                     "the engine's scripts/host.lua is neither in '%s' nor where Moonpatch was "
                     "installed; install it again",
                     data);
    free(installed);
    return found;
}

static bool watch(MpApp *app, const char *path, const char *mount_point, MpError *error)
{
    bool is_root = strcmp(mount_point, "/") == 0;
    bool has_scripts = is_root || strcmp(mount_point, "/scripts") == 0;
    return (!has_scripts || mp_watch_directory(app->script_watch, path, error)) &&
           ((has_scripts && !is_root) || mp_watch_directory(app->asset_watch, path, error));
}

static bool mount_all(MpApp *app, const char *data, const MpGameMount *mounts, MpError *error)
{
    bool ok = true;
    for (; ok && mounts->folder; mounts++) {
        char *path = mp_path_join(data, mounts->folder);
        ok = path && mp_vfs_mount_directory(app->vfs, path, mounts->mount_point, error) &&
             watch(app, path, mounts->mount_point, error);
        free(path);
    }
    return ok;
}

static MpBundles *open_bundles(MpVfs *vfs, const char *data, MpError *error)
{
    char *folder = mp_path_join(data, "bundles");
    MpBundles *bundles = folder ? mp_bundles_open(vfs, folder, error) : NULL;
    free(folder);
    return bundles;
}

bool mp_app_mount_data(MpApp *app, MpError *error)
{
    app->script_watch = mp_watch_create(NULL, error);
    app->asset_watch = mp_watch_create(NULL, error);
    if (!app->script_watch || !app->asset_watch)
        return false;
    mp_error_set(error, MP_MEMORY, "no memory to mount the game's data");
    char *data = find_data(app->game, error);
    char *engine = data ? find_engine(app->game, data, error) : NULL;
    bool ok = engine && mount_all(app, engine, app->front->engine_mounts, error);
    app->library_mounts = (uint32_t)mp_vfs_count(app->vfs);
    ok = ok && mount_all(app, data, app->game->mounts, error);
    if (ok)
        app->bundles = open_bundles(app->vfs, data, error);
    free(engine);
    app->data_folder = data;
    return app->bundles != NULL;
}
