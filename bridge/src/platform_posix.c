#include "platform.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

void *mp_platform_reserve(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

uint64_t mp_platform_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* ---- CPU time ----------------------------------------------------------------------------- */

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid /* glibc has no name for it */
#endif

/* Debuggers let it pass, and hardly a program uses it. */
enum { TICK_SIGNAL = SIGVTALRM };

struct MpTicks {
    void (*tick)(void);
    timer_t timer;
};

static void on_signal(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    (void)context;
    int saved = errno;
    const MpTicks *ticks = info->si_code == SI_TIMER ? info->si_value.sival_ptr : NULL;
    if (ticks)
        ticks->tick();
    errno = saved;
}

/* The handler stays when the last timer is gone: a tick may still be on its way. */
static bool take_signal(void)
{
    struct sigaction ours = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART}, old;
    if (sigaction(TICK_SIGNAL, NULL, &old) != 0)
        return false;
    bool is_ours = (old.sa_flags & SA_SIGINFO) && old.sa_sigaction == on_signal;
    bool is_free = !(old.sa_flags & SA_SIGINFO) && old.sa_handler == SIG_DFL;
    return is_ours || (is_free && sigaction(TICK_SIGNAL, &ours, NULL) == 0);
}

static bool start_timer(MpTicks *ticks, int milliseconds)
{
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = TICK_SIGNAL};
    struct timespec period = {.tv_nsec = milliseconds * 1000000L};
    event.sigev_value.sival_ptr = ticks;
    event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
    if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &ticks->timer) != 0)
        return false;
    if (timer_settime(ticks->timer, 0, &(struct itimerspec){period, period}, NULL) == 0)
        return true;
    timer_delete(ticks->timer);
    return false;
}

MpTicks *mp_platform_ticks_start(void (*tick)(void), int milliseconds, MpError *error)
{
    MpTicks *ticks = malloc(sizeof *ticks);
    if (!ticks) {
        mp_error_set(error, MP_MEMORY, "no memory for a timer");
        return NULL;
    }
    ticks->tick = tick;
    if (!take_signal())
        mp_error_set(error, MP_DEVICE, "the program uses SIGVTALRM itself");
    else if (!start_timer(ticks, milliseconds))
        mp_error_set(error, MP_DEVICE, "no timer: %s", strerror(errno));
    else
        return ticks;
    free(ticks);
    return NULL;
}

/* Ticks come to this thread, so that none comes after this but one that is pending already. */
void mp_platform_ticks_stop(MpTicks *ticks)
{
    sigset_t only, before;
    if (!ticks)
        return;
    sigemptyset(&only);
    sigaddset(&only, TICK_SIGNAL);
    pthread_sigmask(SIG_BLOCK, &only, &before);
    timer_delete(ticks->timer);
    while (sigtimedwait(&only, NULL, &(struct timespec){0}) > 0) {
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(ticks);
}

const char *mp_platform_stack(size_t *size)
{
    pthread_attr_t attributes;
    void *low = NULL;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return NULL;
    if (pthread_attr_getstack(&attributes, &low, size) != 0)
        low = NULL;
    pthread_attr_destroy(&attributes);
    return low;
}

/* ---- files -------------------------------------------------------------------------------- */

static void set_error(MpError *error, const char *verb, const char *path)
{
    MpStatus status = errno == ENOENT || errno == ENOTDIR ? MP_NOT_FOUND : MP_IO;
    mp_error_set(error, status, "cannot %s '%s': %s", verb, path, strerror(errno));
}

static bool check_file(int file, const char *path, size_t limit, size_t *size, MpError *error)
{
    struct stat status;
    if (fstat(file, &status) != 0) {
        set_error(error, "read", path);
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        mp_error_set(error, MP_IO, "cannot read '%s': it is not a regular file", path);
        return false;
    }
    if ((uint64_t)status.st_size > limit) {
        mp_error_set(error, MP_LIMIT, "'%s' has %lld bytes; at most %zu are read", path,
                     (long long)status.st_size, limit);
        return false;
    }
    *size = (size_t)status.st_size;
    return true;
}

/* Reads at most `size` bytes, fewer if the file was cut meanwhile; returns how many, or -1. */
static ssize_t read_all(int file, char *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t count = read(file, bytes + done, size - done);
        if (count < 0 && errno != EINTR)
            return -1;
        if (count == 0)
            break;
        if (count > 0)
            done += (size_t)count;
    }
    return (ssize_t)done;
}

static char *read_open(int file, const char *path, size_t limit, size_t *size, MpError *error)
{
    size_t length;
    if (!check_file(file, path, limit, &length, error))
        return NULL;
    char *bytes = malloc(length + 1); /* malloc of nothing may give NULL */
    if (!bytes) {
        mp_error_set(error, MP_MEMORY, "no memory for the %zu bytes of '%s'", length, path);
        return NULL;
    }
    ssize_t count = read_all(file, bytes, length);
    if (count < 0) {
        set_error(error, "read", path);
        free(bytes);
        return NULL;
    }
    *size = (size_t)count;
    return bytes;
}

char *mp_platform_read(const char *path, size_t limit, size_t *size, MpError *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        set_error(error, "read", path);
        return NULL;
    }
    char *bytes = read_open(file, path, limit, size, error);
    close(file);
    return bytes;
}

/* FNV-1a over what changes with a file's content. */
static uint64_t stamp_of(const struct stat *status)
{
    const uint64_t parts[] = {
        (uint64_t)status->st_ino,
        (uint64_t)status->st_size,
        (uint64_t)status->st_mtim.tv_sec,
        (uint64_t)status->st_mtim.tv_nsec,
    };
    uint64_t stamp = 14695981039346656037u;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        stamp = (stamp ^ parts[i]) * 1099511628211u;
    return stamp ? stamp : 1;
}

bool mp_platform_list(const char *path, void (*visit)(void *user, const char *name, uint64_t stamp),
                      void *user, MpError *error)
{
    DIR *folder = opendir(path);
    if (!folder) {
        set_error(error, "list", path);
        return false;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct stat status;
        if (fstatat(dirfd(folder), entry->d_name, &status, 0) == 0)
            visit(user, entry->d_name, stamp_of(&status));
    }
    closedir(folder);
    return true;
}

uint64_t mp_platform_stamp(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? stamp_of(&status) : 0;
}

/* ---- shared libraries --------------------------------------------------------------------- */

const char mp_platform_library_suffix[] = ".so";

void *mp_platform_library_open(const char *path, MpError *error)
{
    char here[PATH_MAX];
    /* A name without a slash would be looked for in the system's folders. */
    snprintf(here, sizeof here, "%s%s", strchr(path, '/') ? "" : "./", path);
    void *library = dlopen(here, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        mp_error_set(error, MP_IO, "%s", dlerror());
    return library;
}

const void *mp_platform_library_symbol(void *library, const char *name)
{
    const void *symbol = dlsym(library, name); /* looks in what the library is linked to, too */
    struct link_map *map;
    Dl_info home;
    bool own = symbol && dladdr(symbol, &home) && dlinfo(library, RTLD_DI_LINKMAP, &map) == 0 &&
               strcmp(home.dli_fname, map->l_name) == 0;
    return own ? symbol : NULL;
}

void mp_platform_library_close(void *library) { dlclose(library); }
