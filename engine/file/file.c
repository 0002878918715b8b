#include "file/file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

/* Calls of libuv without a loop and a callback happen at once. */
static int finish(uv_fs_t *request)
{
    int result = (int)request->result;
    uv_fs_req_cleanup(request);
    return result;
}

static int open_file(const char *path, int flags)
{
    uv_fs_t request;
    uv_fs_open(NULL, &request, path, flags, 0666, NULL);
    return finish(&request);
}

static int close_file(int file)
{
    uv_fs_t request;
    uv_fs_close(NULL, &request, file, NULL);
    return finish(&request);
}

static int remove_file(const char *path)
{
    uv_fs_t request;
    uv_fs_unlink(NULL, &request, path, NULL);
    return finish(&request);
}

MpStatus mp_file_error(MpError *error, const char *verb, const char *path, int code)
{
    MpStatus status = code == UV_ENOENT || code == UV_ENOTDIR ? MP_NOT_FOUND
                      : code == UV_ENOMEM                     ? MP_MEMORY
                                                              : MP_IO;
    return mp_error_set(error, status, "cannot %s '%s': %s", verb, path, uv_strerror(code));
}

static bool regular_size(int file, const char *path, size_t limit, size_t *size, MpError *error)
{
    uv_fs_t request;
    int code = uv_fs_fstat(NULL, &request, file, NULL);
    uint64_t mode = request.statbuf.st_mode;
    uint64_t length = request.statbuf.st_size;
    uv_fs_req_cleanup(&request);
    if (code < 0) {
        mp_file_error(error, "read", path, code);
        return false;
    }
    if ((mode & S_IFMT) != S_IFREG) {
        mp_error_set(error, MP_IO, "cannot read '%s': it is not a regular file", path);
        return false;
    }
    if (length > limit) {
        mp_error_set(error, MP_LIMIT, "'%s' has %llu bytes; at most %zu are read", path,
                     (unsigned long long)length, limit);
        return false;
    }
    *size = (size_t)length;
    return true;
}

/* The file, or -1. Asked not to wait, the opening of a pipe does not wait for its writer. */
static int open_regular(const char *path, size_t limit, size_t *size, MpError *error)
{
    int file = open_file(path, UV_FS_O_RDONLY | UV_FS_O_NONBLOCK);
    if (file < 0) {
        mp_file_error(error, "read", path, file);
        return -1;
    }
    if (regular_size(file, path, limit, size, error))
        return file;
    close_file(file);
    return -1;
}

static int read_part(int file, char *data, size_t size)
{
    uv_fs_t request;
    uv_buf_t buffer = uv_buf_init(data, (unsigned)(size < (1u << 30) ? size : 1u << 30));
    uv_fs_read(NULL, &request, file, &buffer, 1, -1, NULL);
    return finish(&request);
}

static bool read_all(int file, const char *path, char *data, size_t size, MpError *error)
{
    for (size_t done = 0; done < size;) {
        int count = read_part(file, data + done, size - done);
        if (count < 0) {
            mp_file_error(error, "read", path, count);
            return false;
        }
        if (count == 0) {
            mp_error_set(error, MP_IO, "'%s' was cut while it was read", path);
            return false;
        }
        done += (size_t)count;
    }
    return true;
}

char *mp_file_read(const char *path, size_t limit, size_t *size, MpError *error)
{
    size_t length;
    int file = open_regular(path, limit, &length, error);
    if (file < 0)
        return NULL;
    char *data = malloc(length + 1);
    if (!data)
        mp_error_set(error, MP_MEMORY, "no memory for the %zu bytes of '%s'", length, path);
    if (data && !read_all(file, path, data, length, error)) {
        free(data);
        data = NULL;
    }
    close_file(file);
    if (!data)
        return NULL;
    data[length] = '\0';
    if (size)
        *size = length;
    return data;
}

