#include "watch/tree.h"

#include "file/path.h"
#include "watch/signature.h"
#include "watch/watch.h"

#include <stdlib.h>
#include <string.h>

/* More folders than this are scanned: the system's watches are for all programs together. */
enum { FOLDER_LIMIT = 4096 };

/* One watched folder. It outlives its tree until the loop has closed its handle. */
typedef struct Folder {
    uv_fs_event_t handle; /* first member: close callbacks cast back */
    struct Folder *next;
    MpTree *tree;
    char *path;
    uint64_t identity;
    bool seen;  /* in the walk that is under way */
    bool stale; /* may be the watch of a folder that was deleted */
} Folder;

struct MpTree {
    uv_loop_t *loop;
    char *path;
    MpTreeChanged *changed;
    void *user;
    Folder *folders;
    size_t count;
    uint64_t identity;  /* of the top folder when it was last looked at */
    uint64_t signature; /* when scanning */
    bool scanning;
};

static void folder_closed(uv_handle_t *handle)
{
    Folder *folder = (Folder *)handle;
    free(folder->path);
    free(folder);
}

static void close_folder(Folder *folder)
{
    uv_close((uv_handle_t *)&folder->handle, folder_closed);
}

/* A folder's own end is reported with the folder's name. A child of that name looks the same,
   and costs no more than a watch that is started anew. */
static void folder_changed(uv_fs_event_t *handle, const char *name, int events, int status)
{
    (void)events;
    Folder *folder = (Folder *)handle;
    if (status < 0 || (name && strcmp(name, mp_path_base(folder->path)) == 0))
        folder->stale = true;
    folder->tree->changed(folder->tree->user);
}

static Folder *find_folder(const MpTree *tree, const char *path)
{
    for (Folder *folder = tree->folders; folder; folder = folder->next) {
        if (strcmp(folder->path, path) == 0)
            return folder;
    }
    return NULL;
}

static bool start_folder(MpTree *tree, const char *path, uint64_t identity)
{
    Folder *folder = calloc(1, sizeof *folder);
    char *copy = strdup(path);
    if (!folder || !copy || uv_fs_event_init(tree->loop, &folder->handle)) {
        free(folder);
        free(copy);
        return false;
    }
    folder->tree = tree;
    folder->path = copy;
    folder->identity = identity;
    folder->seen = true;
    int code = uv_fs_event_start(&folder->handle, folder_changed, path, 0);
    if (code < 0) {
        close_folder(folder);
        /* A folder that vanished meanwhile is no reason to scan; its parent reports. */
        return code == UV_ENOENT || code == UV_ENOTDIR;
    }
    folder->next = tree->folders;
    tree->folders = folder;
    tree->count++;
    return true;
}

static void close_folders(MpTree *tree, bool only_unseen)
{
    for (Folder **link = &tree->folders; *link;) {
        Folder *folder = *link;
        if (only_unseen && folder->seen) {
            link = &folder->next;
            continue;
        }
        *link = folder->next;
        tree->count--;
        close_folder(folder);
    }
}

static bool watch_folder(MpTree *tree, const char *path)
{
    uint64_t identity = mp_watch_identity(path);
    if (!identity)
        return true;
    Folder *folder = find_folder(tree, path);
    if (folder && folder->identity == identity && !folder->stale) {
        folder->seen = true;
        return true;
    }
    if (tree->count >= FOLDER_LIMIT)
        return false;
    /* An old watch of this path stays unseen and is ended after the walk. */
    return start_folder(tree, path, identity);
}

/* Watches first, then looks for folders, so that one made in between is reported. */
static bool walk(MpTree *tree, const char *path, int depth)
{
    if (!watch_folder(tree, path))
        return false;
    MpWatchList list;
    if (depth > MP_WATCH_DEPTH_LIMIT || !mp_watch_list(path, &list, NULL))
        return true;
    bool watched = true;
    for (size_t i = 0; watched && i < list.count; i++) {
        if (list.entries[i].type != MP_WATCH_DIRECTORY)
            continue;
        char *below = mp_path_join(path, list.entries[i].name);
        watched = below && walk(tree, below, depth + 1);
        free(below);
    }
    mp_watch_list_finish(&list);
    return watched;
}

void mp_tree_refresh(MpTree *tree)
{
    if (tree->scanning)
        return;
    tree->identity = mp_watch_identity(tree->path);
    for (Folder *folder = tree->folders; folder; folder = folder->next)
        folder->seen = false;
    tree->scanning = !walk(tree, tree->path, 1);
    close_folders(tree, !tree->scanning);
    if (tree->scanning)
        tree->signature = mp_watch_signature(tree->path);
}

static void check_signature(MpTree *tree)
{
    uint64_t signature = mp_watch_signature(tree->path);
    if (signature == tree->signature)
        return;
    tree->signature = signature;
    tree->changed(tree->user);
}

void mp_tree_check(MpTree *tree)
{
    if (tree->scanning)
        check_signature(tree);
    else if (mp_watch_identity(tree->path) != tree->identity)
        tree->changed(tree->user);
}

bool mp_tree_is_scanning(const MpTree *tree) { return tree->scanning; }

MpTree *mp_tree_open(uv_loop_t *loop, const char *path, bool scan, MpTreeChanged *changed,
                     void *user)
{
    MpTree *tree = calloc(1, sizeof *tree);
    char *copy = strdup(path);
    if (!tree || !copy) {
        free(tree);
        free(copy);
        return NULL;
    }
    *tree = (MpTree){.loop = loop, .path = copy, .changed = changed, .user = user};
    size_t length = strlen(copy);
    while (length > 1 && copy[length - 1] == '/')
        copy[--length] = '\0';
    if (scan) {
        tree->scanning = true;
        tree->signature = mp_watch_signature(copy);
    } else {
        mp_tree_refresh(tree);
    }
    return tree;
}

void mp_tree_close(MpTree *tree)
{
    if (!tree)
        return;
    close_folders(tree, false);
    free(tree->path);
    free(tree);
}
