/*
 * picture.h - compares two pictures pixel by pixel.
 */
#ifndef MP_TEST_PICTURE_H
#define MP_TEST_PICTURE_H

#include <stdbool.h>

enum { PICTURE_PROBLEM_SIZE = 1024 };

/**
 * Whether the PNG files `actual` and `expected` show the same. If they do not, `problem` says why,
 * and the file `difference` is written: red where they differ, black elsewhere.
 */
bool picture_compare(const char *actual, const char *expected, const char *difference,
                     char problem[PICTURE_PROBLEM_SIZE]);

#endif
