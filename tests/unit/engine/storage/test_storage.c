#include "file/file.h"
#include "storage/storage.h"
#include "support/scratch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Scratch scratch;
static MpStorage *storage;

static void init(void)
{
    scratch_init(&scratch);
    storage = mp_storage_create(scratch_path(&scratch, "user/saves/"), NULL, NULL, NULL);
    cr_assert(storage);
}

static void finish(void)
{
    mp_storage_destroy(storage);
    scratch_finish(&scratch);
}

TestSuite(storage, .init = init, .fini = finish);

Test(storage, reads_what_was_written)
{
    cr_assert(mp_storage_write(storage, "high-score.1", "4200\n", NULL));
    const char *text = mp_storage_read(storage, "high-score.1", NULL);
    cr_assert(text);
    cr_expect_str_eq(text, "4200\n");
    cr_assert(mp_storage_write(storage, "high-score.1", "", NULL));
    cr_expect_str_eq(mp_storage_read(storage, "high-score.1", NULL), "");
    cr_expect(mp_file_is_directory(scratch_path(&scratch, "user/saves")));
}

Test(storage, says_when_there_is_nothing)
{
    MpError error;
    cr_expect_null(mp_storage_read(storage, "settings", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
}

#define TEN        "0123456789"
#define SIXTY_FIVE TEN TEN TEN TEN TEN TEN "01234"

Test(storage, refuses_other_names)
{
    static const char *const names[] = {
        "",       ".",     "..",  ".hidden", "a/b",      "../up",    "A",
        "a b",    "a\\b",  "con", "patches", "nul.x",    "com1",     "lpt9",
        "lpt0.a", "name~", "a:b", "dot.",    "\xC3\xA4", SIXTY_FIVE,
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        MpError error = {0};
        cr_expect_not(mp_storage_write(storage, names[i], "x", &error), "'%s'", names[i]);
        cr_expect_eq(error.status, MP_REFUSED, "'%s'", names[i]);
        error.status = MP_OK;
        cr_expect_null(mp_storage_read(storage, names[i], &error), "'%s'", names[i]);
        cr_expect_eq(error.status, MP_REFUSED, "'%s'", names[i]);
    }
    static const char *const good[] = {"a", "console", "com10", "con_", "-", "_.x"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_expect(mp_storage_write(storage, good[i], "x", NULL), "'%s'", good[i]);
}

Test(storage, refuses_what_is_not_text)
{
    MpError error;
    scratch_write(&scratch, "user/saves/binary", "a\0b", 3);
    cr_expect_null(mp_storage_read(storage, "binary", &error));
    cr_expect_eq(error.status, MP_FORMAT);
}

Test(storage, has_room_for_a_megabyte)
{
    MpError error;
    char *text = malloc(MP_STORAGE_SIZE_LIMIT + 2);
    cr_assert(text);
    memset(text, 'x', MP_STORAGE_SIZE_LIMIT + 1);
    text[MP_STORAGE_SIZE_LIMIT + 1] = '\0';
    cr_expect_not(mp_storage_write(storage, "big", text, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    text[MP_STORAGE_SIZE_LIMIT] = '\0';
    cr_expect(mp_storage_write(storage, "big", text, &error));
    cr_expect_str_eq(mp_storage_read(storage, "big", NULL), text);
    free(text);
}

Test(storage, renames)
{
    MpError error;
    cr_assert(mp_storage_write(storage, "a", "new", NULL));
    cr_assert(mp_storage_write(storage, "b", "old", NULL));
    cr_expect(mp_storage_exists(storage, "a"));
    cr_assert(mp_storage_rename(storage, "a", "b", NULL));
    cr_expect_not(mp_storage_exists(storage, "a"));
    cr_expect_str_eq(mp_storage_read(storage, "b", NULL), "new");
    cr_expect_not(mp_storage_rename(storage, "a", "b", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect_not(mp_storage_rename(storage, "b", "../b", &error));
    cr_expect_eq(error.status, MP_REFUSED);
    cr_expect_not(mp_storage_exists(storage, ".."));
    cr_expect_str_eq(mp_storage_read(storage, "b", NULL), "new");
}

/* ---- a storage that something stands before ------------------------------------------------ */

static char noted[200];

static void note(void *user, const char *question, const char *text, const MpError *error)
{
    size_t length = strlen(noted);
    cr_expect_eq(user, noted);
    snprintf(noted + length, sizeof noted - length, "%s=%s %d;", question, text ? text : "-",
             (int)error->status);
}

static char *answer(void *user, const char *question, MpError *error)
{
    cr_expect_eq(user, noted);
    if (strcmp(question, "a") == 0)
        return strdup("answered");
    if (strcmp(question, "rename here there") == 0 || strcmp(question, "exists here ") == 0)
        return strdup("");
    mp_error_set(error, MP_LIMIT, "no answer");
    return NULL;
}

Test(storage, tells_what_was_read)
{
    cr_assert(mp_storage_write(storage, "a", "text", NULL));
    storage->outside = &(MpOutside){.user = noted, .note = note};
    cr_expect_str_eq(mp_storage_read(storage, "a", NULL), "text");
    cr_expect_null(mp_storage_read(storage, "b", NULL));
    char expected[40];
    snprintf(expected, sizeof expected, "a=text %d;b=- %d;", MP_OK, MP_NOT_FOUND);
    cr_expect_str_eq(noted, expected);
}

Test(storage, that_is_closed_keeps_its_files)
{
    MpError error;
    cr_assert(mp_storage_write(storage, "a", "text", NULL));
    storage->outside = &(MpOutside){.closed = true, .user = noted, .answer = answer};
    cr_expect(mp_storage_write(storage, "a", "other", NULL));
    cr_expect_not(mp_storage_write(storage, "A", "other", &error),
                  "names are checked all the same");
    cr_expect_str_eq(mp_storage_read(storage, "a", NULL), "answered");
    cr_expect_null(mp_storage_read(storage, "b", &error));
    cr_expect_eq(error.status, MP_LIMIT);
    storage->outside = NULL;
    cr_expect_str_eq(mp_storage_read(storage, "a", NULL), "text");
}

Test(storage, tells_what_is_there_and_what_was_renamed)
{
    cr_assert(mp_storage_write(storage, "a", "text", NULL));
    storage->outside = &(MpOutside){.user = noted, .note = note};
    cr_expect(mp_storage_exists(storage, "a"));
    cr_expect(mp_storage_rename(storage, "a", "b", NULL));
    cr_expect_not(mp_storage_exists(storage, "a"));
    char expected[80];
    snprintf(expected, sizeof expected, "exists a = %d;rename a b= %d;exists a =- %d;", MP_OK,
             MP_OK, MP_NOT_FOUND);
    cr_expect_str_eq(noted, expected);
}

Test(storage, that_is_closed_renames_nothing)
{
    MpError error;
    cr_assert(mp_storage_write(storage, "a", "text", NULL));
    storage->outside = &(MpOutside){.closed = true, .user = noted, .answer = answer};
    cr_expect(mp_storage_rename(storage, "here", "there", NULL), "the answer, not the folder");
    cr_expect(mp_storage_exists(storage, "here"));
    cr_expect_not(mp_storage_exists(storage, "a"));
    cr_expect_not(mp_storage_rename(storage, "a", "b", &error));
    cr_expect_eq(error.status, MP_LIMIT);
    storage->outside = NULL;
    cr_expect_str_eq(mp_storage_read(storage, "a", NULL), "text");
}
