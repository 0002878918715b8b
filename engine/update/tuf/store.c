#include "update/tuf/store.h"

#include "file/file.h"
#include "update/tuf/quote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For free(). */
static char *path_of(const char *folder, const char *role, MpError *error)
{
    char *name = mp_tuf_quote(role, "");
    size_t room = name ? strlen(folder) + strlen(name) + sizeof "/.json" : 0;
    char *path = name ? malloc(room) : NULL;
    if (path)
        snprintf(path, room, "%s/%s.json", folder, name);
    else
        mp_error_set(error, MP_MEMORY, "no memory for the name of metadata");
    free(name);
    return path;
}

char *mp_tuf_store_load(const char *folder, const char *role, size_t limit, size_t *size,
                        MpError *error)
{
    char *path = path_of(folder, role, error);
    char *bytes = path ? mp_file_read(path, limit, size, error) : NULL;
    free(path);
    return bytes;
}

bool mp_tuf_store_save(const char *folder, const char *role, const void *bytes, size_t size,
                       MpError *error)
{
    char *path = path_of(folder, role, error);
    bool ok =
        path && mp_file_make_directory(folder, error) && mp_file_write(path, bytes, size, error);
    free(path);
    return ok;
}

bool mp_tuf_store_remove(const char *folder, const char *role, MpError *error)
{
    char *path = path_of(folder, role, error);
    bool ok = path && (!mp_file_exists(path) || mp_file_remove(path, error));
    free(path);
    return ok;
}
