#include "support/hostile_zips.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOCAL_SIZE = 30, END_SIZE = 22 };

/* ---- archives of many entries --------------------------------------------------------------- */

enum { NAME_ROOM = 256 };

typedef void Fill(ZipEntry *entry, char *name, size_t index);

static uint8_t *build_many(size_t count, Fill *fill, size_t *size)
{
    ZipEntry *entries = calloc(count, sizeof *entries);
    char *names = calloc(count, NAME_ROOM);
    cr_assert(entries && names);
    for (size_t i = 0; i < count; i++) {
        entries[i] = (ZipEntry){.name = names + i * NAME_ROOM, .content = ""};
        fill(&entries[i], names + i * NAME_ROOM, i);
    }
    uint8_t *zip = zip_build(entries, count, size);
    free(entries);
    free(names);
    return zip;
}

static void name_by_number(ZipEntry *entry, char *name, size_t index)
{
    (void)entry;
    snprintf(name, NAME_ROOM, "%zu", index);
}

static uint8_t *ten_thousand(size_t *size) { return build_many(10000, name_by_number, size); }

static void name_by_folders(ZipEntry *entry, char *name, size_t index)
{
    (void)entry;
    size_t length = 0;
    for (int i = 0; i < 15; i++)
        length += (size_t)snprintf(name + length, NAME_ROOM - length, "%zu.%d/", index, i);
    snprintf(name + length, NAME_ROOM - length, "x");
}

static uint8_t *folders(size_t *size) { return build_many(4000, name_by_folders, size); }

static void share_a_gigabyte(ZipEntry *entry, char *name, size_t index)
{
    snprintf(name, NAME_ROOM, "%zu", index);
    entry->content = index ? "" : NULL;
    entry->zeroes = 64 << 20;
    entry->shares_data = index > 0;
}

static uint8_t *shared_gigabyte(size_t *size) { return build_many(1000, share_a_gigabyte, size); }

static void declare_the_limit(ZipEntry *entry, char *name, size_t index)
{
    snprintf(name, NAME_ROOM, "%zu", index);
    entry->method = 8;
    entry->declared_size = 64 << 20;
    entry->packed_size = 1 << 20;
}

static uint8_t *nine_times_the_limit(size_t *size)
{
    return build_many(9, declare_the_limit, size);
}

static void declare_a_megabyte(ZipEntry *entry, char *name, size_t index)
{
    snprintf(name, NAME_ROOM, "%zu", index);
    entry->content = NULL;
    entry->zeroes = 1 << 20;
}

static uint8_t *many_small_bombs(size_t *size) { return build_many(200, declare_a_megabyte, size); }

/* ---- one long name -------------------------------------------------------------------------- */

static uint8_t *long_name(const char *pattern, size_t count, size_t *size)
{
    size_t length = strlen(pattern);
    char *name = malloc(length * count + 1);
    cr_assert(name);
    for (size_t i = 0; i < count; i++)
        memcpy(name + i * length, pattern, length);
    name[length * count] = 'x';
    uint8_t *zip = zip_build(
        &(ZipEntry){.name = name, .name_length = length * count + 1, .content = ""}, 1, size);
    free(name);
    return zip;
}

static uint8_t *twenty_thousand_folders(size_t *size) { return long_name("d/", 20000, size); }

static uint8_t *sixty_thousand_slashes(size_t *size) { return long_name("/", 60000, size); }

/* ---- what is no archive --------------------------------------------------------------------- */

static uint8_t *plain(const char *bytes, size_t length, size_t *size)
{
    uint8_t *copy = malloc(length ? length : 1);
    cr_assert(copy);
    memcpy(copy, bytes, length);
    *size = length;
    return copy;
}

static uint8_t *empty(size_t *size) { return plain("", 0, size); }

static uint8_t *noise(size_t *size)
{
    char bytes[4096];
    uint32_t state = 1;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)((state = state * 1664525 + 1013904223) >> 24);
    return plain(bytes, sizeof bytes, size);
}

static uint8_t *no_entries(size_t *size) { return zip_build(NULL, 0, size); }

