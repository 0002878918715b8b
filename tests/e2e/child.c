#include "child.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

/* Whoever runs the tests may ignore signals, as nohup does; the program would inherit that. */
static void heed_signals(void)
{
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
}

/* The test may have died before this was asked for. */
static bool die_with(pid_t test)
{
#ifdef __linux__
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return false;
#endif
    return getppid() == test; /* elsewhere, a test that is killed leaves its program running */
}

pid_t child_start(const char *const *words, int log)
{
    pid_t test = getpid();
    pid_t child = fork();
    cr_assert_geq(child, 0, "%s: %s", words[0], strerror(errno));
    if (child > 0)
        return child;
    heed_signals();
    if (dup2(log, STDERR_FILENO) >= 0 && die_with(test))
        execv(words[0], (char *const *)words);
    dprintf(STDERR_FILENO, "%s: %s\n", words[0], strerror(errno));
    _exit(127);
}
