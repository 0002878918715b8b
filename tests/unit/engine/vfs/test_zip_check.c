#include "support/zip_builder.h"
#include "vfs/zip_check.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MpStatus check(const ZipEntry *entries, size_t count, MpError *error)
{
    size_t size;
    uint8_t *zip = zip_build(entries, count, &size);
    MpStatus status = mp_zip_check(zip, size, error) ? MP_OK : error->status;
    free(zip);
    return status;
}

typedef struct NameCase {
    const char *name;
    MpStatus status;
} NameCase;

#define TEN     "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const NameCase names[] = {
    {"main.lua", MP_OK},
    {"scripts/main.lua", MP_OK},
    {"scripts/", MP_OK},
    {"..a/...b", MP_OK},
    {"conifer/com0/lpt/auxiliary.lua", MP_OK},
    {"Read me (1), + @-_.txt", MP_OK},
    {"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", MP_OK},
    {"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/", MP_OK},
    {"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/x", MP_REFUSED},
    {HUNDRED HUNDRED TEN TEN TEN TEN, MP_OK},
    {HUNDRED HUNDRED TEN TEN TEN TEN "0", MP_REFUSED},
    {"", MP_REFUSED},
    {"/", MP_REFUSED},
    {"/etc/passwd", MP_REFUSED},
    {"a//b", MP_REFUSED},
    {"..", MP_REFUSED},
    {"../x", MP_REFUSED},
    {"a/../x", MP_REFUSED},
    {"a/..", MP_REFUSED},
    {"./x", MP_REFUSED},
    {"a\\b", MP_REFUSED},
    {"C:x", MP_REFUSED},
    {"a$b", MP_REFUSED},
    {"a\nb", MP_REFUSED},
    {"\xC3\xA4", MP_REFUSED},
};

Test(zip_check, accepts_plain_names_only)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const ZipEntry entry = {.name = names[i].name, .content = ""};
        MpError error = {0};
        cr_expect_eq(check(&entry, 1, &error), names[i].status, "'%s': %s", names[i].name,
                     error.message);
    }
}

typedef struct EntryCase {
    ZipEntry entry;
    MpStatus status;
} EntryCase;

static const EntryCase entries[] = {
    {{.name = "a", .content = "x"}, MP_OK},
    {{.name = "a", .content = "x", .method = 8, .declared_size = 9}, MP_OK},
    {{.name = "a", .content = "x", .unix_mode = 0100644}, MP_OK},
    {{.name = "a", .content = "x", .unix_mode = 0120777}, MP_REFUSED},
    {{.name = "a", .content = "x", .flags = 1}, MP_REFUSED},
    {{.name = "a", .content = "x", .flags = 1 << 6}, MP_REFUSED},
    {{.name = "a", .content = "x", .flags = 1 << 13}, MP_REFUSED},
    {{.name = "a", .content = "x", .method = 12}, MP_REFUSED},
    {{.name = "a", .content = "x", .declared_size = 2}, MP_FORMAT},
    {{.name = "a", .content = "x", .method = 8, .declared_size = MP_ZIP_RATIO_FROM}, MP_OK},
    {{.name = "a", .content = "x", .method = 8, .declared_size = MP_ZIP_RATIO_FROM + 1}, MP_LIMIT},
    {{.name = "a", .content = "x", .streamed = 1}, MP_OK},
    {{.name = "a", .content = "x", .extra = "UT\1\0x", .extra_size = 5}, MP_OK},
    {{.name = "a", .content = "x", .method = 8, .declared_size = MP_ZIP_FILE_LIMIT + 1}, MP_LIMIT},
    {{.name = "a", .content = "x", .method = 8, .declared_size = UINT32_MAX}, MP_LIMIT},
    {{.name = "a", .content = "x", .method = 8, .packed_size = 2}, MP_FORMAT},
    {{.name = "a", .content = "x", .method = 8, .packed_size = UINT32_MAX}, MP_FORMAT},
    {{.name = "a", .content = "x", .local_name = "b"}, MP_FORMAT},
    {{.name = "a", .content = "x", .local_name = "ab"}, MP_FORMAT},
};

Test(zip_check, accepts_plain_entries_only)
{
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        MpError error = {0};
        cr_expect_eq(check(&entries[i].entry, 1, &error), entries[i].status, "case %zu: %s", i,
                     error.message);
    }
}

