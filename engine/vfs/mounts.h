/*
 * vfs/mounts.h - what vfs.c knows of each mount, for vfs_read.c.
 */
#ifndef MP_VFS_MOUNTS_H
#define MP_VFS_MOUNTS_H

#include "vfs/vfs.h"

typedef struct Mount {
    char *name;    /* also PhysFS's name for it */
    char *point;   /* without a slash at either end; "" is the top */
    void *content; /* of an archive; NULL: a folder */
    size_t size;   /* of the content */
    uint32_t number;
} Mount;

struct MpVfs {
    Mount *mounts;
    size_t count;
    size_t capacity;
    uint32_t last_number;
};

/** The mount called `name`, or NULL. */
const Mount *mp_vfs_find_mount(const MpVfs *vfs, const char *name);

/** Whether `path` may be asked for; "" is the top. Errors: MP_REFUSED. */
bool mp_vfs_check_path(const char *path, MpError *error);

/** What PhysFS last complained of on this thread: a static string. */
const char *mp_vfs_reason(void);

#endif
