#include "watch/signature.h"

#include "file/path.h"
#include "watch/watch.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <uv.h>

/* FNV-1a, 64 bits. */
static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return hash;
}

static const uint64_t START = 14695981039346656037u;

static uint64_t mix_entry(uint64_t hash, const MpWatchEntry *entry)
{
    for (const char *c = entry->name; *c; c++)
        hash = mix(hash, c, 1);
    /* A folder's size and time tell nothing that its entries do not. */
    int64_t facts[] = {(int64_t)entry->type, entry->size, entry->modified_ns, entry->changed_ns,
                       (int64_t)entry->identity};
    return mix(hash, facts, entry->type == MP_WATCH_DIRECTORY ? sizeof facts[0] : sizeof facts);
}

static uint64_t mix_tree(uint64_t hash, const char *path, int depth)
{
    MpWatchList list;
    if (!mp_watch_list(path, &list, NULL))
        return hash;
    for (size_t i = 0; i < list.count; i++) {
        hash = mix_entry(hash, &list.entries[i]);
        if (list.entries[i].type != MP_WATCH_DIRECTORY || depth == MP_WATCH_DEPTH_LIMIT)
            continue;
        char *below = mp_path_join(path, list.entries[i].name);
        if (below)
            hash = mix_tree(hash, below, depth + 1);
        free(below);
        /* Where a folder ends: "a/b" must not look like "a", "b". */
        hash = mix(hash, "/", 1);
    }
    mp_watch_list_finish(&list);
    return hash;
}

uint64_t mp_watch_signature(const char *path)
{
    return mp_watch_identity(path) ? mix_tree(START, path, 1) : 0;
}

uint64_t mp_watch_identity(const char *path)
{
    uv_fs_t request;
    int code = uv_fs_stat(NULL, &request, path, NULL);
    uint64_t facts[] = {request.statbuf.st_dev, request.statbuf.st_ino};
    uint64_t mode = request.statbuf.st_mode;
    uv_fs_req_cleanup(&request);
    return code < 0 || (mode & S_IFMT) != S_IFDIR ? 0 : mix(START, facts, sizeof facts);
}