Test(zip_check, refuses_entries_that_share_their_data)
{
    static const ZipEntry bomb[] = {{.name = "a", .content = "x"},
                                    {.name = "a", .content = "x", .shares_data = 1}};
    MpError error;
    cr_expect_eq(check(bomb, 2, &error), MP_FORMAT);
    cr_expect(strstr(error.message, "overlaps"), "%s", error.message);
}

Test(zip_check, refuses_names_that_differ_in_case_only)
{
    static const ZipEntry twins[][2] = {
        {{.name = "a/B.txt", .content = ""}, {.name = "A/b.TXT", .content = ""}},
        {{.name = "same", .content = ""}, {.name = "same", .content = ""}},
        {{.name = "folder/", .content = ""}, {.name = "Folder", .content = ""}},
    };
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
        MpError error;
        cr_expect_eq(check(twins[i], 2, &error), MP_FORMAT, "case %zu", i);
    }
}

/* Each alone is small enough for any ratio. */
Test(zip_check, adds_the_sizes_up)
{
    static const ZipEntry two_halves[] = {
        {.name = "a", .content = "", .method = 8, .declared_size = MP_ZIP_RATIO_FROM / 2},
        {.name = "b", .content = "", .method = 8, .declared_size = MP_ZIP_RATIO_FROM / 2},
        {.name = "c", .content = "", .method = 8, .declared_size = 1}};
    MpError error;
    cr_expect_eq(check(two_halves, 2, &error), MP_OK);
    cr_expect_eq(check(two_halves, 3, &error), MP_LIMIT);
}

Test(zip_check, counts_entries)
{
    enum { COUNT = MP_ZIP_ENTRY_LIMIT + 1 };
    static ZipEntry many[COUNT];
    static char many_names[COUNT][8];
    for (int i = 0; i < COUNT; i++) {
        snprintf(many_names[i], sizeof many_names[i], "%d", i);
        many[i] = (ZipEntry){.name = many_names[i], .content = ""};
    }
    MpError error;
    cr_expect_eq(check(many, COUNT - 1, &error), MP_OK);
    cr_expect_eq(check(many, COUNT, &error), MP_LIMIT);
    cr_expect_eq(check(many, 0, &error), MP_FORMAT);
}

static const ZipEntry two[] = {{.name = "one.txt", .content = "first"},
                               {.name = "two.txt", .content = "second"}};

Test(zip_check, accepts_a_comment)
{
    size_t size;
    uint8_t *zip = zip_build(two, 2, &size);
    zip = realloc(zip, size + 5);
    cr_assert(zip);
    memcpy(zip + size, "hello", 5);
    MpError error;
    cr_expect_not(mp_zip_check(zip, size + 5, &error), "one that is not announced");
    zip[size - 2] = 5;
    cr_expect(mp_zip_check(zip, size + 5, &error), "%s", error.message);
    free(zip);
}

Test(zip_check, refuses_something_before_the_archive)
{
    size_t size;
    uint8_t *zip = zip_build(two, 2, &size);
    uint8_t *shifted = calloc(1, size + 10);
    cr_assert(shifted);
    memcpy(shifted + 10, zip, size);
    MpError error;
    cr_expect_not(mp_zip_check(shifted, size + 10, &error));
    free(shifted);
    free(zip);
}

/* With a sanitizer this finds reads beyond the end: each copy is exactly as large as it says. */
Test(zip_check, survives_every_length)
{
    size_t size;
    uint8_t *zip = zip_build(two, 2, &size);
    for (size_t length = 0; length < size; length++) {
        uint8_t *part = malloc(length ? length : 1);
        cr_assert(part);
        memcpy(part, zip, length);
        cr_expect_not(mp_zip_check(part, length, NULL), "%zu of %zu bytes", length, size);
        free(part);
    }
    free(zip);
}

Test(zip_check, survives_every_byte)
{
    static const uint8_t values[] = {0x00, 0x01, 0x2F, 0x7F, 0x80, 0xFF};
    size_t size;
    uint8_t *zip = zip_build(two, 2, &size);
    for (size_t i = 0; i < size; i++) {
        uint8_t kept = zip[i];
        for (size_t k = 0; k < sizeof values; k++) {
            zip[i] = values[k];
            mp_zip_check(zip, size, NULL);
        }
        zip[i] = kept;
    }
    cr_expect(mp_zip_check(zip, size, NULL));
    free(zip);
}
