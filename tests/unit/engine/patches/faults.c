#include "patches/faults.h"

#include "patches/power.h"

#include <errno.h>
#include <fcntl.h>
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

int __wrap_open64(const char *path, int flags, ...);
ssize_t __wrap_write(int file, const void *data, size_t size);
int __wrap_fsync(int file);
int __wrap_close(int file);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_mkdir(const char *path, mode_t mode);

static Faults plan;
static unsigned calls;
static bool skips_sync;
static void (*watcher)(void);

void faults_plan(Faults faults)
{
    plan = faults;
    calls = 0;
}

unsigned faults_calls(void) { return calls; }

void faults_skip_sync(bool skip) { skips_sync = skip; }

void faults_watch(void (*after)(void)) { watcher = after; }

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
    void (*after)(void) = watcher;
    watcher = NULL; /* what it does itself is not watched */
    if (after)
        after();
    watcher = after;
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
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

ssize_t __wrap_write(int file, const void *data, size_t size)
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

int __wrap_fsync(int file)
{
    if (strikes())
        return -1;
    if (!skips_sync && __real_fsync(file) != 0)
        return -1;
    power_synchronised(file);
    happened();
    return 0;
}

int __wrap_close(int file)
{
    bool fails = strikes();
    power_closed(file);
    int code = __real_close(file);
    return fails ? -1 : code;
}

int __wrap_rename(const char *from, const char *to)
{
    if (strikes() || __real_rename(from, to) != 0)
        return -1;
    power_renamed(from, to);
    happened();
    return 0;
}

int __wrap_unlink(const char *path)
{
    /* What is removed takes no room. */
    bool fails = plan.code != ENOSPC && strikes();
    if (fails || __real_unlink(path) != 0)
        return -1;
    power_unlinked(path);
    happened();
    return 0;
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    if (strikes() || __real_mkdir(path, mode) != 0)
        return -1;
    power_made_folder(path);
    happened();
    return 0;
}