static int write_part(int file, const char *data, size_t size)
{
    uv_fs_t request;
    /* uv_buf_t serves reads too, so its pointer is not const; a write only reads. */
    uv_buf_t buffer =
        uv_buf_init((char *)(uintptr_t)data, (unsigned)(size < (1u << 30) ? size : 1u << 30));
    uv_fs_write(NULL, &request, file, &buffer, 1, -1, NULL);
    return finish(&request);
}

static int write_all(int file, const char *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        int count = write_part(file, data + done, size - done);
        if (count <= 0)
            return count ? count : UV_EIO;
        done += (size_t)count;
    }
    return 0;
}

static int sync_file(int file)
{
    uv_fs_t request;
    uv_fs_fsync(NULL, &request, file, NULL);
    return finish(&request);
}

static int set_rights(int file, int rights)
{
    uv_fs_t request;
    uv_fs_fchmod(NULL, &request, file, rights, NULL);
    return finish(&request);
}

/* For free(); NULL without memory. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
}

/* Some systems cannot do that to a folder, and the rename is good all the same. */
static void sync_folder_of(const char *path)
{
    char *folder = folder_of(path);
    int file = folder ? open_file(folder, UV_FS_O_RDONLY) : UV_ENOMEM;
    if (file >= 0) {
        sync_file(file);
        close_file(file);
    }
    free(folder);
}

/* A power cut after it does not bring the old name back. */
static int rename_file(const char *from, const char *to)
{
    uv_fs_t request;
    uv_fs_rename(NULL, &request, from, to, NULL);
    int code = finish(&request);
    if (code >= 0)
        sync_folder_of(to);
    return code;
}

/* For what cannot be replaced: devices, pipes, and links that lead nowhere yet. To open a pipe that
 * nobody reads would wait for ever; asked not to wait, it fails. */
static int write_in_place(const char *path, const void *data, size_t size)
{
    int probe = open_file(path, UV_FS_O_WRONLY | UV_FS_O_CREAT | UV_FS_O_NONBLOCK);
    if (probe < 0)
        return probe;
    int file = open_file(path, UV_FS_O_WRONLY | UV_FS_O_TRUNC);
    close_file(probe);
    if (file < 0)
        return file;
    int code = write_all(file, data, size);
    int closed = close_file(file);
    return code < 0 ? code : closed;
}

/* Makes a file beside `path` that was not there before, and its name, of up to `room` bytes. */
static int open_beside(const char *path, char *beside, size_t room)
{
    int file = UV_EEXIST;
    for (unsigned try = 0; file == UV_EEXIST && try < 1000; try++) {
        snprintf(beside, room, "%s.%d-%u~", path, (int)uv_os_getpid(), try);
        file = open_file(beside, UV_FS_O_WRONLY | UV_FS_O_CREAT | UV_FS_O_EXCL);
    }
    return file;
}

/* Fills a new file and closes it. `rights`: those it is to have; negative: as they are. */
static int fill(int file, int rights, const void *data, size_t size)
{
    int code = write_all(file, data, size);
    if (code >= 0 && rights >= 0)
        code = set_rights(file, rights);
    if (code >= 0)
        code = sync_file(file);
    int closed = close_file(file);
    return code < 0 ? code : closed;
}

static int replace(const char *path, int rights, const void *data, size_t size)
{
    size_t room = strlen(path) + 32;
    char *beside = malloc(room);
    if (!beside)
        return UV_ENOMEM;
    int file = open_beside(path, beside, room);
    int code = file;
    if (file >= 0) {
        code = fill(file, rights, data, size);
        if (code >= 0)
            code = rename_file(beside, path);
        if (code < 0)
            remove_file(beside);
    }
    free(beside);
    return code;
}

/* `follow`: look at what a link leads to. Negative: there is nothing, or a code of libuv. */
static int64_t mode_of(const char *path, bool follow)
{
    uv_fs_t request;
    int code =
        follow ? uv_fs_stat(NULL, &request, path, NULL) : uv_fs_lstat(NULL, &request, path, NULL);
    int64_t mode = code < 0 ? code : (int64_t)request.statbuf.st_mode;
    uv_fs_req_cleanup(&request);
    return mode;
}

