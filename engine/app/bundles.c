#include "app/bundles.h"

#include "clock/clock.h"
#include "file/file.h"
#include "file/path.h"
#include "log/log.h"
#include "vfs/zip_check.h"
#include "watch/watch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double LOOK = 0.5; /* seconds between looks for a folder that is not there */

struct MpBundles {
    MpVfs *vfs;
    char *folder;
    MpWatch *watch;
    bool is_open;      /* what comes now comes while the game runs */
    bool watches;      /* there was a folder */
    double next_look;  /* for one */
    size_t below;      /* mounts of others that lie below */
    MpWatchList known; /* what was tried last, good or not */
};

static bool is_zip(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".zip") == 0;
}

/* Also what takes the place of a bundle that is mounted, which stays when this fails. */
static bool mount(MpBundles *bundles, const char *path, size_t place, MpError *error)
{
    size_t size;
    MpError problem;
    char *bytes = mp_file_read(path, MP_VFS_ARCHIVE_LIMIT, &size, error);
    if (!bytes)
        return false;
    if (!mp_zip_check(bytes, size, &problem)) {
        mp_error_set(error, problem.status, "cannot mount '%s': %s", path, problem.message);
        free(bytes);
        return false;
    }
    mp_vfs_unmount(bundles->vfs, path, NULL);
    return mp_vfs_mount_memory(bundles->vfs, path, bytes, size, "/", error) &&
           mp_vfs_lower(bundles->vfs, path, place, error);
}

/* The entry of that name, or NULL. */
static const MpWatchEntry *find(const MpWatchList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->entries[i].name, name) == 0)
            return &list->entries[i];
    }
    return NULL;
}

static int unmount_gone(MpBundles *bundles, const MpWatchList *now)
{
    int gone = 0;
    for (size_t i = 0; i < bundles->known.count; i++) {
        const char *name = bundles->known.entries[i].name;
        if (find(now, name))
            continue;
        char *path = mp_path_join(bundles->folder, name);
        if (path && mp_vfs_unmount(bundles->vfs, path, NULL)) {
            mp_log_info("bundle %s is gone", name);
            gone++;
        }
        free(path);
    }
    return gone;
}

static bool is_news(const MpBundles *bundles, const MpWatchEntry *entry)
{
    const MpWatchEntry *known = find(&bundles->known, entry->name);
    return !known || !mp_watch_entry_same(known, entry);
}

/* Once the game runs, its log hears what became of a bundle. */
static bool take(MpBundles *bundles, const char *name, const char *path, size_t place,
                 MpError *error)
{
    bool is_good = mount(bundles, path, place, error);
    if (bundles->is_open && is_good)
        mp_log_info("bundle %s is mounted", name);
    else if (bundles->is_open)
        mp_log_warning("%s", error->message);
    return is_good;
}

/* Returns how many came; -1 at the start, for the first that is wrong. */
static int mount_new(MpBundles *bundles, const MpWatchList *now, MpError *error)
{
    int mounted = 0;
    size_t place = bundles->below;
    for (size_t i = 0; mounted >= 0 && i < now->count; i++) {
        const MpWatchEntry *entry = &now->entries[i];
        char *path = is_zip(entry->name) ? mp_path_join(bundles->folder, entry->name) : NULL;
        if (path && is_news(bundles, entry)) {
            bool is_good = take(bundles, entry->name, path, place, error);
            mounted = is_good || bundles->is_open ? mounted + is_good : -1;
        }
        place += path && mp_vfs_is_mounted(bundles->vfs, path);
        free(path);
    }
    return mounted;
}

/* Returns how many came and went; -1 at the start, for the first that is wrong. */
static int update(MpBundles *bundles, MpError *error)
{
    MpWatchList now = {0};
    if (mp_file_is_directory(bundles->folder) && !mp_watch_list(bundles->folder, &now, error))
        return -1;
    int gone = unmount_gone(bundles, &now), come = mount_new(bundles, &now, error);
    mp_watch_list_finish(&bundles->known);
    bundles->known = now;
    return come < 0 ? -1 : gone + come;
}

static bool look_for_folder(MpBundles *bundles)
{
    bundles->watches = mp_file_is_directory(bundles->folder) &&
                       mp_watch_directory(bundles->watch, bundles->folder, NULL);
    bundles->next_look = mp_clock_seconds() + LOOK;
    return bundles->watches;
}

static bool begin(MpBundles *bundles, MpError *error)
{
    if (access(bundles->folder, F_OK) == 0 && !mp_file_is_directory(bundles->folder)) {
        mp_error_set(error, MP_INVALID, "'%s' is a file, a folder of bundles is expected",
                     bundles->folder);
        return false;
    }
    bundles->watch = mp_watch_create(NULL, error);
    if (!bundles->watch)
        return false;
    look_for_folder(bundles);
    bundles->is_open = update(bundles, error) >= 0;
    return bundles->is_open;
}

MpBundles *mp_bundles_open(MpVfs *vfs, const char *folder, MpError *error)
{
    MpBundles *bundles = calloc(1, sizeof *bundles);
    char *copy = strdup(folder);
    if (!bundles || !copy) {
        mp_error_set(error, MP_MEMORY, "no memory for bundles");
        free(bundles);
        free(copy);
        return NULL;
    }
    *bundles = (MpBundles){.vfs = vfs, .folder = copy, .below = mp_vfs_count(vfs)};
    if (begin(bundles, error))
        return bundles;
    mp_bundles_close(bundles);
    return NULL;
}

void mp_bundles_close(MpBundles *bundles)
{
    if (!bundles)
        return;
    mp_watch_destroy(bundles->watch);
    mp_watch_list_finish(&bundles->known);
    free(bundles->folder);
    free(bundles);
}

bool mp_bundles_poll(MpBundles *bundles)
{
    MpError error;
    bool changed = bundles->watches
                       ? mp_watch_poll(bundles->watch)
                       : mp_clock_seconds() >= bundles->next_look && look_for_folder(bundles);
    return changed && update(bundles, &error) > 0;
}
