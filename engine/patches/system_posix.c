#include "patches/system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int64_t mp_system_time(void) { return (int64_t)time(NULL); }

int64_t mp_system_process(void) { return (int64_t)getpid(); }

static bool fail(MpError *error, const char *verb, const char *path, int code)
{
    mp_error_set(error, MP_IO, "cannot %s '%s': %s", verb, path, strerror(code));
    return false;
}

static bool make_path(char path[PATH_MAX], const char *folder, const char *name, MpError *error)
{
    int length = snprintf(path, PATH_MAX, "%s/%s", folder, name);
    return (length >= 0 && length < PATH_MAX) || fail(error, "reach", folder, ENAMETOOLONG);
}

/* ---- files --------------------------------------------------------------------------------- */

static int synchronise(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno;
    int code = fsync(file) == 0 ? 0 : errno;
    close(file);
    return code;
}

bool mp_system_make_folder(const char *folder, const char *name, MpError *error)
{
    char path[PATH_MAX];
    if (!make_path(path, folder, name, error))
        return false;
    int code = mkdir(path, 0755) == 0 ? synchronise(folder) : errno;
    return code == 0 || code == EEXIST || fail(error, "make the folder", path, code);
}

/* Names are as durable as their folder. */
bool mp_system_synchronise(const char *folder, const char *name, MpError *error)
{
    char path[PATH_MAX];
    if (!make_path(path, folder, name, error))
        return false;
    int code = synchronise(path);
    if (code == 0)
        code = synchronise(folder);
    return code == 0 || fail(error, "write", path, code);
}

static int write_all(int file, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t count = write(file, data, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return count < 0 ? errno : EIO;
        data += count;
        size -= (size_t)count;
    }
    return 0;
}

static int write_new(const char *path, const void *data, size_t size, bool durable)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (file < 0)
        return errno;
    int code = write_all(file, data, size);
    if (code == 0 && durable && fsync(file) != 0)
        code = errno;
    /* Some systems tell only now that the disk is full. */
    if (close(file) != 0 && code == 0)
        code = errno;
    return code;
}

bool mp_system_replace(const char *folder, const char *name, const void *data, size_t size,
                       bool durable, MpError *error)
{
    char path[PATH_MAX], beside[PATH_MAX];
    if (!make_path(path, folder, name, error) || !make_path(beside, folder, "new", error))
        return false;
    int code = write_new(beside, data, size, durable);
    if (code == 0 && rename(beside, path) != 0)
        code = errno;
    if (code != 0)
        unlink(beside); /* a full disk needs the room */
    else if (durable)
        code = synchronise(folder);
    return code == 0 || fail(error, "write", path, code);
}

void mp_system_remove(const char *folder, const char *name)
{
    char path[PATH_MAX];
    if (make_path(path, folder, name, NULL))
        unlink(path);
}

/* ---- one writer ---------------------------------------------------------------------------- */

int mp_system_lock(const char *folder, MpError *error)
{
    char path[PATH_MAX];
    if (!make_path(path, folder, "lock", error))
        return -1;
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock < 0 && errno == EROFS)
        lock = open(path, O_RDONLY | O_CLOEXEC);
    if (lock < 0) {
        fail(error, "open", path, errno);
        return -1;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        mp_error_set(error, MP_REFUSED, "another process has '%s'", path);
    else
        fail(error, "lock", path, errno);
    close(lock);
    return -1;
}

void mp_system_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

/* ---- crash marks --------------------------------------------------------------------------- */

/* Signal handlers are the process's, and so is what they need. */
enum { STACK_SIZE = 32 << 10 };

static const struct {
    int number;
    char mark;
    const char *name;
} signals[] = {
    {SIGSEGV, 'S', "SIGSEGV"},
    {SIGBUS, 'B', "SIGBUS"},
    {SIGILL, 'I', "SIGILL"},
    {SIGFPE, 'F', "SIGFPE"},
    {SIGABRT, 'A', "SIGABRT"},
    {0, MP_SYSTEM_HUNG, "a hang"},
    {0, MP_SYSTEM_EXITED, "a call of exit()"},
    {0, MP_SYSTEM_EXITED_IN_PATCH, "a call of exit() by a patch"},
};
enum { SIGNALS = sizeof signals / sizeof signals[0] };

