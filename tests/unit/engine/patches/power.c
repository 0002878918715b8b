#include "patches/power.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { INODE_LIMIT = 256, NAME_LIMIT = 64, PATH_SIZE = 600, FILE_LIMIT = 1024, DEPTH_LIMIT = 8 };

/* A file or folder. The disk has its first `synchronised` bytes for sure. */
typedef struct Inode {
    char *data;
    size_t size, synchronised;
    bool is_folder;
} Inode;

typedef struct Name {
    char path[PATH_SIZE]; /* below the folder that is followed; "": free */
    int inode;
} Name;

static struct {
    char folder[PATH_SIZE];
    Inode inodes[INODE_LIMIT];
    int inode_count;
    Name now[NAME_LIMIT], synchronised[NAME_LIMIT];
    struct {
        int inode; /* -1: none that is followed */
        char path[PATH_SIZE];
    } files[FILE_LIMIT];
} disk;
static bool follows;

void power_begin(const char *folder)
{
    memset(&disk, 0, sizeof disk);
    snprintf(disk.folder, sizeof disk.folder, "%s", folder);
    for (int i = 0; i < FILE_LIMIT; i++)
        disk.files[i].inode = -1;
    follows = true;
}

void power_end(void)
{
    for (int i = 0; i < disk.inode_count; i++)
        free(disk.inodes[i].data);
    follows = false;
}

/* ---- what happens --------------------------------------------------------------------------- */

/* The path below the folder that is followed; NULL: it is elsewhere. */
static const char *below(const char *path)
{
    size_t length = strlen(disk.folder);
    if (!follows || strncmp(path, disk.folder, length) != 0)
        return NULL;
    return path[length] == '/' ? path + length + 1 : path[length] ? NULL : "";
}

static Name *find(Name *names, const char *path)
{
    for (int i = 0; i < NAME_LIMIT; i++) {
        if (strcmp(names[i].path, path) == 0)
            return &names[i];
    }
    return NULL;
}

static int add_inode(const char *path, bool is_folder)
{
    Name *name = find(disk.now, "");
    cr_assert(name && disk.inode_count < INODE_LIMIT, "the model of the disk is too small");
    snprintf(name->path, sizeof name->path, "%s", path);
    name->inode = disk.inode_count;
    disk.inodes[disk.inode_count].is_folder = is_folder;
    return disk.inode_count++;
}

void power_opened(int file, const char *path, int flags)
{
    const char *name = below(path);
    if (!name || file >= FILE_LIMIT)
        return;
    Name *known = *name ? find(disk.now, name) : NULL;
    int inode = known ? known->inode : -1;
    if (!known && (flags & O_CREAT))
        inode = add_inode(name, false);
    if (inode >= 0 && (flags & O_TRUNC))
        disk.inodes[inode].size = disk.inodes[inode].synchronised = 0;
    disk.files[file].inode = inode;
    snprintf(disk.files[file].path, sizeof disk.files[file].path, "%s", name);
    if (inode < 0)
        disk.files[file].inode = *name ? -1 : INODE_LIMIT; /* the folder that is followed */
}

void power_written(int file, const void *data, size_t size)
{
    if (!follows || disk.files[file].inode < 0)
        return;
    Inode *inode = &disk.inodes[disk.files[file].inode];
    inode->data = realloc(inode->data, inode->size + size);
    cr_assert(inode->data);
    memcpy(inode->data + inode->size, data, size);
    inode->size += size;
}

/* Whether a path lies in a folder itself, not deeper. */
static bool lies_in(const char *path, const char *folder)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    return *path && strlen(folder) == length && strncmp(path, folder, length) == 0;
}

static void synchronise_folder(const char *folder)
{
    for (int i = 0; i < NAME_LIMIT; i++) {
        if (lies_in(disk.synchronised[i].path, folder))
            disk.synchronised[i].path[0] = '\0';
    }
    for (int i = 0; i < NAME_LIMIT; i++) {
        if (lies_in(disk.now[i].path, folder))
            *find(disk.synchronised, "") = disk.now[i];
    }
}

void power_synchronised(int file)
{
    if (!follows || disk.files[file].inode < 0)
        return;
    int inode = disk.files[file].inode;
    if (inode == INODE_LIMIT || disk.inodes[inode].is_folder)
        synchronise_folder(disk.files[file].path);
    else
        disk.inodes[inode].synchronised = disk.inodes[inode].size;
}

void power_renamed(const char *from, const char *to)
{
    const char *old = below(from), *new = below(to);
    if (!old || !new)
        return;
    power_unlinked(to);
    Name *name = find(disk.now, old);
    cr_assert(name);
    snprintf(name->path, sizeof name->path, "%s", new);
}

void power_linked(const char *from, const char *to)
{
    const char *old = below(from), *new = below(to);
    const Name *known = old && new ? find(disk.now, old) : NULL;
    Name *name = known ? find(disk.now, "") : NULL;
    cr_assert(!known || name, "the model of the disk is too small");
    if (!name)
        return;
    snprintf(name->path, sizeof name->path, "%s", new);
    name->inode = known->inode;
}

void power_unlinked(const char *path)
{
    const char *name = below(path);
    Name *found = name && *name ? find(disk.now, name) : NULL;
    if (found)
        found->path[0] = '\0';
}

void power_made_folder(const char *path)
{
    const char *name = below(path);
    if (name && *name)
        add_inode(name, true);
}

void power_closed(int file)
{
    if (follows && file >= 0 && file < FILE_LIMIT)
        disk.files[file].inode = -1;
}

/* ---- what is left --------------------------------------------------------------------------- */

static size_t size_left(const Inode *inode, PowerCut cut)
{
    switch (cut) {
    case POWER_NOTHING:
    case POWER_NAMES_AHEAD:
        return inode->synchronised;
    case POWER_HALVES:
        return inode->synchronised + (inode->size - inode->synchronised) / 2;
    default:
        return inode->size;
    }
}

static void write_left(const Name *name, PowerCut cut, const char *copy)
{
    char path[2 * PATH_SIZE];
    const Inode *inode = &disk.inodes[name->inode];
    snprintf(path, sizeof path, "%s/%s", copy, name->path);
    if (inode->is_folder) {
        mkdir(path, 0755);
        return;
    }
    FILE *file = fopen(path, "wb");
    if (!file)
        return; /* its folder is lost */
    fwrite(inode->data ? inode->data : "", 1, size_left(inode, cut), file);
    fclose(file);
}

static int depth_of(const char *path)
{
    int depth = 0;
    for (; (path = strchr(path, '/')); path++)
        depth++;
    return depth;
}

void power_cut(PowerCut cut, const char *copy)
{
    const Name *names =
        cut == POWER_NOTHING || cut == POWER_DATA_AHEAD ? disk.synchronised : disk.now;
    for (int depth = 0; depth <= DEPTH_LIMIT; depth++) { /* folders before what is in them */
        for (int i = 0; i < NAME_LIMIT; i++) {
            if (names[i].path[0] && depth_of(names[i].path) == depth)
                write_left(&names[i], cut, copy);
        }
    }
}
