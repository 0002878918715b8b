#include "vfs/vfs.h"

#include "file/file.h"
#include "vfs/memory_io.h"
#include "vfs/mounts.h"
#include "vfs/zip_check.h"

#include <physfs.h>
#include <stdlib.h>
#include <string.h>

const char *mp_vfs_reason(void)
{
    const char *text = PHYSFS_getErrorByCode(PHYSFS_getLastErrorCode());
    return text ? text : "unknown reason";
}

/* The other readers of PhysFS are old and were never hardened. Removing one reorders the list, so
   it is read again after each. */
static bool leave_only_zip(void)
{
    const PHYSFS_ArchiveInfo **types = PHYSFS_supportedArchiveTypes();
    while (*types) {
        if (strcmp((*types)->extension, "ZIP") == 0) {
            types++;
            continue;
        }
        if (!PHYSFS_deregisterArchiver((*types)->extension))
            return false;
        types = PHYSFS_supportedArchiveTypes();
    }
    return true;
}

static bool start_physfs(const char *program, MpError *error)
{
    if (PHYSFS_isInit()) {
        mp_error_set(error, MP_INVALID, "there can be one vfs at a time; destroy the other first");
        return false;
    }
    if (!PHYSFS_init(program)) {
        mp_error_set(error, MP_IO, "cannot start the file system: %s", mp_vfs_reason());
        return false;
    }
    PHYSFS_permitSymbolicLinks(0);
    if (!leave_only_zip()) {
        mp_error_set(error, MP_IO, "cannot remove an archive reader: %s", mp_vfs_reason());
        PHYSFS_deinit();
        return false;
    }
    return true;
}

MpVfs *mp_vfs_create(const char *program, MpError *error)
{
    MpVfs *vfs = calloc(1, sizeof *vfs);
    if (!vfs)
        mp_error_set(error, MP_MEMORY, "no memory for the vfs");
    if (vfs && !start_physfs(program, error)) {
        free(vfs);
        return NULL;
    }
    return vfs;
}

static void free_mount(Mount *mount)
{
    free(mount->name);
    free(mount->point);
    free(mount->content);
}

void mp_vfs_destroy(MpVfs *vfs)
{
    if (!vfs)
        return;
    PHYSFS_deinit();
    for (size_t i = 0; i < vfs->count; i++)
        free_mount(&vfs->mounts[i]);
    free(vfs->mounts);
    free(vfs);
}

const Mount *mp_vfs_find_mount(const MpVfs *vfs, const char *name)
{
    for (size_t i = 0; i < vfs->count; i++) {
        if (strcmp(vfs->mounts[i].name, name) == 0)
            return &vfs->mounts[i];
    }
    return NULL;
}

static bool grow(MpVfs *vfs)
{
    if (vfs->count < vfs->capacity)
        return true;
    size_t capacity = vfs->capacity ? vfs->capacity * 2 : 8;
    Mount *mounts = realloc(vfs->mounts, capacity * sizeof *mounts);
    if (!mounts)
        return false;
    vfs->mounts = mounts;
    vfs->capacity = capacity;
    return true;
}

static char *copy_point(const char *point)
{
    while (*point == '/')
        point++;
    size_t length = strlen(point);
    while (length && point[length - 1] == '/')
        length--;
    return strndup(point, length);
}

/* Makes room for a mount and fills its record, which is not counted before it is mounted. */
static Mount *prepare(MpVfs *vfs, const char *name, const char *point, MpError *error)
{
    if (!*name || mp_vfs_find_mount(vfs, name)) {
        mp_error_set(error, MP_INVALID, "'%s' is %s", name, *name ? "mounted already" : "no name");
        return NULL;
    }
    if (grow(vfs)) {
        Mount *mount = &vfs->mounts[vfs->count];
        *mount = (Mount){.name = strdup(name), .point = copy_point(point)};
        if (mount->name && mount->point)
            return mount;
        free_mount(mount);
    }
    mp_error_set(error, MP_MEMORY, "no memory to mount '%s'", name);
    return NULL;
}

static bool settle(MpVfs *vfs, Mount *mount, int mounted, MpError *error)
{
    if (mounted) {
        mount->number = ++vfs->last_number;
        vfs->count++;
    } else {
        mp_error_set(error, MP_FORMAT, "cannot mount '%s' at '/%s': %s", mount->name, mount->point,
                     mp_vfs_reason());
        free_mount(mount);
    }
    return mounted != 0;
}