/* Replaces the file that a path leads to, not the links on the way. */
static int replace_target(const char *path, int rights, const void *data, size_t size)
{
    uv_fs_t request;
    int code = uv_fs_realpath(NULL, &request, path, NULL);
    if (code >= 0)
        code = replace(request.ptr, rights, data, size);
    uv_fs_req_cleanup(&request);
    return code;
}

static int write_file(const char *path, const void *data, size_t size)
{
    int64_t mode = mode_of(path, true);
    if (mode >= 0)
        return (mode & S_IFMT) == S_IFREG ? replace_target(path, (int)(mode & 0777), data, size)
                                          : write_in_place(path, data, size);
    return mode_of(path, false) >= 0 ? write_in_place(path, data, size)
                                     : replace(path, -1, data, size);
}

bool mp_file_write(const char *path, const void *data, size_t size, MpError *error)
{
    int code = write_file(path, data, size);
    if (code < 0)
        mp_file_error(error, "write", path, code);
    return code >= 0;
}

bool mp_file_rename(const char *from, const char *to, MpError *error)
{
    int code = rename_file(from, to);
    if (code < 0)
        mp_file_error(error, "rename", from, code);
    return code >= 0;
}

bool mp_file_remove(const char *path, MpError *error)
{
    int code = remove_file(path);
    if (code < 0)
        mp_file_error(error, "remove", path, code);
    return code >= 0;
}

bool mp_file_exists(const char *path) { return mode_of(path, true) >= 0; }

bool mp_file_is_directory(const char *path)
{
    int64_t mode = mode_of(path, true);
    return mode >= 0 && (mode & S_IFMT) == S_IFDIR;
}

/* The path without links and dots, for free(); NULL when there is nothing there. */
static char *real_path(const char *path)
{
    uv_fs_t request;
    char *copy = uv_fs_realpath(NULL, &request, path, NULL) < 0 ? NULL : strdup(request.ptr);
    uv_fs_req_cleanup(&request);
    return copy;
}

/* The same of the folder that a file is in. */
static char *real_folder(const char *path)
{
    char *folder = folder_of(path);
    char *real = folder ? real_path(folder) : NULL;
    free(folder);
    return real;
}

bool mp_file_is_inside(const char *path, const char *folder)
{
    char *outer = real_path(folder), *inner = real_folder(path);
    size_t length = outer ? strlen(outer) : 0;
    bool inside = outer && inner && strncmp(inner, outer, length) == 0 &&
                  (inner[length] == '/' || inner[length] == '\0' || outer[length - 1] == '/');
    free(outer);
    free(inner);
    return inside;
}

static int make_one(const char *path)
{
    uv_fs_t request;
    uv_fs_mkdir(NULL, &request, path, 0755, NULL);
    return finish(&request);
}

/* Makes the folders above `path` by cutting it at each separator in turn. Whatever goes wrong on
   the way, or is there already, shows at the last folder. */
static int make_with_parents(char *path)
{
    for (char *cut = strchr(path + 1, '/'); cut; cut = strchr(cut + 1, '/')) {
        *cut = '\0';
        make_one(path);
        *cut = '/';
    }
    return make_one(path);
}

bool mp_file_make_directory(const char *path, MpError *error)
{
    if (mp_file_is_directory(path))
        return true;
    char *copy = strdup(path);
    if (!copy) {
        mp_error_set(error, MP_MEMORY, "no memory to make the folder '%s'", path);
        return false;
    }
    int code = *copy ? make_with_parents(copy) : UV_ENOENT;
    free(copy);
    /* A separator at the end makes the last folder before the last step. */
    if (code < 0 && !mp_file_is_directory(path)) {
        mp_file_error(error, "make the folder", path, code);
        return false;
    }
    return true;
}
