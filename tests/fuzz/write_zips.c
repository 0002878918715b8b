/* Writes the seeds of fuzz_zip into a folder: the small ones of the hostile archives, and good
 * ones. */
#include "support/hostile_zips.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { SIZE_LIMIT = 1 << 10 };

static int write_zip(const char *folder, const char *name, uint8_t *bytes, size_t size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.zip", folder, name);
    FILE *file = fopen(path, "wb");
    int failed = !file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0;
    free(bytes);
    return failed;
}

static int write_good(const char *folder)
{
    static const ZipEntry plain[] = {{.name = "patch.lua", .content = "return"},
                                     {.name = "assets/", .content = ""},
                                     {.name = "assets/a.txt", .content = "hello"}};
    static const ZipEntry packed[] = {{.name = "scripts/x.lua", .zeroes = 100},
                                      {.name = "b", .content = "b", .streamed = 1}};
    size_t size;
    uint8_t *bytes = zip_build(plain, 3, &size);
    int failed = write_zip(folder, "good-plain", bytes, size);
    bytes = zip_build(packed, 2, &size);
    return failed | write_zip(folder, "good-packed", bytes, size);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    mkdir(argv[1], 0777);
    int failed = write_good(argv[1]);
    for (size_t i = 0; i < hostile_zip_count && !failed; i++) {
        size_t size;
        uint8_t *bytes = hostile_zip_build(&hostile_zips[i], &size);
        if (size <= SIZE_LIMIT)
            failed = write_zip(argv[1], hostile_zips[i].file, bytes, size);
        else
            free(bytes);
    }
    return failed;
}
