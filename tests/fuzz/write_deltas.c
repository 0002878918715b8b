/* Writes the seeds of fuzz_delta into a folder: deltas from the text that it has as its base. */
#include "update/delta/delta.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define BASE "function Rover:jump(height)\n   self.speed = -4 * height\nend\n"

static const struct {
    const char *name, *text;
    size_t size;
} results[] = {
    {"same", BASE, sizeof BASE},
    {"longer", BASE BASE BASE "return 7", sizeof BASE BASE BASE "return 7"},
    {"other", "abcdefghijklmnopqrstuvwxyz 0123456789", 37},
    {"empty", "", 0},
};

static int write_delta(const char *folder, size_t i)
{
    char path[4096];
    MpDeltaBytes delta;
    if (!mp_delta_make(BASE, sizeof BASE, results[i].text, results[i].size, &delta, NULL))
        return 1;
    snprintf(path, sizeof path, "%s/%s.zst", folder, results[i].name);
    FILE *file = fopen(path, "wb");
    int failed =
        !file || fwrite(delta.bytes, 1, delta.size, file) != delta.size || fclose(file) != 0;
    free(delta.bytes);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    if (argc != 2)
        return 2;
    mkdir(argv[1], 0777);
    for (size_t i = 0; i < sizeof results / sizeof *results && !failed; i++)
        failed = write_delta(argv[1], i);
    return failed;
}
