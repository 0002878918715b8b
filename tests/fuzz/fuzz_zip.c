/*
 * Any bytes as an archive. What the inspection accepts, PhysFS must mount and list as the archive
 * says, and read as far as its checksums are right; what it does not accept, it must say why.
 */
#include "fuzz.h"

#include "vfs/bundle_check.h"
#include "vfs/vfs.h"
#include "vfs/zip.h"
#include "vfs/zip_check.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READ_LIMIT = 1 << 20, PATH_ROOM = 2 * MP_VFS_PATH_LIMIT };

static MpVfs *vfs;

static void expect_message(const MpError *error)
{
    fuzz_expect(error->status != MP_OK && error->message[0], "a refusal without a reason");
    for (const char *c = error->message; *c; c++)
        fuzz_expect(isprint((unsigned char)*c), error->message);
}

/* Every file of the tree, by way of its listings. */
static size_t count_listed(const char *folder, int depth)
{
    fuzz_expect(depth <= MP_ZIP_DEPTH_LIMIT + 1, "a tree without end");
    MpError error;
    char **names = mp_vfs_list(vfs, folder, &error);
    fuzz_expect(names != NULL, error.message);
    size_t count = 0;
    for (size_t i = 0; names[i]; i++) {
        MpVfsStat stat;
        char path[PATH_ROOM];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        fuzz_expect(mp_vfs_stat(vfs, path, &stat, &error), error.message);
        count += stat.is_directory ? count_listed(path, depth + 1) : 1;
    }
    mp_vfs_list_free(names);
    return count;
}

/* Reads every file; returns how many there are. */
static size_t read_files(const void *data, size_t size, bool whole)
{
    MpZip zip;
    MpZipEntry entry;
    MpError error;
    size_t count = 0;
    fuzz_expect(mp_zip_open(&zip, data, size, &error), error.message);
    for (size_t at = 0; mp_zip_next(&zip, &at, &entry);) {
        if (mp_zip_is_folder(&entry))
            continue;
        count++;
        size_t length;
        char path[PATH_ROOM];
        snprintf(path, sizeof path, "x/%.*s", (int)entry.name_length, entry.name);
        if (strlen(path) > MP_VFS_PATH_LIMIT)
            continue;
        char *content = mp_vfs_read(vfs, path, READ_LIMIT, &length, &error);
        if (whole && entry.size <= READ_LIMIT)
            fuzz_expect(content && length == entry.size, error.message);
        free(content);
    }
    return count;
}

static void use(const uint8_t *data, size_t size)
{
    MpError error;
    bool whole = mp_zip_verify(data, size, &error);
    if (!whole)
        expect_message(&error);
    if (!mp_bundle_check(data, size, &error))
        expect_message(&error);
    void *copy = fuzz_copy(data, size);
    fuzz_expect(mp_vfs_mount_memory(vfs, "x.zip", copy, size, "/x", &error), error.message);
    fuzz_expect(read_files(data, size, whole) == count_listed("x", 0), "other files are listed");
    fuzz_expect(mp_vfs_unmount(vfs, "x.zip", &error), error.message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MpError error;
    if (!vfs)
        vfs = mp_vfs_create(NULL, NULL);
    uint8_t *copy = fuzz_copy(data, size);
    if (mp_zip_check(copy, size, &error))
        use(copy, size);
    else
        expect_message(&error);
    free(copy);
    return 0;
}
