/* Every hostile archive is refused by name, before it costs time or memory. */
#include "support/hostile_zips.h"
#include "support/sanitized.h"
#include "vfs/vfs.h"
#include "vfs/zip_check.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What an attempt may cost: time on the processor, so that a busy machine does not matter, and
   memory over that of the archive itself. */
enum { MILLISECONDS_LIMIT = 50, KILOBYTES_LIMIT = 8 << 10 };

/* As a patch folder takes a bundle in: mounted, then unpacked to see whether it is whole. */
static bool attempt(MpVfs *vfs, const void *bytes, size_t size, MpError *error)
{
    void *copy = malloc(size ? size : 1);
    cr_assert(copy);
    memcpy(copy, bytes, size);
    return mp_vfs_mount_memory(vfs, "x.zip", copy, size, "/bundles/x", error) &&
           mp_zip_verify(bytes, size, error);
}

Test(hostile_zips, are_refused_by_name, .timeout = 60)
{
    for (size_t i = 0; i < hostile_zip_count; i++) {
        const HostileZip *zip = &hostile_zips[i];
        MpVfs *vfs = mp_vfs_create(NULL, NULL);
        cr_assert(vfs);
        size_t size;
        uint8_t *bytes = hostile_zip_build(zip, &size);
        MpError error = {.message = ""};
        cr_expect_not(attempt(vfs, bytes, size, &error), "%s was mounted", zip->file);
        cr_expect(strstr(error.message, zip->words), "%s: %s", zip->file, error.message);
        cr_expect_null(strchr(error.message, '\n'), "%s: %s", zip->file, error.message);
        free(bytes);
        mp_vfs_destroy(vfs);
    }
}

static double milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static long kilobytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* What one attempt costs, in a process of its own: the highest use of memory never sinks. */
typedef struct Cost {
    double milliseconds;
    long kilobytes;
} Cost;

static Cost measure_here(const uint8_t *bytes, size_t size)
{
    MpVfs *vfs = mp_vfs_create(NULL, NULL);
    Cost before = {milliseconds(), kilobytes()};
    MpError error;
    attempt(vfs, bytes, size, &error);
    Cost cost = {milliseconds() - before.milliseconds,
                 kilobytes() - before.kilobytes - (long)(size >> 10)};
    mp_vfs_destroy(vfs);
    return cost;
}

static Cost measure(const uint8_t *bytes, size_t size)
{
    int ends[2];
    Cost cost;
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        cost = measure_here(bytes, size);
        _exit(write(ends[1], &cost, sizeof cost) != sizeof cost);
    }
    cr_assert_eq(read(ends[0], &cost, sizeof cost), sizeof cost);
    close(ends[0]);
    close(ends[1]);
    waitpid(child, NULL, 0);
    return cost;
}

static void expect_cheap(const char *name, const uint8_t *bytes, size_t size)
{
    Cost cost = measure(bytes, size);
    cr_expect_lt(cost.milliseconds, MILLISECONDS_LIMIT, "%s: %.1f ms", name, cost.milliseconds);
    cr_expect(SANITIZED || cost.kilobytes < KILOBYTES_LIMIT, "%s: %ld KB", name, cost.kilobytes);
    if (getenv("MP_SHOW_COSTS"))
        fprintf(stderr, "%-24s %8.2f ms %6ld KB\n", name, cost.milliseconds, cost.kilobytes);
}

Test(hostile_zips, cost_next_to_nothing, .timeout = 60)
{
    for (size_t i = 0; i < hostile_zip_count; i++) {
        size_t size;
        uint8_t *bytes = hostile_zip_build(&hostile_zips[i], &size);
        expect_cheap(hostile_zips[i].file, bytes, size);
        free(bytes);
    }
}

enum { FOLDERS = 256, DEPTH = 15 };

/* The largest tree that is accepted: 256 chains of 16. */
Test(hostile_zips, and_so_does_the_largest_tree_that_is_accepted, .timeout = 60)
{
    static ZipEntry entries[FOLDERS];
    static char names[FOLDERS][MP_ZIP_NAME_LIMIT];
    for (int i = 0; i < FOLDERS; i++) {
        size_t length = 0;
        for (int part = 0; part < DEPTH; part++)
            length += (size_t)sprintf(names[i] + length, "folder%d.%d/", i, part);
        sprintf(names[i] + length, "x");
        entries[i] = (ZipEntry){.name = names[i], .content = ""};
    }
    size_t size;
    uint8_t *bytes = zip_build(entries, FOLDERS, &size);
    MpError error = {.message = ""};
    cr_assert(mp_zip_check(bytes, size, &error), "%s", error.message);
    expect_cheap("largest tree", bytes, size);
    free(bytes);
}
