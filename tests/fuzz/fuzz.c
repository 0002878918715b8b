#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fuzz_expect(bool holds, const char *message)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz: %s\n", message);
    abort();
}

void *fuzz_copy(const uint8_t *data, size_t size)
{
    void *copy = malloc(size ? size : 1);
    fuzz_expect(copy != NULL, "no memory");
    if (size)
        memcpy(copy, data, size);
    return copy;
}

char *fuzz_text(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1);
    fuzz_expect(copy != NULL, "no memory");
    if (size)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}