static uint8_t *build_group(size_t *size)
{
    static const char bytes[] = "KenSilverman\x01\0\0\0"
                                "A.LUA\0\0\0\0\0\0\0\x01\0\0\0x";
    return plain(bytes, sizeof bytes - 1, size);
}

static uint8_t *build_wad(size_t *size)
{
    static const char bytes[] = "IWAD\x01\0\0\0\x0C\0\0\0\x0C\0\0\0\0\0\0\0A.LUA\0\0\0";
    return plain(bytes, sizeof bytes - 1, size);
}

static uint8_t *build_pak(size_t *size)
{
    char bytes[12 + 64] = "PACK\x0C\0\0\0\x40\0\0\0a.lua";
    return plain(bytes, sizeof bytes, size);
}

/* ---- what is done to an archive afterwards -------------------------------------------------- */

static uint8_t *insert(uint8_t *bytes, size_t *size, size_t at, const char *what, size_t length)
{
    bytes = realloc(bytes, *size + length);
    cr_assert(bytes);
    memmove(bytes + at + length, bytes + at, *size - at);
    memcpy(bytes + at, what, length);
    *size += length;
    return bytes;
}

static uint8_t *cut(uint8_t *bytes, size_t *size)
{
    *size -= 7;
    return bytes;
}

static uint8_t *append(uint8_t *bytes, size_t *size)
{
    return insert(bytes, size, *size, "tail", 4);
}

static uint8_t *prepend(uint8_t *bytes, size_t *size) { return insert(bytes, size, 0, "#!sh", 4); }

/* The same, with all offsets put right: a program that unpacks itself. */
static uint8_t *prepend_neatly(uint8_t *bytes, size_t *size)
{
    uint8_t *end = bytes + *size - END_SIZE;
    uint8_t *central = bytes + end[16] + 256 * end[17];
    central[42] = (uint8_t)(central[42] + 4);
    end[16] = (uint8_t)(end[16] + 4);
    return prepend(bytes, size);
}

static uint8_t *insert_before_directory(uint8_t *bytes, size_t *size)
{
    uint8_t *end = bytes + *size - END_SIZE;
    size_t directory = end[16] + 256u * end[17];
    end[16] = (uint8_t)(end[16] + 4);
    return insert(bytes, size, directory, "gap!", 4);
}

static uint8_t *add_second_end(uint8_t *bytes, size_t *size)
{
    char comment[END_SIZE];
    memcpy(comment, bytes + *size - END_SIZE, END_SIZE);
    comment[20] = 1; /* its own comment would reach beyond the end */
    bytes[*size - 2] = END_SIZE;
    return insert(bytes, size, *size, comment, END_SIZE);
}

static uint8_t *say_more_parts(uint8_t *bytes, size_t *size)
{
    bytes[*size - END_SIZE + 4] = 1;
    return bytes;
}

static uint8_t *say_other_part(uint8_t *bytes, size_t *size)
{
    const uint8_t *end = bytes + *size - END_SIZE;
    bytes[end[16] + 256 * end[17] + 34] = 1;
    return bytes;
}

static uint8_t *say_fewer_entries(uint8_t *bytes, size_t *size)
{
    bytes[*size - END_SIZE + 8]--;
    bytes[*size - END_SIZE + 10]--;
    return bytes;
}

static uint8_t *say_more_entries(uint8_t *bytes, size_t *size)
{
    bytes[*size - END_SIZE + 8]++;
    bytes[*size - END_SIZE + 10]++;
    return bytes;
}

static uint8_t *wipe_local_header(uint8_t *bytes, size_t *size)
{
    (void)size;
    memset(bytes, 0, 4);
    return bytes;
}

static uint8_t *say_other_version(uint8_t *bytes, size_t *size)
{
    (void)size;
    bytes[4] = 25;
    return bytes;
}

static uint8_t *spoil_descriptor(uint8_t *bytes, size_t *size)
{
    const uint8_t *end = bytes + *size - END_SIZE;
    bytes[end[16] + 256 * end[17] - 1] ^= 1;
    return bytes;
}

/* ---- the table ------------------------------------------------------------------------------ */

