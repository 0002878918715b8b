#include "update/channel/tree.h"

#include "patches/system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 << 10, OPEN_FOLDERS = 16 };

static bool fail(MpError *error, const char *verb, const char *path, int code)
{
    mp_error_set(error, MP_IO, "cannot %s '%s': %s", verb, path, strerror(code));
    return false;
}

static bool join(char path[PATH_MAX], const char *folder, const char *name, MpError *error)
{
    int length = snprintf(path, PATH_MAX, "%s/%s", folder, name);
    return (length >= 0 && length < PATH_MAX) || fail(error, "reach", folder, ENAMETOOLONG);
}

/* ---- placing ------------------------------------------------------------------------------- */

static bool make_folders(const char *folder, const char *path, MpError *error)
{
    char part[PATH_MAX];
    for (const char *slash = path; (slash = strchr(slash, '/')); slash++) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        if (!mp_system_make_folder(folder, part, error))
            return false;
    }
    return true;
}

static int copy_pieces(int from, int to)
{
    char piece[PIECE];
    ssize_t count;
    while ((count = read(from, piece, sizeof piece)) != 0) {
        ssize_t written = 0;
        if (count < 0 && errno != EINTR)
            return errno;
        for (ssize_t done = 0; done < count; done += written) {
            written = write(to, piece + done, (size_t)(count - done));
            if (written < 0 && errno != EINTR)
                return errno;
            if (written < 0)
                written = 0;
        }
    }
    return fsync(to) == 0 ? 0 : errno;
}

static int copy(const char *from, const char *to)
{
    int source = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (source < 0)
        return errno;
    int target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    int code = target < 0 ? errno : copy_pieces(source, target);
    if (target >= 0 && close(target) != 0 && code == 0)
        code = errno;
    close(source);
    return code;
}

/* What systems say of links that they do not have, or not between these places. */
static bool cannot_link(int code)
{
    return code == EPERM || code == EXDEV || code == EMLINK || code == ENOSYS || code == ENOTSUP ||
           code == EOPNOTSUPP;
}

bool mp_tree_place(const char *from, const char *folder, const char *path, MpError *error)
{
    char to[PATH_MAX];
    if (!join(to, folder, path, error) || !make_folders(folder, path, error))
        return false;
    int code = link(from, to) == 0 ? 0 : errno;
    if (cannot_link(code))
        code = copy(from, to);
    return code == 0 || fail(error, "write", to, code);
}

bool mp_tree_synchronise(const char *folder, const char *path, MpError *error)
{
    char place[PATH_MAX];
    if (!join(place, folder, path, error))
        return false;
    *strrchr(place, '/') = '\0';
    int file = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return fail(error, "write", place, errno);
    int code = fsync(file) == 0 ? 0 : errno;
    close(file);
    return code == 0 || fail(error, "write", place, code);
}

/* ---- walking ------------------------------------------------------------------------------- */

static bool is_dots(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

typedef struct Walk {
    char path[PATH_MAX]; /* below the folder */
    MpTreeVisit *visit;
    void *user;
    MpError *error;
} Walk;

static bool walk_folder(Walk *walk, int parent, const char *name);

static bool walk_entry(Walk *walk, int folder, const char *name)
{
    struct stat status;
    size_t end = strlen(walk->path), room = sizeof walk->path - end;
    int length = snprintf(walk->path + end, room, "%s%s", end ? "/" : "", name);
    bool ok = (size_t)length < room || fail(walk->error, "reach", name, ENAMETOOLONG);
    ok = ok && (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ||
                fail(walk->error, "read", walk->path, errno));
    if (ok) {
        bool is_folder = S_ISDIR(status.st_mode);
        MpTreeKind kind = S_ISREG(status.st_mode) ? MP_TREE_FILE : MP_TREE_OTHER;
        ok = walk->visit(walk->user, walk->path, is_folder ? MP_TREE_FOLDER : kind) &&
             (!is_folder || walk_folder(walk, folder, name));
    }
    walk->path[end] = '\0';
    return ok;
}

static bool walk_folder(Walk *walk, int parent, const char *name)
{
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = folder < 0 ? NULL : fdopendir(folder);
    if (!entries) {
        int code = errno;
        if (folder >= 0)
            close(folder);
        return fail(walk->error, "read", name, code);
    }
    bool ok = true;
    struct dirent *entry;
    while (ok && (errno = 0, entry = readdir(entries)))
        ok = is_dots(entry->d_name) || walk_entry(walk, folder, entry->d_name);
    if (ok && errno)
        ok = fail(walk->error, "read", name, errno);
    closedir(entries);
    return ok;
}

bool mp_tree_walk(const char *folder, MpTreeVisit *visit, void *user, MpError *error)
{
    Walk walk = {.visit = visit, .user = user, .error = error};
    return walk_folder(&walk, AT_FDCWD, folder);
}

/* ---- removing ------------------------------------------------------------------------------ */

void mp_tree_each(const char *folder, void (*visit)(void *user, const char *name), void *user)
{
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        if (!is_dots(entry->d_name))
            visit(user, entry->d_name);
    }
    if (entries)
        closedir(entries);
}

/* A folder comes after what is in it. Returns what ended the walk. */
static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    return remove(path) == 0 || errno == ENOENT ? 0 : errno;
}

bool mp_tree_remove(const char *path, MpError *error)
{
    int code = nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    if (code < 0)
        code = errno;
    return code == 0 || code == ENOENT || fail(error, "remove", path, code);
}
