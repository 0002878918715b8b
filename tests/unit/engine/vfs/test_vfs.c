#include "support/scratch.h"
#include "support/zip_builder.h"
#include "vfs/vfs.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <physfs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Scratch scratch;
static MpVfs *vfs;

static void init(void)
{
    scratch_init(&scratch);
    scratch_make_folder(&scratch, "base");
    scratch_make_folder(&scratch, "base/scripts");
    scratch_write_text(&scratch, "base/scripts/main.lua", "base main");
    scratch_write_text(&scratch, "base/scripts/timer.lua", "base timer");
    vfs = mp_vfs_create(NULL, NULL);
    cr_assert(vfs);
    cr_assert(mp_vfs_mount_directory(vfs, scratch_path(&scratch, "base"), "/", NULL));
}

static void finish(void)
{
    mp_vfs_destroy(vfs);
    scratch_finish(&scratch);
}

TestSuite(vfs, .init = init, .fini = finish, .timeout = 20);

static void expect_content(const char *path, const char *expected)
{
    MpError error;
    char *text = mp_vfs_read(vfs, path, 1000, NULL, &error);
    cr_assert(text, "%s: %s", path, error.message);
    cr_expect_str_eq(text, expected, "%s", path);
    free(text);
}

static void expect_failure(const char *path, MpStatus status)
{
    MpError error;
    char *text = mp_vfs_read(vfs, path, 1000, NULL, &error);
    cr_expect_null(text, "'%s' was read", path);
    free(text);
    cr_expect_eq(error.status, status, "'%s': %s", path, error.message);
}

static void expect_list(const char *directory, const char *const *expected)
{
    MpError error;
    char **names = mp_vfs_list(vfs, directory, &error);
    cr_assert(names, "%s", error.message);
    size_t i = 0;
    for (; names[i] && expected[i]; i++)
        cr_expect_str_eq(names[i], expected[i]);
    cr_expect(!names[i] && !expected[i], "'%s': another number of names", directory);
    mp_vfs_list_free(names);
}

static bool mount_zip(const char *name, const char *point, const ZipEntry *entries, size_t count,
                      MpError *error)
{
    size_t size;
    uint8_t *zip = zip_build(entries, count, &size);
    return mp_vfs_mount_memory(vfs, name, zip, size, point, error);
}

static const ZipEntry winter[] = {{.name = "scripts/main.lua", .content = "winter main"},
                                  {.name = "snow/flake.txt", .content = "*"}};

Test(vfs, reads_files)
{
    size_t size;
    char *text = mp_vfs_read(vfs, "scripts/main.lua", 9, &size, NULL);
    cr_assert(text);
    cr_expect_eq(size, 9);
    cr_expect_str_eq(text, "base main");
    free(text);
    expect_content("/scripts/timer.lua", "base timer");
}

Test(vfs, lays_later_mounts_on_top)
{
    cr_assert(mount_zip("winter", "/", winter, 2, NULL));
    expect_content("scripts/main.lua", "winter main");
    expect_content("scripts/timer.lua", "base timer");
    cr_assert(mp_vfs_unmount(vfs, "winter", NULL));
    expect_content("scripts/main.lua", "base main");
}

Test(vfs, mounts_the_same_content_under_several_names)
{
    cr_assert(mount_zip("one", "/", winter, 2, NULL));
    cr_assert(mount_zip("two", "/again", winter, 2, NULL));
    expect_content("snow/flake.txt", "*");
    expect_content("again/snow/flake.txt", "*");
    cr_assert(mp_vfs_unmount(vfs, "one", NULL));
    expect_content("again/snow/flake.txt", "*");
    expect_failure("snow/flake.txt", MP_NOT_FOUND);
}

