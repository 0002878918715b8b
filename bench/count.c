/*
 * bench-count - what callgrind counts instructions of: the loops of loops.c, and nothing else.
 *
 *     valgrind --tool=callgrind --toggle-collect=loop_slot bench-count 1000000
 */
#include "loops.h"

#include "subject.gen.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    long n = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (n <= 0) {
        fputs("usage: bench-count CALLS\n", stderr);
        return 2;
    }
    Subject subject = {.hp = 100};
    return loop_slot(&subject, n) == loop_direct(&subject, n) ? EXIT_SUCCESS : EXIT_FAILURE;
}
