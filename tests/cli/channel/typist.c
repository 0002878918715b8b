/*
 * typist COMMAND ... - runs a command at a terminal of its own, and types a line of stdin whenever
 * the last thing on the screen is a colon and a blank. What is on the screen goes to stdout.
 */
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* It may be shown what to type before it stops showing what is typed. */
static void wait_until_hidden(int terminal)
{
    struct termios mode;
    for (int i = 0; i < 2000 && tcgetattr(terminal, &mode) == 0 && (mode.c_lflag & ECHO); i++)
        usleep(1000);
}

static void type_line(int terminal)
{
    char line[256];
    if (!fgets(line, sizeof line, stdin))
        return;
    wait_until_hidden(terminal);
    if (write(terminal, line, strlen(line)) < 0)
        perror("typist");
}

int main(int argc, char **argv)
{
    int terminal, status;
    char piece[1024];
    if (argc < 2)
        return 2;
    pid_t child = forkpty(&terminal, NULL, NULL, NULL);
    if (child == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    for (ssize_t count; (count = read(terminal, piece, sizeof piece)) > 0;) {
        fwrite(piece, 1, (size_t)count, stdout);
        fflush(stdout);
        if (count >= 2 && memcmp(piece + count - 2, ": ", 2) == 0)
            type_line(terminal);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
