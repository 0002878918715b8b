#include "watch/watch.h"

#include "file/file.h"
#include "file/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

static MpWatchType type_of(uint64_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return MP_WATCH_FILE;
    case S_IFDIR:
        return MP_WATCH_DIRECTORY;
    default:
        return MP_WATCH_OTHER;
    }
}

static int64_t nanoseconds(uv_timespec_t time)
{
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_nsec;
}

/* 1: filled; 0: the file is gone; otherwise a status. */
typedef enum Outcome { FILLED, GONE, FAILED } Outcome;

static Outcome read_entry(const char *directory, const char *name, MpWatchEntry *entry)
{
    char *path = mp_path_join(directory, name);
    if (!path)
        return FAILED;
    uv_fs_t request;
    int code = uv_fs_lstat(NULL, &request, path, NULL);
    uv_stat_t stat = request.statbuf;
    uv_fs_req_cleanup(&request);
    free(path);
    if (code < 0)
        return GONE;
    *entry = (MpWatchEntry){
        .name = strdup(name),
        .type = type_of(stat.st_mode),
        .size = (int64_t)stat.st_size,
        .modified_ns = nanoseconds(stat.st_mtim),
        .changed_ns = nanoseconds(stat.st_ctim),
        .identity = stat.st_ino,
    };
    return entry->name ? FILLED : FAILED;
}

static bool read_entries(uv_fs_t *scan, const char *directory, MpWatchList *list)
{
    uv_dirent_t found;
    while (uv_fs_scandir_next(scan, &found) != UV_EOF) {
        switch (read_entry(directory, found.name, &list->entries[list->count])) {
        case FILLED:
            list->count++;
            break;
        case GONE:
            break;
        case FAILED:
            return false;
        }
    }
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const MpWatchEntry *)a)->name, ((const MpWatchEntry *)b)->name);
}

static bool fill(uv_fs_t *scan, size_t count, const char *directory, MpWatchList *list,
                 MpError *error)
{
    if (count > MP_WATCH_LIST_LIMIT) {
        mp_error_set(error, MP_LIMIT, "'%s' has more than %d entries", directory,
                     MP_WATCH_LIST_LIMIT);
        return false;
    }
    /* calloc of nothing may give NULL. */
    MpWatchList fresh = {.entries = calloc(count + 1, sizeof(MpWatchEntry))};
    if (!fresh.entries || !read_entries(scan, directory, &fresh)) {
        mp_error_set(error, MP_MEMORY, "no memory to list '%s'", directory);
        mp_watch_list_finish(&fresh);
        return false;
    }
    qsort(fresh.entries, fresh.count, sizeof fresh.entries[0], compare_names);
    *list = fresh;
    return true;
}

bool mp_watch_list(const char *directory, MpWatchList *list, MpError *error)
{
    uv_fs_t scan;
    int count = uv_fs_scandir(NULL, &scan, directory, 0, NULL);
    bool filled = count >= 0 && fill(&scan, (size_t)count, directory, list, error);
    if (count < 0)
        mp_file_error(error, "list", directory, count);
    uv_fs_req_cleanup(&scan);
    return filled;
}

void mp_watch_list_finish(MpWatchList *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->entries[i].name);
    free(list->entries);
    *list = (MpWatchList){0};
}

bool mp_watch_entry_same(const MpWatchEntry *a, const MpWatchEntry *b)
{
    return a->type == b->type && a->size == b->size && a->modified_ns == b->modified_ns &&
           a->changed_ns == b->changed_ns && a->identity == b->identity;
}
