#include "app/patch_release.h"

#include "app/patch_name.h"
#include "app/patch_version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char top[] = "patch/";

bool mp_patch_release_open(MpPatchRelease *release, const char *folder, const MpRelease *files)
{
    MpPatchRelease opened = {.folder = strdup(folder)};
    if (!opened.folder || !mp_release_copy(&opened.files, files)) {
        mp_patch_release_finish(&opened);
        return false;
    }
    *release = opened;
    return true;
}

void mp_patch_release_finish(MpPatchRelease *release)
{
    free(release->folder);
    mp_release_finish(&release->files);
    *release = (MpPatchRelease){0};
}

/* The name in the patch folder of what is a patch or a script; NULL: it is neither. */
static char *name_of(const MpReleaseFile *file)
{
    const char *name = file->path + strlen(top);
    bool lies_there = strncmp(file->path, top, strlen(top)) == 0 && mp_patch_name_is_patch(name);
    bool is_script = mp_patch_name_is_overlay(name) && !mp_patch_name_is_bundle(name);
    bool is_hidden = strstr(name, "/.");
    return lies_there && !is_hidden && (is_script || !strchr(name, '/')) ? (char *)(uintptr_t)name
                                                                         : NULL;
}

bool mp_patch_release_list(const MpPatchRelease *release, MpWatchList *list)
{
    MpWatchList listed = {.entries = calloc(release->files.count + 1, sizeof *listed.entries)};
    if (!listed.entries)
        return false;
    for (size_t i = 0; i < release->files.count; i++) {
        const MpReleaseFile *file = &release->files.files[i];
        char digits[16] = "";
        char *name = name_of(file);
        memcpy(digits, file->object.text, sizeof digits - 1);
        if (name)
            listed.entries[listed.count++] = (MpWatchEntry){
                .name = name,
                .size = (int64_t)file->length,
                .identity = strtoull(digits, NULL, 16),
            };
    }
    *list = listed;
    return true;
}

bool mp_patch_release_has(const MpPatchRelease *release, const char *file, const MpHash *content)
{
    char path[sizeof top + MP_PATCH_NAME_SIZE];
    snprintf(path, sizeof path, "%s%s", top, file);
    const MpReleaseFile *listed = mp_release_find(&release->files, path);
    return listed && mp_hash_same(&listed->object, content);
}