bool mp_vfs_mount_directory(MpVfs *vfs, const char *path, const char *mount_point, MpError *error)
{
    if (!mp_file_is_directory(path)) {
        mp_error_set(error, MP_NOT_FOUND, "cannot mount '%s': there is no such folder", path);
        return false;
    }
    Mount *mount = prepare(vfs, path, mount_point, error);
    if (!mount)
        return false;
    return settle(vfs, mount, PHYSFS_mount(mount->name, mount->point, 0), error);
}

static bool mount_stream(const Mount *mount)
{
    PHYSFS_Io *stream = mp_memory_io_create(mount->content, mount->size);
    if (!stream) {
        PHYSFS_setErrorCode(PHYSFS_ERR_OUT_OF_MEMORY);
        return false;
    }
    bool mounted = PHYSFS_mountIo(stream, mount->name, mount->point, 0);
    if (!mounted)
        stream->destroy(stream);
    return mounted;
}

static int mount_again(const Mount *mount)
{
    return mount->content ? mount_stream(mount) : PHYSFS_mount(mount->name, mount->point, 0);
}

bool mp_vfs_mount_memory(MpVfs *vfs, const char *name, void *buffer, size_t size,
                         const char *mount_point, MpError *error)
{
    MpError problem;
    Mount *mount = NULL;
    if (mp_zip_check(buffer, size, &problem))
        mount = prepare(vfs, name, mount_point, error);
    else
        mp_error_set(error, problem.status, "cannot mount '%s': %s", name, problem.message);
    if (!mount) {
        free(buffer);
        return false;
    }
    mount->content = buffer;
    mount->size = size;
    return settle(vfs, mount, mount_stream(mount), error);
}

bool mp_vfs_mount_zip(MpVfs *vfs, const char *path, const char *mount_point, MpError *error)
{
    size_t size;
    char *buffer = mp_file_read(path, MP_VFS_ARCHIVE_LIMIT, &size, error);
    return buffer && mp_vfs_mount_memory(vfs, path, buffer, size, mount_point, error);
}

size_t mp_vfs_count(const MpVfs *vfs) { return vfs->count; }

bool mp_vfs_is_mounted(const MpVfs *vfs, const char *name)
{
    return mp_vfs_find_mount(vfs, name) != NULL;
}

static void drop(MpVfs *vfs, size_t index)
{
    free_mount(&vfs->mounts[index]);
    vfs->count--;
    memmove(&vfs->mounts[index], &vfs->mounts[index + 1],
            (vfs->count - index) * sizeof vfs->mounts[0]);
}

/* PhysFS mounts on top or at the bottom, and nowhere else. */
static bool mount_all_again(MpVfs *vfs, size_t first, MpError *error)
{
    bool ok = true;
    for (size_t i = first; i < vfs->count; i++)
        PHYSFS_unmount(vfs->mounts[i].name);
    for (size_t i = first; i < vfs->count;) {
        if (mount_again(&vfs->mounts[i])) {
            i++;
            continue;
        }
        mp_error_set(error, MP_IO, "cannot mount '%s' again: %s", vfs->mounts[i].name,
                     mp_vfs_reason());
        drop(vfs, i);
        ok = false;
    }
    return ok;
}

bool mp_vfs_lower(MpVfs *vfs, const char *name, size_t below, MpError *error)
{
    const Mount *found = mp_vfs_find_mount(vfs, name);
    if (!found) {
        mp_error_set(error, MP_NOT_FOUND, "nothing called '%s' is mounted", name);
        return false;
    }
    size_t index = (size_t)(found - vfs->mounts);
    if (index <= below)
        return true;
    Mount mount = *found;
    memmove(&vfs->mounts[below + 1], &vfs->mounts[below], (index - below) * sizeof mount);
    vfs->mounts[below] = mount;
    return mount_all_again(vfs, below, error);
}

bool mp_vfs_unmount(MpVfs *vfs, const char *name, MpError *error)
{
    const Mount *found = mp_vfs_find_mount(vfs, name);
    if (!found) {
        mp_error_set(error, MP_NOT_FOUND, "nothing called '%s' is mounted", name);
        return false;
    }
    if (!PHYSFS_unmount(found->name)) {
        mp_error_set(error, MP_IO, "cannot unmount '%s': %s", name, mp_vfs_reason());
        return false;
    }
    drop(vfs, (size_t)(found - vfs->mounts));
    return true;
}
