#include "vfs/zip_check.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    END_SIZE = 22,
    CENTRAL_SIZE = 46,
    LOCAL_SIZE = 30,
    FLAG_ENCRYPTED = 1 << 0,
    FLAG_STRONG = 1 << 6,
    FLAG_MASKED = 1 << 13,
    MADE_BY_UNIX = 3,
    UNIX_LINK = 0120000,
    UNIX_TYPE = 0170000,
};

static const uint32_t END_MARK = 0x06054b50, CENTRAL_MARK = 0x02014b50, LOCAL_MARK = 0x04034b50;

typedef struct Entry {
    const char *name;
    size_t name_length;
    size_t start; /* of its local header */
    size_t end;   /* behind its data */
} Entry;

typedef struct Archive {
    const uint8_t *data;
    size_t size;
    size_t directory; /* where the central directory starts */
    size_t directory_end;
    Entry *entries;
    size_t count;
    uint64_t total; /* bytes when unpacked */
    MpError *error;
} Archive;

static uint32_t u16(const uint8_t *bytes) { return bytes[0] | (uint32_t)bytes[1] << 8; }

static uint32_t u32(const uint8_t *bytes) { return u16(bytes) | u16(bytes + 2) << 16; }

static bool refuse(Archive *archive, MpStatus status, const char *why)
{
    mp_error_set(archive->error, status, "%s", why);
    return false;
}

static bool refuse_entry(Archive *archive, const Entry *entry, MpStatus status, const char *why)
{
    mp_error_set(archive->error, status, "its entry '%.*s' %s", (int)entry->name_length,
                 entry->name, why);
    return false;
}

/* The record at the end, which a comment of up to 65535 bytes may follow. */
static const uint8_t *find_end(const Archive *archive)
{
    for (size_t tail = END_SIZE; tail <= archive->size && tail <= END_SIZE + 65535; tail++) {
        const uint8_t *record = archive->data + archive->size - tail;
        if (u32(record) == END_MARK && u16(record + 20) == tail - END_SIZE)
            return record;
    }
    return NULL;
}

static bool read_end(Archive *archive)
{
    const uint8_t *record = find_end(archive);
    if (!record)
        return refuse(archive, MP_FORMAT, "it is not a zip archive, or it is cut short");
    size_t length = u32(record + 12);
    archive->count = u16(record + 10);
    archive->directory = u32(record + 16);
    archive->directory_end = (size_t)(record - archive->data);
    if (u16(record + 4) || u16(record + 6) || u16(record + 8) != archive->count)
        return refuse(archive, MP_REFUSED, "it is one of several parts");
    if (archive->count == 0)
        return refuse(archive, MP_FORMAT, "it holds no files");
    if (archive->count > MP_ZIP_ENTRY_LIMIT)
        return refuse(archive, MP_LIMIT, "it has more than 4096 entries");
    if (archive->directory > archive->directory_end ||
        length != archive->directory_end - archive->directory)
        return refuse(archive, MP_FORMAT, "its directory is not where it should be");
    return true;
}

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("_.-+,@() ", c));
}

static bool is_good_part(const char *part, size_t length)
{
    bool dots = length <= 2 && memcmp(part, "..", length) == 0;
    return length > 0 && !dots;
}

/* A folder's entry ends with a slash; otherwise slashes stand between parts. */
static bool is_good_name(const char *name, size_t length)
{
    size_t depth = 1;
    size_t part = 0;
    if (length == 0 || length > MP_ZIP_NAME_LIMIT)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (name[i] == '/') {
            if (!is_good_part(name + part, i - part) || ++depth > MP_ZIP_DEPTH_LIMIT + 1)
                return false;
            part = i + 1;
        } else if (!is_name_character(name[i])) {
            return false;
        }
    }
    return part == length || is_good_part(name + part, length - part);
}

static bool check_kind(Archive *archive, const Entry *entry, const uint8_t *central)
{
    uint32_t flags = u16(central + 8);
    uint32_t method = u16(central + 10);
    uint32_t packed = u32(central + 20);
    uint32_t size = u32(central + 24);
    if (flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED))
        return refuse_entry(archive, entry, MP_REFUSED, "is encrypted");
    if (method != 0 && method != 8)
        return refuse_entry(archive, entry, MP_REFUSED, "is neither stored nor deflated");
    if (method == 0 && packed != size)
        return refuse_entry(archive, entry, MP_FORMAT, "is stored with two sizes");
    if (size > MP_ZIP_FILE_LIMIT)
        return refuse_entry(archive, entry, MP_LIMIT, "is larger than 64 MB");
    if (u16(central + 4) >> 8 == MADE_BY_UNIX && (u32(central + 38) >> 16 & UNIX_TYPE) == UNIX_LINK)
        return refuse_entry(archive, entry, MP_REFUSED, "is a symbolic link");
    archive->total += size;
    return true;
}

