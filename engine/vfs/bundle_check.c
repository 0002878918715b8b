#include "vfs/bundle_check.h"

#include "vfs/zip.h"
#include "vfs/zip_check.h"

#include <string.h>

/* What a game finds at the top of a bundle. */
static const char *const contents[] = {"patch.lua", "scripts/", "assets/"};

/* The part of a name, from `at` on, that a game would find if it were the top; or NULL. */
static const char *content_at(const MpZipEntry *entry, size_t at)
{
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        size_t length = strlen(contents[i]);
        bool whole = contents[i][length - 1] != '/';
        if (entry->name_length - at >= length &&
            memcmp(entry->name + at, contents[i], length) == 0 &&
            (!whole || entry->name_length - at == length))
            return contents[i];
    }
    return NULL;
}

static bool has_content(const MpZip *zip)
{
    MpZipEntry entry;
    for (size_t at = 0; mp_zip_next(zip, &at, &entry);) {
        if (content_at(&entry, 0))
            return true;
    }
    return false;
}

/* The usual mistake: the folder was packed instead of what is in it. */
static void complain(const MpZip *zip, MpError *error)
{
    MpZipEntry entry;
    for (size_t at = 0; mp_zip_next(zip, &at, &entry);) {
        const char *slash = memchr(entry.name, '/', entry.name_length);
        size_t top = slash ? (size_t)(slash - entry.name) + 1 : 0;
        const char *below = slash ? content_at(&entry, top) : NULL;
        if (below) {
            mp_error_set(error, MP_FORMAT,
                         "there is no %s at its top, but %.*s%s: pack what is in the folder, not "
                         "the folder",
                         below, (int)top, entry.name, below);
            return;
        }
    }
    mp_error_set(error, MP_FORMAT,
                 "has nothing that a game would find: patch.lua, scripts/ or assets/ at its top");
}

static bool lies_over_engine(const MpZip *zip)
{
    MpZipEntry entry;
    for (size_t at = 0; mp_zip_next(zip, &at, &entry);) {
        if (entry.name_length == strlen(MP_BUNDLE_FORBIDDEN) &&
            memcmp(entry.name, MP_BUNDLE_FORBIDDEN, entry.name_length) == 0)
            return true;
    }
    return false;
}

bool mp_bundle_check(const void *data, size_t size, MpError *error)
{
    MpZip zip;
    if (!mp_zip_check(data, size, error) || !mp_zip_verify(data, size, error) ||
        !mp_zip_open(&zip, data, size, error))
        return false;
    if (!has_content(&zip)) {
        complain(&zip, error);
        return false;
    }
    if (lies_over_engine(&zip)) {
        mp_error_set(error, MP_REFUSED,
                     MP_BUNDLE_FORBIDDEN " is the engine's own, and nothing may lie over it");
        return false;
    }
    return true;
}
