#include "pack_folder.h"

#include "file/file.h"
#include "file/path.h"
#include "vfs/bundle_check.h"
#include "vfs/zip_check.h"
#include "vfs/zip_name.h"
#include "watch/watch.h"

#include <stdlib.h>
#include <string.h>

static bool no_memory(MpError *error)
{
    mp_error_set(error, MP_MEMORY, "no memory to pack it");
    return false;
}

static size_t most_files(const MpPackFolder *folder)
{
    return folder->most_files ? folder->most_files : MP_ZIP_ENTRY_LIMIT;
}

static size_t most_bytes(const MpPackFolder *folder)
{
    return folder->most_bytes ? folder->most_bytes : MP_BUNDLE_SIZE_LIMIT;
}

static bool make_room(MpPackFolder *folder, const char *name, MpError *error)
{
    if (folder->count == most_files(folder)) {
        mp_error_set(error, MP_LIMIT,
                     "with '%s' there are more than %zu files to pack: divide them among bundles",
                     name, most_files(folder));
        return false;
    }
    MpPackFile *grown = realloc(folder->files, (folder->count + 1) * sizeof *grown);
    if (!grown)
        return no_memory(error);
    folder->files = grown;
    return true;
}

bool mp_pack_folder_put(MpPackFolder *folder, const char *name, char *content, size_t size,
                        MpError *error)
{
    MpPackFile file = {.name = strdup(name), .content = content, .size = size};
    bool room = make_room(folder, name, error);
    if (!room || !file.name) {
        free(file.name);
        free(content);
        return room && no_memory(error);
    }
    folder->files[folder->count++] = file;
    folder->size += size;
    if (folder->size > most_bytes(folder)) {
        mp_error_set(error, MP_LIMIT,
                     "with '%s' there are more than %zu MB to pack: leave some out", name,
                     most_bytes(folder) >> 20);
        return false;
    }
    return true;
}

/* Games would refuse it later, by the name that it has in the archive. */
static bool is_good_name(const char *path, const char *name, MpError *error)
{
    MpError problem;
    const MpZipEntry entry = {.name = name, .name_length = strlen(name)};
    if (mp_zip_check_name(&entry, &problem))
        return true;
    mp_error_set(error, MP_REFUSED, "rename '%s': %s", path, problem.message);
    return false;
}

static bool add_file(MpPackFolder *folder, const char *path, const char *name, MpError *error)
{
    size_t size;
    MpError problem;
    if (!is_good_name(path, name, error))
        return false;
    char *content = mp_file_read(path, MP_ZIP_FILE_LIMIT, &size, &problem);
    if (!content)
        mp_error_set(error, problem.status, "%s%s", problem.message,
                     problem.status == MP_LIMIT ? ", of one file: make it smaller, or divide it"
                                                : "");
    return content && mp_pack_folder_put(folder, name, content, size, error);
}

static bool add_folder(MpPackFolder *folder, const char *path, const char *name, int depth,
                       MpError *error);

static bool add_entry(MpPackFolder *folder, const MpWatchEntry *entry, const char *path,
                      const char *name, int depth, MpError *error)
{
    if (entry->name[0] == '.') {
        folder->hidden++;
        return true;
    }
    if (entry->type == MP_WATCH_FILE)
        return add_file(folder, path, name, error);
    if (entry->type == MP_WATCH_DIRECTORY)
        return add_folder(folder, path, name, depth + 1, error);
    mp_error_set(error, MP_REFUSED, "'%s' is a link, a pipe or a device: copy the file itself",
                 path);
    return false;
}

static bool join_and_add(MpPackFolder *folder, const MpWatchEntry *entry, const char *path,
                         const char *name, int depth, MpError *error)
{
    char *inner_path = mp_path_join(path, entry->name);
    char *inner_name = *name ? mp_path_join(name, entry->name) : strdup(entry->name);
    bool good = inner_path && inner_name
                    ? add_entry(folder, entry, inner_path, inner_name, depth, error)
                    : no_memory(error);
    free(inner_path);
    free(inner_name);
    return good;
}

static bool add_folder(MpPackFolder *folder, const char *path, const char *name, int depth,
                       MpError *error)
{
    MpWatchList list;
    if (depth > MP_ZIP_DEPTH_LIMIT) {
        mp_error_set(error, MP_LIMIT, "'%s' is more than %d folders deep: move it up", path,
                     MP_ZIP_DEPTH_LIMIT);
        return false;
    }
    if (!mp_watch_list(path, &list, error))
        return false;
    bool good = true;
    for (size_t i = 0; i < list.count && good; i++)
        good = join_and_add(folder, &list.entries[i], path, name, depth, error);
    mp_watch_list_finish(&list);
    return good;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const MpPackFile *)a)->name, ((const MpPackFile *)b)->name);
}

void mp_pack_folder_sort(MpPackFolder *folder)
{
    if (folder->count > 1)
        qsort(folder->files, folder->count, sizeof *folder->files, compare_names);
}

bool mp_pack_folder_add(MpPackFolder *folder, const char *path, const char *name, MpError *error)
{
    return mp_file_is_directory(path) ? add_folder(folder, path, name, 1, error)
                                      : add_file(folder, path, name, error);
}

bool mp_pack_folder_read(MpPackFolder *folder, const char *path, MpError *error)
{
    *folder = (MpPackFolder){0};
    if (!mp_file_is_directory(path)) {
        mp_error_set(error, MP_NOT_FOUND, "'%s' is no folder", path);
        return false;
    }
    if (!add_folder(folder, path, "", 1, error))
        return false;
    mp_pack_folder_sort(folder);
    return true;
}

void mp_pack_folder_finish(MpPackFolder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        free(folder->files[i].name);
        free(folder->files[i].content);
    }
    free(folder->files);
    *folder = (MpPackFolder){0};
}
