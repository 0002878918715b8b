#include "file/file.h"
#include "file/path.h"
#include "support/scratch.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static Scratch scratch;

static void init(void) { scratch_init(&scratch); }

static void finish(void) { scratch_finish(&scratch); }

TestSuite(file, .init = init, .fini = finish, .timeout = 20);

Test(file, reads_what_was_written)
{
    static const char data[] = "bytes\0and more";
    const char *path = scratch_path(&scratch, "data");
    cr_assert(mp_file_write(path, data, sizeof data, NULL));
    size_t size;
    char *read = mp_file_read(path, 100, &size, NULL);
    cr_assert(read);
    cr_expect_eq(size, sizeof data);
    cr_expect_arr_eq(read, data, sizeof data);
    cr_expect_eq(read[size], '\0');
    free(read);
}

Test(file, reads_an_empty_file)
{
    size_t size = 1;
    scratch_write_text(&scratch, "empty", "");
    char *read = mp_file_read(scratch_path(&scratch, "empty"), 0, &size, NULL);
    cr_assert(read);
    cr_expect_eq(size, 0);
    cr_expect_str_eq(read, "");
    free(read);
}

Test(file, refuses_what_cannot_be_read)
{
    MpError error;
    scratch_write_text(&scratch, "long", "12345");
    cr_expect_not(mp_file_read(scratch_path(&scratch, "long"), 4, NULL, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    cr_expect_not(mp_file_read(scratch_path(&scratch, "none"), 4, NULL, &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect_not(mp_file_read(scratch.path, 4, NULL, &error));
    cr_expect_eq(error.status, MP_IO);
    /* without a writer, opening it would wait for ever */
    cr_assert_eq(mkfifo(scratch_path(&scratch, "pipe"), 0600), 0);
    cr_expect_not(mp_file_read(scratch_path(&scratch, "pipe"), 4, NULL, &error));
    cr_expect_eq(error.status, MP_IO);
}

static void expect_content(const char *path, const char *wanted)
{
    char *read = mp_file_read(path, 100, NULL, NULL);
    cr_assert(read);
    cr_expect_str_eq(read, wanted);
    free(read);
}

/* Names in the scratch folder, without "." and "..". */
static size_t count_names(void)
{
    size_t count = 0;
    DIR *folder = opendir(scratch.path);
    cr_assert(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(folder);
    return count;
}

Test(file, keeps_the_old_file_when_it_cannot_write)
{
    MpError error;
    const char *path = scratch_path(&scratch, "kept");
    cr_assert(mp_file_write(path, "old", 3, NULL));
    struct rlimit before, tight;
    getrlimit(RLIMIT_FSIZE, &before);
    tight = before;
    tight.rlim_cur = 4; /* as on a full disk */
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &tight);
    bool written = mp_file_write(path, "new and longer", 14, &error);
    setrlimit(RLIMIT_FSIZE, &before);
    cr_expect_not(written);
    cr_expect_eq(error.status, MP_IO);
    expect_content(path, "old");
    cr_expect_eq(count_names(), 1, "the helper file is left");
}

Test(file, leaves_the_files_beside_it_alone)
{
    scratch_write_text(&scratch, "report~", "an editor's");
    cr_assert(mp_file_write(scratch_path(&scratch, "report"), "new", 3, NULL));
    expect_content(scratch_path(&scratch, "report~"), "an editor's");
    expect_content(scratch_path(&scratch, "report"), "new");
}

Test(file, follows_links_and_keeps_access_rights)
{
    struct stat status;
    const char *link = scratch_path(&scratch, "link"), *target = scratch_path(&scratch, "target");
    cr_assert_eq(symlink("target", link), 0);
    cr_assert(mp_file_write(link, "first", 5, NULL), "a link that leads nowhere yet");
    expect_content(target, "first");
    cr_assert_eq(chmod(target, 0640), 0);
    cr_assert(mp_file_write(link, "second", 6, NULL));
    expect_content(target, "second");
    cr_assert_eq(lstat(link, &status), 0);
    cr_expect(S_ISLNK(status.st_mode));
    cr_assert_eq(stat(target, &status), 0);
    cr_expect_eq(status.st_mode & 0777, 0640);
}

Test(file, writes_to_what_is_no_regular_file)
{
    struct stat status;
    char read_back[8] = "";
    const char *path = scratch_path(&scratch, "pipe");
    cr_assert_eq(mkfifo(path, 0600), 0);
    int pipe = open(path, O_RDWR | O_NONBLOCK);
    cr_assert(pipe >= 0);
    cr_assert(mp_file_write(path, "report", 6, NULL));
    cr_expect_eq(read(pipe, read_back, sizeof read_back), 6);
    cr_expect_str_eq(read_back, "report");
    close(pipe);
    cr_expect_not(mp_file_write(path, "report", 6, NULL), "nobody reads it");
    cr_assert_eq(lstat(path, &status), 0);
    cr_expect(S_ISFIFO(status.st_mode));
    MpError error;
    cr_expect_not(mp_file_write(scratch.path, "x", 1, &error), "a folder");
    cr_expect_eq(error.status, MP_IO);
}

Test(file, makes_folders_with_those_above)
{
    const char *path = scratch_path(&scratch, "a/b/c/");
    cr_expect_not(mp_file_is_directory(path));
    cr_expect(mp_file_make_directory(path, NULL));
    cr_expect(mp_file_is_directory(path));
    cr_expect(mp_file_make_directory(path, NULL), "one that exists is fine");
    MpError error;
    scratch_write_text(&scratch, "file", "");
    cr_expect_not(mp_file_make_directory(scratch_path(&scratch, "file/below"), &error));
    cr_expect(strstr(error.message, "file/below"));
}

Test(file, paths_are_joined_by_one_slash)
{
    static const char *const joins[][3] = {
        {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"/", "b", "/b"}, {"", "b", "/b"}};
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
        char *path = mp_path_join(joins[i][0], joins[i][1]);
        cr_expect_str_eq(path, joins[i][2]);
        free(path);
    }
}