Test(vfs, refuses_a_name_twice)
{
    MpError error;
    cr_assert(mount_zip("winter", "/", winter, 2, NULL));
    cr_expect_not(mount_zip("winter", "/", winter, 2, &error));
    cr_expect_eq(error.status, MP_INVALID);
    cr_expect_not(mount_zip("", "/", winter, 2, &error));
    cr_expect_eq(error.status, MP_INVALID);
    cr_expect_not(mp_vfs_unmount(vfs, "summer", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
}

Test(vfs, lets_a_mounted_zip_be_deleted)
{
    size_t size;
    uint8_t *zip = zip_build(winter, 2, &size);
    scratch_write(&scratch, "winter.zip", zip, size);
    free(zip);
    cr_assert(mp_vfs_mount_zip(vfs, scratch_path(&scratch, "winter.zip"), "/", NULL));
    scratch_remove(&scratch, "winter.zip");
    expect_content("snow/flake.txt", "*");
}

Test(vfs, refuses_what_is_no_zip_or_folder)
{
    MpError error;
    scratch_write_text(&scratch, "text.zip", "this is text");
    cr_expect_not(mp_vfs_mount_zip(vfs, scratch_path(&scratch, "text.zip"), "/", &error));
    cr_expect_eq(error.status, MP_FORMAT);
    cr_expect(strstr(error.message, "text.zip"), "%s", error.message);
    cr_expect_not(mp_vfs_mount_zip(vfs, scratch_path(&scratch, "none.zip"), "/", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect_not(mp_vfs_mount_directory(vfs, scratch_path(&scratch, "text.zip"), "/", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
}

Test(vfs, checks_archives_before_it_mounts_them)
{
    static const ZipEntry escape[] = {{.name = "../../x", .content = "x"}};
    MpError error;
    cr_expect_not(mount_zip("escape.zip", "/", escape, 1, &error));
    cr_expect_eq(error.status, MP_REFUSED);
    cr_expect(strstr(error.message, "escape.zip"), "%s", error.message);
}

Test(vfs, compares_the_size_before_it_reads)
{
    MpError error;
    cr_expect_null(mp_vfs_read(vfs, "scripts/main.lua", 8, NULL, &error));
    cr_expect_eq(error.status, MP_LIMIT);
}

Test(vfs, refuses_what_is_no_file_of_the_tree)
{
    static const struct {
        const char *path;
        MpStatus status;
    } cases[] = {
        {"scripts/none.lua", MP_NOT_FOUND},
        {"scripts", MP_REFUSED},
        {"", MP_REFUSED},
        {"../secret", MP_REFUSED},
        {"scripts/../../x", MP_REFUSED},
        {"scripts/./main.lua", MP_REFUSED},
        {"scripts\\main.lua", MP_REFUSED},
        {"c:/x", MP_REFUSED},
        {"a$b", MP_REFUSED},
        {"scripts//main.lua", MP_REFUSED},
        {"a\nb", MP_REFUSED},
        {"scripts/main.lua/x", MP_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_failure(cases[i].path, cases[i].status);
    char path[MP_VFS_PATH_LIMIT + 2];
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    expect_failure(path, MP_REFUSED);
}

Test(vfs, does_not_follow_links)
{
    scratch_write_text(&scratch, "secret", "secret");
    scratch_make_folder(&scratch, "outside");
    scratch_write_text(&scratch, "outside/file", "secret");
    cr_assert_eq(symlink("../secret", scratch_path(&scratch, "base/link")), 0);
    cr_assert_eq(symlink("../outside", scratch_path(&scratch, "base/folder")), 0);
    expect_failure("link", MP_REFUSED);
    expect_failure("folder/file", MP_REFUSED);
    cr_expect_not(mp_vfs_exists(vfs, "link"));
}

Test(vfs, does_not_wait_for_pipes)
{
    cr_assert_eq(mkfifo(scratch_path(&scratch, "base/pipe"), 0600), 0);
    expect_failure("pipe", MP_REFUSED);
    cr_expect_not(mp_vfs_exists(vfs, "pipe"));
}

Test(vfs, leaves_pipes_and_links_out_of_listings_however_deep)
{
    static const char *const folders[] = {"base", "base/scripts", "base/scripts/deep"};
    scratch_make_folder(&scratch, "base/scripts/deep");
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[100];
        snprintf(path, sizeof path, "%s/pipe", folders[i]);
        cr_assert_eq(mkfifo(scratch_path(&scratch, path), 0600), 0);
        snprintf(path, sizeof path, "%s/link", folders[i]);
        cr_assert_eq(symlink("/dev/zero", scratch_path(&scratch, path)), 0);
    }
    scratch_write_text(&scratch, "base/scripts/deep/file", "x");
    expect_list("", (const char *const[]){"scripts", NULL});
    expect_list("scripts", (const char *const[]){"deep", "main.lua", "timer.lua", NULL});
    expect_list("scripts/deep", (const char *const[]){"file", NULL});
    expect_failure("scripts/deep/pipe", MP_REFUSED);
    expect_failure("scripts/deep/link", MP_REFUSED);
}

Test(vfs, notices_content_that_does_not_fit_its_checksum)
{
    static const ZipEntry damaged[] = {{.name = "good", .content = "12345"},
                                       {.name = "bad", .content = "12345", .checksum = 1}};
    cr_assert(mount_zip("damaged", "/below/it", damaged, 2, NULL));
    expect_content("below/it/good", "12345");
    expect_failure("below/it/bad", MP_FORMAT);
}

Test(vfs, notices_a_file_that_is_not_as_long_as_it_says)
{
    /* "stored" may not have two sizes, so this says "deflated": the content is no such stream */
    static const ZipEntry liar[] = {
        {.name = "liar", .content = "12345", .method = 8, .declared_size = 100}};
    cr_assert(mount_zip("liar", "/", liar, 1, NULL));
    MpError error;
    cr_expect_null(mp_vfs_read(vfs, "liar", 1000, NULL, &error));
    cr_expect_eq(error.status, MP_FORMAT, "%s", error.message);
}

Test(vfs, tells_of_files)
{
    MpVfsStat stat;
    cr_assert(mp_vfs_stat(vfs, "scripts/main.lua", &stat, NULL));
    cr_expect_eq(stat.size, 9);
    cr_expect_not(stat.is_directory);
    cr_expect_str_eq(stat.source, scratch_path(&scratch, "base"));
    cr_assert(mp_vfs_stat(vfs, "scripts", &stat, NULL));
    cr_expect(stat.is_directory);
    MpError error;
    cr_expect_not(mp_vfs_stat(vfs, "none", &stat, &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
}

Test(vfs, tells_changed_files_from_others)
{
    MpVfsStat before, after;
    cr_assert(mount_zip("winter", "/", winter, 2, NULL));
    cr_assert(mp_vfs_stat(vfs, "scripts/main.lua", &before, NULL));
    cr_assert(mp_vfs_stat(vfs, "scripts/main.lua", &after, NULL));
    cr_expect(mp_vfs_stat_same(&before, &after));
    cr_assert(mp_vfs_unmount(vfs, "winter", NULL));
    cr_assert(mount_zip("winter", "/", winter, 2, NULL));
    cr_assert(mp_vfs_stat(vfs, "scripts/main.lua", &after, NULL));
    cr_expect_not(mp_vfs_stat_same(&before, &after), "a new mount of the same name");

    cr_assert(mp_vfs_stat(vfs, "scripts/timer.lua", &before, NULL));
    const struct timespec times[2] = {{.tv_sec = 1000, .tv_nsec = 1},
                                      {.tv_sec = 1000, .tv_nsec = 1}};
    cr_assert_eq(utimensat(AT_FDCWD, scratch_path(&scratch, "base/scripts/timer.lua"), times, 0),
                 0);
    cr_assert(mp_vfs_stat(vfs, "scripts/timer.lua", &after, NULL));
    cr_expect_eq(after.modified_ns, 1000000000001, "nanoseconds count");
    cr_expect_not(mp_vfs_stat_same(&before, &after));
}

Test(vfs, tells_nanoseconds_below_a_mount_point)
{
    MpVfsStat stat;
    cr_assert(mp_vfs_unmount(vfs, scratch_path(&scratch, "base"), NULL));
    cr_assert(mp_vfs_mount_directory(vfs, scratch_path(&scratch, "base"), "/deep/in/", NULL));
    const struct timespec times[2] = {{.tv_sec = 5, .tv_nsec = 7}, {.tv_sec = 5, .tv_nsec = 7}};
    cr_assert_eq(utimensat(AT_FDCWD, scratch_path(&scratch, "base/scripts/timer.lua"), times, 0),
                 0);
    cr_assert(mp_vfs_stat(vfs, "/deep/in/scripts/timer.lua", &stat, NULL));
    cr_expect_eq(stat.modified_ns, 5000000007);
    cr_assert(mp_vfs_stat(vfs, "deep", &stat, NULL));
    cr_expect(stat.is_directory);
}

Test(vfs, lists_names_of_all_mounts)
{
    static const ZipEntry more[] = {{.name = "scripts/main.lua", .content = ""},
                                    {.name = "scripts/Zebra.lua", .content = ""},
                                    {.name = "scripts/a.lua", .content = ""}};
    cr_assert(mount_zip("more", "/", more, 3, NULL));
    expect_list("scripts",
                (const char *const[]){"Zebra.lua", "a.lua", "main.lua", "timer.lua", NULL});
    expect_list("", (const char *const[]){"scripts", NULL});
    expect_list("/", (const char *const[]){"scripts", NULL});
    expect_list("nowhere", (const char *const[]){NULL});
    MpError error;
    cr_expect_null(mp_vfs_list(vfs, "../up", &error));
    cr_expect_eq(error.status, MP_REFUSED);
}

Test(vfs, reads_no_archives_but_zip)
{
    const PHYSFS_ArchiveInfo **types = PHYSFS_supportedArchiveTypes();
    cr_assert_not_null(types[0]);
    cr_expect_str_eq(types[0]->extension, "ZIP");
    cr_expect_null(types[1]);
}

Test(vfs, is_one_at_a_time)
{
    MpError error;
    cr_expect_null(mp_vfs_create(NULL, &error));
    cr_expect_eq(error.status, MP_INVALID);
    mp_vfs_destroy(vfs);
    vfs = mp_vfs_create(NULL, &error);
    cr_expect_not_null(vfs);
    expect_failure("scripts/main.lua", MP_NOT_FOUND);
}
