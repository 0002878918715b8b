#include "patches/faults.h"

#include "patches/power.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* The linker's option --wrap gives calls of x() to __wrap_x(), and x() the name __real_x(). */
int __real_open64(const char *path, int flags, ...);
ssize_t __real_write(int file, const void *data, size_t size);
int __real_fsync(int file);
int __real_close(int file);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_mkdir(const char *path, mode_t mode);
int __real_link(const char *from, const char *to);
int __real_rmdir(const char *path);

int __wrap_open64(const char *path, int flags, ...);
ssize_t __wrap_write(int file, const void *data, size_t size);
int __wrap_fsync(int file);
int __wrap_close(int file);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_link(const char *from, const char *to);
int __wrap_rmdir(const char *path);

static Faults plan;
static unsigned calls;
static FaultSync sync_mode;
static void (*watcher)(void);
static pthread_t watched; /* the thread that wants to know */

/* The journal's settler has a thread of its own. */
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_cond_t sync_changed = PTHREAD_COND_INITIALIZER;

void faults_plan(Faults faults)
{
    plan = faults;
    calls = 0;
}

unsigned faults_calls(void) { return calls; }

void faults_sync(FaultSync sync)
{
    pthread_mutex_lock(&lock);
    sync_mode = sync;
    pthread_cond_broadcast(&sync_changed);
    pthread_mutex_unlock(&lock);
}

void faults_watch(void (*after)(void))
{
    watcher = after;
    watched = pthread_self();
}

/* Whether the call that is about to happen fails. */
static bool strikes(void)
{
    calls++;
    bool now = plan.kind == FAULT_FAIL ? calls >= plan.call : calls == plan.call;
    if (plan.kind == FAULT_NONE || !now)
        return false;
    if (plan.kind == FAULT_DIE)
        _exit(FAULT_EXIT_CODE);
    errno = plan.code;
    return true;
}

static void happened(void)
{
    if (!pthread_equal(pthread_self(), watched))
        return;
    void (*after)(void) = watcher;
    watcher = NULL; /* what it does itself is not watched */
    if (after)
        after();
    watcher = after;
}

static int open_file(const char *path, int flags, mode_t mode)
{
    /* Disks that take no more can still be read. */
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && strikes())
        return -1;
    int file = __real_open64(path, flags, mode);
    if (file >= 0) {
        power_opened(file, path, flags);
        happened();
    }
    return file;
}

static ssize_t write_file(int file, const void *data, size_t size)
{
    if (plan.kind == FAULT_DIE && calls + 1 == plan.call && __real_write(file, data, size / 2) < 0)
        return -1;
    if (strikes())
        return -1;
    ssize_t count = __real_write(file, data, size);
    if (count > 0) {
        power_written(file, data, (size_t)count);
        happened();
    }
    return count;
}

static int sync_file(int file)
{
    if (strikes())
        return -1;
    while (sync_mode == SYNC_HELD)
        pthread_cond_wait(&sync_changed, &lock);
    if (sync_mode == SYNC_FAILS) {
        errno = EIO;
        return -1;
    }
    if (sync_mode == SYNC_REAL && __real_fsync(file) != 0)
        return -1;
    power_synchronised(file);
    happened();
    return 0;
}

static int close_file(int file)
{
    bool fails = strikes();
    power_closed(file);
    int code = __real_close(file);
    return fails ? -1 : code;
}

static int rename_file(const char *from, const char *to)
{
    if (strikes() || __real_rename(from, to) != 0)
        return -1;
    power_renamed(from, to);
    happened();
    return 0;
}

static int unlink_file(const char *path)
{
    /* What is removed takes no room. */
    bool fails = plan.code != ENOSPC && strikes();
    if (fails || __real_unlink(path) != 0)
        return -1;
    power_unlinked(path);
    happened();
    return 0;
}

static int make_folder(const char *path, mode_t mode)
{
    if (strikes() || __real_mkdir(path, mode) != 0)
        return -1;
    power_made_folder(path);
    happened();
    return 0;
}

static int link_file(const char *from, const char *to)
{
    if (strikes() || __real_link(from, to) != 0)
        return -1;
    power_linked(from, to);
    happened();
    return 0;
}

static int remove_folder(const char *path)
{
    bool fails = plan.code != ENOSPC && strikes();
    if (fails || __real_rmdir(path) != 0)
        return -1;
    power_unlinked(path);
    happened();
    return 0;
}

/* ---- one call at a time -----------------------------------------------------------------------
 */

#define LOCKED(Type, call)       \
    pthread_mutex_lock(&lock);   \
    Type result = call;          \
    pthread_mutex_unlock(&lock); \
    return result

int __wrap_open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    LOCKED(int, open_file(path, flags, mode));
}

ssize_t __wrap_write(int file, const void *data, size_t size)
{
    LOCKED(ssize_t, write_file(file, data, size));
}

int __wrap_fsync(int file) { LOCKED(int, sync_file(file)); }

int __wrap_close(int file) { LOCKED(int, close_file(file)); }

int __wrap_rename(const char *from, const char *to) { LOCKED(int, rename_file(from, to)); }

int __wrap_unlink(const char *path) { LOCKED(int, unlink_file(path)); }

int __wrap_mkdir(const char *path, mode_t mode) { LOCKED(int, make_folder(path, mode)); }

int __wrap_link(const char *from, const char *to) { LOCKED(int, link_file(from, to)); }

int __wrap_rmdir(const char *path) { LOCKED(int, remove_folder(path)); }
