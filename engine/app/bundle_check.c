#include "app/bundle_check.h"

#include <stdio.h>

/* What a game finds at the top of a bundle. */
static const char *const contents[] = {"patch.lua", "scripts", "assets"};

static const char *find_content(const MpVfs *vfs, const char *place, const char *folder)
{
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        char path[2 * MP_VFS_PATH_LIMIT];
        snprintf(path, sizeof path, "%s/%s%s", place, folder, contents[i]);
        if (mp_vfs_exists(vfs, path))
            return contents[i];
    }
    return NULL;
}

/* The usual mistake: the folder was packed instead of what is in it. */
static void complain(const MpVfs *vfs, const char *place, char *const *names, MpError *error)
{
    for (; names && *names; names++) {
        char folder[MP_VFS_PATH_LIMIT];
        snprintf(folder, sizeof folder, "%s/", *names);
        const char *below = find_content(vfs, place, folder);
        if (below) {
            mp_error_set(error, MP_FORMAT,
                         "there is no %s at its top, but %s%s: pack what is in the folder, not "
                         "the folder",
                         below, folder, below);
            return;
        }
    }
    mp_error_set(error, MP_FORMAT,
                 "has nothing that a game would find: patch.lua, scripts/ or assets/ at its top");
}

bool mp_bundle_check(const MpVfs *vfs, const char *place, MpError *error)
{
    if (find_content(vfs, place, ""))
        return true;
    char **names = mp_vfs_list(vfs, place, NULL);
    complain(vfs, place, names, error);
    mp_vfs_list_free(names);
    return false;
}
