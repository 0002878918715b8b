/*
 * bench-measure - runs a program and prints what it took, after what it prints itself:
 *
 *     bench-measure moonbase --headless --frames 1
 *     seconds 0.081 resident 24312
 *
 * From its start to its end; resident memory in KiB, at its largest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: bench-measure PROGRAM [ARGUMENT ...]\n", stderr);
        return 2;
    }
    double begun = now();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[1], argv + 1);
        perror(argv[1]);
        _exit(2);
    }
    int status = 0;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        perror("bench-measure");
        return EXIT_FAILURE;
    }
    printf("seconds %.4f resident %ld\n", now() - begun, usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
