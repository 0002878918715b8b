/*
 * support/scratch.h - a folder for one test, with everything in it gone afterwards.
 */
#ifndef TEST_SCRATCH_H
#define TEST_SCRATCH_H

#include <stddef.h>

enum { SCRATCH_PATH_SIZE = 512 };

typedef struct Scratch {
    char path[SCRATCH_PATH_SIZE];
} Scratch;

void scratch_init(Scratch *scratch);
void scratch_finish(Scratch *scratch);

/** The path of `name` in the folder; valid until the fourth call after this one. */
const char *scratch_path(const Scratch *scratch, const char *name);

/** Writes a file, whole. */
void scratch_write(const Scratch *scratch, const char *name, const void *data, size_t size);
void scratch_write_text(const Scratch *scratch, const char *name, const char *text);

void scratch_make_folder(const Scratch *scratch, const char *name);
void scratch_remove(const Scratch *scratch, const char *name);

#endif
