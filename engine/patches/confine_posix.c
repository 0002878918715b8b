#include "patches/confine.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#else
#include <uv.h>
#endif

enum { FILES = 64 };

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif

/* AddressSanitizer puts bytes around every block and keeps freed ones, up to 256 MB, for a while.
 */
#ifdef SANITIZED
enum { SANITIZER_ROOM = 256 << 20 };
#else
enum { SANITIZER_ROOM = 0 };
#endif

/* ---- in the game -------------------------------------------------------------------------- */

bool mp_confine_program(char *path, size_t size)
{
#ifdef __linux__
    /* Not what it leads to: a build or an update may have put another file there. */
    return snprintf(path, size, "/proc/self/exe") < (int)size && access(path, X_OK) == 0;
#else
    return uv_exepath(path, &size) == 0;
#endif
}

void mp_confine_ignore_broken_pipes(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

bool mp_confine_was_asked(int number)
{
    return number == SIGKILL || number == SIGTERM || number == SIGINT || number == SIGHUP ||
           number == SIGQUIT;
}

bool mp_confine_was_slow(int number) { return number == SIGXCPU; }

/* ---- in the child ------------------------------------------------------------------------- */

#ifdef __GLIBC__
typedef __rlimit_resource_t Resource; /* an enum in C, unlike elsewhere */
#else
typedef int Resource;
#endif

/* Only the soft limit: time is given anew for each file, and Lua raises no limits. */
static bool limit(Resource what, rlim_t value)
{
    struct rlimit now;
    if (getrlimit(what, &now) != 0)
        return false;
    now.rlim_cur = now.rlim_max != RLIM_INFINITY && now.rlim_max < value ? now.rlim_max : value;
    return setrlimit(what, &now) == 0;
}

/* The game may have died before this was asked for. */
static bool die_with(long game)
{
#ifdef __linux__
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return false;
#endif
    return getppid() == game; /* elsewhere, the time limit ends a child that is left alone */
}

/* Whatever handles faults, such as a sanitizer, would make an exit code of them; and the terminal's
   signals are meant for the game. */
static void set_signals(void)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGXCPU};
    static const int ignored[] = {SIGINT, SIGHUP, SIGQUIT, SIGXFSZ, SIGPIPE};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        signal(faults[i], SIG_DFL);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Files, sockets and pipes that the game opened without O_CLOEXEC. */
static void close_inherited(void)
{
    long most = sysconf(_SC_OPEN_MAX);
    for (int file = STDERR_FILENO + 1; file < (most > 0 && most < 4096 ? (int)most : 4096); file++)
        close(file);
}

/* The pipe to the game under another number; in its place, nothing. */
static FILE *move_output(void)
{
    int answers = dup(STDOUT_FILENO);
    int nowhere = open("/dev/null", O_WRONLY);
    if (answers < 0 || nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0)
        return NULL;
    close(nowhere);
    return fdopen(answers, "w");
}

FILE *mp_confine_process(long game)
{
    if (!die_with(game))
        return NULL;
    set_signals();
    close_inherited();
    if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_NOFILE, FILES))
        return NULL;
    return move_output();
}

bool mp_confine_time(unsigned seconds)
{
    struct rusage used;
    if (getrusage(RUSAGE_SELF, &used) != 0)
        return false;
    rlim_t before = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
    return limit(RLIMIT_CPU, before + seconds + 1);
}

#ifdef __linux__
/* Bytes that this process can write to: what RLIMIT_DATA counts. */
static bool memory_in_use(size_t *bytes)
{
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long long pages = 0;
    bool found = file && fscanf(file, "%*u %*u %*u %*u %*u %llu", &pages) == 1;
    if (file)
        fclose(file);
    *bytes = (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
    return found;
}

/*
 * RLIMIT_DATA and not RLIMIT_AS: the bridge and sanitizers reserve far more address space than they
 * use, and a limit counted from what is in use now holds whatever they have reserved.
 */
bool mp_confine_memory(size_t size)
{
    size_t used;
    return memory_in_use(&used) && limit(RLIMIT_DATA, (rlim_t)used + size + SANITIZER_ROOM);
}
#else
bool mp_confine_memory(size_t size)
{
    (void)size;
    return true; /* no other system counts memory that was mapped: the time limit has to do */
}
#endif

_Noreturn void mp_confine_end(int code) { _exit(code); }
