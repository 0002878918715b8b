#include "support/scratch.h"
#include "watch/signature.h"
#include "watch/watch.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

Test(watch_list, tells_of_each_entry)
{
    Scratch scratch;
    scratch_init(&scratch);
    scratch_write_text(&scratch, "b.lua", "12345");
    scratch_write_text(&scratch, "Z.lua", "");
    scratch_make_folder(&scratch, "assets");
    cr_assert_eq(symlink("b.lua", scratch_path(&scratch, "link")), 0);
    const struct timespec times[2] = {{.tv_sec = 9, .tv_nsec = 8}, {.tv_sec = 9, .tv_nsec = 8}};
    cr_assert_eq(utimensat(AT_FDCWD, scratch_path(&scratch, "b.lua"), times, 0), 0);

    static const struct {
        const char *name;
        MpWatchType type;
        int64_t size;
    } expected[] = {{"Z.lua", MP_WATCH_FILE, 0},
                    {"assets", MP_WATCH_DIRECTORY, -1},
                    {"b.lua", MP_WATCH_FILE, 5},
                    {"link", MP_WATCH_OTHER, -1}};
    MpWatchList list;
    cr_assert(mp_watch_list(scratch.path, &list, NULL));
    cr_assert_eq(list.count, 4);
    for (size_t i = 0; i < 4; i++) {
        cr_expect_str_eq(list.entries[i].name, expected[i].name);
        cr_expect_eq(list.entries[i].type, expected[i].type, "%s", expected[i].name);
        if (expected[i].size >= 0)
            cr_expect_eq(list.entries[i].size, expected[i].size, "%s", expected[i].name);
    }
    cr_expect_eq(list.entries[2].modified_ns, 9000000008);
    mp_watch_list_finish(&list);
    scratch_finish(&scratch);
}

Test(watch_list, may_be_empty_or_missing)
{
    Scratch scratch;
    scratch_init(&scratch);
    MpWatchList list;
    cr_assert(mp_watch_list(scratch.path, &list, NULL));
    cr_expect_eq(list.count, 0);
    mp_watch_list_finish(&list);
    MpError error;
    cr_expect_not(mp_watch_list(scratch_path(&scratch, "none"), &list, &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    scratch_finish(&scratch);
}

/* As `cp -p` and `mv` leave it: size and time are those of the file before. */
Test(watch_list, another_file_of_the_same_size_and_time_is_another_file)
{
    Scratch scratch;
    scratch_init(&scratch);
    static const char *const names[] = {"a.lua", "b.lua"};
    const struct timespec times[2] = {{.tv_sec = 9}, {.tv_sec = 9}};
    for (int i = 0; i < 2; i++) {
        scratch_write_text(&scratch, names[i], i ? "two" : "one");
        cr_assert_eq(utimensat(AT_FDCWD, scratch_path(&scratch, names[i]), times, 0), 0);
    }
    MpWatchList before, after;
    uint64_t signature = mp_watch_signature(scratch.path);
    cr_assert(mp_watch_list(scratch.path, &before, NULL));
    cr_assert(mp_watch_list(scratch.path, &after, NULL));
    cr_expect(mp_watch_entry_same(&before.entries[0], &after.entries[0]));
    mp_watch_list_finish(&after);
    scratch_write_text(&scratch, "a.lua", "six");
    cr_assert_eq(utimensat(AT_FDCWD, scratch_path(&scratch, "a.lua"), times, 0), 0);
    cr_expect_neq(mp_watch_signature(scratch.path), signature);
    cr_assert(mp_watch_list(scratch.path, &after, NULL));
    cr_expect_not(mp_watch_entry_same(&before.entries[0], &after.entries[0]));
    mp_watch_list_finish(&after);
    mp_watch_list_finish(&before);
    scratch_finish(&scratch);
}
