/* What slots need of the file system, at its limits. */
#include "support/scratch.h"
#include "update/channel/tree.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH = 2000, DESCRIPTORS = 64 };

static Scratch scratch;

static void init(void) { scratch_init(&scratch); }

static void finish(void) { scratch_finish(&scratch); }

TestSuite(tree, .init = init, .fini = finish, .timeout = 60);

/* Folders in one another, with a file and a link out in the innermost one. */
static void make_deep(const char *path)
{
    cr_assert_eq(mkdir(path, 0700), 0);
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < DEPTH; i++) {
        cr_assert_eq(mkdirat(folder, "d", 0700), 0);
        int inner = openat(folder, "d", O_RDONLY | O_DIRECTORY);
        close(folder);
        folder = inner;
    }
    close(openat(folder, "file", O_WRONLY | O_CREAT, 0600));
    cr_assert_eq(symlinkat(scratch_path(&scratch, "kept"), folder, "link"), 0);
    close(folder);
}

Test(tree, a_deep_tree_is_removed_with_few_descriptors_and_no_link_followed)
{
    MpError error = {.message = ""};
    const char *path = scratch_path(&scratch, "deep");
    scratch_make_folder(&scratch, "kept");
    scratch_write_text(&scratch, "kept/file", "kept");
    make_deep(path);
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &(struct rlimit){DESCRIPTORS, DESCRIPTORS}), 0);
    cr_expect(mp_tree_remove(path, &error), "%s", error.message);
    cr_expect_neq(access(path, F_OK), 0);
    cr_expect_eq(access(scratch_path(&scratch, "kept/file"), F_OK), 0);
    cr_expect(mp_tree_remove(path, &error), "one that is not there: %s", error.message);
}

Test(tree, a_link_is_removed_and_not_what_it_leads_to)
{
    const char *path = scratch_path(&scratch, "link");
    scratch_make_folder(&scratch, "kept");
    scratch_write_text(&scratch, "kept/file", "kept");
    cr_assert_eq(symlink(scratch_path(&scratch, "kept"), path), 0);
    cr_expect(mp_tree_remove(path, NULL));
    cr_expect_neq(access(path, F_OK), 0);
    cr_expect_eq(access(scratch_path(&scratch, "kept/file"), F_OK), 0);
}
