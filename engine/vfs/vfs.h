/*
 * vfs/vfs.h - the game's files: folders and archives laid over one another.
 *
 *     MpVfs *vfs = mp_vfs_create(argv[0], &error);
 *     mp_vfs_mount_directory(vfs, "demo/assets", "/assets", &error);
 *     mp_vfs_mount_zip(vfs, "patch/winter.zip", "/", &error);
 *     size_t size;
 *     char *text = mp_vfs_read(vfs, "assets/fonts/moon.txt", 1 << 20, &size, &error);
 *     free(text);
 *
 * What a mount holds is not trusted: archives are checked before they are mounted (zip_check.h),
 * links, pipes and devices are not opened, and nothing is allocated before its size was compared
 * with the caller's limit.
 *
 * Glossary
 *   mount         a folder or an archive that was given a place in the tree; has a unique name
 *   mount point   that place: "/" or a path such as "/scripts"; need not exist before
 *   path          relative to the tree's top, with '/' between the parts; a leading '/' is ignored
 *   on top        a file of a later mount hides the file of the same path of an earlier one
 *
 * Thread: all functions on the thread that created the vfs. PhysFS, which does the work, is one
 * per process, and so is the vfs.
 */
#ifndef MP_VFS_H
#define MP_VFS_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MpVfs MpVfs;

/** Longest path, longest archive, and most names a listing may have. */
enum { MP_VFS_PATH_LIMIT = 240, MP_VFS_ARCHIVE_LIMIT = 256 << 20, MP_VFS_LIST_LIMIT = 65536 };

/**
 * Ownership: the caller's, until mp_vfs_destroy. `program` is argv[0]; NULL if unknown.
 * Errors: MP_INVALID while another vfs is alive, MP_MEMORY, MP_IO.
 */
MpVfs *mp_vfs_create(const char *program, MpError *error);

/** Unmounts everything. Takes NULL. */
void mp_vfs_destroy(MpVfs *vfs);

/**
 * Mounts a folder on top; its content is live. The mount's name is `path`.
 * Errors: MP_NOT_FOUND, MP_INVALID when the name is taken.
 */
bool mp_vfs_mount_directory(MpVfs *vfs, const char *path, const char *mount_point, MpError *error);

/**
 * Reads a zip archive into memory and mounts it on top; the file may be replaced or deleted from
 * then on. The mount's name is `path`.
 * Errors: MP_NOT_FOUND, MP_LIMIT, MP_FORMAT, MP_INVALID when the name is taken.
 */
bool mp_vfs_mount_zip(MpVfs *vfs, const char *path, const char *mount_point, MpError *error);

/**
 * Mounts a zip archive that is in memory on top. The same content may be mounted under several
 * names.
 * Ownership: takes `buffer`, which came from malloc(), also when it fails.
 * Errors: MP_FORMAT, MP_LIMIT, MP_INVALID when the name is taken.
 */
bool mp_vfs_mount_memory(MpVfs *vfs, const char *name, void *buffer, size_t size,
                         const char *mount_point, MpError *error);

/** How many mounts there are. */
size_t mp_vfs_count(const MpVfs *vfs);

/** Whether a mount has this name. */
bool mp_vfs_is_mounted(const MpVfs *vfs, const char *name);

/**
 * Puts the mount on top of the `below` lowest ones and under all others; these stay the same
 * mounts, so that nothing seems to have changed in them. Errors: MP_NOT_FOUND; MP_IO, and what
 * could not be mounted again is gone.
 */
bool mp_vfs_lower(MpVfs *vfs, const char *name, size_t below, MpError *error);

/** Takes a mount out of the tree. Errors: MP_NOT_FOUND. */
bool mp_vfs_unmount(MpVfs *vfs, const char *name, MpError *error);

/**
 * Reads a whole file of at most `limit` bytes. A zero byte is put behind the content.
 * `size` may be NULL.
 * Ownership: the caller frees the result with free().
 * Errors: MP_NOT_FOUND; MP_REFUSED for links, pipes, folders and bad paths; MP_LIMIT; MP_FORMAT
 * when the content is not as long as the archive says, or does not fit its checksum; MP_IO;
 * MP_MEMORY.
 */
char *mp_vfs_read(const MpVfs *vfs, const char *path, size_t limit, size_t *size, MpError *error);

/** Whether there is a regular file or a folder at `path`. */
bool mp_vfs_exists(const MpVfs *vfs, const char *path);

/** What is known of a file without reading it. */
typedef struct MpVfsStat {
    int64_t size;        /**< Bytes; 0 for folders. */
    int64_t modified_ns; /**< Time of the last change, nanoseconds since 1970. */
    bool is_directory;
    const char *source; /**< Name of the mount it comes from, "" for a bare mount point; the
                             vfs's, until that mount is taken away. */
    uint32_t mount;     /**< Number of that mount, from 1 in the order of mounting, never
                             used again for another; 0: none. */
} MpVfsStat;

/** Errors: MP_NOT_FOUND, MP_REFUSED. */
bool mp_vfs_stat(const MpVfs *vfs, const char *path, MpVfsStat *stat, MpError *error);

/** Whether two stats tell of the same, unchanged file. */
bool mp_vfs_stat_same(const MpVfsStat *a, const MpVfsStat *b);

/**
 * The names of files and folders in a folder, of all mounts, sorted by byte value and each once;
 * ends with NULL. Links, pipes and devices are left out.
 * `directory` "" or "/" is the top. A folder that does not exist has no names.
 * Ownership: the caller passes the result to mp_vfs_list_free.
 * Errors: MP_REFUSED, MP_LIMIT, MP_MEMORY.
 */
char **mp_vfs_list(const MpVfs *vfs, const char *directory, MpError *error);

/** Takes NULL. */
void mp_vfs_list_free(char **names);

/**
 * What a part that holds loaded files calls for each one it could not load again; it goes on with
 * what it had.
 */
typedef void MpVfsProblem(void *user, const char *path, const MpError *problem);

#endif
