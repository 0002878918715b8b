#include "vfs/mounts.h"
#include "vfs/zip.h"

#include <limits.h>
#include <physfs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>
#include <zlib.h>

static bool has_dots(const char *path)
{
    while (*path) {
        size_t length = strcspn(path, "/");
        if (length > 0 && length <= 2 && memcmp(path, "..", length) == 0)
            return true;
        path += length + (path[length] == '/');
    }
    return false;
}

/* '$' starts a password in PhysFS's zip reader. */
static bool is_good_path(const char *path)
{
    size_t length = strlen(path);
    if (length > MP_VFS_PATH_LIMIT || strpbrk(path, "$\\:") || strstr(path, "//") || has_dots(path))
        return false;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)path[i] < 0x20 || (unsigned char)path[i] == 0x7F)
            return false;
    }
    return true;
}

bool mp_vfs_check_path(const char *path, MpError *error)
{
    bool good = is_good_path(path);
    if (!good)
        mp_error_set(
            error, MP_REFUSED,
            "'%s' is no path: at most %d bytes, something but . and .. between slashes, and "
            "none of \\ : $ or control characters",
            path, MP_VFS_PATH_LIMIT);
    return good;
}

static MpStatus status_of(PHYSFS_ErrorCode code)
{
    switch (code) {
    case PHYSFS_ERR_OK: /* what PhysFS says when nothing at all is mounted */
    case PHYSFS_ERR_NOT_FOUND:
        return MP_NOT_FOUND;
    case PHYSFS_ERR_BAD_FILENAME:
    case PHYSFS_ERR_SYMLINK_FORBIDDEN:
        return MP_REFUSED;
    case PHYSFS_ERR_OUT_OF_MEMORY:
        return MP_MEMORY;
    case PHYSFS_ERR_CORRUPT:
        return MP_FORMAT;
    default:
        return MP_IO;
    }
}

static void set_physfs_error(MpError *error, const char *path)
{
    PHYSFS_ErrorCode code = PHYSFS_getLastErrorCode();
    const char *reason = code == PHYSFS_ERR_OK ? "not found" : PHYSFS_getErrorByCode(code);
    mp_error_set(error, status_of(code), "cannot read '%s': %s", path, reason);
}

/* The facts of PhysFS, once the path and the type are fit to be touched. */
static bool stat_plain(const char *path, PHYSFS_Stat *plain, MpError *error)
{
    if (!mp_vfs_check_path(path, error))
        return false;
    if (!PHYSFS_stat(path, plain)) {
        set_physfs_error(error, path);
        return false;
    }
    if (plain->filetype != PHYSFS_FILETYPE_REGULAR &&
        plain->filetype != PHYSFS_FILETYPE_DIRECTORY) {
        mp_error_set(error, MP_REFUSED, "cannot read '%s': it is not a regular file", path);
        return false;
    }
    return true;
}

static bool check_size(PHYSFS_sint64 size, size_t limit, const char *path, MpError *error)
{
    if (size < 0) {
        mp_error_set(error, MP_IO, "cannot read '%s': its size is unknown", path);
        return false;
    }
    if ((PHYSFS_uint64)size > limit) {
        mp_error_set(error, MP_LIMIT, "'%s' has %lld bytes; at most %zu are read", path,
                     (long long)size, limit);
        return false;
    }
    return true;
}

static char *read_open(PHYSFS_File *file, const char *path, size_t limit, size_t *size,
                       MpError *error)
{
    PHYSFS_sint64 length = PHYSFS_fileLength(file);
    if (!check_size(length, limit, path, error))
        return NULL;
    char *data = malloc((size_t)length + 1);
    if (!data) {
        mp_error_set(error, MP_MEMORY, "no memory for the %lld bytes of '%s'", (long long)length,
                     path);
        return NULL;
    }
    PHYSFS_sint64 count = PHYSFS_readBytes(file, data, (PHYSFS_uint64)length);
    if (count != length) {
        mp_error_set(error, MP_FORMAT, "'%s' ends after %lld of its %lld bytes", path,
                     (long long)(count < 0 ? 0 : count), (long long)length);
        free(data);
        return NULL;
    }
    data[length] = '\0';
    *size = (size_t)length;
    return data;
}

