#include "support/scratch.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void scratch_init(Scratch *scratch)
{
    const char *folder = getenv("TMPDIR");
    snprintf(scratch->path, sizeof scratch->path, "%s/moonpatch-test-XXXXXX",
             folder ? folder : "/tmp");
    cr_assert(mkdtemp(scratch->path), "cannot make a folder for the test");
}

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
    (void)stat, (void)type, (void)walk;
    return remove(path);
}

void scratch_finish(Scratch *scratch)
{
    nftw(scratch->path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_path(const Scratch *scratch, const char *name)
{
    static char paths[4][2 * SCRATCH_PATH_SIZE];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", scratch->path, name);
    return path;
}

void scratch_write(const Scratch *scratch, const char *name, const void *data, size_t size)
{
    FILE *file = fopen(scratch_path(scratch, name), "wb");
    cr_assert(file, "cannot write %s", name);
    cr_assert(fwrite(data, 1, size, file) == size);
    cr_assert(fclose(file) == 0);
}

void scratch_write_text(const Scratch *scratch, const char *name, const char *text)
{
    scratch_write(scratch, name, text, strlen(text));
}

void scratch_make_folder(const Scratch *scratch, const char *name)
{
    cr_assert(mkdir(scratch_path(scratch, name), 0755) == 0, "cannot make %s", name);
}

void scratch_remove(const Scratch *scratch, const char *name)
{
    nftw(scratch_path(scratch, name), remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}
