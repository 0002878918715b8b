#include "file/file.h"

#include <stdint.h>
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
    uv_fs_open(NULL, &request, path, flags, 0644, NULL);
    return finish(&request);
}

static int close_file(int file)
{
    uv_fs_t request;
    uv_fs_close(NULL, &request, file, NULL);
    return finish(&request);
}

static void remove_file(const char *path)
{
    uv_fs_t request;
    uv_fs_unlink(NULL, &request, path, NULL);
    finish(&request);
}

MpStatus mp_file_error(MpError *error, const char *verb, const char *path, int code)
{
    MpStatus status = code == UV_ENOENT || code == UV_ENOTDIR ? MP_NOT_FOUND
                      : code == UV_ENOMEM                     ? MP_MEMORY
                                                              : MP_IO;
    return mp_error_set(error, status, "cannot %s '%s': %s", verb, path, uv_strerror(code));
}

/* The type comes first: opening a pipe would wait for its writer. */
static bool regular_size(const char *path, size_t limit, size_t *size, MpError *error)
{
    uv_fs_t request;
    int code = uv_fs_stat(NULL, &request, path, NULL);
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
    if (!regular_size(path, limit, &length, error))
        return NULL;
    int file = open_file(path, UV_FS_O_RDONLY);
    if (file < 0) {
        mp_file_error(error, "read", path, file);
        return NULL;
    }
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

static int write_and_sync(int file, const char *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        int count = write_part(file, data + done, size - done);
        if (count <= 0)
            return count ? count : UV_EIO;
        done += (size_t)count;
    }
    uv_fs_t request;
    uv_fs_fsync(NULL, &request, file, NULL);
    return finish(&request);
}

static int write_new(const char *path, const void *data, size_t size)
{
    int file = open_file(path, UV_FS_O_WRONLY | UV_FS_O_CREAT | UV_FS_O_TRUNC);
    if (file < 0)
        return file;
    int code = write_and_sync(file, data, size);
    int closed = close_file(file);
    return code < 0 ? code : closed;
}

static int rename_file(const char *from, const char *to)
{
    uv_fs_t request;
    uv_fs_rename(NULL, &request, from, to, NULL);
    return finish(&request);
}

bool mp_file_write(const char *path, const void *data, size_t size, MpError *error)
{
    size_t length = strlen(path);
    char *beside = malloc(length + 2);
    if (!beside) {
        mp_error_set(error, MP_MEMORY, "no memory to write '%s'", path);
        return false;
    }
    memcpy(beside, path, length);
    memcpy(beside + length, "~", 2);
    int code = write_new(beside, data, size);
    if (code >= 0)
        code = rename_file(beside, path);
    if (code < 0) {
        mp_file_error(error, "write", path, code);
        remove_file(beside);
    }
    free(beside);
    return code >= 0;
}

bool mp_file_is_directory(const char *path)
{
    uv_fs_t request;
    int code = uv_fs_stat(NULL, &request, path, NULL);
    uint64_t mode = request.statbuf.st_mode;
    uv_fs_req_cleanup(&request);
    return code >= 0 && (mode & S_IFMT) == S_IFDIR;
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