/* The part of a path of this mount below its point; NULL for a folder above the point. */
static const char *below_point(const Mount *mount, const char *path)
{
    size_t length = strlen(mount->point);
    while (*path == '/')
        path++;
    if (strncmp(path, mount->point, length) != 0)
        return NULL;
    path += length;
    while (*path == '/')
        path++;
    return path;
}

/* The mount that a path is read from, or NULL. */
static const Mount *mount_of(const MpVfs *vfs, const char *path)
{
    const char *name = PHYSFS_getRealDir(path);
    return name ? mp_vfs_find_mount(vfs, name) : NULL;
}

/* What came out of an archive must fit the archive's checksum, which PhysFS does not look at. */
static bool check_sum(const MpVfs *vfs, const char *path, const char *data, size_t size,
                      MpError *error)
{
    MpZip zip;
    MpZipEntry entry;
    const Mount *mount = mount_of(vfs, path);
    if (!mount || !mount->content)
        return true;
    const char *below = below_point(mount, path);
    if (below && mp_zip_open(&zip, mount->content, mount->size, NULL) &&
        mp_zip_find(&zip, below, &entry) &&
        crc32(crc32(0, NULL, 0), (const Bytef *)data, (uInt)size) == entry.crc)
        return true;
    mp_error_set(error, MP_FORMAT, "'%s' is damaged: its content does not fit its checksum", path);
    return false;
}

char *mp_vfs_read(const MpVfs *vfs, const char *path, size_t limit, size_t *size, MpError *error)
{
    size_t length;
    PHYSFS_Stat plain;
    if (!stat_plain(path, &plain, error))
        return NULL;
    if (plain.filetype == PHYSFS_FILETYPE_DIRECTORY) {
        mp_error_set(error, MP_REFUSED, "cannot read '%s': it is a folder", path);
        return NULL;
    }
    PHYSFS_File *file = PHYSFS_openRead(path);
    if (!file) {
        set_physfs_error(error, path);
        return NULL;
    }
    char *data = read_open(file, path, limit, &length, error);
    PHYSFS_close(file);
    if (data && !check_sum(vfs, path, data, length, error)) {
        free(data);
        return NULL;
    }
    if (data && size)
        *size = length;
    return data;
}

bool mp_vfs_exists(const MpVfs *vfs, const char *path)
{
    (void)vfs;
    PHYSFS_Stat plain;
    return stat_plain(path, &plain, NULL);
}

/* PhysFS knows seconds only, too coarse for a picture that is saved twice in a row. */
static bool precise_time(const Mount *mount, const char *path, int64_t *modified_ns)
{
    const char *below = below_point(mount, path);
    if (!below)
        return false;
    char real[PATH_MAX];
    int length = snprintf(real, sizeof real, "%s/%s", mount->name, below);
    if (length < 0 || (size_t)length >= sizeof real)
        return false;
    uv_fs_t request;
    int code = uv_fs_lstat(NULL, &request, real, NULL);
    if (code >= 0)
        *modified_ns = (int64_t)request.statbuf.st_mtim.tv_sec * 1000000000 +
                       (int64_t)request.statbuf.st_mtim.tv_nsec;
    uv_fs_req_cleanup(&request);
    return code >= 0;
}

bool mp_vfs_stat(const MpVfs *vfs, const char *path, MpVfsStat *stat, MpError *error)
{
    PHYSFS_Stat plain;
    if (!stat_plain(path, &plain, error))
        return false;
    const Mount *mount = mount_of(vfs, path);
    *stat = (MpVfsStat){
        .size = plain.filesize > 0 ? plain.filesize : 0,
        .modified_ns = plain.modtime * 1000000000,
        .is_directory = plain.filetype == PHYSFS_FILETYPE_DIRECTORY,
        .source = mount ? mount->name : "",
        .mount = mount ? mount->number : 0,
    };
    if (stat->is_directory)
        stat->size = 0;
    if (mount && !mount->content)
        precise_time(mount, path, &stat->modified_ns);
    return true;
}

bool mp_vfs_stat_same(const MpVfsStat *a, const MpVfsStat *b)
{
    return a->mount == b->mount && a->size == b->size && a->modified_ns == b->modified_ns &&
           a->is_directory == b->is_directory;
}