#define HOSTILE(name, message, ...)                     \
    {                                                   \
        .file = (name), .words = (message), __VA_ARGS__ \
    }
#define ONE(...) .entries = {{.content = "return", __VA_ARGS__}}

/* A locator of a zip64 directory that is not there. */
static const char zip64_locator[20] = "PK\x06\x07";

const HostileZip hostile_zips[] = {
    /* names */
    HOSTILE("up", "'../evil.lua' leads upwards", ONE(.name = "../evil.lua")),
    HOSTILE("up-within", "'a/../../x' leads upwards", ONE(.name = "a/../../x")),
    HOSTILE("up-last", "'a/..' leads upwards", ONE(.name = "a/..")),
    HOSTILE("dot", "'./patch.lua' has a .", ONE(.name = "./patch.lua")),
    HOSTILE("absolute", "'/etc/passwd' is an absolute path", ONE(.name = "/etc/passwd")),
    HOSTILE("absolute-twice", "'//a//b' is an absolute path", ONE(.name = "//a//b")),
    HOSTILE("drive", "'C:/x.lua' names a drive", ONE(.name = "C:/x.lua")),
    HOSTILE("drive-back", "'C:\\x.lua' names a drive", ONE(.name = "C:\\x.lua")),
    HOSTILE("backslash", "'b\\c.lua' has a backslash", ONE(.name = "b\\c.lua")),
    HOSTILE("empty-part", "'a//b' has an empty part", ONE(.name = "a//b")),
    HOSTILE("no-name", "'' has no name", ONE(.name = "")),
    HOSTILE("zero-byte", "'nul\\x00hidden' has a zero byte",
            ONE(.name = "nul\0hidden", .name_length = 10)),
    HOSTILE("line-break", "'a\\x0Ab' has a character", ONE(.name = "a\nb")),
    HOSTILE("not-utf8", "'\\xFF\\xFE' has a character", ONE(.name = "\xFF\xFE")),
    HOSTILE("right-to-left", "'a\\xE2\\x80\\xAEaul.b' has a character",
            ONE(.name = "a\xE2\x80\xAE"
                        "aul.b")),
    HOSTILE("combining", "'a\\xCC\\x88' has a character", ONE(.name = "a\xCC\x88")),
    HOSTILE("password", "'a$b' has a character", ONE(.name = "a$b")),
    HOSTILE("stream", "'a.lua:b' has a character", ONE(.name = "a.lua:b")),
    HOSTILE("device", "'scripts/Con.lua' has a part that Windows takes",
            ONE(.name = "scripts/Con.lua")),
    HOSTILE("device-port", "'com1' has a part that Windows takes", ONE(.name = "com1")),
    HOSTILE("dot-at-end", "'a./b' has a part that ends with a dot", ONE(.name = "a./b")),
    HOSTILE("blank-at-end", "'a ' has a part that ends with a dot or a blank", ONE(.name = "a ")),
    HOSTILE("deep", "is more than 16 folders deep",
            ONE(.name = "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17")),
    HOSTILE("very-deep", "'d/d/d/", .build = twenty_thousand_folders),
    HOSTILE("slashes", "'/////", .build = sixty_thousand_slashes),

    /* names that clash */
    HOSTILE("twice", "'a.lua' is there twice",
            .entries = {{.name = "a.lua", .content = "1"}, {.name = "a.lua", .content = "2"}}),
    HOSTILE("case", "in case only",
            .entries = {{.name = "a.lua", .content = "1"}, {.name = "A.LUA", .content = "2"}}),
    HOSTILE("case-of-folder", "'a/y' differs from 'A' in case only",
            .entries = {{.name = "A/x", .content = "1"}, {.name = "a/y", .content = "2"}}),
    HOSTILE("file-and-folder", "'a' is a file and a folder at once",
            .entries = {{.name = "a", .content = "1"},
                        {.name = "a b", .content = ""},
                        {.name = "a/b", .content = "2"}}),
    HOSTILE("file-and-named-folder", "is a file and a folder at once",
            .entries = {{.name = "a", .content = "1"}, {.name = "a/", .content = ""}}),
    HOSTILE("many", "it has more than 4096 entries", .build = ten_thousand),
    HOSTILE("many-folders", "it has more than 4096 files and folders", .build = folders),

    /* what is no file */
    HOSTILE("link", "'link' is a symbolic link",
            .entries = {{.name = "link", .content = "/etc/passwd", .unix_mode = 0120777}}),
    HOSTILE("link-up", "'link' is a symbolic link",
            .entries = {{.name = "link", .content = "../../x", .unix_mode = 0120777}}),
    HOSTILE("pipe", "'pipe' is a device, a pipe", ONE(.name = "pipe", .unix_mode = 0010644)),
    HOSTILE("device-file", "'dev' is a device, a pipe", ONE(.name = "dev", .unix_mode = 0020644)),
    HOSTILE("folder-by-mode", "'a' is a file and a folder", ONE(.name = "a", .unix_mode = 0040755)),
    HOSTILE("file-by-mode", "'a/' is a file and a folder",
            .entries = {{.name = "a/", .content = "", .unix_mode = 0100644}}),
    HOSTILE("folder-with-content", "'a/' is a folder with content", ONE(.name = "a/")),

    /* sizes */
    HOSTILE("gigabyte", "'zeroes' is larger than 64 MB",
            .entries = {{.name = "zeroes",
                         .zeroes = 1,
                         .declared_size = 1 << 30,
                         .packed_size = 1 << 20}}),
    HOSTILE("ratio", "'zeroes' unpacks to more than 100 times",
            .entries = {{.name = "zeroes", .zeroes = 8 << 20}}),
    HOSTILE("ratio-of-all", "it unpacks to more than 100 times", .build = many_small_bombs),
    HOSTILE("total", "it unpacks to more than 512 MB", .build = nine_times_the_limit),
    HOSTILE("shared", "'0' unpacks to more than 100 times", .build = shared_gigabyte),
    HOSTILE("overlap", "'a.lua' overlaps another",
            .entries = {{.name = "a.lua", .content = "return"},
                        {.name = "a.lua", .content = "return", .shares_data = 1}}),
    HOSTILE("four-gigabytes", "'a' is larger than 64 MB",
            ONE(.name = "a", .method = 8, .declared_size = UINT32_MAX)),
    HOSTILE("reads-on", "'a' reaches into the directory",
            ONE(.name = "a", .declared_size = 1 << 20, .packed_size = 1 << 20)),
    HOSTILE("two-sizes", "'a' is stored with two sizes", ONE(.name = "a", .declared_size = 3)),
    HOSTILE("unpacks-to-more", "'a' is damaged: it does not unpack",
            .entries = {{.name = "a", .zeroes = 100000, .declared_size = 10}}),
    HOSTILE("unpacks-to-less", "'a' is damaged: it does not unpack",
            .entries = {{.name = "a", .zeroes = 10, .declared_size = 1000}}),
    HOSTILE("no-stream", "'a' is damaged: it does not unpack",
            ONE(.name = "a", .method = 8, .declared_size = 100)),
    HOSTILE("checksum", "'a' is damaged: its content does not fit its checksum",
            ONE(.name = "a", .checksum = 0x12345678)),
    HOSTILE("checksum-deflated", "'a' is damaged: its content does not fit its checksum",
            .entries = {{.name = "a", .zeroes = 1000, .checksum = 0x12345678}}),

    /* packing */
    HOSTILE("bzip2", "'a' is neither stored nor deflated, but packed by method 12",
            ONE(.name = "a", .method = 12)),
    HOSTILE("aes", "'a' is neither stored nor deflated, but packed by method 99",
            ONE(.name = "a", .method = 99)),
    HOSTILE("encrypted", "'a' is encrypted", ONE(.name = "a", .flags = 1)),
    HOSTILE("encrypted-strongly", "'a' is encrypted", ONE(.name = "a", .flags = 1 << 6)),
    HOSTILE("masked", "'a' is encrypted", ONE(.name = "a", .flags = 1 << 13)),

    /* zip64 */
    HOSTILE("zip64-locator", "it is in the zip64 form",
            ONE(.name = "a", .comment = zip64_locator, .comment_size = sizeof zip64_locator)),
    HOSTILE("zip64-size", "'a' is in the zip64 form",
            ONE(.name = "a", .extra = "\x01\0\x10\0\0\0\0\0\0\0\0\x40\0\0\0\0\0\0\0\x40",
                .extra_size = 20)),
    HOSTILE("second-name", "'a' has a second name",
            ONE(.name = "a", .extra = "\x75\x70\x07\0\x01\0\0\0\0..", .extra_size = 11)),
    HOSTILE("broken-extra", "'a' has a broken extra field",
            ONE(.name = "a", .extra = "UT\xFF\0xx", .extra_size = 6)),

    /* headers that do not say what the directory says */
    HOSTILE("other-name", "'a' is one thing in the directory and another",
            ONE(.name = "a", .local_name = "b")),
    HOSTILE("longer-name", "'a' is one thing in the directory and another",
            ONE(.name = "a", .local_name = "ab")),
    HOSTILE("other-flags", "'a' is one thing in the directory and another",
            ONE(.name = "a", .local_flags = 1)),
    HOSTILE("other-method", "'a' is one thing in the directory and another",
            ONE(.name = "a", .local_method = 8)),
    HOSTILE("other-size", "'a' is one thing in the directory and another",
            ONE(.name = "a", .local_size = 1)),
    HOSTILE("other-version", "'a' is one thing in the directory and another", ONE(.name = "a"),
            .spoil = say_other_version),
    HOSTILE("no-header", "'a' has no header", ONE(.name = "a"), .spoil = wipe_local_header),
    HOSTILE("descriptor", "'a' is followed by what belongs to no file",
            ONE(.name = "a", .streamed = 1), .spoil = spoil_descriptor),

    /* the archive as a whole */
    HOSTILE("empty", "it is not a zip archive", .build = empty),
    HOSTILE("noise", "it is not a zip archive", .build = noise),
    HOSTILE("no-entries", "it holds no files", .build = no_entries),
    HOSTILE("group", "it is not a zip archive", .build = build_group),
    HOSTILE("wad", "it is not a zip archive", .build = build_wad),
    HOSTILE("pak", "it is not a zip archive", .build = build_pak),
    HOSTILE("cut", "it is not a zip archive, or it is cut short", ONE(.name = "a"), .spoil = cut),
    HOSTILE("behind", "it is not a zip archive, or it is cut short", ONE(.name = "a"),
            .spoil = append),
    HOSTILE("before", "its directory is not where it should be", ONE(.name = "a"),
            .spoil = prepend),
    HOSTILE("before-neatly", "'a' is the first, and not at the archive's beginning",
            ONE(.name = "a"), .spoil = prepend_neatly),
    HOSTILE("between", "'a' is followed by what belongs to no file", ONE(.name = "a"),
            .spoil = insert_before_directory),
    HOSTILE("two-ends", "it is not a zip archive", ONE(.name = "a"), .spoil = add_second_end),
    HOSTILE("parts", "it is one of several parts", ONE(.name = "a"), .spoil = say_more_parts),
    HOSTILE("part", "'a' is in another part", ONE(.name = "a"), .spoil = say_other_part),
    HOSTILE("more-entries", "its directory is broken behind 1 of 2", ONE(.name = "a"),
            .spoil = say_more_entries),
    HOSTILE("fewer-entries", "its directory holds more than the 1 entries it says",
            .entries = {{.name = "a", .content = ""}, {.name = "b", .content = ""}},
            .spoil = say_fewer_entries),
};

const size_t hostile_zip_count = sizeof hostile_zips / sizeof *hostile_zips;

uint8_t *hostile_zip_build(const HostileZip *zip, size_t *size)
{
    size_t count = 0;
    while (count < HOSTILE_ENTRIES && zip->entries[count].name)
        count++;
    uint8_t *bytes = zip->build ? zip->build(size) : zip_build(zip->entries, count, size);
    return zip->spoil ? zip->spoil(bytes, size) : bytes;
}