static volatile sig_atomic_t marks = -1; /* the open file */
static off_t marks_place;
static struct sigaction before[SIGNALS];
static char handler_stack[STACK_SIZE];

void mp_system_mark(char mark)
{
    int file = marks;
    int code = errno;
    if (file >= 0 && write(file, &mark, 1) < 0)
        errno = code; /* there is nobody to tell */
    errno = code;
}

void mp_system_unmark(void)
{
    if (marks >= 0 && lseek(marks, marks_place, SEEK_SET) == marks_place) {
        mp_system_mark('.');
        lseek(marks, marks_place, SEEK_SET);
    }
}

/* Somebody else's kill(), and no fault of the code that runs; abort() is this process's own. */
static bool is_from_outside(const siginfo_t *info)
{
    return info->si_code <= 0 && info->si_pid != getpid();
}

static void on_crash(int number, siginfo_t *info, void *context)
{
    (void)context;
    for (size_t i = 0; i < SIGNALS; i++) {
        if (signals[i].number != number)
            continue;
        if (!is_from_outside(info))
            mp_system_mark(signals[i].mark);
        sigaction(number, &before[i], NULL);
    }
    raise(number); /* comes when this returns */
}

/* A handler has no room on a stack that overflowed. */
static void give_stack(void)
{
    stack_t now;
    if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE))
        sigaltstack(&(stack_t){.ss_sp = handler_stack, .ss_size = sizeof handler_stack}, NULL);
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_sigaction = on_crash, .sa_flags = SA_ONSTACK | SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++) {
        if (signals[i].number)
            sigaction(signals[i].number, &action, &before[i]);
    }
}

/* What forked from this process, and not what was armed, may exit as well. */
static pid_t armed;
static bool (*asked_at_exit)(void);

static void on_exit_call(void)
{
    if (marks >= 0 && armed == getpid())
        mp_system_mark(asked_at_exit && asked_at_exit() ? MP_SYSTEM_EXITED_IN_PATCH
                                                        : MP_SYSTEM_EXITED);
}

static void catch_exit(bool (*is_patch_running)(void))
{
    static bool registered;
    armed = getpid();
    asked_at_exit = is_patch_running;
    if (!registered)
        registered = atexit(on_exit_call) == 0;
}

/* The place of the next mark is written now, so that a full disk keeps no mark out. */
static int reserve_mark(int file, int64_t *place)
{
    off_t end = lseek(file, 0, SEEK_END);
    int code = end < 0 ? errno : write_all(file, ".", 1);
    if (code == 0 && lseek(file, end, SEEK_SET) != end)
        code = errno;
    if (code == 0)
        *place = (int64_t)end;
    return code;
}

bool mp_system_arm(const char *folder, bool (*is_patch_running)(void), int64_t *place,
                   MpError *error)
{
    char path[PATH_MAX];
    if (!make_path(path, folder, "crashes", error))
        return false;
    int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (file < 0)
        return fail(error, "open", path, errno);
    int code = reserve_mark(file, place);
    if (code != 0) {
        close(file);
        return fail(error, "write", path, code);
    }
    mp_system_disarm();
    marks_place = (off_t)*place;
    marks = file;
    give_stack();
    catch_signals();
    catch_exit(is_patch_running);
    return true;
}

void mp_system_disarm(void)
{
    if (marks < 0)
        return;
    for (size_t i = 0; i < SIGNALS; i++) {
        struct sigaction now;
        if (signals[i].number && sigaction(signals[i].number, NULL, &now) == 0 &&
            now.sa_sigaction == on_crash)
            sigaction(signals[i].number, &before[i], NULL);
    }
    close(marks);
    marks = -1;
}

char mp_system_read_mark(const char *folder, int64_t place)
{
    char path[PATH_MAX], mark = 0;
    int file = make_path(path, folder, "crashes", NULL) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return 0;
    if (place < 0 || pread(file, &mark, 1, (off_t)place) != 1)
        mark = 0;
    close(file);
    return mp_system_mark_name(mark) ? mark : 0;
}

const char *mp_system_mark_name(char mark)
{
    for (size_t i = 0; i < SIGNALS; i++) {
        if (mark && signals[i].mark == mark)
            return signals[i].name;
    }
    return NULL;
}
