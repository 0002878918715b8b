/*
 * Preloaded into a program, which then dies in its MP_DIE_AT-th call that changes the disk, before
 * it does anything; every second time, when it is a write, after half of it.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { STANDARD_STREAMS = 3 };

static int counts_down(void)
{
    static long left = -1;
    if (left < 0) {
        const char *text = getenv("MP_DIE_AT");
        left = text ? atol(text) : 0;
    }
    return left > 0 && --left == 0;
}

static void die(void) { syscall(SYS_exit_group, 99); }

ssize_t write(int file, const void *data, size_t size)
{
    if (file >= STANDARD_STREAMS && counts_down()) {
        if (size > 1)
            syscall(SYS_write, file, data, size / 2);
        die();
    }
    return syscall(SYS_write, file, data, size);
}

int fsync(int file)
{
    if (counts_down())
        die();
    return (int)syscall(SYS_fsync, file);
}

int rename(const char *from, const char *to)
{
    if (counts_down())
        die();
    return (int)syscall(SYS_rename, from, to);
}

int unlink(const char *path)
{
    if (counts_down())
        die();
    return (int)syscall(SYS_unlink, path);
}
