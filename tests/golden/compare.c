/*
 * compare.c - compare ACTUAL.png EXPECTED.png DIFFERENCE.png: whether two pictures show the same.
 * The exit code is 0 if they do; if not, the third is written.
 */
#include "picture.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    char problem[PICTURE_PROBLEM_SIZE] = "two pictures and the name of a third are expected";
    if (argc == 4 && picture_compare(argv[1], argv[2], argv[3], problem))
        return 0;
    fprintf(stderr, "%s: %s\n", argc > 1 ? argv[1] : "compare", problem);
    return 1;
}
