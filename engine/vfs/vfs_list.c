#include "vfs/mounts.h"

#include <physfs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Listing {
    char **names;
    size_t count;
    size_t capacity;
    MpStatus status;
} Listing;

static bool make_room(Listing *listing)
{
    /* One more than counted: the NULL at the end. */
    if (listing->count + 1 < listing->capacity)
        return true;
    size_t capacity = listing->capacity ? listing->capacity * 2 : 32;
    char **names = realloc(listing->names, capacity * sizeof *names);
    if (!names)
        return false;
    listing->names = names;
    listing->capacity = capacity;
    return true;
}

static PHYSFS_EnumerateCallbackResult add_name(void *user, const char *directory, const char *name)
{
    (void)directory;
    Listing *listing = user;
    /* PhysFS makes a nameless child of an entry called "a//b". */
    if (!*name)
        return PHYSFS_ENUM_OK;
    if (listing->count == MP_VFS_LIST_LIMIT) {
        listing->status = MP_LIMIT;
        return PHYSFS_ENUM_STOP;
    }
    char *copy = make_room(listing) ? strdup(name) : NULL;
    if (!copy) {
        listing->status = MP_MEMORY;
        return PHYSFS_ENUM_STOP;
    }
    listing->names[listing->count++] = copy;
    return PHYSFS_ENUM_OK;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_and_drop_doubles(Listing *listing)
{
    if (listing->count > 1)
        qsort(listing->names, listing->count, sizeof listing->names[0], compare_names);
    size_t kept = 0;
    for (size_t i = 0; i < listing->count; i++) {
        if (kept && strcmp(listing->names[kept - 1], listing->names[i]) == 0)
            free(listing->names[i]);
        else
            listing->names[kept++] = listing->names[i];
    }
    listing->count = kept;
}

/* Whether a name is of a file or a folder, and no pipe, device or link. */
static bool can_be_read(const char *directory, const char *name)
{
    char path[2 * MP_VFS_PATH_LIMIT];
    PHYSFS_Stat stat;
    int length = snprintf(path, sizeof path, "%s/%s", directory, name);
    return length > 0 && (size_t)length < sizeof path && PHYSFS_stat(path, &stat) &&
           (stat.filetype == PHYSFS_FILETYPE_REGULAR || stat.filetype == PHYSFS_FILETYPE_DIRECTORY);
}

static void drop_unreadable(Listing *listing, const char *directory)
{
    size_t kept = 0;
    for (size_t i = 0; i < listing->count; i++) {
        if (can_be_read(directory, listing->names[i]))
            listing->names[kept++] = listing->names[i];
        else
            free(listing->names[i]);
    }
    listing->count = kept;
}

static void free_names(Listing *listing)
{
    for (size_t i = 0; i < listing->count; i++)
        free(listing->names[i]);
    free(listing->names);
}

char **mp_vfs_list(const MpVfs *vfs, const char *directory, MpError *error)
{
    (void)vfs;
    if (!mp_vfs_check_path(directory, error))
        return NULL;
    Listing listing = {.status = MP_OK};
    if (make_room(&listing))
        PHYSFS_enumerate(directory, add_name, &listing);
    else
        listing.status = MP_MEMORY;
    if (listing.status != MP_OK) {
        mp_error_set(error, listing.status, "cannot list '%s': %s", directory,
                     mp_status_text(listing.status));
        free_names(&listing);
        return NULL;
    }
    sort_and_drop_doubles(&listing);
    drop_unreadable(&listing, directory);
    listing.names[listing.count] = NULL;
    return listing.names;
}

void mp_vfs_list_free(char **names)
{
    if (!names)
        return;
    for (size_t i = 0; names[i]; i++)
        free(names[i]);
    free(names);
}
