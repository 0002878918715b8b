#include "vfs/zip_layout.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOCAL_SIZE = 30,
    EXTRA_ZIP64 = 0x0001,
    EXTRA_UNICODE_NAME = 0x7075,
};

static const uint32_t LOCAL_MARK = 0x04034b50, DESCRIPTOR_MARK = 0x08074b50;

/* Two of the fields that tools add give an entry other sizes or another name. */
static bool check_extra(const MpZipEntry *entry, const uint8_t *extra, size_t length,
                        MpError *error)
{
    while (length >= 4) {
        uint32_t kind = mp_zip_u16(extra), size = mp_zip_u16(extra + 2);
        if (kind == EXTRA_ZIP64)
            return mp_zip_refuse(entry, error, MP_REFUSED, "is in the zip64 form");
        if (kind == EXTRA_UNICODE_NAME)
            return mp_zip_refuse(entry, error, MP_REFUSED, "has a second name");
        if (size > length - 4)
            break;
        extra += 4 + size;
        length -= 4 + size;
    }
    if (length)
        return mp_zip_refuse(entry, error, MP_FORMAT, "has a broken extra field");
    return true;
}

/* Checksum and the two sizes, as a local header or a descriptor behind the content has them. */
static bool says_the_same(const MpZipEntry *entry, const uint8_t *fields)
{
    return mp_zip_u32(fields) == entry->crc && mp_zip_u32(fields + 4) == entry->packed_size &&
           mp_zip_u32(fields + 8) == entry->size;
}

static bool local_says_the_same(const MpZipEntry *entry, const uint8_t *local)
{
    static const uint8_t nothing[12];
    uint32_t told_apart = MP_ZIP_ENCRYPTED | MP_ZIP_DESCRIBED_BEHIND;
    bool behind = entry->flags & MP_ZIP_DESCRIBED_BEHIND;
    return mp_zip_u16(local + 26) == entry->name_length &&
           memcmp(local + LOCAL_SIZE, entry->name, entry->name_length) == 0 &&
           ((mp_zip_u16(local + 6) ^ entry->flags) & told_apart) == 0 &&
           mp_zip_u16(local + 4) == entry->version && mp_zip_u16(local + 8) == entry->method &&
           (says_the_same(entry, local + 14) ||
            (behind && memcmp(local + 14, nothing, sizeof nothing) == 0));
}

/* Checks the header before the content, and that both lie in the archive. */
static bool check_local(const MpZip *zip, const MpZipEntry *entry, MpError *error)
{
    const uint8_t *local = zip->data + entry->start;
    if (entry->part)
        return mp_zip_refuse(entry, error, MP_REFUSED, "is in another part of the archive");
    if (entry->start > zip->directory || zip->directory - entry->start < LOCAL_SIZE)
        return mp_zip_refuse(entry, error, MP_FORMAT, "lies outside of the archive");
    if (mp_zip_u32(local) != LOCAL_MARK)
        return mp_zip_refuse(entry, error, MP_FORMAT, "has no header where it should be");
    size_t extra_length = mp_zip_u16(local + 28);
    uint64_t content = (uint64_t)entry->start + LOCAL_SIZE + mp_zip_u16(local + 26) + extra_length;
    if (content + entry->packed_size > zip->directory)
        return mp_zip_refuse(entry, error, MP_FORMAT, "reaches into the directory");
    if (!local_says_the_same(entry, local))
        return mp_zip_refuse(entry, error, MP_FORMAT,
                             "is one thing in the directory and another in its header");
    return check_extra(entry, entry->extra, entry->extra_length, error) &&
           check_extra(entry, zip->data + content - extra_length, extra_length, error);
}

/* How long the description behind the content is, if this is one; its mark may be left out. */
static size_t descriptor_length(const MpZip *zip, const MpZipEntry *entry, size_t at, size_t room)
{
    const uint8_t *fields = zip->data + at;
    if (!(entry->flags & MP_ZIP_DESCRIBED_BEHIND))
        return 0;
    if (room >= 16 && mp_zip_u32(fields) == DESCRIPTOR_MARK && says_the_same(entry, fields + 4))
        return 16;
    return room >= 12 && says_the_same(entry, fields) ? 12 : 0;
}

static int compare_starts(const void *a, const void *b)
{
    const MpZipEntry *first = a, *second = b;
    return (first->start > second->start) - (first->start < second->start);
}

/* Whether nothing but the entry itself is before `next`. */
static bool check_end(const MpZip *zip, const MpZipEntry *entry, size_t next, MpError *error)
{
    size_t end = (size_t)(mp_zip_content(zip, entry) - zip->data) + entry->packed_size;
    if (next < end)
        return mp_zip_refuse(entry, error, MP_FORMAT, "overlaps another");
    if (end + descriptor_length(zip, entry, end, next - end) != next)
        return mp_zip_refuse(entry, error, MP_FORMAT, "is followed by what belongs to no file");
    return true;
}

bool mp_zip_check_layout(const MpZip *zip, MpZipEntry *entries, size_t count, MpError *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!check_local(zip, &entries[i], error))
            return false;
    }
    qsort(entries, count, sizeof *entries, compare_starts);
    if (entries[0].start != 0)
        return mp_zip_refuse(&entries[0], error, MP_FORMAT,
                             "is the first, and not at the archive's beginning");
    for (size_t i = 0; i < count; i++) {
        size_t next = i + 1 < count ? entries[i + 1].start : zip->directory;
        if (!check_end(zip, &entries[i], next, error))
            return false;
    }
    return true;
}