/* The header before the data must tell the same as the directory. */
static bool check_local(Archive *archive, Entry *entry, const uint8_t *central)
{
    entry->start = u32(central + 42);
    if (entry->start > archive->directory || archive->directory - entry->start < LOCAL_SIZE)
        return refuse_entry(archive, entry, MP_FORMAT, "lies outside of the archive");
    const uint8_t *local = archive->data + entry->start;
    if (u32(local) != LOCAL_MARK)
        return refuse_entry(archive, entry, MP_FORMAT, "has no data");
    uint64_t name_end = (uint64_t)entry->start + LOCAL_SIZE + u16(local + 26);
    uint64_t end = name_end + u16(local + 28) + u32(central + 20);
    if (end > archive->directory)
        return refuse_entry(archive, entry, MP_FORMAT, "reaches into the directory");
    if (u16(local + 26) != entry->name_length ||
        memcmp(local + LOCAL_SIZE, entry->name, entry->name_length) != 0 ||
        u16(local + 8) != u16(central + 10))
        return refuse_entry(archive, entry, MP_FORMAT, "is described in two ways");
    entry->end = (size_t)end;
    return true;
}

static bool read_entries(Archive *archive)
{
    size_t at = archive->directory;
    for (size_t i = 0; i < archive->count; i++) {
        Entry *entry = &archive->entries[i];
        const uint8_t *central = archive->data + at;
        if (archive->directory_end - at < CENTRAL_SIZE || u32(central) != CENTRAL_MARK)
            return refuse(archive, MP_FORMAT, "its directory is broken");
        size_t length =
            CENTRAL_SIZE + (size_t)u16(central + 28) + u16(central + 30) + u16(central + 32);
        if (archive->directory_end - at < length)
            return refuse(archive, MP_FORMAT, "its directory is cut short");
        entry->name = (const char *)central + CENTRAL_SIZE;
        entry->name_length = u16(central + 28);
        if (!is_good_name(entry->name, entry->name_length))
            return refuse(archive, MP_REFUSED,
                          "it has an entry whose name is empty, too long or deep, leads out of the "
                          "archive, or has more than letters, digits and _ . - + , @ ( )");
        if (!check_kind(archive, entry, central) || !check_local(archive, entry, central))
            return false;
        at += length;
    }
    if (at != archive->directory_end)
        return refuse(archive, MP_FORMAT, "its directory has more entries than it says");
    if (archive->total > MP_ZIP_TOTAL_LIMIT)
        return refuse(archive, MP_LIMIT, "it unpacks to more than 512 MB");
    return true;
}

static int compare_starts(const void *a, const void *b)
{
    const Entry *first = a, *second = b;
    return (first->start > second->start) - (first->start < second->start);
}

static char fold(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static size_t bare_length(const Entry *entry)
{
    return entry->name_length - (entry->name[entry->name_length - 1] == '/');
}

static int compare_names(const void *a, const void *b)
{
    const Entry *first = a, *second = b;
    size_t first_length = bare_length(first), second_length = bare_length(second);
    for (size_t i = 0; i < first_length && i < second_length; i++) {
        int difference = fold(first->name[i]) - fold(second->name[i]);
        if (difference)
            return difference;
    }
    return (first_length > second_length) - (first_length < second_length);
}

static bool check_overlaps(Archive *archive)
{
    qsort(archive->entries, archive->count, sizeof(Entry), compare_starts);
    for (size_t i = 1; i < archive->count; i++) {
        if (archive->entries[i - 1].end > archive->entries[i].start)
            return refuse_entry(archive, &archive->entries[i], MP_FORMAT, "overlaps another");
    }
    return true;
}

static bool check_doubles(Archive *archive)
{
    qsort(archive->entries, archive->count, sizeof(Entry), compare_names);
    for (size_t i = 1; i < archive->count; i++) {
        if (compare_names(&archive->entries[i - 1], &archive->entries[i]) == 0)
            return refuse_entry(archive, &archive->entries[i], MP_FORMAT,
                                "is there twice, or differs from another in case only");
    }
    return true;
}

bool mp_zip_check(const void *data, size_t size, MpError *error)
{
    Archive archive = {.data = data, .size = size, .error = error};
    if (!read_end(&archive))
        return false;
    archive.entries = calloc(archive.count, sizeof(Entry));
    if (!archive.entries)
        return refuse(&archive, MP_MEMORY, "no memory to check it");
    bool good = read_entries(&archive) && check_overlaps(&archive) && check_doubles(&archive);
    free(archive.entries);
    return good;
}
