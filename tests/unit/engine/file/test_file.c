#include "file/file.h"
#include "support/scratch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
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
    cr_expect_neq(access(scratch_path(&scratch, "data~"), F_OK), 0, "the helper file is left");
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

Test(file, keeps_the_old_file_when_it_cannot_write)
{
    MpError error;
    const char *path = scratch_path(&scratch, "kept");
    cr_assert(mp_file_write(path, "old", 3, NULL));
    /* A folder where the helper file should be. */
    scratch_make_folder(&scratch, "kept~");
    cr_expect_not(mp_file_write(path, "new", 3, &error));
    cr_expect_eq(error.status, MP_IO);
    char *read = mp_file_read(path, 10, NULL, NULL);
    cr_assert(read);
    cr_expect_str_eq(read, "old");
    free(read);
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
